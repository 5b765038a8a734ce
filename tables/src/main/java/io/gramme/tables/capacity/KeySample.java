package io.gramme.tables.capacity;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * The hashes of partition keys that lately cost the most in a partition: each time that requests have consumed a certain
 * amount, the key of the last one is remembered. A key that carries half of the load is about half of the sample.
 * Not safe for use by two threads at once: its owner guards it.
 */
final class KeySample {
    /** A partition at its capacity for reads consumes as much in a sixth of a second. */
    private static final long STRIDE = 1_000;

    private static final int SIZE = 512;

    private static final int FIRST_SIZE = 16;
    private static final long[] NONE = {};

    /** As long as it needs to be: most partitions of most tables are cold. */
    private long[] hashes = NONE;

    private long taken;
    private long consumed;

    /** Multiples of it, as unsigned fractions, lie evenly however many there are (the golden ratio). */
    private static final long EVEN = 0x9E37_79B9_7F4A_7C15L;

    /** @param weight the part of a partition's capacity for a second, in the half units of its reads */
    void add(long hash, long weight) {
        consumed += weight;
        for (long due = Math.min(SIZE, consumed / STRIDE); due > 0; due--) {
            remember(hash);
        }
        consumed %= STRIDE;
    }

    /** The same for what all keys cost alike: the hashes remembered lie evenly in the range from {@code first} on. */
    void addEvenly(long first, long width, long weight) {
        consumed += weight;
        for (long due = Math.min(SIZE, consumed / STRIDE); due > 0; due--) {
            remember(first + Math.unsignedMultiplyHigh(width, taken * EVEN));
        }
        consumed %= STRIDE;
    }

    private void remember(long hash) {
        if (taken == hashes.length && taken < SIZE) {
            hashes = Arrays.copyOf(hashes, Math.clamp(2 * taken, FIRST_SIZE, SIZE));
        }
        hashes[Math.floorMod(taken, SIZE)] = hash;
        taken++;
    }

    /** The part of the sample whose hashes are accepted. */
    KeySample within(LongPredicate accepted) {
        var part = new KeySample();
        for (long hash : hashes()) {
            if (accepted.test(hash)) {
                part.remember(hash);
            }
        }
        return part;
    }

    /** The hashes, in no order. */
    long[] hashes() {
        return Arrays.copyOf(hashes, (int) Math.min(taken, SIZE));
    }
}
