package io.gramme.tables.partition;

import io.gramme.storage.TablespaceId;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A heat that chooses, by a seed, one partition of each table and where it is to be split; all others are cold. */
public final class Glow implements Heat {
    private static final Rate FULL = new Rate(3_000, 1_000);

    private final Tables tables;
    private final SplittableRandom random;
    private final Map<TablespaceId, TableHeat> glowing = new HashMap<>();

    public Glow(Tables tables, long seed) {
        this.tables = tables;
        this.random = new SplittableRandom(seed);
    }

    /** Chooses anew. */
    public void move() {
        glowing.clear();
        tables.all()
                .forEach(table -> choose(table.tablespace(), table.partitions().open()));
        tables.all().stream()
                .flatMap(table -> table.globalIndexes().stream())
                .forEach(index -> choose(index.tablespace(), index.partitions().open()));
    }

    private void choose(TablespaceId tablespace, List<Partition> open) {
        Partition chosen = open.get(random.nextInt(open.size()));
        if (chosen.width() == 0) {
            return;
        }
        long hash = chosen.first() + Long.remainderUnsigned(random.nextLong(), chosen.width());
        // One of both weighs more than half now and then, and is isolated.
        KeyHeat keys = KeyHeat.of(List.of(Map.entry(hash, random.nextDouble()), Map.entry(hash + 1, 0.5)));
        glowing.put(
                tablespace,
                new TableHeat(
                        Use.NONE,
                        Rate.NONE,
                        Map.of(chosen.id(), new PartitionHeat(new Use(FULL, FULL, FULL, 0, 0), keys))));
    }

    @Override
    public TableHeat of(TablespaceId tablespace) {
        return glowing.getOrDefault(tablespace, TableHeat.NONE);
    }
}
