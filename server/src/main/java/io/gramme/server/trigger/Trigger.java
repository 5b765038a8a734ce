package io.gramme.server.trigger;

import io.gramme.server.table.Settings.View;
import io.gramme.server.table.TableName;
import io.gramme.storage.LogPosition;
import java.time.Instant;
import java.util.Optional;

/**
 * What has the records of a stream sent to a target.
 *
 * @param id a UUID
 * @param label of the stream, among those its table ever had
 * @param enabled whether it is to run
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
     * Where it began to read.
     *
     * @param position as the API names it
     * @param at the time, where it is one
     * @param after everything that stands behind this
     */
    public record Start(String position, Optional<Instant> at, LogPosition after) {}

    public String streamArn() {
        return table.arn() + "/stream/" + label;
    }

    /** Whether it does the same as another. */
    boolean isLike(Trigger other) {
        return streamArn().equals(other.streamArn()) && target.url().equals(other.target.url());
    }

    /** What its follower is known by. */
    String follower() {
        return "trigger/" + id;
    }
}
