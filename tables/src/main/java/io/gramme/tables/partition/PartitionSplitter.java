package io.gramme.tables.partition;

import io.gramme.core.error.ApiException;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.capacity.ThroughputMode;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.Capacity;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.PartitionMap;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * The pass that splits partitions: those that hold more than a limited amount of data, the widest of a table or index
 * that has fewer than its throughput needs, and where tables have the service's limits, those that have been hot for
 * long. It is the only one that decides on splits ({@link SplitRules}). Each round splits one partition of a table at
 * most. It also raises the warm throughput of tables on demand with their use, and so the number of their partitions.
 */
public final class PartitionSplitter implements BackgroundJob.Pass {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final Tables tables;
    private final TableLifecycle life;
    private final long mostBytes;
    private final Heat heat;
    private final Function<Table, ThroughputMode> modes;
    private final LongSupplier nanoTime;
    private final HotSpells spells = new HotSpells();

    /** Keys that are being isolated: the first cut is made, the second may be missing. */
    private final Map<TablespaceId, Long> isolating = new HashMap<>();

    /**
     * @param mostBytes the amount of data beyond which a partition is split
     * @param modes the mode of throughput of each table
     * @param nanoTime a clock that never steps back
     */
    public PartitionSplitter(
            Tables tables,
            TableLifecycle life,
            long mostBytes,
            Heat heat,
            Function<Table, ThroughputMode> modes,
            LongSupplier nanoTime) {
        this.tables = tables;
        this.life = life;
        this.mostBytes = mostBytes;
        this.heat = heat;
        this.modes = modes;
        this.nanoTime = nanoTime;
    }

    /** A splitter by size and throughput alone. */
    public PartitionSplitter(Tables tables, TableLifecycle life, long mostBytes) {
        this(tables, life, mostBytes, Heat.UNKNOWN, _ -> ThroughputMode.OFF, () -> 0);
    }

    @Override
    public Duration run() {
        Set<TablespaceId> there = new HashSet<>();
        for (Table table : tables.all()) {
            there.add(table.tablespace());
            table.globalIndexes().forEach(index -> there.add(index.tablespace()));
            try {
                judge(table);
            } catch (ApiException _) {
                // It was deleted meanwhile. The others are judged all the same.
            }
        }
        spells.retain(there);
        isolating.keySet().retainAll(there);
        return PERIOD;
    }

    private void judge(Table table) {
        if (mayChange(table)) {
            Table grown = grow(table);
            if (mayChange(grown)) {
                splitOne(grown).ifPresent(life::settle);
            }
        }
    }

    private static boolean mayChange(Table table) {
        return table.status() == Table.Status.ACTIVE && !table.isPending();
    }

    /** The table, with the warm throughput that its use has proved. */
    private Table grow(Table table) {
        if (!table.billing().isOnDemand() || modes.apply(table) != ThroughputMode.AWS) {
            return table;
        }
        Table grown = grown(table);
        return grown.equals(table)
                ? table
                : tables.change(table.address(), before -> before.id().equals(table.id()) ? grown(before) : before);
    }

    private Table grown(Table table) {
        return table.with(table.billing(), grown(table.tablespace(), table.capacity()))
                .mapIndexes(index -> index.isLocal() ? index : index.with(grown(index.tablespace(), index.capacity())));
    }

    private Capacity grown(TablespaceId tablespace, Capacity capacity) {
        return WarmGrowth.after(capacity.warm(), heat.of(tablespace).peak())
                .map(capacity::withProven)
                .orElse(capacity);
    }

    private Optional<Table> splitOne(Table table) {
        // All are judged first: the spells of the others go on while one is split.
        List<Subject> subjects = subjects(table);
        for (Subject subject : subjects) {
            Optional<Split> due = due(subject);
            if (due.isPresent()) {
                return Optional.of(
                        subject.index.isEmpty()
                                ? split(table, due.get())
                                : split(table, subject.index.get(), due.get()));
            }
        }
        return Optional.empty();
    }

    /**
     * A table or a global index.
     *
     * @param hot the partitions that have been hot for long
     */
    private record Subject(
            Optional<SecondaryIndex> index,
            TablespaceId tablespace,
            PartitionMap map,
            Capacity capacity,
            ToLongFunction<Partition> bytes,
            TableHeat heat,
            Set<Partition> hot) {}

    private List<Subject> subjects(Table table) {
        boolean limited = modes.apply(table) == ThroughputMode.AWS;
        var subjects = new ArrayList<Subject>();
        TableHeat ofTable = limited ? heat.of(table.tablespace()) : TableHeat.NONE;
        subjects.add(new Subject(
                Optional.empty(),
                table.tablespace(),
                table.partitions(),
                table.capacity(),
                partition -> tables.statistics().of(table, partition).bytes(),
                ofTable,
                hot(table.tablespace(), table.partitions(), ofTable)));
        for (SecondaryIndex index : table.globalIndexes()) {
            if (index.isReadable()) {
                TableHeat ofIndex = limited ? heat.of(index.tablespace()) : TableHeat.NONE;
                subjects.add(new Subject(
                        Optional.of(index),
                        index.tablespace(),
                        index.partitions(),
                        index.capacity(),
                        partition -> tables.statistics().of(index, partition).bytes(),
                        ofIndex,
                        hot(index.tablespace(), index.partitions(), ofIndex)));
            }
        }
        return subjects;
    }

    /** Records the use of each open partition; returns those that have been hot for long. */
    private Set<Partition> hot(TablespaceId tablespace, PartitionMap map, TableHeat known) {
        long now = nanoTime.getAsLong();
        Set<Partition> hot = new HashSet<>();
        for (Partition partition : map.open()) {
            if (spells.isLong(tablespace, partition, known.of(partition).use().tenSeconds(), now)) {
                hot.add(partition);
            }
        }
        return hot;
    }

    private Optional<Split> due(Subject subject) {
        return SplitRules.bySize(subject.map, subject.bytes, mostBytes)
                .or(() -> SplitRules.byThroughput(subject.map, subject.capacity.warm()))
                .or(() -> rest(subject))
                .or(() -> byHeat(subject));
    }

    /** The second cut around a key that is being isolated, if it is missing. */
    private Optional<Split> rest(Subject subject) {
        return Optional.ofNullable(isolating.remove(subject.tablespace))
                .flatMap(hash -> SplitRules.byIsolation(subject.map, hash));
    }

    private Optional<Split> byHeat(Subject subject) {
        Optional<Split> split = SplitRules.byHeat(subject.map, subject.heat, subject.hot);
        split.map(Split::partition).ifPresent(partition -> {
            spells.end(subject.tablespace, partition);
            subject.heat.of(partition).keys().dominant().ifPresent(hash -> isolating.put(subject.tablespace, hash));
        });
        return split;
    }

    private Table split(Table table, Split split) {
        Table after = tables.split(table, split.partition(), split.last());
        tables.statistics().split(table.tablespace(), split.partition(), after.partitions());
        return after;
    }

    private Table split(Table table, SecondaryIndex index, Split split) {
        Table after = tables.split(table, index, split.partition(), split.last());
        after.index(index.name())
                .ifPresent(now -> tables.statistics().split(index.tablespace(), split.partition(), now.partitions()));
        return after;
    }
}
