package io.gramme.tables.capacity;

import io.gramme.storage.TablespaceId;
import io.gramme.tables.capacity.TokenLeases.Lease;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.item.Admission;
import io.gramme.tables.item.Charge;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Throughput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The meters of all tables and global indexes that were used since the process began, and the admission of requests by
 * them. Safe for use by many threads.
 */
public final class Meters implements Admission {
    private final Map<TablespaceId, Meter> meters = new ConcurrentHashMap<>();
    private final Map<AccountRegion, Meter> accounts = new ConcurrentHashMap<>();
    private final ThroughputMode mode;
    private final Optional<Throughput> quota;
    private final Tokens.Source source;
    private final LongSupplier nanoTime;
    private final LongSupplier milliseconds;
    private volatile MeterListener.Source listeners = MeterListener.Source.NONE;

    /**
     * The meters of a server that has its tables to itself.
     *
     * @param mode of tables without a tag that says otherwise
     * @param quota of each account in each region, if there is one
     * @param nanoTime a clock that never steps back
     * @param milliseconds the time of day, in which tables' creation is known
     */
    public static Meters alone(
            ThroughputMode mode, Optional<Throughput> quota, LongSupplier nanoTime, LongSupplier milliseconds) {
        return new Meters(mode, quota, Tokens.Source.OWN, nanoTime, milliseconds);
    }

    private Meters(
            ThroughputMode mode,
            Optional<Throughput> quota,
            Tokens.Source source,
            LongSupplier nanoTime,
            LongSupplier milliseconds) {
        this.mode = mode;
        this.quota = quota;
        this.source = source;
        this.nanoTime = nanoTime;
        this.milliseconds = milliseconds;
    }

    /**
     * The meters of a server that shares its tables with others: it needs the pass {@link TokenLeases}. The quota of an
     * account applies to each server by itself.
     */
    public static Meters shared(
            ThroughputMode mode, Optional<Throughput> quota, LongSupplier nanoTime, LongSupplier milliseconds) {
        return new Meters(mode, quota, Tokens.Source.LEASES, nanoTime, milliseconds);
    }

    /** Sets what makes the listeners that learn of all payments and refusals. Called before the first request. */
    public void listen(MeterListener.Source others) {
        listeners = others;
    }

    @Override
    public Charge charge() {
        return new MeteredCharge(this);
    }

    /** Nanoseconds of the clock that never steps back. */
    public long now() {
        return nanoTime.getAsLong();
    }

    /** The seconds for which a table has had the chance to keep unused capacity. */
    long age(Table table) {
        Instant now = Instant.ofEpochMilli(milliseconds.getAsLong());
        return Math.max(0, Duration.between(table.created(), now).toSeconds());
    }

    /** @param table a version of it; it is the same object for all requests that use that version */
    @SuppressWarnings("ReferenceEquality")
    Metered metered(Table table, Optional<SecondaryIndex> global) {
        Meter meter = global.isPresent() ? of(global.get()) : of(table);
        Metered known = meter.latest();
        // Equality would compare all of a table. An equal table that is another object only costs another look-up.
        if (known != null && known.table() == table) {
            return known;
        }
        MeterListener listener = known == null ? listeners.of(table, global) : known.listener();
        var metered = new Metered(table, global, meter, mode.of(table), listener, () -> age(table));
        meter.latest(metered);
        return metered;
    }

    Limit limitOfAccount(Kind kind) {
        return Limit.ofAccount(quota, kind);
    }

    Flow ofAccount(Table table, Kind kind) {
        return accounts.computeIfAbsent(table.accountRegion(), _ -> new Meter(Tokens.Source.OWN))
                .flow(kind);
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
        return meter == null ? meters.computeIfAbsent(tablespace, _ -> new Meter(source)) : meter;
    }

    /** The leases that a table and its global indexes take their tokens from: none if nothing limits them. */
    Map<TablespaceId, List<Lease>> leases(Table table) {
        if (mode.of(table) == ThroughputMode.OFF) {
            return Map.of();
        }
        Map<TablespaceId, List<Lease>> leases = new HashMap<>();
        addLeases(leases, table, Optional.empty(), table.tablespace());
        table.globalIndexes().forEach(index -> addLeases(leases, table, Optional.of(index), index.tablespace()));
        return leases;
    }

    private void addLeases(
            Map<TablespaceId, List<Lease>> leases,
            Table table,
            Optional<SecondaryIndex> index,
            TablespaceId tablespace) {
        if (!meters.containsKey(tablespace)) {
            return;
        }
        Metered metered = metered(table, index);
        for (Kind kind : Kind.values()) {
            List<Lease> found = metered.meter().leases(metered.mode(), kind, metered.limit(kind), age(table));
            leases.computeIfAbsent(tablespace, _ -> new ArrayList<>()).addAll(found);
        }
    }

    /** The meter of a table or index, if it was used. */
    public Optional<Meter> find(TablespaceId tablespace) {
        return Optional.ofNullable(meters.get(tablespace));
    }

    /** Passes each meter to {@code each}, with the tablespace of its table or index. */
    public void forEach(BiConsumer<TablespaceId, Meter> each) {
        meters.forEach(each);
    }

    /** The most half units that a second of the last half hour has consumed; 0 where capacity does not grow by that. */
    public long peak(TablespaceId tablespace, Kind kind) {
        return find(tablespace).map(meter -> meter.peak(kind, now())).orElse(0L);
    }

    /**
     * What a table or a global index may consume on this server.
     *
     * @param index empty for the table itself
     */
    public Allowance allowance(Table table, Optional<SecondaryIndex> index, Kind kind) {
        Metered metered = metered(table, index);
        Limit limit = metered.limit(kind);
        if (limit.rate() == 0) {
            return Allowance.UNLIMITED;
        }
        Flow flow = metered.meter().flow(kind);
        long now = now();
        return new Allowance(
                Optional.of(Units.units(flow.rate(limit, now))),
                flow.left(limit, age(table), now).map(Units::units));
    }

    /**
     * Forgets the meters of tables and indexes, and of partitions, that are not there any more.
     *
     * @param tables reads those that are there: what is made after that is left alone
     */
    public void retain(Supplier<? extends Collection<Table>> tables) {
        Set<TablespaceId> known = Set.copyOf(meters.keySet());
        Set<TablespaceId> there = new HashSet<>();
        for (Table table : tables.get()) {
            there.add(table.tablespace());
            Optional.ofNullable(meters.get(table.tablespace()))
                    .ifPresent(meter -> meter.retain(table.partitions().open()));
            for (SecondaryIndex index : table.globalIndexes()) {
                there.add(index.tablespace());
                Optional.ofNullable(meters.get(index.tablespace()))
                        .ifPresent(meter -> meter.retain(index.partitions().open()));
            }
        }
        known.stream().filter(one -> !there.contains(one)).forEach(meters::remove);
    }
}
