package io.gramme.monitoring;

import io.gramme.core.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The values of one metric with its dimensions that this server has received: those of the present minute in an
 * {@link Accumulator}, those since the last {@link #collect} as well, and before that blocks of an hour until they are
 * stored and over. Safe for use by many threads; recording takes a lock once a minute.
 */
public final class Series {
    /** Blocks that cannot be stored are forgotten from the oldest on. */
    private static final int MAX_BLOCKS = 3;

    private final MetricId id;
    private volatile Accumulator current;

    // Guarded by this.
    private final List<Accumulator> closed = new ArrayList<>(1);
    private final TreeMap<Long, HourBlock> blocks = new TreeMap<>();
    private long collectedCount;
    private long collectedSum;
    private long lastValue;
    private long lastMinute;

    private final TreeSet<Long> unstored = new TreeSet<>();
    private boolean retired;

    /** The last hour of which the directory of series knows. Belongs to the pass that stores. */
    private long listedHour = -1;

    Series(MetricId id) {
        this.id = id;
        this.current = Accumulator.NONE;
    }

    public MetricId id() {
        return id;
    }

    /**
     * Adds a value in steps of the metric. A minute before the last one counts as the last one: clocks go back.
     *
     * @return false if the series is retired, and has added nothing
     */
    boolean record(long minute, long value) {
        Accumulator now = current;
        if (now.minute() < minute) {
            now = turn(minute);
        }
        if (now == Accumulator.NONE) {
            return false;
        }
        now.add(value);
        return true;
    }

    private synchronized Accumulator turn(long minute) {
        Accumulator now = current;
        if (now.minute() < minute && !retired) {
            close(now);
            now = new Accumulator(minute, id.metric().hasPercentiles());
            current = now;
        }
        return now;
    }

    private void close(Accumulator past) {
        if (past != Accumulator.NONE) {
            closed.add(past);
        }
    }

    /** Ends the series if it has no values in memory: from then on another of its id takes its place. */
    synchronized boolean retire() {
        retired = current == Accumulator.NONE && closed.isEmpty() && blocks.isEmpty();
        return retired;
    }

    /** Moves the minutes before {@code minute} into their blocks. */
    synchronized void collect(long minute) {
        if (current.minute() < minute) {
            close(current);
            current = Accumulator.NONE;
        }
        for (Accumulator past : closed) {
            past.summary().ifPresent(values -> {
                long hour = past.minute() / HourBlock.MINUTES;
                blocks.computeIfAbsent(hour, _ -> new HourBlock())
                        .add((int) (past.minute() % HourBlock.MINUTES), values);
                unstored.add(hour);
                collectedCount += values.count();
                collectedSum += values.sum();
                lastValue = values.max();
                lastMinute = past.minute();
            });
        }
        closed.clear();
        while (blocks.size() > MAX_BLOCKS) {
            unstored.remove(blocks.firstKey());
            blocks.pollFirstEntry();
        }
    }

    /** The hours whose blocks have changed since they were stored. */
    synchronized List<Long> unstored() {
        return List.copyOf(unstored);
    }

    synchronized Bytes encoded(long hour) {
        HourBlock block = blocks.get(hour);
        return block == null ? Bytes.EMPTY : block.encoded();
    }

    /** Notes that all blocks are stored, and forgets those before an hour, which do not change any more. */
    synchronized void stored(long hour) {
        unstored.clear();
        blocks.headMap(hour).clear();
    }

    /** Passes what is in memory to {@code each}, by minutes since the epoch; one minute may come more than once. */
    synchronized void forEach(BiConsumer<Long, Summary> each) {
        for (Map.Entry<Long, HourBlock> entry : blocks.entrySet()) {
            long first = entry.getKey() * HourBlock.MINUTES;
            entry.getValue().forEach((minute, values) -> each.accept(first + minute, values));
        }
        for (Accumulator past : closed) {
            past.summary().ifPresent(values -> each.accept(past.minute(), values));
        }
        Accumulator now = current;
        now.summary().ifPresent(values -> each.accept(now.minute(), values));
    }

    /**
     * All values since the process began, or since the series is known here.
     *
     * @param last the highest value of the last minute that had any, in steps
     * @param lastMinute that minute, since the epoch
     */
    public record Totals(long count, long sum, long last, long lastMinute) {}

    public synchronized Totals totals() {
        long count = collectedCount;
        long sum = collectedSum;
        long last = lastValue;
        long minute = lastMinute;
        var open = new ArrayList<>(closed);
        open.add(current);
        for (Accumulator one : open) {
            Summary values = one.summary().orElse(null);
            if (values != null) {
                count += values.count();
                sum += values.sum();
                last = values.max();
                minute = one.minute();
            }
        }
        return new Totals(count, sum, last, minute);
    }

    long listedHour() {
        return listedHour;
    }

    void listedIn(long hour) {
        listedHour = hour;
    }
}
