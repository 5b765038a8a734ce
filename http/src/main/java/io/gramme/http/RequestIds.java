package io.gramme.http;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * A generator of request ids: 32 bytes written as 52 characters of base 32, like those of the service.
 *
 * <p>An id is a counter in four scrambled forms: unique within a process, different between processes, without a lock
 * and without using entropy. Ids are names, not secrets.
 */
final class RequestIds {
    private static final char[] DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUV".toCharArray();
    private static final int LENGTH = 52;
    private static final int BITS_PER_DIGIT = 5;
    /** The step of Weyl's sequence in SplitMix64: the counter takes every value before one repeats. */
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final AtomicLong counter;
    private final long[] views = new long[4];

    RequestIds(RandomGenerator random) {
        counter = new AtomicLong(random.nextLong());
        for (int i = 0; i < views.length; i++) {
            views[i] = random.nextLong();
        }
    }

    String next() {
        long count = counter.getAndAdd(STEP);
        var id = new char[LENGTH];
        long bits = 0;
        int held = 0;
        int view = 0;
        for (int i = 0; i < LENGTH; i++) {
            int digit;
            if (held >= BITS_PER_DIGIT) {
                digit = (int) (bits >>> (Long.SIZE - BITS_PER_DIGIT));
                bits <<= BITS_PER_DIGIT;
                held -= BITS_PER_DIGIT;
            } else {
                // The digit spans two views; after the last view it is padded with zeros.
                int missing = BITS_PER_DIGIT - held;
                long next = view < views.length ? scrambled(count ^ views[view++]) : 0;
                digit = (int) ((bits >>> (Long.SIZE - BITS_PER_DIGIT)) | (next >>> (Long.SIZE - missing)));
                bits = next << missing;
                held = Long.SIZE - missing;
            }
            id[i] = DIGITS[digit & 31];
        }
        return String.valueOf(id);
    }

    /** The finalizer of SplitMix64: a bijection in which every bit depends on every bit. */
    private static long scrambled(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
