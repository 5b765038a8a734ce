package io.gramme.benchmark;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;

/** The longest time in which nobody was answered. For many threads, each of which tells of its answers. */
final class Pauses {
    private final AtomicLong last;
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

    /** Times are in the terms of {@link System#nanoTime}. */
    Pauses(long begin) {
        this.last = new AtomicLong(begin);
    }

    void answered(long now) {
        longest.accumulate(now - last.getAndAccumulate(now, Math::max));
    }

    long longestNanos() {
        return longest.get();
    }
}
