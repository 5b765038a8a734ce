package io.gramme.scaling;

import io.gramme.core.error.ScalingErrors;
import io.gramme.scaling.CapacityAdjuster.Resource;
import io.gramme.scaling.CapacityAdjuster.Result;
import io.gramme.scaling.ScalingActivity.Status;
import io.gramme.scaling.ScalingPolicy.Alarm;
import io.gramme.scaling.TargetTracking.Decision;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.Capacity;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The loop of auto scaling: it runs scheduled actions that are due, brings capacities between bounds that changed, and
 * asks each policy once a minute for its decision. Of the servers of a store one runs it, by a lease. What it did is
 * stored with the targets and policies, so another server continues from there.
 */
final class ScalingPass implements BackgroundJob.Pass {
    /** Counters of a minute may be stored a little after its end. */
    static final Duration AFTER_MINUTE = Duration.ofSeconds(5);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Duration TRIM_INTERVAL = Duration.ofHours(1);
    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = MINUTE.plus(AFTER_MINUTE);

    private final ScalingRows rows;
    private final CapacityAdjuster adjuster;
    private final Consumed consumed;
    private final MillisecondClock clock;
    private final Consumer<Runnable> alarms;
    private final Consumer<Instant> trimmer;

    /** The end of the last minute that was evaluated; a server that takes over evaluates it once more. */
    private Instant evaluated = Instant.MIN;

    private Instant trimmed = Instant.EPOCH;

    /**
     * @param alarms receives what wakes the pass
     * @param trimmer deletes what is too old, given the time
     */
    ScalingPass(
            ScalingRows rows,
            CapacityAdjuster adjuster,
            Consumed consumed,
            MillisecondClock clock,
            Consumer<Runnable> alarms,
            Consumer<Instant> trimmer) {
        this.rows = rows;
        this.adjuster = adjuster;
        this.consumed = consumed;
        this.clock = clock;
        this.alarms = alarms;
        this.trimmer = trimmer;
    }

    @Override
    public void wakeBy(Runnable alarm) {
        alarms.accept(alarm);
    }

    @Override
    public Duration run() {
        Map<TargetId, ScalableTarget> targets = settledTargets();
        Optional<Instant> nextAction = runActions(targets);
        boolean busy = enforceBounds(targets);
        Instant end = clock.instant().minus(AFTER_MINUTE).truncatedTo(ChronoUnit.MINUTES);
        // It is before the last one if the clock was set back.
        if (!end.equals(evaluated)) {
            evaluated = end;
            evaluatePolicies(targets, end);
            trim();
        }
        return rest(nextAction, busy);
    }

    private Duration rest(Optional<Instant> nextAction, boolean busy) {
        Instant now = clock.instant();
        Instant next = evaluated.plus(MINUTE).plus(AFTER_MINUTE);
        if (nextAction.filter(next::isAfter).isPresent()) {
            next = nextAction.get();
        }
        if (busy && next.isAfter(now.plus(BUSY))) {
            next = now.plus(BUSY);
        }
        Duration rest = Duration.between(now, next);
        if (rest.compareTo(LONGEST) > 0) {
            // The clock was set back.
            return LONGEST;
        }
        return rest.compareTo(SHORTEST) < 0 ? SHORTEST : rest;
    }

    private Map<TargetId, ScalableTarget> settledTargets() {
        var targets = new HashMap<TargetId, ScalableTarget>();
        rows.allTargets().forEach(target -> targets.put(target.id(), adjuster.settle(target)));
        return targets;
    }

    /** Runs the actions that are due; returns when the next one is. */
    private Optional<Instant> runActions(Map<TargetId, ScalableTarget> targets) {
        Optional<Instant> next = Optional.empty();
        for (ScheduledAction action : inOrder(rows.allActions())) {
            ScalableTarget target = targets.get(action.id());
            if (target == null) {
                // It was put while its target was deregistered, unless the target was registered meanwhile.
                if (rows.target(action.id()).isEmpty()) {
                    var _ = rows.deleteAction(action.id(), action.name());
                }
                continue;
            }
            ScheduledAction current = action;
            if (action.isDue(clock.instant())) {
                current = action.ran(clock.instant());
                if (rows.replace(action, current)) {
                    runAction(target, action).ifPresent(changed -> targets.put(changed.id(), changed));
                }
            }
            next = earlier(next, current.due());
        }
        return next;
    }

