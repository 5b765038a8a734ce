package io.gramme.scaling;

import io.gramme.scaling.ScalableTarget.Suspended;
import io.gramme.scaling.ScalingPolicy.Alarm;
import io.gramme.scaling.ScalingPolicy.History;
import io.gramme.scaling.ScalingPolicy.Tracking;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The decision of a target tracking policy: whether the consumption of the last minutes asks for another capacity. Pure.
 *
 * <p>More capacity after two minutes above the target, less after fifteen minutes below a lower bound; both were seen in
 * the alarms that the service makes. Bounds are compared with the present capacity in all minutes, as an alarm that is
 * made anew judges the minutes before it: so a capacity that was raised by hand on an idle table is lowered at once.
 * The new capacity is what the consumption needs at the target.
 */
final class TargetTracking {
    /** The minutes that a decision looks at. */
    static final int MINUTES = 15;

    private static final int MINUTES_HIGH = 2;

    /** The lower bound lies this far below the target. */
    private static final BigDecimal BELOW_TARGET = BigDecimal.valueOf(20);

    /** Targets may be so low that nothing were left below them; the service's bound for those is not known. */
    private static final BigDecimal LEAST_PART = new BigDecimal("0.1");

    /** One capacity unit for a minute, in half units. */
    private static final BigDecimal HALF_UNITS = BigDecimal.valueOf(2L * 60);

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private TargetTracking() {}

    /** @param cause the alarm that the service would name */
    record Decision(long units, Alarm cause) {}

    /**
     * The change to make, if any.
     *
     * @param halfUnits what was consumed in each of the last {@link #MINUTES} minutes, the latest last
     * @param capacity the present capacity, settled
     */
    static Optional<Decision> decide(
            ScalableTarget target, ScalingPolicy policy, long capacity, List<OptionalLong> halfUnits, Instant now) {
        Tracking tracking = policy.tracking();
        History history = policy.history();
        BigDecimal percent = BigDecimal.valueOf(tracking.targetPercent());
        Suspended suspended = target.suspended();
        List<OptionalLong> latest = halfUnits.subList(halfUnits.size() - MINUTES_HIGH, halfUnits.size());
        if (all(latest, used -> used.compareTo(bound(percent, capacity)) > 0)) {
            long wanted = clip(target, units(latest.getLast(), percent));
            boolean isLarger = wanted - capacity > history.added();
            boolean cooling = (isCooling(history.out(), tracking.outCooldown(), now) && !isLarger)
                    || isPostponed(history.outAgain(), now);
            return wanted > capacity && !suspended.out() && !cooling
                    ? Optional.of(new Decision(wanted, Alarm.HIGH))
                    : Optional.empty();
        }
        BigDecimal lower = percent.subtract(BELOW_TARGET).max(percent.multiply(LEAST_PART));
        if (all(halfUnits, used -> used.compareTo(bound(lower, capacity)) < 0)) {
            long wanted = clip(target, most(halfUnits, percent));
            boolean enabled = !tracking.disableIn().orElse(false) && !suspended.in();
            boolean cooling =
                    isCooling(history.in(), tracking.inCooldown(), now) || isPostponed(history.inAgain(), now);
            return wanted < capacity && enabled && !cooling
                    ? Optional.of(new Decision(wanted, Alarm.LOW))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private interface Judge {
        boolean holds(BigDecimal used);
    }

    private static boolean all(List<OptionalLong> halfUnits, Judge judge) {
        return halfUnits.stream()
                .allMatch(used -> used.isPresent() && judge.holds(BigDecimal.valueOf(used.getAsLong())));
    }

    /** A part of the capacity, as half units in a minute. */
    private static BigDecimal bound(BigDecimal percent, long capacity) {
        return percent.multiply(BigDecimal.valueOf(capacity))
                .multiply(HALF_UNITS)
                .divide(HUNDRED);
    }

    private static long most(List<OptionalLong> halfUnits, BigDecimal percent) {
        return halfUnits.stream().mapToLong(used -> units(used, percent)).max().orElse(0);
    }

    /** The capacity of which the consumption is the target part. */
    private static long units(OptionalLong halfUnits, BigDecimal percent) {
        BigDecimal used = BigDecimal.valueOf(halfUnits.orElse(0)).multiply(HUNDRED);
        BigDecimal units = used.divide(percent.multiply(HALF_UNITS), 0, RoundingMode.CEILING);
        return units.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
    }

    private static long clip(ScalableTarget target, long units) {
        return Math.clamp(units, target.min(), target.max());
    }

    private static boolean isPostponed(Optional<Instant> again, Instant now) {
        // Later than ever allowed for: the clock was set back since.
        return again.filter(at -> now.isBefore(at) && !at.isAfter(now.plus(CapacityAdjuster.RETRY)))
                .isPresent();
    }

    private static boolean isCooling(Optional<Instant> last, OptionalInt seconds, Instant now) {
        // A change after the present time was made by a clock that was set back since.
        return last.filter(at -> !now.isBefore(at) && now.isBefore(at.plusSeconds(seconds.orElse(0))))
                .isPresent();
    }
}
