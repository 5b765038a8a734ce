package io.gramme.scaling;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ScalingErrors;
import io.gramme.scaling.ScalableTarget.Suspended;
import io.gramme.scaling.ScalingPolicy.Alarm;
import io.gramme.scaling.ScalingPolicy.History;
import io.gramme.scaling.ScalingPolicy.Tracking;
import io.gramme.storage.Page;
import io.gramme.storage.Row;
import io.gramme.storage.RowStore;
import io.gramme.tables.capacity.Meters;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.RandomIds;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The scalable targets of all accounts and regions with their policies, scheduled actions and activities, as clients see
 * and change them. {@link #pass} acts on them. Nothing is bound to one incarnation of a table, and nothing is
 * deleted with it.
 */
public final class AutoScaling {
    /** The service's default quotas for one region: targets of tables, and scheduled actions of a target. */
    private static final int MOST_TARGETS = 5_000;

    private static final int MOST_ACTIONS = 200;
    private static final int MOST_TAGS = 50;
    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private final ScalingRows rows;
    private final Tables tables;
    private final CapacityAdjuster adjuster;
    private final ConsumptionLog consumption;
    private final MillisecondClock clock;
    private final RandomIds ids;
    private volatile Runnable alarm = () -> {};

    /** @param meters what the requests to this server consumed */
    public AutoScaling(
            RowStore store,
            Tables tables,
            Meters meters,
            ThroughputChange throughput,
            MillisecondClock clock,
            RandomIds ids) {
        this.rows = new ScalingRows(store);
        this.tables = tables;
        this.adjuster = new CapacityAdjuster(rows, tables, throughput, clock, ids);
        this.consumption = new ConsumptionLog(rows, tables, meters, clock, ids.next());
        this.clock = clock;
        this.ids = ids;
    }

    /** The pass that follows the policies and runs the scheduled actions, for one server of a store. */
    public BackgroundJob.Pass pass() {
        return pass(consumption);
    }

    /** The same with consumption that is counted elsewhere. */
    public BackgroundJob.Pass pass(Consumed consumed) {
        return new ScalingPass(rows, tables, adjuster, consumed, clock, newAlarm -> alarm = newAlarm);
    }

    /** The pass that counts what each minute consumed, for every server of a store. */
    public BackgroundJob.Pass counting() {
        return consumption;
    }

    // Targets.

    /**
     * What a request says about a target; what is empty stays as it is.
     *
     * @param tags of a new target only
     */
    public record Registration(
            OptionalLong min,
            OptionalLong max,
            Optional<Boolean> suspendIn,
            Optional<Boolean> suspendOut,
            Optional<Boolean> suspendScheduled,
            Optional<Map<String, String>> tags) {}

    /** Makes or changes a target, and brings the capacity between its bounds. */
    public ScalableTarget register(TargetId id, Registration asked) {
        requireResource(id);
        asked.tags().ifPresent(AutoScaling::requireTags);
        if (rows.target(id).isEmpty() && rows.targets(id.owner()).size() >= MOST_TARGETS) {
            throw ScalingErrors.tooMany("scalable targets", MOST_TARGETS);
        }
        String uid = ids.next().replace("-", "");
        Instant now = clock.instant();
        ScalableTarget target = rows.put(id, before -> registered(id, before, asked, uid, now));
        adjuster.enforceBounds(target);
        alarm.run();
        return target;
    }

    private static ScalableTarget registered(
            TargetId id, Optional<ScalableTarget> before, Registration asked, String uid, Instant now) {
        if (before.isPresent() && asked.tags().isPresent()) {
            throw ScalingErrors.taggedAlready();
        }
        long min = bound(asked.min(), before.map(ScalableTarget::min)).orElseThrow(ScalingErrors::minimumMissing);
        long max = bound(asked.max(), before.map(ScalableTarget::max)).orElseThrow(ScalingErrors::maximumMissing);
        if (min < 1) {
            throw ScalingErrors.minimumTooSmall();
        }
        if (max < min) {
            throw ScalingErrors.maximumBelowMinimum();
        }
        Suspended old = before.map(ScalableTarget::suspended).orElse(Suspended.NONE);
        var suspended = new Suspended(
                asked.suspendIn().orElse(old.in()),
                asked.suspendOut().orElse(old.out()),
                asked.suspendScheduled().orElse(old.scheduled()));
        return before.map(target -> target.with(suspended).withBounds(min, max))
                .orElseGet(() -> new ScalableTarget(
                        id,
                        uid,
                        min,
                        max,
                        suspended,
                        asked.tags().orElse(Map.of()),
                        now,
                        true,
                        Optional.empty()));
    }

    private static Optional<Long> bound(OptionalLong asked, Optional<Long> old) {
        return asked.isPresent() ? Optional.of(asked.getAsLong()) : old;
    }

    private void requireResource(TargetId id) {
        Table table = tables.lookUp(id.tableName()).orElseThrow(() -> ScalingErrors.noTable(id.resourceId()));
        id.index().ifPresent(name -> {
            if (table.index(name).filter(index -> !index.isLocal()).isEmpty()) {
                throw ScalingErrors.noIndex(id.resourceId());
            }
        });
    }

    /** Deletes a target, its policy and its scheduled actions. The capacity stays as it is. */
    public void deregister(TargetId id) {
        if (!rows.deleteTarget(id)) {
            throw ScalingErrors.noTarget(id.resourceId(), id.dimension());
        }
    }

    public List<ScalableTarget> targets(AccountRegion owner) {
        return rows.targets(owner);
    }

    // Policies.

    /** Makes the policy of a target, or changes the one that has this name. */
    public ScalingPolicy putPolicy(TargetId id, String name, Tracking tracking) {
        String uid = ids.next();
        List<String> alarms = Stream.of(Alarm.values()).map(_ -> ids.next()).toList();
        Instant now = clock.instant();
        return rows.putPolicy(id, (isRegistered, before) -> {
            if (!isRegistered) {
                throw ScalingErrors.notRegistered(id.resourceId(), id.dimension());
            }
            if (before.filter(policy -> !policy.name().equals(name)).isPresent()) {
                throw ScalingErrors.onePolicyForAMetric();
            }
            return before.map(policy -> policy.with(tracking))
                    .orElseGet(() -> new ScalingPolicy(id, uid, name, tracking, alarms, now, History.NONE));
        });
    }

    public void deletePolicy(TargetId id, String name) {
        if (!rows.deletePolicy(id, name)) {
            throw ScalingErrors.noPolicy(id.resourceId(), id.dimension(), name);
        }
    }

    public List<ScalingPolicy> policies(AccountRegion owner) {
        return rows.policies(owner);
    }

    // Scheduled actions.

    /** What a request says about a scheduled action; an action that exists keeps what is empty, except its times. */
    public record Plan(
            Optional<String> schedule,
            Optional<String> zone,
            Optional<Instant> start,
            Optional<Instant> end,
            OptionalLong min,
            OptionalLong max) {}

    public void putAction(TargetId id, String name, Plan plan) {
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
            return planned(id, name, before, plan, before.map(ScheduledAction::uid).orElse(uid), now);
        });
        alarm.run();
    }

    private static ScheduledAction planned(
            TargetId id, String name, Optional<ScheduledAction> before, Plan plan, String uid, Instant now) {
        String schedule = plan.schedule()
                .or(() -> before.map(ScheduledAction::schedule))
                .orElseThrow(ScalingErrors::scheduleMissing);
        boolean hasBounds = plan.min().isPresent() || plan.max().isPresent();
        OptionalLong min = hasBounds ? plan.min() : before.map(ScheduledAction::min).orElse(OptionalLong.empty());
        OptionalLong max = hasBounds ? plan.max() : before.map(ScheduledAction::max).orElse(OptionalLong.empty());
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
        if (time.filter(at -> at.isBefore(Instant.EPOCH) || at.isAfter(LAST_TIME)).isPresent()) {
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

    public void deleteAction(TargetId id, String name) {
        if (!rows.deleteAction(id, name)) {
            throw ScalingErrors.noAction(id.resourceId(), id.dimension(), name);
        }
    }

    public List<ScheduledAction> actions(AccountRegion owner) {
        return rows.actions(owner);
    }

    // Activities.

    /**
     * A page of activities, the newest first. It may have fewer than {@code limit} although there are more.
     *
     * @param wanted which activities
     * @param after the end of the page before
     */
    public Activities activities(
            AccountRegion owner, Predicate<ScalingActivity> wanted, Optional<Bytes> after, int limit) {
        Instant oldest = clock.instant().minus(ScalingActivity.KEPT);
        var found = new ArrayList<ScalingActivity>();
        Page page = rows.activities(owner, after);
        for (Row row : page.rows()) {
            ScalingActivity activity = ScalingRows.activity(row);
            if (!activity.start().isAfter(oldest)) {
                return new Activities(found, Optional.empty());
            }
            if (found.size() == limit) {
                return new Activities(found, Optional.of(ScalingRows.position(found.getLast())));
            }
            if (wanted.test(activity)) {
                found.add(activity);
            }
        }
        return new Activities(
                found,
                page.exhausted()
                        ? Optional.empty()
                        : Optional.of(page.rows().getLast().key().sort()));
    }

    /** @param end where the next page begins; empty if there is none */
    public record Activities(List<ScalingActivity> found, Optional<Bytes> end) {}

    /** Whether these bytes can be the end of a page of activities. */
    public static boolean isEndOfActivities(Bytes end) {
        return ScalingRows.isPosition(end);
    }

    // Tags.

    public Map<String, String> tags(AccountRegion owner, String arn) {
        return tagged(owner, arn).tags();
    }

    public void tag(AccountRegion owner, String arn, Map<String, String> added) {
        requireTags(added);
        var _ = rows.change(tagged(owner, arn), target -> {
            var tags = new HashMap<>(target.tags());
            tags.putAll(added);
            requireFew(tags);
            return target.withTags(tags);
        });
    }

    public void untag(AccountRegion owner, String arn, List<String> keys) {
        Set<String> removed = new HashSet<>(keys);
        var _ = rows.change(tagged(owner, arn), target -> {
            var tags = new HashMap<>(target.tags());
            tags.keySet().removeAll(removed);
            return target.withTags(tags);
        });
    }

    private ScalableTarget tagged(AccountRegion owner, String arn) {
        return rows.targets(owner).stream()
                .filter(target -> target.arn().equals(arn))
                .findFirst()
                .orElseThrow(() -> ScalingErrors.noTaggedTarget(arn));
    }

    private static void requireTags(Map<String, String> tags) {
        for (String key : tags.keySet()) {
            if (key.startsWith("aws:")) {
                throw ScalingErrors.reservedTagKey(key);
            }
        }
        requireFew(tags);
    }

    private static void requireFew(Map<String, String> tags) {
        if (tags.size() > MOST_TAGS) {
            throw ScalingErrors.tooManyTags(MOST_TAGS);
        }
    }
}
