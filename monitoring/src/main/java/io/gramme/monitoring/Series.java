package io.gramme.monitoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * The values of one metric with its dimensions that this server has received: those of the present minute in an
 * {@link Accumulator}, those since the last {@link #collect} as well, and before that blocks of an hour until they are
 * stored and over. Safe for use by many threads; recording takes a lock once a minute.
 */
public final class Series {
    /** Blocks that cannot be stored are forgotten from the oldest on. */
    private static final int MAX_BLOCKS = 3;

    private final MetricId id;

    /** The number of this process, and how to get others: see {@link #made}. */
    private final long process;

    private final LongSupplier others;

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

    /** The hour before which blocks may have been stored and forgotten. */
    private long forgottenHour;

    /**
     * @param process the number of this process among all that store
     * @param others receives further numbers, which no process has used
     */
    Series(MetricId id, long process, LongSupplier others) {
        this.id = id;
        this.process = process;
        this.others = others;
        this.current = Accumulator.NONE;
    }

    public MetricId id() {
        return id;
    }

    /**
     * Adds a value in steps of the metric. The minute before the last one counts as the last one: threads come late. If
     * the clock was set back further, the present minute is what it says.
     *
     * @return false if the series is retired, and has added nothing
     */
    boolean record(long minute, long value) {
        Accumulator now = current;
        if (isOver(now, minute)) {
            now = turn(minute);
        }
        if (now == Accumulator.NONE) {
            return false;
        }
        now.add(value);
        return true;
    }

    private static boolean isOver(Accumulator now, long minute) {
        return now.minute() < minute || minute < now.minute() - 1;
    }

    private synchronized Accumulator turn(long minute) {
        Accumulator now = current;
        if (isOver(now, minute) && !retired) {
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

    /** Moves the minutes before {@code minute} into their blocks, and all that were turned from. */
    synchronized void collect(long minute) {
        if (current.minute() < minute) {
            close(current);
            current = Accumulator.NONE;
        }
        for (Accumulator past : closed) {
            past.summary().ifPresent(values -> {
                long hour = past.minute() / HourBlock.MINUTES;
                blocks.computeIfAbsent(hour, this::made).add((int) (past.minute() % HourBlock.MINUTES), values);
                unstored.add(hour);
                collectedCount += values.count();
                collectedSum += values.sum();
                lastValue = values.max();
                lastMinute = past.minute();
            });
        }
        closed.clear();
        while (blocks.size() > MAX_BLOCKS) {
            forgottenHour = Math.max(forgottenHour, blocks.firstKey() + 1);
            unstored.remove(blocks.firstKey());
            blocks.pollFirstEntry();
        }
    }

    /**
     * A new block of an hour. If there was one that was stored and forgotten, because the clock was set back since, this
     * one is stored beside it, under another number, not over it.
     */
    private HourBlock made(long hour) {
        return new HourBlock(hour < forgottenHour ? others.getAsLong() : process);
    }

    /** The hours whose blocks have changed since they were stored. */
    synchronized List<Long> unstored() {
        return List.copyOf(unstored);
    }

    /** The block of an hour, as it is to be stored; empty if it is forgotten. */
    synchronized Optional<MetricRows.Block> block(long hour) {
        return Optional.ofNullable(blocks.get(hour))
                .map(block -> new MetricRows.Block(id, hour, block.process(), block.encoded()));
    }

    /** Notes that all blocks are stored, and forgets those before an hour, which do not change any more. */
    synchronized void stored(long hour) {
        unstored.clear();
        blocks.headMap(hour).clear();
        forgottenHour = Math.max(forgottenHour, hour);
    }

    /**
     * Passes what is in memory to {@code each}, by minutes since the epoch; one minute may come more than once.
     *
     * @return by hours, the numbers of the rows that have, or will have, the same values
     */
    synchronized Map<Long, Long> forEach(BiConsumer<Long, Summary> each) {
        var numbers = new HashMap<Long, Long>();
        for (Map.Entry<Long, HourBlock> entry : blocks.entrySet()) {
            numbers.put(entry.getKey(), entry.getValue().process());
            long first = entry.getKey() * HourBlock.MINUTES;
            entry.getValue().forEach((minute, values) -> each.accept(first + minute, values));
        }
        var open = new ArrayList<>(closed);
        open.add(current);
        for (Accumulator one : open) {
            one.summary().ifPresent(values -> {
                long hour = one.minute() / HourBlock.MINUTES;
                if (hour >= forgottenHour) {
                    numbers.putIfAbsent(hour, process);
                }
                each.accept(one.minute(), values);
            });
        }
        return numbers;
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
