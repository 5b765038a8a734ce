package io.gramme.tables.partition;

import io.gramme.storage.TablespaceId;
import io.gramme.tables.capacity.Meter;
import io.gramme.tables.capacity.Meters;
import io.gramme.tables.capacity.PartitionMeter;
import io.gramme.tables.capacity.Units;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.partition.UseTrack.Totals;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What tables have lately consumed on this server: the pass compares the meters with those of a second ago. It also
 * makes the meters forget what is no longer there. Memory is bounded by the partitions that were used in the last minute.
 * Safe for use by many threads.
 */
public final class LocalHeat implements Heat, BackgroundJob.Pass {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int FORGET_EVERY = 60;

    private final Meters meters;
    private final Tables tables;
    private final LongSupplier nanoTime;

    /** Guarded by this. */
    private final Map<TablespaceId, TableTrack> tracks = new HashMap<>();

    private long ticks;

    private record TableTrack(UseTrack whole, Map<Integer, UseTrack> partitions) {}

    /** @param nanoTime a clock that never steps back */
    public LocalHeat(Meters meters, Tables tables, LongSupplier nanoTime) {
        this.meters = meters;
        this.tables = tables;
        this.nanoTime = nanoTime;
    }

    @Override
    public Duration run() {
        if (ticks++ % FORGET_EVERY == 0) {
            meters.retain(tables::all);
        }
        tick();
        return PERIOD;
    }

    private synchronized void tick() {
        long second = Duration.ofNanos(nanoTime.getAsLong()).toSeconds();
        Set<TablespaceId> seen = new HashSet<>();
        meters.forEach((tablespace, meter) -> {
            seen.add(tablespace);
            tick(tracks.computeIfAbsent(tablespace, _ -> track(second)), meter, second);
        });
        tracks.keySet().retainAll(seen);
    }

    private static TableTrack track(long second) {
        return new TableTrack(new UseTrack(second - 1), new HashMap<>());
    }

    private static void tick(TableTrack track, Meter meter, long second) {
        var totals = new Totals(
                meter.consumed(Kind.READ),
                meter.consumed(Kind.WRITE),
                meter.refused(Kind.READ),
                meter.refused(Kind.WRITE));
        track.whole.tick(second, totals);
        Set<Integer> seen = new HashSet<>();
        meter.forEachPartition((id, partition) -> {
            seen.add(id);
            track.partitions.computeIfAbsent(id, _ -> new UseTrack(second - 1)).tick(second, totals(partition));
        });
        track.partitions.keySet().retainAll(seen);
    }

    private static Totals totals(PartitionMeter partition) {
        return new Totals(
                partition.consumed(Kind.READ),
                partition.consumed(Kind.WRITE),
                partition.refused(Kind.READ),
                partition.refused(Kind.WRITE));
    }

    @Override
    public synchronized TableHeat of(TablespaceId tablespace) {
        TableTrack track = tracks.get(tablespace);
        if (track == null) {
            return TableHeat.NONE;
        }
        var partitions = new HashMap<Integer, PartitionHeat>();
        meters.find(tablespace)
                .ifPresent(meter -> meter.forEachPartition((id, partition) -> {
                    UseTrack ofPartition = track.partitions.get(id);
                    if (ofPartition != null && !ofPartition.isIdle()) {
                        partitions.put(id, heat(ofPartition.use(), partition));
                    }
                }));
        var peak = new Rate(
                Units.units(meters.peak(tablespace, Kind.READ)), Units.units(meters.peak(tablespace, Kind.WRITE)));
        return new TableHeat(track.whole.use(), peak, partitions);
    }

    private static PartitionHeat heat(Use use, PartitionMeter partition) {
        return new PartitionHeat(
                use, KeyHeat.of(partition.sample(), use.minute().ofPartition()));
    }

    /** The tables and global indexes that were used in the last minute. */
    synchronized Set<TablespaceId> active() {
        Set<TablespaceId> active = new HashSet<>();
        tracks.forEach((tablespace, track) -> {
            if (!track.whole.isIdle()) {
                active.add(tablespace);
            }
        });
        return active;
    }
}
