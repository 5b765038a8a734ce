package io.gramme.server.follow;

import io.gramme.server.log.LogEntry;
import java.util.List;

/**
 * Changes that stand behind one another in one lane of a shard.
 *
 * @param lane of the shard, if it has several; the changes of one item are all in one
 * @param entries at least one
 * @param last whether the log held no more for the lane when it was read
 */
public record Batch(int shard, int lane, List<LogEntry> entries, boolean last) {
    public Batch {
        entries = List.copyOf(entries);
    }
}
