package io.gramme.tables.capacity;

import io.gramme.core.error.CapacityErrors;
import io.gramme.core.error.ThrottlingReason;
import io.gramme.core.error.ThrottlingReason.Cause;
import io.gramme.storage.Consistency;
import io.gramme.storage.RowKey;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.item.Admission.Factor;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.Change.EntryChange;
import io.gramme.tables.item.Charge;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A charge to the meters of tables and indexes. For one thread. */
final class MeteredCharge implements Charge {
    /** A read is admitted at what the smallest read costs: only afterwards is it known what it costs. */
    private static final long LEAST_READ = 1;

    private final Meters meters;
    private final long now;

    /** What was admitted since the charge began, and is not paid yet. */
    private final List<Due> admitted = new ArrayList<>(0);

    /** What the present run of a transaction was refused. */
    private final List<Refused> refused = new ArrayList<>(0);

    private record Refused(Due due, Cause cause) {}

    private record Due(Metered metered, Kind kind, long hash, long halves) {}

    MeteredCharge(Meters meters) {
        this.meters = meters;
        this.now = meters.now();
    }

    @Override
    public void begin() {
        admitted.clear();
        refused.clear();
    }

    @Override
    public void end() {
        refused.forEach(one -> count(one.due, one.cause));
        refused.clear();
    }

    @Override
    public void admitRead(ReadTarget target, long hash) {
        if (meters.mode(target.table()) != ThroughputMode.OFF) {
            try {
                admit(List.of(new Due(meters.metered(target), Kind.READ, hash, LEAST_READ)));
            } finally {
                end();
            }
        }
    }

    @Override
    public void payRead(ReadTarget target, long hash, long bytes, Consistency consistency, Factor factor) {
        pay(meters.metered(target), Kind.READ, hash, factor.times() * Units.ofRead(bytes, consistency));
    }

    @Override
    public void payScan(ReadTarget target, Partition partition, long bytes, Consistency consistency) {
        Metered metered = meters.metered(target);
        long halves = Units.ofRead(bytes, consistency);
        payWhole(metered, Kind.READ, halves);
        metered.meter().partition(partition).payScan(metered.mode(), partition, halves, now);
    }

    @Override
    public void admitWrite(Change change, Factor factor) {
        admit(dues(change, factor));
    }

    @Override
    public void payWrites() {
        admitted.forEach(due -> pay(due.metered, due.kind, due.hash, due.halves));
        admitted.clear();
    }

    @Override
    public void payFailed(Table table, RowKey row, long bytes) {
        var due = new Due(
                meters.metered(table, Optional.empty()),
                Kind.WRITE,
                row.partition().hash(),
                Units.ofWrite(bytes));
        try {
            admit(List.of(due));
        } finally {
            end();
        }
        payWrites();
    }

    /** The cost of a write: that of the item and its local entries, and that of each entry of a global index. */
    private List<Due> dues(Change change, Factor factor) {
        Table table = change.table();
        long ofTable = factor.times() * Units.ofWrite(change.largerSize());
        List<Due> dues = new ArrayList<>(1 + change.entries().size());
        for (EntryChange entry : change.entries()) {
            if (entry.index().isLocal()) {
                ofTable += Units.ofEntry(entry);
            } else {
                addEntry(dues, table, entry);
            }
        }
        dues.add(
                0,
                new Due(
                        meters.metered(table, Optional.empty()),
                        Kind.WRITE,
                        change.row().partition().hash(),
                        ofTable));
        return dues;
    }

    private void addEntry(List<Due> dues, Table table, EntryChange entry) {
        SecondaryIndex index = entry.index();
        Metered metered = meters.metered(table, Optional.of(index));
        if (entry.moved()) {
            dues.add(entryDue(metered, entry.rowBefore(), Change.size(entry.before())));
            dues.add(entryDue(metered, entry.rowAfter(), Change.size(entry.after())));
        } else {
            long larger = Math.max(Change.size(entry.before()), Change.size(entry.after()));
            dues.add(entryDue(metered, entry.rowAfter().or(entry::rowBefore), larger));
        }
    }

    private static Due entryDue(Metered metered, Optional<RowKey> row, long bytes) {
        return new Due(metered, Kind.WRITE, row.orElseThrow().partition().hash(), Units.ofWrite(bytes));
    }

    /** Admits all of these or none. */
    private void admit(List<Due> dues) {
        List<ThrottlingReason> reasons = List.of();
        boolean onDemand = false;
        for (Due due : dues) {
            if (due.metered.mode() == ThroughputMode.OFF) {
                continue;
            }
            Optional<Cause> refusal = refusal(due);
            if (refusal.isPresent()) {
                onDemand = due.metered.table().billing().isOnDemand();
                reasons = reasons.isEmpty() ? new ArrayList<>() : reasons;
                var reason = new ThrottlingReason(
                        due.metered.index().isPresent(), due.kind == Kind.WRITE, refusal.get(), due.metered.arn());
                if (!reasons.contains(reason)) {
                    reasons.add(reason);
                    refused.add(new Refused(due, refusal.get()));
                }
            }
        }
        if (!reasons.isEmpty()) {
            throw CapacityErrors.throughputExceeded(onDemand, reasons);
        }
        admitted.addAll(dues);
    }

    private Optional<Cause> refusal(Due due) {
        Meter meter = due.metered.meter();
        long pending = 0;
        long ofAccount = 0;
        long ofPartition = 0;
        PartitionMeter partition = due.metered.partition(due.hash);
        for (Due earlier : admitted) {
            ofAccount += earlier.kind == due.kind ? earlier.halves : 0;
            if (earlier.metered.meter() == meter && earlier.kind == due.kind) {
                pending += earlier.halves;
                ofPartition += earlier.metered.partition(earlier.hash) == partition ? earlier.halves : 0;
            }
        }
        Limit limit = due.metered.limit(due.kind);
        Optional<Cause> ofTable = meter.flow(due.kind).refusal(limit, pending, meters.age(due.metered.table()), now);
        if (ofTable.isPresent()) {
            return ofTable;
        }
        Limit quota = meters.limitOfAccount(due.kind);
        if (!quota.isNone()
                && meters.ofAccount(due.metered.table(), due.kind)
                        .refusal(quota, ofAccount, 1, now)
                        .isPresent()) {
            return Optional.of(Cause.ACCOUNT);
        }
        return partition.refusal(due.metered.mode(), due.kind, ofPartition, now);
    }

    private void count(Due due, Cause cause) {
        meters.listener().refused(due.metered.table(), due.metered.index(), due.kind, cause);
        due.metered.meter().flow(due.kind).countRefusal(cause);
        if (cause == Cause.KEY_RANGE) {
            due.metered.partition(due.hash).countRefusal(due.kind);
        }
    }

    private void pay(Metered metered, Kind kind, long hash, long halves) {
        payWhole(metered, kind, halves);
        metered.partition(hash).pay(metered.mode(), kind, hash, halves, now);
    }

    private void payWhole(Metered metered, Kind kind, long halves) {
        Limit limit = metered.limit(kind);
        long age = limit.isNone() ? 0 : meters.age(metered.table());
        metered.meter().flow(kind).pay(limit, halves, age, now);
        Limit account = metered.mode() == ThroughputMode.OFF ? Limit.NONE : meters.limitOfAccount(kind);
        if (!account.isNone()) {
            meters.ofAccount(metered.table(), kind).pay(account, halves, 1, now);
        }
        meters.listener().paid(metered.table(), metered.index(), kind, halves);
    }
}
