package io.gramme.tables.insight;

import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Value;
import io.gramme.tables.insight.SpaceSaving.Estimate;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one rule has counted, by minutes: a sketch of the current one, and the keys with the highest counts of each earlier
 * one. Safe for use by many threads.
 */
final class KeyHistory {
    /** Counters of a minute. */
    static final int COUNTERS = 1_000;

    /** The keys that are kept of an earlier minute. */
    static final int KEPT = 100;

    /** The minutes that are kept: a day. */
    static final int MINUTES = 24 * 60;

    /** The bytes of the keys of the current minute: keys of 256 bytes each have all counters. */
    private static final long SKETCH_BYTES = COUNTERS * 256L;

    /** What an estimate takes besides the bytes of its key. */
    private static final int ESTIMATE_BYTES = 150;

    private final KeyMemory memory;

    // Guarded by this.
    private final Deque<Minute> closed = new ArrayDeque<>();
    private long minute;
    private SpaceSaving<List<Value>> current;

    private record Minute(long number, List<Estimate<List<Value>>> top, long total, long bytes) {}

    /**
     * @param keys the highest first
     * @param total of all keys
     */
    record Report(List<Estimate<List<Value>>> keys, long total) {
        static final Report NONE = new Report(List.of(), 0);
    }

    KeyHistory(KeyMemory memory, long minute) {
        this.memory = memory;
        this.minute = minute;
        this.current = sketch();
    }

    private static SpaceSaving<List<Value>> sketch() {
        return new SpaceSaving<>(COUNTERS, SKETCH_BYTES, KeyHistory::bytes);
    }

    private static int bytes(List<Value> key) {
        return key.stream().mapToInt(ItemSize::of).sum();
    }

    /** @param now the number of the current minute */
    synchronized void add(List<Value> key, long weight, long now) {
        advance(now);
        current.add(key, weight);
    }

    /** Closes the current minute if it is over, and forgets minutes that are too old or too many. */
    synchronized void advance(long now) {
        if (now > minute) {
            close();
            minute = now;
        }
        while (!closed.isEmpty() && closed.getFirst().number <= now - MINUTES) {
            forgetOldest();
        }
    }

    private void close() {
        if (current.total() == 0) {
            return;
        }
        List<Estimate<List<Value>>> top = current.top(KEPT);
        long bytes =
                top.stream().mapToLong(one -> bytes(one.key()) + ESTIMATE_BYTES).sum();
        closed.addLast(new Minute(minute, top, current.total(), bytes));
        memory.add(bytes);
        current = sketch();
        while (closed.size() > 1 && memory.isExceeded()) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        memory.add(-closed.removeFirst().bytes);
    }

    /** Forgets everything. */
    synchronized void clear() {
        while (!closed.isEmpty()) {
            forgetOldest();
        }
        current = sketch();
    }

    /**
     * The keys with the highest counts in some minutes, the current one included.
     *
     * @param now the number of the current minute
     * @param minutes how many
     */
    synchronized Report top(long now, int minutes, int howMany) {
        advance(now);
        Map<List<Value>, Estimate<List<Value>>> merged = new HashMap<>();
        current.top(KEPT).forEach(one -> merge(merged, one));
        long total = current.total();
        for (Minute one : closed) {
            if (one.number > now - minutes) {
                one.top.forEach(estimate -> merge(merged, estimate));
                total += one.total;
            }
        }
        List<Estimate<List<Value>>> keys = merged.values().stream()
                .sorted(Comparator.comparingLong((Estimate<List<Value>> one) -> one.count())
                        .reversed())
                .limit(howMany)
                .toList();
        return new Report(keys, total);
    }

    private static void merge(Map<List<Value>, Estimate<List<Value>>> merged, Estimate<List<Value>> one) {
        merged.merge(one.key(), one, (a, b) -> new Estimate<>(a.key(), a.count() + b.count(), a.error() + b.error()));
    }
}
