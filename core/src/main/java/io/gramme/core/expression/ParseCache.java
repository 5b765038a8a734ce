package io.gramme.core.expression;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Remembers what texts were parsed to, for the applications that send the same few again and again. Bounded by two
 * generations of {@link #GENERATION} texts: a text that is asked for moves to the young one, and once that is full, the
 * old one is forgotten. Safe for all threads; a hit takes no lock. Two threads may parse the same text at the same time,
 * to the same tree.
 */
final class ParseCache<T> {
    static final int GENERATION = 1024;

    private volatile Map<String, T> young = new ConcurrentHashMap<>();
    private volatile Map<String, T> old = Map.of();

    /** A text that {@code parse} refuses is not remembered. */
    T get(String text, Function<String, T> parse) {
        T hit = young.get(text);
        if (hit != null) {
            return hit;
        }
        T aged = old.get(text);
        T tree = aged == null ? parse.apply(text) : aged;
        remember(text, tree);
        return tree;
    }

    private void remember(String text, T tree) {
        if (young.size() >= GENERATION) {
            age();
        }
        young.put(text, tree);
    }

    private synchronized void age() {
        // Asked again under the lock: of the threads that find the generation full, one makes it old.
        if (young.size() >= GENERATION) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }

    int size() {
        return young.size() + old.size();
    }
}
