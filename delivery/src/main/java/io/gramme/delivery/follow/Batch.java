package io.gramme.delivery.follow;

import io.gramme.tables.log.LogEntry;
import java.util.List;

/**
 * Consecutive changes of one lane of a shard, delivered together.
 *
 * @param lane of the shard, if it has several; all changes of one item are in the same lane
 * @param entries at least one
 * @param last whether the log held no more for the lane when it was read
 */
public record Batch(int shard, int lane, List<LogEntry> entries, boolean last) {
    public Batch {
        entries = List.copyOf(entries);
    }
}
