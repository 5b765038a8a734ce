package io.gramme.monitoring;

import io.gramme.monitoring.MetricRows.Block;
import io.gramme.storage.RowStore;
import io.gramme.tables.table.AccountRegion;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of all tables, by minutes of the last fifteen days. A series begins with its first value, and is forgotten
 * fifteen days after its last. Values become rows a minute later: those of the last minute are lost with a process that
 * is killed. Of the servers of a cluster each stores what it has received, and a reader adds that up.
 *
 * <p>The number of series is bounded. Beyond that the values of new series are dropped and counted, until older series
 * are forgotten: what is known already stays whole.
 *
 * <p>Safe for use by many threads.
 */
public final class MetricStore {
    private static final System.Logger LOG = System.getLogger(MetricStore.class.getName());

    /** The service keeps minutes for so long. */
    public static final Duration RETENTION = Duration.ofDays(15);

    /** What a server keeps; a series takes 200 kilobytes at most in that time, one with percentiles a megabyte. */
    public static final int MAX_SERIES = 10_000;

    private static final long RETENTION_HOURS = RETENTION.toHours();
    private static final long MINUTE_MILLIS = 60_000;

    private final MetricRows rows;
    private final long process;

    /** The numbers after that of this process are for blocks of an hour that has passed twice. */
    private final AtomicLong numbers;

    private final InstantSource clock;
    private final int maxSeries;
    private final Map<MetricId, Series> series = new ConcurrentHashMap<>();

    /** The series that any server has stored, with the last hour in which they had values. */
    private final Map<MetricId, Long> directory = new ConcurrentHashMap<>();

    private final LongAdder dropped = new LongAdder();
    private final AtomicBoolean complained = new AtomicBoolean();

    /**
     * @param process a random number: no other process that uses the rows has it
     * @param maxSeries the bound on the number of series, such as {@link #MAX_SERIES}
     */
    public MetricStore(RowStore store, InstantSource clock, long process, int maxSeries) {
        this.rows = new MetricRows(store);
        this.process = process;
        this.numbers = new AtomicLong(process);
        this.clock = clock;
        this.maxSeries = maxSeries;
        reload();
    }

    /** Adds a value, in steps of the metric, to the present minute of a series. */
    public void record(MetricId id, long steps) {
        Series found = series(id);
        if (found != null) {
            record(found, steps);
        }
    }

    /** The same for a series that {@link #series} has returned earlier. */
    void record(Series known, long steps) {
        if (!known.record(minute(), steps)) {
            // It was retired a moment ago, or long ago if the caller keeps it.
            Series successor = series(known.id());
            if (successor != null) {
                var _ = successor.record(minute(), steps);
            }
        }
    }

    /** The series of an id, a new one if it must be; null if there are too many. */
    @Nullable Series series(MetricId id) {
        Series found = series.get(id);
        if (found != null) {
            return found;
        }
        if (!directory.containsKey(id) && directory.size() >= maxSeries) {
            dropped.increment();
            if (complained.compareAndSet(false, true)) {
                LOG.log(
                        Level.WARNING,
                        "Values of new metrics are dropped: there are as many as can be kept. series=" + maxSeries);
            }
            return null;
        }
        Series made = series.computeIfAbsent(id, key -> new Series(key, process, numbers::incrementAndGet));
        directory.putIfAbsent(id, hour());
        return made;
    }

    /** The present minute since the epoch. */
    public long minute() {
        return clock.millis() / MINUTE_MILLIS;
    }

    private long hour() {
        return minute() / HourBlock.MINUTES;
    }

    /** Whether the series of an id has a place among those that are kept. */
    boolean knows(MetricId id) {
        return directory.containsKey(id);
    }

    /** The number of values that were dropped because there are too many series. */
    public long dropped() {
        return dropped.sum();
    }

    /** The series that this process has received values of. */
    public Collection<Series> received() {
        return series.values();
    }

    /** Receives what a series had in some minute, perhaps in several parts. */
    @FunctionalInterface
    public interface Reader {
        /** @param minute since the epoch */
        void accept(long minute, Summary values);
    }

    /** Passes the values of a series from the minute {@code from} to the minute {@code to}, not included, in no order. */
    public void read(MetricId id, long from, long to, Reader each) {
        long oldest = Math.max(from, minute() - RETENTION.toMinutes());
        // Another server may have stored a series that is not in the directory here yet.
        if (oldest >= to || !id.isRecordable()) {
            return;
        }
        Reader inside = (minute, values) -> {
            if (minute >= oldest && minute < to) {
                each.accept(minute, values);
            }
        };
        Series live = series.get(id);
        // What is in memory is read first: of its hours it has all that this process has, or will have, stored.
        Map<Long, Long> held = live == null ? Map.of() : live.forEach(inside::accept);
        rows.read(id, oldest / HourBlock.MINUTES, (to - 1) / HourBlock.MINUTES, (hour, number, content) -> {
            if (!Objects.equals(held.get(hour), number)) {
                HourBlock.decode(content, (minute, values) -> inside.accept(hour * HourBlock.MINUTES + minute, values));
            }
        });
    }

    /** Passes the ids of all series of an account and region to {@code each}, with the last hour of their values. */
    public void ids(AccountRegion owner, BiConsumer<MetricId, Long> each) {
        directory.forEach((id, hour) -> {
            if (id.owner().equals(owner)) {
                each.accept(id, hour);
            }
        });
    }

    /** Stores the minutes that are over. */
    public synchronized void store() {
        store(minute(), hour());
    }

    /**
     * Stores everything, for a server that closes: the rest of the present minute is lost. So that nothing else is, it
     * stores minutes that have not come yet by a clock that was set back.
     */
    public synchronized void storeAll() {
        store(Long.MAX_VALUE, hour());
    }

    /** @param unchanging the hour before which nothing changes any more */
    private void store(long before, long unchanging) {
        var blocks = new ArrayList<Block>();
        var listed = new ArrayList<Series>();
        long now = hour();
        for (Series one : series.values()) {
            one.collect(before);
            List<Long> hours = one.unstored();
            hours.forEach(hour -> one.block(hour).ifPresent(blocks::add));
            if (!hours.isEmpty() && one.listedHour() != now) {
                listed.add(one);
            }
        }
        rows.list(listed.stream().map(Series::id).toList(), now);
        listed.forEach(one -> {
            one.listedIn(now);
            directory.put(one.id(), now);
        });
        rows.store(blocks);
        series.values().forEach(one -> one.stored(unchanging));
    }

    /** Learns which series other servers have stored, and forgets those that have expired. */
    public synchronized void reload() {
        var stored = new ConcurrentHashMap<MetricId, Long>();
        rows.directory(stored::put);
        long oldest = hour() - RETENTION_HOURS;
        directory.forEach((id, last) -> {
            if (last < oldest && !stored.containsKey(id)) {
                Series idle = series.get(id);
                if (idle == null || idle.retire()) {
                    series.remove(id);
                    directory.remove(id);
                }
            }
        });
        stored.forEach((id, last) -> directory.merge(id, last, Math::max));
        complained.set(false);
    }

    /** Deletes what is older than the retention. One server does this for all. */
    public void expire() {
        long before = hour() - RETENTION_HOURS;
        if (before > 0) {
            rows.expire(before);
        }
    }
}
