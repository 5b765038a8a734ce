package io.gramme.tables.table;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** A source of random ids: UUIDs of version 4. Safe for use by several threads. */
public final class RandomIds {
    private final RandomGenerator random;

    /** @param random for the sole use of this source */
    public RandomIds(RandomGenerator random) {
        this.random = random;
    }

    public String next() {
        long high;
        long low;
        // A generator need not be safe for use by several threads.
        synchronized (random) {
            high = random.nextLong();
            low = random.nextLong();
        }
        long version4 = (high & ~0xf000L) | 0x4000L;
        long variant2 = (low & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(version4, variant2).toString();
    }
}
