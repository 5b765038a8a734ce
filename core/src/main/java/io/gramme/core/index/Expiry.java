package io.gramme.core.index;

import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/**
 * The time to live of items: an item expires with the second since 1970 that one of its attributes holds as a number. A
 * fraction counts as the whole second, so that an index by seconds knows of each item whether it has expired.
 */
public record Expiry(String attribute) {
    /** Numbers with more digits before the point may not fit a long, and are a time that never comes. */
    private static final int MOST_DIGITS = 18;

    private static final int FORGOTTEN_AFTER_YEARS = 5;

    /** The second with which an item expires; empty if it never does. */
    public OptionalLong of(Item item) {
        return item.get(attribute).map(Expiry::second).orElse(OptionalLong.empty());
    }

    private static OptionalLong second(Value value) {
        if (value instanceof Value.N(Decimal number) && number.signum() >= 0 && number.exponent() < MOST_DIGITS) {
            return OptionalLong.of(
                    number.toBigDecimal().setScale(0, RoundingMode.CEILING).longValueExact());
        }
        return OptionalLong.empty();
    }

    /**
     * The range of expiry seconds whose items are to be deleted now: those that are past, but not by more than five
     * years. An older number was never meant as a time, the service says.
     *
     * @param from included
     * @param to not included
     */
    public record Due(long from, long to) {
        public static Due at(Instant now) {
            long from = now.atOffset(ZoneOffset.UTC)
                    .minusYears(FORGOTTEN_AFTER_YEARS)
                    .toEpochSecond();
            return new Due(Math.max(0, from), now.getNano() == 0 ? now.getEpochSecond() : now.getEpochSecond() + 1);
        }

        public boolean contains(OptionalLong second) {
            return second.isPresent() && from <= second.getAsLong() && second.getAsLong() < to;
        }
    }
}
