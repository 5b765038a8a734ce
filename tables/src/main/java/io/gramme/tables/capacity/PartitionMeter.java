package io.gramme.tables.capacity;

import io.gramme.core.error.ThrottlingReason.Cause;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.Throughput;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one partition of a table or of a global index has consumed, and may consume now. Safe for use by many threads. */
public final class PartitionMeter {
    /** What a write unit weighs in comparison with a read unit: a partition serves so many times fewer of them. */
    private static final long WRITE_WEIGHT = Throughput.PARTITION.readUnits() / Throughput.PARTITION.writeUnits();

    private final Flow reads;
    private final Flow writes;

    /** Made with the first request that is limited. Guarded by this. */
    private @Nullable KeySample sample;

    PartitionMeter(Tokens.Source source) {
        this.reads = new Flow(source, this);
        this.writes = new Flow(source, this);
    }

    private PartitionMeter(PartitionMeter parent, @Nullable KeySample sample) {
        this.reads = new Flow(parent.reads, this);
        this.writes = new Flow(parent.writes, this);
        this.sample = sample;
    }

    /** The meter of one of the two partitions that this one was split into. */
    synchronized PartitionMeter child(Partition partition) {
        return new PartitionMeter(this, sample == null ? null : sample.within(partition::contains));
    }

    Optional<Cause> refusal(ThroughputMode mode, Kind kind, long pending, long now) {
        return flow(kind).refusal(Limit.ofPartition(mode, kind), pending, Limit::anyAge, now);
    }

    void pay(ThroughputMode mode, Kind kind, long hash, long halves, long now) {
        Limit limit = Limit.ofPartition(mode, kind);
        if (limit.isNone()) {
            flow(kind).count(halves);
            return;
        }
        synchronized (this) {
            flow(kind).pay(limit, halves, Limit::anyAge, now);
            made().add(hash, kind == Kind.READ ? halves : halves * WRITE_WEIGHT);
        }
    }

    /** Counts a part of a scan, which costs all keys of the partition the same. */
    void payScan(ThroughputMode mode, Partition partition, long halves, long now) {
        Limit limit = Limit.ofPartition(mode, Kind.READ);
        if (limit.isNone()) {
            reads.count(halves);
            return;
        }
        synchronized (this) {
            reads.pay(limit, halves, Limit::anyAge, now);
            made().addEvenly(partition.first(), partition.width(), halves);
        }
    }

    private KeySample made() {
        if (sample == null) {
            sample = new KeySample();
        }
        return sample;
    }

    void countRefusal(Kind kind) {
        flow(kind).countRefusal(Cause.KEY_RANGE);
    }

    /** The half units consumed since the process began, or the partition. */
    public long consumed(Kind kind) {
        return flow(kind).consumed();
    }

    /** The requests refused because of this partition. */
    public long refused(Kind kind) {
        return flow(kind).refused(Cause.KEY_RANGE);
    }

    /** The hashes of partition keys that lately cost the most, one for each equal part of the load, in no order. */
    public synchronized long[] sample() {
        return sample == null ? new long[0] : sample.hashes();
    }

    Flow flow(Kind kind) {
        return kind == Kind.READ ? reads : writes;
    }
}
