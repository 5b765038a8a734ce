package io.gramme.tables.partition;

import io.gramme.storage.TablespaceId;
import io.gramme.tables.table.Partition;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Since when partitions have been hot without a pause: a partition is hot while its use is above 80 % of what a partition
 * serves. Not safe for use by two threads at once.
 */
final class HotSpells {
    static final double HOT = 0.8;

    /** How long a partition is hot before it is split. */
    static final Duration LONG = Duration.ofMinutes(2);

    /** A partition that was not judged for so long may have cooled down meanwhile. */
    private static final Duration GAP = Duration.ofSeconds(35);

    private final Map<Id, Spell> spells = new HashMap<>();

    private record Id(TablespaceId tablespace, int partition) {}

    private record Spell(long begin, long latest) {}

    /**
     * Records the use of a partition, and says whether it has been hot for long.
     *
     * @param now nanoseconds of a clock that never steps back
     */
    boolean isLong(TablespaceId tablespace, Partition partition, Rate use, long now) {
        var id = new Id(tablespace, partition.id());
        if (use.ofPartition() <= HOT) {
            spells.remove(id);
            return false;
        }
        Spell before = spells.get(id);
        long begin = before != null && now - before.latest <= GAP.toNanos() ? before.begin : now;
        var spell = new Spell(begin, now);
        spells.put(id, spell);
        return now - spell.begin >= LONG.toNanos();
    }

    /** Forgets the partitions of tables and indexes that are not among these. */
    void retain(Set<TablespaceId> tablespaces) {
        spells.keySet().removeIf(id -> !tablespaces.contains(id.tablespace));
    }

    /** Forgets a partition that is split. */
    void end(TablespaceId tablespace, Partition partition) {
        spells.remove(new Id(tablespace, partition.id()));
    }
}