    /** In the order in which they are due: of several that are overdue the latest has the last word. */
    private static List<ScheduledAction> inOrder(List<ScheduledAction> actions) {
        return actions.stream()
                .sorted(Comparator.comparing(action -> action.due().orElse(Instant.MAX)))
                .toList();
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return Stream.of(one, other).flatMap(Optional::stream).min(Instant::compareTo);
    }

    private Optional<ScalableTarget> runAction(ScalableTarget target, ScheduledAction action) {
        if (target.suspended().scheduled()) {
            return Optional.empty();
        }
        String what = bounds(action);
        String cause = "scheduled action name " + action.name() + " was triggered";
        Optional<ScalableTarget> changed = rows.change(target, action::appliedTo);
        if (changed.isEmpty()) {
            // It was deregistered meanwhile.
            return changed;
        }
        if (!action.isApplicableTo(changed.get())) {
            String reason = ScalingErrors.maximumBelowMinimum().text();
            adjuster.record(
                    target.id(),
                    "Setting " + what,
                    cause,
                    Status.FAILED,
                    "Failed to set " + what + ". Reason: " + reason);
            return changed;
        }
        if (!changed.get().hasBoundsOf(target)) {
            adjuster.record(target.id(), "Setting " + what, cause, Status.SUCCESSFUL, "Successfully set " + what);
        }
        return changed;
    }

    private static String bounds(ScheduledAction action) {
        String min =
                action.min().isPresent() ? "min capacity to " + action.min().getAsLong() : "";
        String max =
                action.max().isPresent() ? "max capacity to " + action.max().getAsLong() : "";
        return min + (min.isEmpty() || max.isEmpty() ? "" : " and ") + max;
    }

    /** Returns whether something is left to do as soon as a table has settled. */
    private boolean enforceBounds(Map<TargetId, ScalableTarget> targets) {
        boolean busy = false;
        for (ScalableTarget target : List.copyOf(targets.values())) {
            if (target.unenforced()) {
                busy |= adjuster.enforceBounds(target);
                ScalableTarget now = rows.target(target.id()).orElse(target);
                targets.put(now.id(), now);
            }
            busy |= target.change().isPresent();
        }
        return busy;
    }

    private void evaluatePolicies(Map<TargetId, ScalableTarget> targets, Instant end) {
        for (ScalingPolicy policy : rows.allPolicies()) {
            ScalableTarget target = targets.get(policy.id());
            if (target != null
                    && target.change().isEmpty()
                    && adjuster.resource(policy.id()) instanceof Resource.Ready(Table table, Capacity capacity)) {
                evaluate(target, policy, table, capacity, end);
            }
        }
    }

    private void evaluate(ScalableTarget target, ScalingPolicy policy, Table table, Capacity capacity, Instant end) {
        TargetId id = policy.id();
        long units = id.of(capacity.throughput());
        Instant now = clock.instant();
        Optional<Decision> decision = TargetTracking.decide(
                target, policy, units, consumed.halfUnits(id, table, end, TargetTracking.MINUTES), now);
        if (decision.isEmpty()) {
            return;
        }
        Alarm cause = decision.get().cause();
        long wanted = decision.get().units();
        Result result = adjuster.adjust(
                target,
                capacity,
                wanted,
                "monitor alarm " + policy.alarmName(cause) + " in state ALARM triggered policy " + policy.name());
        switch (result) {
            case BUSY -> {
                // The next minute decides anew.
            }
            case REFUSED, POSTPONED ->
                rows.changePolicy(
                        policy,
                        found -> found.with(
                                cause == Alarm.HIGH
                                        ? found.history().increaseRefused(now.plus(CapacityAdjuster.RETRY))
                                        : found.history().decreaseRefused(now.plus(CapacityAdjuster.RETRY))));
            case STARTED ->
                rows.changePolicy(
                        policy,
                        found -> found.with(
                                cause == Alarm.HIGH
                                        ? found.history().increased(now, wanted - units)
                                        : found.history().decreased(now)));
        }
    }

    private void trim() {
        Instant now = clock.instant();
        boolean recently = !trimmed.isAfter(now) && trimmed.plus(TRIM_INTERVAL).isAfter(now);
        if (recently) {
            return;
        }
        trimmer.accept(now);
        trimmed = now;
    }
}
