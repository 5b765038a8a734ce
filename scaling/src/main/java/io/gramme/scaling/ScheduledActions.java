package io.gramme.scaling;

import io.gramme.core.error.ScalingErrors;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.RandomIds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The scheduled actions of all targets, as clients see and change them. */
public final class ScheduledActions {
    /** The service's default quota for one target. */
    private static final int MOST_ACTIONS = 200;

    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private final ScalingRows rows;
    private final MillisecondClock clock;
    private final RandomIds ids;
    private final Runnable alarm;

    /** @param alarm wakes the pass that runs the actions */
    ScheduledActions(ScalingRows rows, MillisecondClock clock, RandomIds ids, Runnable alarm) {
        this.rows = rows;
        this.clock = clock;
        this.ids = ids;
        this.alarm = alarm;
    }

    /** What a request says about a scheduled action; an action that exists keeps what is empty, except its times. */
    public record Plan(
            Optional<String> schedule,
            Optional<String> zone,
            Optional<Instant> start,
            Optional<Instant> end,
            OptionalLong min,
            OptionalLong max) {}

    public void put(TargetId id, String name, Plan plan) {
        requireActionName(name);
        List<ScheduledAction> others = rows.actions(id);
        boolean isNew = others.stream().noneMatch(action -> action.name().equals(name));
        if (isNew && others.size() >= MOST_ACTIONS) {
            throw ScalingErrors.tooMany("scheduled actions for a scalable target", MOST_ACTIONS);
        }
        String uid = ids.next();
        Instant now = clock.instant();
        rows.putAction(id, name, (isRegistered, before) -> {
            if (!isRegistered) {
                throw ScalingErrors.notRegistered(id.resourceId(), id.dimension());
            }
            return planned(
                    id, name, before, plan, before.map(ScheduledAction::uid).orElse(uid), now);
        });
        alarm.run();
    }

    private static ScheduledAction planned(
            TargetId id, String name, Optional<ScheduledAction> before, Plan plan, String uid, Instant now) {
        String schedule = plan.schedule()
                .or(() -> before.map(ScheduledAction::schedule))
                .orElseThrow(ScalingErrors::scheduleMissing);
        boolean hasBounds = plan.min().isPresent() || plan.max().isPresent();
        OptionalLong min =
                hasBounds ? plan.min() : before.map(ScheduledAction::min).orElse(OptionalLong.empty());
        OptionalLong max =
                hasBounds ? plan.max() : before.map(ScheduledAction::max).orElse(OptionalLong.empty());
        requireBounds(min, max);
        requireTime(plan.start());
        requireTime(plan.end());
        boolean ordered = plan.start().isEmpty()
                || plan.end().isEmpty()
                || plan.start().get().isBefore(plan.end().get());
        if (!ordered) {
            throw ScalingErrors.endBeforeStart();
        }
        var action = new ScheduledAction(
                id,
                uid,
                name,
                schedule,
                plan.zone().or(() -> before.flatMap(ScheduledAction::zone)),
                plan.start(),
                plan.end(),
                min,
                max,
                before.map(ScheduledAction::created).orElse(now),
                Optional.empty());
        Optional<Instant> due = Schedule.first(action, now);
        if (due.isEmpty()) {
            throw ScalingErrors.neverRuns();
        }
        return action.dueAt(due);
    }

    private static void requireTime(Optional<Instant> time) {
        if (time.filter(at -> at.isBefore(Instant.EPOCH) || at.isAfter(LAST_TIME))
                .isPresent()) {
            throw ScalingErrors.timeOutOfRange();
        }
    }

    private static void requireBounds(OptionalLong min, OptionalLong max) {
        if (min.isEmpty() && max.isEmpty()) {
            throw ScalingErrors.actionMissing();
        }
        if (min.orElse(1) < 1 || max.orElse(1) < 1) {
            throw ScalingErrors.minimumTooSmall();
        }
        if (min.isPresent() && max.isPresent() && max.getAsLong() < min.getAsLong()) {
            throw ScalingErrors.maximumBelowMinimum();
        }
    }

    private static void requireActionName(String name) {
        boolean clean = name.codePoints()
                .noneMatch(point -> Character.isISOControl(point) || point == ':' || point == '/' || point == '|');
        if (!clean || name.startsWith(" ") || name.endsWith(" ")) {
            throw ScalingErrors.badActionName(name);
        }
    }

    public void delete(TargetId id, String name) {
        if (!rows.deleteAction(id, name)) {
            throw ScalingErrors.noAction(id.resourceId(), id.dimension(), name);
        }
    }

    public List<ScheduledAction> of(AccountRegion owner) {
        return rows.actions(owner);
    }
}
