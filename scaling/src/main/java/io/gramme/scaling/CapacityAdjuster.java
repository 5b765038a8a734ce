package io.gramme.scaling;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.scaling.ScalableTarget.Change;
import io.gramme.scaling.ScalingActivity.Status;
import io.gramme.tables.table.Capacity;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.RandomIds;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Changes the capacity of targets, and records each change as an activity.
 *
 * <p>It changes only what is provisioned and settled: a target whose table does not exist, is on demand, or is being
 * changed is left alone.
 */
final class CapacityAdjuster {
    /** When a refused change is tried again, such as a decrease of which none is left. */
    static final Duration RETRY = Duration.ofMinutes(15);

    private static final int SERVER_ERROR = 500;

    private final ScalingRows rows;
    private final ActivityRows activities;
    private final Tables tables;
    private final ThroughputChange throughput;
    private final MillisecondClock clock;
    private final RandomIds ids;

    /** When the last activity of this server began: each has a time of its own, which orders them. */
    private Instant lastBegin = Instant.MIN;

    /** Bounds that could not be enforced yet, although the table was ready: they are tried again later. */
    private final Map<TargetId, Refused> refused = new ConcurrentHashMap<>();

    private record Refused(long min, long max, Instant at) {
        boolean isOf(ScalableTarget target, Instant now) {
            return min == target.min() && max == target.max() && !now.isBefore(at) && now.isBefore(at.plus(RETRY));
        }
    }

    CapacityAdjuster(
            ScalingRows rows,
            ActivityRows activities,
            Tables tables,
            ThroughputChange throughput,
            MillisecondClock clock,
            RandomIds ids) {
        this.rows = rows;
        this.activities = activities;
        this.tables = tables;
        this.throughput = throughput;
        this.clock = clock;
        this.ids = ids;
    }

    /** What became of an adjustment. */
    enum Result {
        STARTED,
        /** The table is being changed: try again. */
        BUSY,
        REFUSED,
        /** The change is refused at present: there is no decrease left, or the server has a fault. */
        POSTPONED
    }

    /** The state of the table or index that a target names. */
    sealed interface Resource {
        /** There is no such table or index, or it is on demand. */
        record Absent() implements Resource {}

        /** Its throughput cannot change at present. */
        record Busy() implements Resource {}

        record Ready(Table table, Capacity capacity) implements Resource {}
    }

    Resource resource(TargetId id) {
        Optional<Table> table = tables.find(id.tableName());
        if (table.isEmpty() || table.get().billing().isOnDemand()) {
            return new Resource.Absent();
        }
        Optional<SecondaryIndex> index = id.index().flatMap(table.get()::index);
        if (id.index().isPresent() && index.filter(found -> !found.isLocal()).isEmpty()) {
            return new Resource.Absent();
        }
        boolean settled = table.get().status() == Table.Status.ACTIVE
                && index.map(found -> found.status() == SecondaryIndex.Status.ACTIVE)
                        .orElse(true);
        if (!settled) {
            return new Resource.Busy();
        }
        return new Resource.Ready(
                table.get(),
                index.map(SecondaryIndex::capacity).orElse(table.get().capacity()));
    }

    /**
     * Brings the capacity between the bounds of a target, if they changed lately.
     *
     * @return whether to try again soon
     */
    boolean enforceBounds(ScalableTarget target) {
        if (!target.unenforced() || target.change().isPresent()) {
            return target.unenforced();
        }
        Instant now = clock.instant();
        if (Optional.ofNullable(refused.get(target.id()))
                .filter(earlier -> earlier.isOf(target, now))
                .isPresent()) {
            return false;
        }
        Result result = switch (resource(target.id())) {
            case Resource.Busy _ -> Result.BUSY;
            case Resource.Absent _ -> Result.REFUSED;
            case Resource.Ready(var _, Capacity capacity) -> enforce(target, capacity);
        };
        refused.remove(target.id());
        switch (result) {
            case BUSY -> {
                return true;
            }
            case POSTPONED -> refused.put(target.id(), new Refused(target.min(), target.max(), now));
            case STARTED, REFUSED -> markEnforced(target);
        }
        return false;
    }

    /** The same at once, although it may have been refused lately. */
    void enforceBoundsNow(ScalableTarget target) {
        refused.remove(target.id());
        var _ = enforceBounds(target);
    }

