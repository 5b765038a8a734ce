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
    /** The service's default quota for one region. */
    private static final int MOST_TARGETS = 5_000;

    private static final int MOST_TAGS = 50;

    private final ScalingRows rows;
    private final ActivityRows activities;
    private final MinuteRows minutes;
    private final Tables tables;
    private final CapacityAdjuster adjuster;
    private final ConsumptionLog consumption;
    private final ScheduledActions scheduledActions;
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
        this.activities = new ActivityRows(store);
        this.minutes = new MinuteRows(store);
        this.tables = tables;
        this.adjuster = new CapacityAdjuster(rows, activities, tables, throughput, clock, ids);
        this.consumption = new ConsumptionLog(rows, minutes, tables, meters, clock, ids.next());
        this.scheduledActions = new ScheduledActions(rows, clock, ids, () -> alarm.run());
        this.clock = clock;
        this.ids = ids;
    }

    public ScheduledActions scheduledActions() {
        return scheduledActions;
    }

    /** The pass that follows the policies and runs the scheduled actions, for one server of a store. */
    public BackgroundJob.Pass pass() {
        return pass(consumption);
    }

    /** The same with consumption that is counted elsewhere. */
    public BackgroundJob.Pass pass(Consumed consumed) {
        return new ScalingPass(rows, adjuster, consumed, clock, newAlarm -> alarm = newAlarm, this::trim);
    }

    /** Deletes what is older than it is kept. */
    private void trim(Instant now) {
        activities.trim(now.minus(ScalingActivity.KEPT));
        minutes.trim(now.minus(ConsumptionLog.KEPT));
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
        adjuster.enforceBoundsNow(target);
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
                        id, uid, min, max, suspended, asked.tags().orElse(Map.of()), now, true, Optional.empty()));
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
        Optional<ScalableTarget> settled = rows.target(id).map(adjuster::settle);
        if (!rows.deleteTarget(id)) {
            throw ScalingErrors.noTarget(id.resourceId(), id.dimension());
        }
        settled.ifPresent(adjuster::abandon);
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
        Page page = activities.page(owner, after);
        for (Row row : page.rows()) {
            ScalingActivity activity = ScalingCodec.activity(row.value());
            if (!activity.start().isAfter(oldest)) {
                return new Activities(found, Optional.empty());
            }
            if (found.size() == limit) {
                return new Activities(found, Optional.of(ActivityRows.position(found.getLast())));
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
        return ActivityRows.isPosition(end);
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
