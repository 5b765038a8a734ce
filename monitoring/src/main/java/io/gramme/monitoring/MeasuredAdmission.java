package io.gramme.monitoring;

import io.gramme.storage.Consistency;
import io.gramme.tables.item.Admission;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.Change.EntryChange;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Another admission, with what it charges recorded as ConsumedReadCapacityUnits and ConsumedWriteCapacityUnits: that of
 * a table with its local indexes, and that of each global index. A sample is a commit, or what is read of a partition
 * at once.
 */
public final class MeasuredAdmission implements Admission {
    private static final int READ_UNIT = 4_096;
    private static final int WRITE_UNIT = 1_024;
    private static final int HALVES = 2;

    private final Admission admission;
    private final TableMetrics metrics;

    public MeasuredAdmission(Admission admission, TableMetrics metrics) {
        this.admission = admission;
        this.metrics = metrics;
    }

    @Override
    public void admitRead(ReadTarget target, long hash) {
        admission.admitRead(target, hash);
    }

    @Override
    public void chargeRead(ReadTarget target, long hash, long bytes, Consistency consistency, Factor factor) {
        admission.chargeRead(target, hash, bytes, consistency, factor);
        long units = Math.max(1, Math.ceilDiv(bytes, READ_UNIT));
        long halves = consistency == Consistency.STRONG ? HALVES * units : units;
        Optional<String> index =
                target.isGlobal() ? target.index().map(SecondaryIndex::name) : Optional.empty();
        metrics.add(Metric.CONSUMED_READ, target.table().address(), index, halves * factor.times());
    }

    @Override
    public void admitWrites(List<Change> changes, Factor factor) {
        admission.admitWrites(changes, factor);
    }

    @Override
    public void chargeWrites(List<Change> changes, Factor factor) {
        admission.chargeWrites(changes, factor);
        for (int i = 0; i < changes.size(); i++) {
            charge(changes.get(i), factor);
        }
    }

    private void charge(Change change, Factor factor) {
        Table table = change.table();
        TableName name = table.address();
        long halves = halves(change.largerSize()) * factor.times();
        for (EntryChange entry : change.entries()) {
            if (entry.index().isLocal()) {
                halves += halves(entry);
            } else {
                metrics.add(
                        Metric.CONSUMED_WRITE, name, Optional.of(entry.index().name()), halves(entry));
            }
        }
        metrics.add(Metric.CONSUMED_WRITE, name, halves);
    }

    private static long halves(EntryChange entry) {
        long before = Change.size(entry.before());
        long after = Change.size(entry.after());
        return entry.moved() ? halves(before) + halves(after) : halves(Math.max(before, after));
    }

    private static long halves(long bytes) {
        return HALVES * Math.max(1, Math.ceilDiv(bytes, WRITE_UNIT));
    }
}
