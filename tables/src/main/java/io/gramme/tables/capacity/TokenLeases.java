package io.gramme.tables.capacity;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.AllRows;
import io.gramme.storage.ContentionException;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.tables.capacity.LeasedTokens.Demand;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.job.FaultLog;
import io.gramme.tables.table.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The pass by which servers of a shared store divide the throughput of each table, index and partition: the buckets are
 * rows, from which each server leases what it is about to need. One commit for each table in use; none for the others.
 *
 * <p>If it is not known whether an exchange was stored, nothing is granted: at most one lease is lost, or given back
 * twice.
 */
public final class TokenLeases implements BackgroundJob.Pass {
    static final Duration PERIOD = Duration.ofMillis(200);

    /** The clocks of servers agree better than that. */
    private static final Duration MOST_AHEAD = Duration.ofSeconds(10);

    private static final long NANOS_IN_MILLISECOND = 1_000_000;
    private static final Bytes KIND = Bytes.of(0x30);

    private final RowStore store;
    private final Meters meters;
    private final Supplier<Collection<Table>> tables;
    private final LongSupplier milliseconds;
    private final FaultLog faults = new FaultLog();

    /** The tablespaces that have rows of this server, as far as it knows. Used by the pass only. */
    private final Set<TablespaceId> stored = new HashSet<>();

    /** @param milliseconds the time of day: servers agree on it nearly, and the latest that one has seen counts */
    public TokenLeases(RowStore store, Meters meters, Supplier<Collection<Table>> tables, LongSupplier milliseconds) {
        this.store = store;
        this.meters = meters;
        this.tables = tables;
        this.milliseconds = milliseconds;
    }

    /**
     * Tokens that are leased, and the shared bucket that they come from.
     *
     * @param guard held while the tokens are used
     * @param name of the bucket among those of its tablespace
     * @param seconds of the rate that it holds
     * @param age the seconds for which a new bucket has been filling
     */
    record Lease(Object guard, LeasedTokens tokens, Bytes name, long rate, int seconds, long age) {}

    private record Exchange(Lease lease, RowKey row, Demand demand) {}

    @Override
    public Duration run() {
        Map<TablespaceId, List<Lease>> leases = new LinkedHashMap<>();
        for (Table table : tables.get()) {
            meters.leases(table).forEach(leases::put);
        }
        leases.forEach(this::exchange);
        forgetExcept(leases.keySet());
        return PERIOD;
    }

    private void exchange(TablespaceId tablespace, List<Lease> leases) {
        var exchanges = new ArrayList<Exchange>();
        for (Lease lease : leases) {
            Demand demand;
            synchronized (lease.guard) {
                demand = lease.tokens.demand(lease.rate);
            }
            if (!demand.isNothing()) {
                exchanges.add(new Exchange(lease, row(tablespace, lease.name), demand));
            }
        }
        if (exchanges.isEmpty()) {
            return;
        }
        stored.add(tablespace);
        List<Long> granted;
        try {
            granted = exchange(exchanges);
        } catch (ContentionException _) {
            // The other servers have just leased: the next pass is soon.
            return;
        } catch (StorageException fault) {
            // The other tables go on.
            faults.report("Lease of throughput for tablespace " + tablespace, fault);
            return;
        }
        for (int i = 0; i < exchanges.size(); i++) {
            Exchange exchange = exchanges.get(i);
            synchronized (exchange.lease.guard) {
                exchange.lease.tokens.exchanged(exchange.demand, granted.get(i));
            }
        }
    }

    private List<Long> exchange(List<Exchange> exchanges) {
        var rows = new HashSet<RowKey>();
        exchanges.forEach(exchange -> rows.add(exchange.row));
        long now = milliseconds.getAsLong() * NANOS_IN_MILLISECOND;
        return store.transact(rows, current -> {
            var writes = new ArrayList<Write>();
            var granted = new ArrayList<Long>();
            for (Exchange exchange : exchanges) {
                Lease lease = exchange.lease;
                TokenBucket bucket = Transition.row(current, exchange.row)
                        .map(row -> bucket(row, now))
                        .orElseGet(() -> new TokenBucket(lease.rate * Math.clamp(lease.age, 1, lease.seconds), now));
                long there = bucket.tokens(lease.rate, lease.seconds, now) - exchange.demand.owed();
                long grant = grant(exchange.demand.wanted(), there);
                bucket.take(exchange.demand.owed() + grant, lease.rate, lease.seconds, now);
                granted.add(grant);
                writes.add(new Write.Put(
                        exchange.row, Bytes.ofLong(bucket.level()).plus(Bytes.ofLong(bucket.filledAt()))));
            }
            return new Outcome<>(writes, List.copyOf(granted));
        });
    }

    /** Half of what is there at most, so that the other servers find some, too. */
    private static long grant(long wanted, long there) {
        return wanted <= 0 ? wanted : Math.min(wanted, Math.ceilDiv(Math.max(0, there), 2));
    }

    /** A time in the future is that of a clock that was wrong: nothing would fill the bucket until then. */
    private static TokenBucket bucket(Row row, long now) {
        long filledAt = row.value().longAt(Long.BYTES);
        return TokenBucket.stored(row.value().longAt(0), filledAt - now > MOST_AHEAD.toNanos() ? now : filledAt);
    }

    /** Deletes the buckets of what is not there any more. */
    private void forgetExcept(Set<TablespaceId> there) {
        Set<TablespaceId> alive = new HashSet<>(there);
        tables.get().forEach(table -> {
            alive.add(table.tablespace());
            table.globalIndexes().forEach(index -> alive.add(index.tablespace()));
        });
        for (TablespaceId gone :
                stored.stream().filter(one -> !alive.contains(one)).toList()) {
            try {
                delete(gone);
                stored.remove(gone);
            } catch (StorageException _) {
                // Another server is deleting the same rows, or cannot be reached: the next pass tries again.
            }
        }
    }

    private void delete(TablespaceId tablespace) {
        PartitionKey partition = partition(tablespace);
        var rows = new HashSet<RowKey>();
        AllRows.scan(store, partition, Range.startingWith(KIND), row -> rows.add(row.key()));
        if (!rows.isEmpty()) {
            store.transact(
                    rows,
                    _ -> new Outcome<>(
                            rows.stream().<Write>map(Write.Delete::new).toList(), Optional.empty()));
        }
    }

    private static RowKey row(TablespaceId tablespace, Bytes name) {
        return new RowKey(partition(tablespace), KIND.plus(name));
    }

    private static PartitionKey partition(TablespaceId tablespace) {
        return new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("tokens").plus(Bytes.ofLong(tablespace.number())));
    }
}
