package io.gramme.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.scaling.ScalableTarget.Suspended;
import io.gramme.scaling.ScalingPolicy.Alarm;
import io.gramme.scaling.ScalingPolicy.History;
import io.gramme.scaling.ScalingPolicy.Tracking;
import io.gramme.scaling.TargetTracking.Decision;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.table.AccountRegion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TargetTrackingTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final TargetId ID =
            new TargetId(new AccountRegion("000000000000", "us-east-1"), "orders", Optional.empty(), Kind.READ);

    private Suspended suspended = Suspended.NONE;
    private History history = History.NONE;
    private OptionalInt outCooldown = OptionalInt.empty();
    private OptionalInt inCooldown = OptionalInt.empty();
    private Optional<Boolean> disableIn = Optional.empty();
    private double percent = 70;

    /** What a policy of 70 % between 1 and 1,000 units decides. */
    private Optional<Decision> decision(long capacity, List<OptionalLong> halfUnits) {
        var target = new ScalableTarget(ID, "uid", 1, 1_000, suspended, Map.of(), NOW, false, Optional.empty());
        var tracking = new Tracking(percent, outCooldown, inCooldown, disableIn);
        var policy = new ScalingPolicy(ID, "uid", "policy", tracking, List.of("a", "b", "c", "d"), NOW, history);
        return TargetTracking.decide(target, policy, capacity, halfUnits, NOW);
    }

    /** Fifteen minutes of so many units each, then the last ones. */
    private static List<OptionalLong> minutes(long units, long... last) {
        var all =
                new ArrayList<>(Collections.nCopies(TargetTracking.MINUTES - last.length, OptionalLong.of(2 * units)));
        for (long one : last) {
            all.add(OptionalLong.of(2 * one));
        }
        return all;
    }

    /** 5 units and 70 % make bounds of 210 and 150 units a minute, as the alarms of the service have them. */
    @Test
    void twoMinutesAboveTheTargetAskForMore() {
        assertThat(decision(5, minutes(200, 211, 211))).contains(new Decision(6, Alarm.HIGH));
        assertThat(decision(5, minutes(200, 210, 211))).isEmpty();
        assertThat(decision(5, minutes(200, 211, 210))).isEmpty();
        assertThat(decision(5, minutes(200, 9_000, 600))).contains(new Decision(15, Alarm.HIGH));
    }

    @Test
    void fifteenMinutesBelowTheLowerBoundAskForLess() {
        assertThat(decision(5, minutes(149))).contains(new Decision(4, Alarm.LOW));
        assertThat(decision(5, minutes(149, 150, 0, 0))).isEmpty();
        assertThat(decision(5, minutes(0))).contains(new Decision(1, Alarm.LOW));
    }

    /** The busiest of the fifteen minutes must still fit. */
    @Test
    void lessIsEnoughForTheBusiestMinute() {
        assertThat(decision(100, minutes(0, 2_100, 0))).contains(new Decision(50, Alarm.LOW));
    }

    /** 210 units a minute at 70 % are exactly 5 units, which doubles do not get right everywhere. */
    @Test
    void theNewCapacityIsExact() {
        for (long units = 1; units <= 1_000; units++) {
            assertThat(decision(1, minutes(0, 9_999_999, units * 42)).map(Decision::units))
                    .as("%d", units)
                    .isEqualTo(units > 1 ? Optional.of(units) : Optional.empty());
        }
    }

    @Test
    void theBoundsOfTheTargetHold() {
        assertThat(decision(5, minutes(1_000_000))).contains(new Decision(1_000, Alarm.HIGH));
        assertThat(decision(1_000, minutes(1_000_000))).isEmpty();
        assertThat(decision(1, minutes(0))).isEmpty();
    }

    @Test
    void aMinuteThatWasNotCountedDecidesNothing() {
        List<OptionalLong> idle = minutes(0);
        idle.set(3, OptionalLong.empty());
        assertThat(decision(100, idle)).isEmpty();
        List<OptionalLong> busy = minutes(90_000);
        busy.set(TargetTracking.MINUTES - 1, OptionalLong.empty());
        assertThat(decision(100, busy)).isEmpty();
        busy = new ArrayList<>(Collections.nCopies(TargetTracking.MINUTES, OptionalLong.empty()));
        busy.set(TargetTracking.MINUTES - 1, OptionalLong.of(90_000));
        busy.set(TargetTracking.MINUTES - 2, OptionalLong.of(90_000));
        assertThat(decision(100, busy)).map(Decision::cause).contains(Alarm.HIGH);
    }

    @Test
    void anIdleTableIsLoweredEvenIfTheTargetIsLow() {
        percent = 10;
        assertThat(decision(100, minutes(0))).contains(new Decision(1, Alarm.LOW));
    }

    @Test
    void whatIsSuspendedOrDisabledDoesNotHappen() {
        suspended = new Suspended(false, true, false);
        assertThat(decision(5, minutes(600))).isEmpty();
        assertThat(decision(5, minutes(0))).isPresent();
        suspended = new Suspended(true, false, false);
        assertThat(decision(5, minutes(600))).isPresent();
        assertThat(decision(5, minutes(0))).isEmpty();
        suspended = Suspended.NONE;
        disableIn = Optional.of(true);
        assertThat(decision(5, minutes(0))).isEmpty();
    }

    @Test
    void afterAnIncreaseOnlyALargerOneFollowsUntilItsCooldownEnds() {
        outCooldown = OptionalInt.of(60);
        history = History.NONE.increased(NOW.minusSeconds(59), 10);
        assertThat(decision(50, minutes(60 * 42))).isEmpty();
        assertThat(decision(50, minutes(61 * 42))).contains(new Decision(61, Alarm.HIGH));
        history = History.NONE.increased(NOW.minusSeconds(60), 10);
        assertThat(decision(50, minutes(60 * 42))).contains(new Decision(60, Alarm.HIGH));
    }

    @Test
    void afterADecreaseNoOtherFollowsUntilItsCooldownEnds() {
        inCooldown = OptionalInt.of(60);
        history = History.NONE.decreased(NOW.minusSeconds(59));
        assertThat(decision(50, minutes(0))).isEmpty();
        assertThat(decision(50, minutes(60 * 42))).isPresent();
        history = History.NONE.decreased(NOW.minusSeconds(60));
        assertThat(decision(50, minutes(0))).isPresent();
    }

    @Test
    void aChangeByAClockThatWasSetBackSinceHasNoCooldown() {
        outCooldown = OptionalInt.of(60);
        inCooldown = OptionalInt.of(60);
        history = History.NONE.increased(NOW.plusSeconds(3_600), 10);
        assertThat(decision(50, minutes(60 * 42))).contains(new Decision(60, Alarm.HIGH));
        history = History.NONE.decreased(NOW.plusSeconds(3_600));
        assertThat(decision(50, minutes(0))).isPresent();
        history = History.NONE.decreaseRefused(NOW.plusSeconds(3_600));
        assertThat(decision(50, minutes(0))).isPresent();
    }

    @Test
    void anIncreaseEndsTheCooldownOfADecrease() {
        inCooldown = OptionalInt.of(3_600);
        history = History.NONE.decreased(NOW.minusSeconds(59)).increased(NOW.minusSeconds(30), 5);
        assertThat(decision(50, minutes(0))).isPresent();
    }

    @Test
    void aRefusedDecreaseDoesNotDelayAnIncrease() {
        history = History.NONE.decreaseRefused(NOW.plusSeconds(60));
        assertThat(decision(50, minutes(0))).isEmpty();
        assertThat(decision(50, minutes(60 * 42))).isPresent();
    }

    /** The service accepts negative cool-downs, and shows them. */
    @Test
    void aNegativeCooldownIsNone() {
        inCooldown = OptionalInt.of(-1);
        history = History.NONE.decreased(NOW);
        assertThat(decision(50, minutes(0))).isPresent();
    }
}
