package io.gramme.tables.table;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.ItemCodec;
import io.gramme.storage.AllRows;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.tables.catalog.Fields;
import io.gramme.tables.job.BackgroundJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The numbers of items and bytes of each table and index. They are counted as writes are acknowledged, and stored every
 * few seconds. Each pass adds a difference to the stored figures, so that several servers can count one table. The
 * counts since the last pass are lost with a process that is killed: the service's own figures are hours old, and only
 * ItemCount and TableSizeBytes derive from them.
 */
public final class TableStatistics implements BackgroundJob.Pass {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final int BATCH = 100;
    private static final long WHOLE = -1;

    /** The counts of partitions are stored beside those of local indexes, whose ordinals are below this. */
    private static final long FIRST_PARTITION = 1L << 32;

    private static final Bytes KIND = Bytes.of(0x02);
    private static final PartitionKey PARTITION = new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("statistics"));

    private final RowStore store;
    private final boolean shared;
    private final Map<Counted, Count> counts = new ConcurrentHashMap<>();

    /** @param part the ordinal of a local index in the tablespace, or {@link #WHOLE}, or a partition */
    private record Counted(TablespaceId tablespace, long part) {
        static Counted of(TablespaceId tablespace, Partition partition) {
            return new Counted(tablespace, FIRST_PARTITION + partition.id());
        }

        RowKey row() {
            return new RowKey(
                    PARTITION, KIND.plus(Bytes.ofLong(tablespace.number())).plus(Bytes.ofLong(part)));
        }
    }

    /** Totals, and how much of them is stored already; the latter belongs to the pass. */
    private static final class Count {
        private final LongAdder items = new LongAdder();
        private final LongAdder bytes = new LongAdder();
        private long storedItems;
        private long storedBytes;
    }

    /** The number of items and bytes in one table or index. */
    public record Size(long items, long bytes) {}

    /** @param shared whether other servers count, too */
    TableStatistics(RowStore store, boolean shared) {
        this.store = store;
        this.shared = shared;
        load();
    }

    /** The counts in a store, which nothing adds to. */
    public static TableStatistics stored(RowStore store) {
        return new TableStatistics(store, false);
    }

    /** Adds the change of a write to the counts of a table or a global index, and of one of its partitions. */
    public void record(TablespaceId tablespace, Partition partition, long items, long bytes) {
        record(new Counted(tablespace, WHOLE), items, bytes);
        record(Counted.of(tablespace, partition), items, bytes);
    }

    /** Adds the change of a write to the count of the local index of that ordinal. */
    public void recordLocal(TablespaceId tablespace, int ordinal, long items, long bytes) {
        record(new Counted(tablespace, ordinal), items, bytes);
    }

    private void record(Counted counted, long items, long bytes) {
        if (items == 0 && bytes == 0) {
            return;
        }
        Count count = counts.computeIfAbsent(counted, _ -> new Count());
        count.items.add(items);
        count.bytes.add(bytes);
    }

    public Size of(Table table) {
        return of(new Counted(table.tablespace(), WHOLE));
    }

    /** The size of an open partition of a table. It is an estimate where the partition was split from another. */
    public Size of(Table table, Partition partition) {
        return of(table.tablespace(), table.partitions(), partition);
    }

    /** The size of an open partition of a global index, also an estimate. */
    public Size of(SecondaryIndex index, Partition partition) {
        return of(index.tablespace(), index.partitions(), partition);
    }

    /** What the counts of the partitions lack, because it is older than they are, is divided among them. */
    private Size of(TablespaceId tablespace, PartitionMap map, Partition partition) {
        Size whole = of(new Counted(tablespace, WHOLE));
        long items = whole.items;
        long bytes = whole.bytes;
        for (Partition open : map.open()) {
            Size counted = of(Counted.of(tablespace, open));
            items -= counted.items;
            bytes -= counted.bytes;
        }
        Size own = of(Counted.of(tablespace, partition));
        int count = Math.max(1, map.open().size());
        return new Size(own.items + Math.max(0, items) / count, own.bytes + Math.max(0, bytes) / count);
    }

    /** Divides the count of a partition among its children by their numbers of hashes, as far as {@code after} has any. */
    public void split(TablespaceId tablespace, Partition parent, PartitionMap after) {
        List<Partition> children = after.open().stream()
                .filter(partition -> partition.parent().equals(Optional.of(parent.id())))
                .toList();
        Size whole = of(Counted.of(tablespace, parent));
        long items = whole.items;
        long bytes = whole.bytes;
        double share = children.stream().mapToDouble(Partition::share).sum();
        for (int i = children.size() - 1; i >= 0; i--) {
            Partition child = children.get(i);
            double part = i == 0 ? 1 : child.share() / share;
            long ofItems = (long) (items * part);
            long ofBytes = (long) (bytes * part);
            record(Counted.of(tablespace, child), ofItems, ofBytes);
            record(Counted.of(tablespace, parent), -ofItems, -ofBytes);
            items -= ofItems;
            bytes -= ofBytes;
            share -= child.share();
        }
    }

    public Size of(Table table, SecondaryIndex index) {
        return of(
                switch (index.location()) {
                    case IndexLocation.Local(var ordinal) -> new Counted(table.tablespace(), ordinal);
                    case IndexLocation.Global(var tablespace, var _) -> new Counted(tablespace, WHOLE);
                });
    }

    private Size of(Counted counted) {
        Count count = counts.get(counted);
        // Figures of one moment can come out below zero, because items and bytes are counted after the write.
        return count == null
                ? new Size(0, 0)
                : new Size(Math.max(0, count.items.sum()), Math.max(0, count.bytes.sum()));
    }

    /** Forgets a tablespace that was dropped. */
    synchronized void forget(TablespaceId tablespace) {
        List<Counted> gone = counts.keySet().stream()
                .filter(counted -> counted.tablespace.equals(tablespace))
                .toList();
        if (gone.isEmpty()) {
            return;
        }
        gone.forEach(counts::remove);
        List<Write> deletes = gone.stream()
                .<Write>map(counted -> new Write.Delete(counted.row()))
                .toList();
        Set<RowKey> rows = gone.stream().map(Counted::row).collect(toUnmodifiableSet());
        store.transact(rows, _ -> new Outcome<>(deletes, true));
    }

    /** Forgets a tablespace that another server has taken out of use: nothing more is stored about it. */
    synchronized void ignore(TablespaceId tablespace) {
        counts.keySet().removeIf(counted -> counted.tablespace.equals(tablespace));
    }

    /** Stores the counts since the last pass, and loads those of other servers. */
    @Override
    public synchronized Duration run() {
        var changed = new ArrayList<Map.Entry<Counted, Count>>();
        for (var entry : counts.entrySet()) {
            Count count = entry.getValue();
            if (count.items.sum() != count.storedItems || count.bytes.sum() != count.storedBytes) {
                changed.add(entry);
            }
        }
        for (int from = 0; from < changed.size(); from += BATCH) {
            save(changed.subList(from, Math.min(changed.size(), from + BATCH)));
        }
        if (shared) {
            load();
        }
        return PERIOD;
    }

    private void save(List<Map.Entry<Counted, Count>> changed) {
        record Growth(RowKey row, Count count, long items, long bytes) {}
        List<Growth> growths = changed.stream()
                .map(entry -> new Growth(
                        entry.getKey().row(),
                        entry.getValue(),
                        entry.getValue().items.sum() - entry.getValue().storedItems,
                        entry.getValue().bytes.sum() - entry.getValue().storedBytes))
                .toList();
        Set<RowKey> rows = growths.stream().map(Growth::row).collect(toUnmodifiableSet());
        store.transact(rows, current -> {
            var writes = new ArrayList<Write>();
            for (Growth growth : growths) {
                Size old = current.getOrDefault(growth.row, Optional.empty())
                        .map(TableStatistics::size)
                        .orElse(new Size(0, 0));
                writes.add(new Write.Put(
                        growth.row, encoded(new Size(old.items + growth.items, old.bytes + growth.bytes))));
            }
            return new Outcome<>(writes, true);
        });
        for (Growth growth : growths) {
            growth.count.storedItems += growth.items;
            growth.count.storedBytes += growth.bytes;
        }
    }

    private void load() {
        AllRows.scan(store, PARTITION, Range.startingWith(KIND), this::load);
    }

    private void load(Row row) {
        Bytes sort = row.key().sort();
        Size size = size(row);
        var counted =
                new Counted(new TablespaceId(sort.longAt(KIND.length())), sort.longAt(KIND.length() + Long.BYTES));
        Count count = counts.computeIfAbsent(counted, _ -> new Count());
        // The counts that other servers have stored since; this server's counts that are not stored yet remain on top.
        count.items.add(size.items - count.storedItems);
        count.bytes.add(size.bytes - count.storedBytes);
        count.storedItems = size.items;
        count.storedBytes = size.bytes;
    }

    private static Size size(Row row) {
        Fields fields = Fields.of(ItemCodec.decode(row.value()));
        return new Size(fields.number("Items"), fields.number("Bytes"));
    }

    private static Bytes encoded(Size size) {
        return ItemCodec.encode(
                new Fields().put("Items", size.items).put("Bytes", size.bytes).toItem());
    }
}
