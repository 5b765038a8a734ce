package io.gramme.api.wire;

import io.gramme.core.error.RequestErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The least and the most value of a length or a number, both inclusive. */
public record Bounds(long least, long most) {
    static final Bounds NONE = new Bounds(Long.MIN_VALUE, Long.MAX_VALUE);

    public static Bounds between(long least, long most) {
        return new Bounds(least, most);
    }

    public static Bounds atLeast(long least) {
        return new Bounds(least, Long.MAX_VALUE);
    }

    public static Bounds atMost(long most) {
        return new Bounds(Long.MIN_VALUE, most);
    }

    boolean hold(long measure) {
        return measure >= least && measure <= most;
    }

    /** The phrase for the bound that {@code length} breaks. */
    Optional<String> brokenByLength(long length) {
        if (length < least) {
            return Optional.of(RequestErrors.lengthAtLeast(least));
        }
        return length > most ? Optional.of(RequestErrors.lengthAtMost(most)) : Optional.empty();
    }

    Optional<String> brokenByValue(long value) {
        if (value < least) {
            return Optional.of(RequestErrors.valueAtLeast(least));
        }
        return value > most ? Optional.of(RequestErrors.valueAtMost(most)) : Optional.empty();
    }

    /** The phrases for both bounds, the upper one first, as the service lists them for members of a collection. */
    List<String> lengthPhrases() {
        var phrases = new ArrayList<String>();
        if (most != Long.MAX_VALUE) {
            phrases.add(RequestErrors.lengthAtMost(most));
        }
        if (least != Long.MIN_VALUE) {
            phrases.add(RequestErrors.lengthAtLeast(least));
        }
        return phrases;
    }

    List<String> valuePhrases() {
        var phrases = new ArrayList<String>();
        if (most != Long.MAX_VALUE) {
            phrases.add(RequestErrors.valueAtMost(most));
        }
        if (least != Long.MIN_VALUE) {
            phrases.add(RequestErrors.valueAtLeast(least));
        }
        return phrases;
    }
}
