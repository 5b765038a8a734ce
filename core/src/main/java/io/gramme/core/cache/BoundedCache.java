package io.gramme.core.cache;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A cache that forgets what was not used lately: two tables, of which the younger takes the place of the older when it is
 * full. A hit in the younger writes nothing. Safe for use by many threads.
 */
public final class BoundedCache<K, V> {
    private static final class Tables<K, V> {
        final ConcurrentHashMap<K, V> young = new ConcurrentHashMap<>();
        final ConcurrentHashMap<K, V> old;
        final AtomicLong weight = new AtomicLong();

        Tables(ConcurrentHashMap<K, V> old) {
            this.old = old;
        }
    }

    private final long halfWeight;
    private final ToIntBiFunction<K, V> weigher;
    private volatile Tables<K, V> tables = new Tables<>(new ConcurrentHashMap<>());

    /** @param maxWeight of all entries, as {@code weigher} weighs them: in bytes, about */
    public BoundedCache(long maxWeight, ToIntBiFunction<K, V> weigher) {
        this.halfWeight = maxWeight / 2;
        this.weigher = weigher;
    }

    public @Nullable V get(K key) {
        Tables<K, V> now = tables;
        V young = now.young.get(key);
        if (young != null) {
            return young;
        }
        V old = now.old.get(key);
        if (old != null) {
            put(key, old);
        }
        return old;
    }

    public void put(K key, V value) {
        Tables<K, V> now = tables;
        V before = now.young.put(key, value);
        long more = (long) weigher.applyAsInt(key, value) - (before == null ? 0 : weigher.applyAsInt(key, before));
        if (now.weight.addAndGet(more) > halfWeight) {
            age(now);
        }
    }

    private synchronized void age(Tables<K, V> full) {
        if (tables == full) {
            tables = new Tables<>(full.young);
        }
    }

    /** How many entries there are. */
    public int size() {
        Tables<K, V> now = tables;
        return now.young.size() + now.old.size();
    }
}