    private Result enforce(ScalableTarget target, Capacity capacity) {
        long units = target.id().of(capacity.throughput());
        if (units < target.min()) {
            return adjust(target, capacity, target.min(), "minimum capacity was set to " + target.min());
        }
        if (units > target.max()) {
            return adjust(target, capacity, target.max(), "maximum capacity was set to " + target.max());
        }
        return Result.STARTED;
    }

    /** Only the bounds that were enforced: others may have been set meanwhile. */
    private void markEnforced(ScalableTarget target) {
        var _ = rows.change(target, found -> found.hasBoundsOf(target) ? found.enforced() : found);
    }

    /** Starts a change of the capacity of a target. */
    Result adjust(ScalableTarget target, Capacity capacity, long units, String cause) {
        String what = what(target.id(), units);
        Instant now = begin();
        var activity = new ScalingActivity(
                target.id(),
                ids.next(),
                "Setting " + what + ".",
                cause,
                now,
                Optional.empty(),
                Status.IN_PROGRESS,
                Optional.empty());
        try {
            throughput.start(
                    target.id().tableName(), target.id().index(), target.id().with(units, capacity.throughput()));
        } catch (ApiException refusal) {
            boolean busy =
                    refusal.code() == ErrorCode.RESOURCE_IN_USE || refusal.code() == ErrorCode.RESOURCE_NOT_FOUND;
            if (busy) {
                return Result.BUSY;
            }
            activities.put(activity.ended(Status.FAILED, now, "Failed to set " + what + ". Reason: " + refusal.text()));
            boolean later =
                    refusal.code() == ErrorCode.LIMIT_EXCEEDED || refusal.code().status() >= SERVER_ERROR;
            return later ? Result.POSTPONED : Result.REFUSED;
        }
        activities.put(activity);
        var change = new Change(activity, units);
        rows.change(target, found -> found.with(Optional.of(change))).ifPresent(this::settle);
        return Result.STARTED;
    }

    /** Ends the activity of a change that has settled; returns the target as it is then. */
    ScalableTarget settle(ScalableTarget target) {
        if (target.change().isEmpty()) {
            return target;
        }
        Change change = target.change().get();
        Resource resource = resource(target.id());
        if (resource instanceof Resource.Busy) {
            return target;
        }
        activities.put(ended(target.id(), change, resource));
        return rows.change(
                        target, found -> found.change().equals(target.change()) ? found.with(Optional.empty()) : found)
                .orElse(target);
    }

    /** Ends the activity of a change that has not settled, of a target that is deregistered. */
    void abandon(ScalableTarget target) {
        refused.remove(target.id());
        target.change()
                .ifPresent(change -> activities.put(change.activity()
                        .ended(
                                Status.OVERRIDDEN,
                                clock.instant(),
                                "The scalable target was deregistered before the change to set "
                                        + what(target.id(), change.units()) + " was complete.")));
    }

    private ScalingActivity ended(TargetId id, Change change, Resource resource) {
        String what = what(id, change.units());
        Instant now = clock.instant();
        return switch (resource) {
            case Resource.Ready(var _, Capacity capacity)
            when id.of(capacity.throughput()) == change.units() ->
                change.activity()
                        .ended(
                                Status.SUCCESSFUL,
                                now,
                                "Successfully set " + what + ". Change successfully fulfilled by dynamodb.");
            case Resource.Ready _ ->
                change.activity().ended(Status.OVERRIDDEN, now, "Another change followed that to set " + what + ".");
            case Resource.Absent _, Resource.Busy _ ->
                change.activity()
                        .ended(
                                Status.FAILED,
                                now,
                                "Failed to set " + what + ". Reason: " + id.resourceId() + " is not provisioned.");
        };
    }

    private synchronized Instant begin() {
        Instant now = clock.instant();
        lastBegin = now.isAfter(lastBegin) ? now : lastBegin.plusMillis(1);
        return lastBegin;
    }

    private static String what(TargetId id, long units) {
        return id.word() + " capacity units to " + units;
    }

    /** Records an activity that is over. */
    void record(TargetId id, String description, String cause, Status status, String message) {
        Instant now = begin();
        activities.put(new ScalingActivity(
                id, ids.next(), description, cause, now, Optional.of(now), status, Optional.of(message)));
    }
}
