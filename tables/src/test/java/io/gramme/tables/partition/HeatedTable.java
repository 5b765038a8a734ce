package io.gramme.tables.partition;

import io.gramme.core.error.ApiException;
import io.gramme.storage.Consistency;
import io.gramme.tables.capacity.Meters;
import io.gramme.tables.capacity.ThroughputMode;
import io.gramme.tables.item.Admission.Factor;
import io.gramme.tables.item.Charge;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.table.Fixture;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.PartitionMap;
import io.gramme.tables.table.Samples;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import io.gramme.tables.table.Throughput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A table with the service's limits that is read by hashes, with its splitter, in a time of its own. */
final class HeatedTable {
    private static final int READ_UNIT = 4_096;
    private static final int MOST_IN_REQUEST = 1_000;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int SECONDS_BETWEEN_PASSES = 10;

    private final Fixture fixture = new Fixture(Duration.ZERO);
    private final TableName name;
    private long nanoTime = 1_000_000_000_000L;
    private long seconds;

    final Tables tables = fixture.start();
    final Meters meters;
    final LocalHeat heat;
    final TableLifecycle life = new TableLifecycle(tables, fixture.store, (_, _, _) -> {});
    private final PartitionSplitter splitter;
    private boolean splits = true;

    /** A table on demand. */
    HeatedTable() {
        this(ThroughputMode.AWS, table -> table);
    }

    HeatedTable(ThroughputMode mode, UnaryOperator<Table> as) {
        meters = Meters.alone(mode, Optional.empty(), () -> nanoTime, fixture::millis);
        heat = new LocalHeat(meters, tables, () -> nanoTime);
        splitter = new PartitionSplitter(tables, life, Long.MAX_VALUE, heat, meters::mode, () -> nanoTime);
        Table created = tables.create(as.apply(Samples.table(tables, "heated")));
        name = created.address();
        life.settle(created);
    }

    /** The same, with as much throughput that only partitions limit it, in so many partitions. */
    static HeatedTable ofPartitions(int count) {
        var enough = new Throughput(count * 3_000L, count);
        return new HeatedTable(ThroughputMode.AWS, table -> Provisioned.with(table, enough));
    }

    /** The same table, whose partitions and warm throughput stay as they are. */
    HeatedTable withoutSplits() {
        splits = false;
        return this;
    }

    Table table() {
        return tables.find(name).orElseThrow();
    }

    PartitionMap map() {
        return table().partitions();
    }

    Partition at(long hash) {
        return map().at(hash);
    }

    TableHeat known() {
        return heat.of(table().tablespace());
    }

    long now() {
        return nanoTime;
    }

    /** Reads so many units of one key, a thousand in a request at most; returns how many were served. */
    int read(long hash, int units) {
        var target = new ReadTarget(table(), Optional.empty());
        int served = 0;
        while (served < units) {
            int size = Math.min(MOST_IN_REQUEST, units - served);
            Charge charge = meters.charge();
            try {
                charge.admitRead(target, hash);
            } catch (ApiException _) {
                return served;
            }
            charge.payRead(target, hash, (long) size * READ_UNIT, Consistency.STRONG, Factor.PLAIN);
            served += size;
        }
        return served;
    }

    /** The same of a scan, which reads so many units of a partition. */
    void scan(Partition partition, int units) {
        meters.charge()
                .payScan(
                        new ReadTarget(table(), Optional.empty()),
                        partition,
                        (long) units * READ_UNIT,
                        Consistency.STRONG);
    }

    /** Lets time pass, with this load in each second. */
    void pass(Duration time, Runnable load) {
        for (long left = time.toSeconds(); left > 0; left--) {
            load.run();
            nanoTime += SECOND.toNanos();
            fixture.pass(SECOND);
            heat.run();
            if (++seconds % SECONDS_BETWEEN_PASSES == 0) {
                if (splits) {
                    splitter.run();
                }
                life.run();
            }
        }
    }

    List<Partition> open() {
        return map().open();
    }
}
