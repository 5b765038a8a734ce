package io.gramme.benchmark;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;

/** The longest time in which no client got an answer. Many threads report their answers to it. */
final class Pauses {
    private final AtomicLong last;
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

    /** @param begin the start of the measurement, by {@link System#nanoTime} as all times here */
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
