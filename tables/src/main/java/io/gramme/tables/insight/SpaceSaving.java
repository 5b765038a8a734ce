package io.gramme.tables.insight;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The heaviest keys of a stream, in bounded memory: the space-saving sketch of Metwally, Agrawal and El Abbadi (2005). A
 * key without a counter takes over the smallest one, with its count. So a count is never too low, and too high by no
 * more than the count that was taken over, which is at most the total weight divided by the number of counters; each key
 * with more than that has a counter. That holds as long as all keys together have less than the allowed number of bytes,
 * since otherwise there are fewer counters.
 *
 * <p>Not safe for use by two threads at once: its owner guards it.
 */
final class SpaceSaving<K> {
    private final int most;
    private final long mostBytes;
    private final ToIntFunction<K> size;
    private final Map<K, Counter<K>> counters = new HashMap<>();

    /** A heap: a counter is not larger than those at twice its place plus one and plus two. */
    private @Nullable Counter<K>[] heap = newHeap(16);

    private long bytes;
    private long total;

    /** The highest count that a counter had when it was taken over: no key without a counter weighs more. */
    private long floor;

    private static final class Counter<K> {
        private final K key;
        private final long error;
        private long count;
        private int place;

        private Counter(K key, long error, long count) {
            this.key = key;
            this.error = error;
            this.count = count;
        }
    }

    /**
     * A key and what it weighs.
     *
     * @param count at least the weight of the key
     * @param error by how much it may be too high
     */
    record Estimate<K>(K key, long count, long error) {}

    /**
     * @param most the number of counters
     * @param mostBytes of the keys of all counters
     * @param size of a key in bytes
     */
    SpaceSaving(int most, long mostBytes, ToIntFunction<K> size) {
        this.most = most;
        this.mostBytes = mostBytes;
        this.size = size;
    }

    @SuppressWarnings("unchecked")
    private static <K> @Nullable Counter<K>[] newHeap(int length) {
        return (Counter<K>[]) new Counter<?>[length];
    }

    void add(K key, long weight) {
        total += weight;
        Counter<K> counter = counters.get(key);
        if (counter == null) {
            insert(key, weight);
        } else {
            counter.count += weight;
            sink(counter);
        }
    }

    private void insert(K key, long weight) {
        int length = size.applyAsInt(key);
        while (!counters.isEmpty() && (counters.size() == most || bytes + length > mostBytes)) {
            removeSmallest();
        }
        var counter = new Counter<>(key, floor, floor + weight);
        counters.put(key, counter);
        bytes += length;
        int place = counters.size() - 1;
        if (place == heap.length) {
            heap = Arrays.copyOf(heap, 2 * heap.length);
        }
        put(counter, place);
        rise(counter);
    }

    private void removeSmallest() {
        Counter<K> smallest = at(0);
        counters.remove(smallest.key);
        bytes -= size.applyAsInt(smallest.key);
        floor = Math.max(floor, smallest.count);
        int end = counters.size();
        Counter<K> last = at(end);
        heap[end] = null;
        if (last != smallest) {
            put(last, 0);
            sink(last);
        }
    }

    private Counter<K> at(int place) {
        return requireNonNull(heap[place]);
    }

    private void put(Counter<K> counter, int place) {
        heap[place] = counter;
        counter.place = place;
    }

    private void rise(Counter<K> counter) {
        while (counter.place > 0) {
            Counter<K> parent = at((counter.place - 1) / 2);
            if (parent.count <= counter.count) {
                return;
            }
            swap(parent, counter);
        }
    }

    private void sink(Counter<K> counter) {
        while (true) {
            int left = 2 * counter.place + 1;
            if (left >= counters.size()) {
                return;
            }
            Counter<K> child = at(left);
            if (left + 1 < counters.size() && at(left + 1).count < child.count) {
                child = at(left + 1);
            }
            if (child.count >= counter.count) {
                return;
            }
            swap(counter, child);
        }
    }

    private void swap(Counter<K> upper, Counter<K> lower) {
        int place = upper.place;
        put(upper, lower.place);
        put(lower, place);
    }

    /** The weight of all keys. */
    long total() {
        return total;
    }

    /** The keys with the highest counts, the highest first. */
    List<Estimate<K>> top(int howMany) {
        List<Counter<K>> sorted = new ArrayList<>(counters.values());
        sorted.sort(
                Comparator.comparingLong((Counter<K> counter) -> counter.count).reversed());
        return sorted.stream()
                .limit(howMany)
                .map(counter -> new Estimate<>(counter.key, counter.count, counter.error))
                .toList();
    }
}
