package io.gramme.tables.partition;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.AllRows;
import io.gramme.storage.ContentionException;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.partition.HeatCodec.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What tables have lately consumed on all servers of a store: the pass stores a report of each table that is busy on this
 * server, and reads those of the others. A report counts while its server renews it; so no server's time of day matters.
 * Safe for use by many threads.
 */
public final class SharedHeat implements Heat, BackgroundJob.Pass {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    /** Without renewal for so long, a report counts no more. */
    private static final Duration VALID = Duration.ofSeconds(35);

    /** After so long without renewal its server is assumed to be gone. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    /** A table is reported from this share of a partition's throughput on. */
    private static final double BUSY = 0.01;

    private static final int MOST_TABLES = 256;
    private static final int BATCH = 16;
    private static final Bytes KIND = Bytes.of(0x01);
    private static final PartitionKey PLACE = new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("heat"));

    private final RowStore store;
    private final LocalHeat local;
    private final long server;
    private final LongSupplier nanoTime;

    /** What the pass has seen of each other server's reports. Belongs to the pass. */
    private final Map<RowKey, Seen> seen = new HashMap<>();

    private final Set<RowKey> own = new HashSet<>();
    private long number;

    private volatile Map<TablespaceId, TableHeat> others = Map.of();

    /** @param since when it has been as it is */
    private record Seen(Report report, long since) {}

    /**
     * @param server tells the servers of a store apart: a random number
     * @param nanoTime a clock that never steps back
     */
    public SharedHeat(RowStore store, LocalHeat local, long server, LongSupplier nanoTime) {
        this.store = store;
        this.local = local;
        this.server = server;
        this.nanoTime = nanoTime;
    }

    @Override
    public TableHeat of(TablespaceId tablespace) {
        TableHeat elsewhere = others.get(tablespace);
        TableHeat here = local.of(tablespace);
        return elsewhere == null ? here : here.plus(elsewhere);
    }

    @Override
    public Duration run() {
        try {
            report();
        } catch (ContentionException _) {
            // Another server reports at this moment; the next report is soon.
        }
        collect();
        return PERIOD;
    }

    private void report() {
        number++;
        var writes = new ArrayList<Write>();
        Set<RowKey> reported = new HashSet<>();
        busy().forEach((tablespace, heat) -> {
            RowKey row = row(tablespace);
            reported.add(row);
            writes.add(new Write.Put(row, HeatCodec.encode(new Report(number, heat))));
        });
        own.stream().filter(row -> !reported.contains(row)).forEach(row -> writes.add(new Write.Delete(row)));
        write(writes);
        own.clear();
        own.addAll(reported);
    }

    private Map<TablespaceId, TableHeat> busy() {
        record Busy(TablespaceId tablespace, TableHeat heat, double share) {}
        var busy = new HashMap<TablespaceId, TableHeat>();
        local.active().stream()
                .map(tablespace -> {
                    TableHeat heat = local.of(tablespace);
                    return new Busy(tablespace, heat, heat.use().minute().ofPartition());
                })
                .filter(table -> table.share >= BUSY)
                .sorted(Comparator.comparingDouble(Busy::share).reversed())
                .limit(MOST_TABLES)
                .forEach(table -> busy.put(table.tablespace, table.heat));
        return busy;
    }

    private void write(List<Write> writes) {
        for (int from = 0; from < writes.size(); from += BATCH) {
            List<Write> batch = writes.subList(from, Math.min(writes.size(), from + BATCH));
            Set<RowKey> rows = batch.stream().map(Write::key).collect(toUnmodifiableSet());
            store.transact(rows, _ -> new Outcome<>(batch, true));
        }
    }

    private RowKey row(TablespaceId tablespace) {
        return new RowKey(PLACE, KIND.plus(Bytes.ofLong(tablespace.number())).plus(Bytes.ofLong(server)));
    }

    private static TablespaceId tablespace(RowKey row) {
        return new TablespaceId(row.sort().longAt(KIND.length()));
    }

    private static long server(RowKey row) {
        return row.sort().longAt(KIND.length() + Long.BYTES);
    }

    private void collect() {
        long now = nanoTime.getAsLong();
        Set<RowKey> stored = new HashSet<>();
        AllRows.scan(store, PLACE, Range.startingWith(KIND), row -> {
            if (server(row.key()) != server) {
                stored.add(row.key());
                see(row, now);
            }
        });
        seen.keySet().retainAll(stored);
        var valid = new HashMap<TablespaceId, TableHeat>();
        var gone = new ArrayList<Write>();
        seen.forEach((row, report) -> {
            long age = now - report.since;
            if (age <= VALID.toNanos()) {
                valid.merge(tablespace(row), report.report.heat(), TableHeat::plus);
            } else if (age > KEPT.toNanos()) {
                gone.add(new Write.Delete(row));
            }
        });
        others = Map.copyOf(valid);
        write(gone);
    }

    private void see(Row row, long now) {
        HeatCodec.decode(row.value()).ifPresent(report -> {
            Seen before = seen.get(row.key());
            if (before == null || before.report.number() != report.number()) {
                seen.put(row.key(), new Seen(report, now));
            }
        });
    }
}
