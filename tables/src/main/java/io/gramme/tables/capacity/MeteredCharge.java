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
import io.gramme.tables.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A charge to the meters of tables and indexes. For one thread. */
final class MeteredCharge implements Charge {
    /** A read is admitted at what the smallest read costs: only afterwards is it known what it costs. */
    private static final long LEAST_READ = 1;

    private final Meters meters;

    /** What was admitted since the charge began, and is not paid yet; and then what is being admitted. */
    private final List<Due> dues = new ArrayList<>(0);

    /** What the present run of a transaction was refused. */
    private final List<Refused> refused = new ArrayList<>(0);

    /** The table that was charged last: most requests charge one. */
    private @Nullable Metered last;

    /** Valid from the first question for it on: where nothing is limited, no time matters. */
    private long now;

    private boolean knowsNow;

    private record Refused(Due due, Cause cause) {}

    private record Due(Metered metered, Kind kind, long hash, long halves) {}

    MeteredCharge(Meters meters) {
        this.meters = meters;
    }

    private long now() {
        if (!knowsNow) {
            now = meters.now();
            knowsNow = true;
        }
        return now;
    }

    private Metered metered(ReadTarget target) {
        return target.isGlobal() ? meters.metered(target.table(), target.index()) : metered(target.table());
    }

    @SuppressWarnings("ReferenceEquality")
    private Metered metered(Table table) {
        Metered known = last;
        // A version of a table is one object, as for Meters.
        if (known == null || known.table() != table) {
            known = meters.metered(table, Optional.empty());
            last = known;
        }
        return known;
    }

    @Override
    public void begin() {
        dues.clear();
        refused.clear();
    }

    @Override
    public void end() {
        if (!refused.isEmpty()) {
            refused.forEach(one -> count(one.due, one.cause));
            refused.clear();
        }
    }

    @Override
    public void admitRead(ReadTarget target, long hash) {
        Metered metered = metered(target);
        if (!metered.isUnlimited()) {
            admitNow(new Due(metered, Kind.READ, hash, LEAST_READ));
        }
    }

    @Override
    public void payRead(ReadTarget target, long hash, long bytes, Consistency consistency, Factor factor) {
        pay(metered(target), Kind.READ, hash, factor.times() * Units.ofRead(bytes, consistency));
    }

    @Override
    public void payScan(ReadTarget target, Partition partition, long bytes, Consistency consistency) {
        Metered metered = metered(target);
        long halves = Units.ofRead(bytes, consistency);
        payWhole(metered, Kind.READ, halves);
        long at = metered.isUnlimited() ? 0 : now();
        metered.meter().partition(partition).payScan(metered.mode(), partition, halves, at);
    }

    @Override
    public void admitWrite(Change change, Factor factor) {
        int first = dues.size();
        addDues(change, factor);
        admit(first);
    }

    @Override
    public void payWrites() {
        for (Due due : dues) {
            pay(due.metered, due.kind, due.hash, due.halves);
        }
        dues.clear();
    }

    @Override
    public void payFailed(Table table, RowKey row, long bytes) {
        admitNow(new Due(metered(table), Kind.WRITE, row.partition().hash(), Units.ofWrite(bytes)));
        payWrites();
    }

    /** The cost of a write: that of the item and its local entries, and that of each entry of a global index. */
    private void addDues(Change change, Factor factor) {
        Table table = change.table();
        long ofTable = factor.times() * Units.ofWrite(change.largerSize());
        for (EntryChange entry : change.entries()) {
            ofTable += entry.index().isLocal() ? Units.ofEntry(entry) : 0;
        }
        dues.add(new Due(metered(table), Kind.WRITE, change.row().partition().hash(), ofTable));
        for (EntryChange entry : change.entries()) {
            if (!entry.index().isLocal()) {
                addEntry(table, entry);
            }
        }
    }

    private void addEntry(Table table, EntryChange entry) {
        Metered metered = meters.metered(table, Optional.of(entry.index()));
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

    /** Admits what no transaction admits: nothing runs again, so that a refusal counts at once. */
    private void admitNow(Due due) {
        dues.add(due);
        try {
            admit(dues.size() - 1);
        } finally {
            end();
        }
    }

    /** Admits all of the dues from {@code first} on, or none: then they are no longer among the dues. */
    private void admit(int first) {
        List<ThrottlingReason> reasons = List.of();
        boolean onDemand = false;
        for (int i = first; i < dues.size(); i++) {
            Due due = dues.get(i);
            Optional<Cause> refusal = due.metered.isUnlimited() ? Optional.empty() : refusal(due, first);
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
            dues.subList(first, dues.size()).clear();
            throw CapacityErrors.throughputExceeded(onDemand, reasons);
        }
    }

    /** @param before the number of dues that are admitted already */
    private Optional<Cause> refusal(Due due, int before) {
        Meter meter = due.metered.meter();
        long pending = 0;
        long ofAccount = 0;
        long ofPartition = 0;
        PartitionMeter partition = due.metered.partition(due.hash);
        for (int i = 0; i < before; i++) {
            Due earlier = dues.get(i);
            ofAccount += earlier.kind == due.kind ? earlier.halves : 0;
            if (earlier.metered.meter() == meter && earlier.kind == due.kind) {
                pending += earlier.halves;
                ofPartition += earlier.metered.partition(earlier.hash) == partition ? earlier.halves : 0;
            }
        }
        Limit limit = due.metered.limit(due.kind);
        Optional<Cause> ofTable = meter.flow(due.kind).refusal(limit, pending, due.metered.age(), now());
        if (ofTable.isPresent()) {
            return ofTable;
        }
        Limit quota = meters.limitOfAccount(due.kind);
        if (!quota.isNone()
                && meters.ofAccount(due.metered.table(), due.kind)
                        .refusal(quota, ofAccount, Limit::anyAge, now())
                        .isPresent()) {
            return Optional.of(Cause.ACCOUNT);
        }
        return partition.refusal(due.metered.mode(), due.kind, ofPartition, now());
    }

    private static void count(Due due, Cause cause) {
        due.metered.listener().refused(due.kind, cause);
        due.metered.meter().flow(due.kind).countRefusal(cause);
        if (cause == Cause.KEY_RANGE) {
            due.metered.partition(due.hash).countRefusal(due.kind);
        }
    }

    private void pay(Metered metered, Kind kind, long hash, long halves) {
        payWhole(metered, kind, halves);
        long at = metered.isUnlimited() ? 0 : now();
        metered.partition(hash).pay(metered.mode(), kind, hash, halves, at);
    }

    private void payWhole(Metered metered, Kind kind, long halves) {
        Flow flow = metered.meter().flow(kind);
        if (metered.isUnlimited()) {
            flow.count(halves);
        } else {
            flow.pay(metered.limit(kind), halves, metered.age(), now());
            payOfAccount(metered.table(), kind, halves);
        }
        metered.listener().paid(kind, halves);
    }

    private void payOfAccount(Table table, Kind kind, long halves) {
        Limit quota = meters.limitOfAccount(kind);
        if (!quota.isNone()) {
            meters.ofAccount(table, kind).pay(quota, halves, Limit::anyAge, now());
        }
    }
}
