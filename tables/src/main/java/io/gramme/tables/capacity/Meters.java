package io.gramme.tables.capacity;

import io.gramme.storage.TablespaceId;
import io.gramme.tables.item.Admission;
import io.gramme.tables.item.Charge;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The meters of all tables and global indexes that were used since the process began, and the admission of requests by
 * them. Safe for use by many threads.
 */
public final class Meters implements Admission {
    private final Map<TablespaceId, Meter> meters = new ConcurrentHashMap<>();
    private final ThroughputMode mode;
    private final LongSupplier nanoTime;
    private final LongSupplier milliseconds;

    /**
     * @param mode of tables without a tag that says otherwise
     * @param nanoTime a clock that never steps back
     * @param milliseconds the time of day, in which tables' creation is known
     */
    public Meters(ThroughputMode mode, LongSupplier nanoTime, LongSupplier milliseconds) {
        this.mode = mode;
        this.nanoTime = nanoTime;
        this.milliseconds = milliseconds;
    }

    @Override
    public Charge charge() {
        return new MeteredCharge(this);
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** The seconds for which a table has had the chance to keep unused capacity. */
    long age(Table table) {
        Instant now = Instant.ofEpochMilli(milliseconds.getAsLong());
        return Math.max(0, Duration.between(table.created(), now).toSeconds());
    }

    Metered metered(Table table, Optional<SecondaryIndex> global) {
        Meter meter = global.isPresent() ? of(global.get()) : of(table);
        return new Metered(table, global, meter, mode.of(table));
    }

    Metered metered(ReadTarget target) {
        return metered(target.table(), Metered.index(target));
    }

    /** How much of the service's throttling a table has. */
    public ThroughputMode mode(Table table) {
        return mode.of(table);
    }

    /** The meter of a table and its local indexes. */
    public Meter of(Table table) {
        return of(table.tablespace());
    }

    /** The meter of a global index. */
    public Meter of(SecondaryIndex index) {
        return of(index.tablespace());
    }

    private Meter of(TablespaceId tablespace) {
        Meter meter = meters.get(tablespace);
        return meter == null ? meters.computeIfAbsent(tablespace, _ -> new Meter()) : meter;
    }

    /** Forgets the meters of tables and indexes, and of partitions, that are not there any more. */
    public void retain(Collection<Table> tables) {
        Set<TablespaceId> there = new HashSet<>();
        for (Table table : tables) {
            there.add(table.tablespace());
            Optional.ofNullable(meters.get(table.tablespace()))
                    .ifPresent(meter -> meter.retain(table.partitions().open()));
            for (SecondaryIndex index : table.globalIndexes()) {
                there.add(index.tablespace());
                Optional.ofNullable(meters.get(index.tablespace()))
                        .ifPresent(meter -> meter.retain(index.partitions().open()));
            }
        }
        meters.keySet().retainAll(there);
    }
}
