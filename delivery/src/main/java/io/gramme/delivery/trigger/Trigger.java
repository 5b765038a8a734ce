package io.gramme.delivery.trigger;

import io.gramme.storage.LogPosition;
import io.gramme.tables.table.Settings.View;
import io.gramme.tables.table.TableName;
import java.time.Instant;
import java.util.Optional;

/**
 * The stored definition of a trigger, which sends the records of a stream to a target.
 *
 * @param id a UUID
 * @param label of the stream, unique among all streams that its table ever had
 * @param enabled whether the trigger should run
 * @param modified when a client last created or changed it
 */
public record Trigger(
        String id,
        TableName table,
        String label,
        View view,
        Target target,
        Policy policy,
        Start start,
        boolean enabled,
        Instant modified) {

    /**
     * Where a trigger started to read.
     *
     * @param position as the API names it
     * @param at the time, for a start by time
     * @param after the trigger reads everything behind this position
     */
    public record Start(String position, Optional<Instant> at, LogPosition after) {}

    public String streamArn() {
        return table.arn() + "/stream/" + label;
    }

    /** Whether both triggers do the same. */
    boolean isLike(Trigger other) {
        return streamArn().equals(other.streamArn()) && target.url().equals(other.target.url());
    }

    /** The id of its log consumer. */
    String follower() {
        return "trigger/" + id;
    }
}
