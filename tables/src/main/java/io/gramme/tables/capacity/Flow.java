package io.gramme.tables.capacity;

import io.gramme.core.error.ThrottlingReason.Cause;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The units of one kind that a table, a global index or a partition has consumed, and those that it may consume now.
 * Safe for use by many threads. What is never limited has no buckets.
 */
final class Flow {
    /** Twice the previous peak is served at once. */
    private static final int GROWTH = 2;

    private final LongAdder consumed = new LongAdder();
    private final AtomicLongArray refused = new AtomicLongArray(Cause.values().length);

    // Guarded by this.
    private @Nullable TokenBucket main;
    private @Nullable TokenBucket maximum;
    private @Nullable Peaks peaks;

    /**
     * What forbids one more request, if anything does.
     *
     * @param pending half units that the request has been admitted to already
     * @param age the seconds for which a bucket that is made now has been filling
     */
    Optional<Cause> refusal(Limit limit, long pending, long age, long now) {
        if (limit.rate() == 0 && limit.maximum() == 0) {
            return Optional.empty();
        }
        synchronized (this) {
            if (limit.maximum() > 0 && !maximum(limit, now).has(pending, limit.maximum(), Limit.NO_BURST, now)) {
                return Optional.of(Cause.ON_DEMAND_MAXIMUM);
            }
            boolean empty =
                    limit.rate() > 0 && !main(limit, age, now).has(pending, rate(limit, now), limit.seconds(), now);
            return empty ? Optional.of(limit.cause()) : Optional.empty();
        }
    }

    /** Counts what was consumed, and takes it from the buckets. */
    void pay(Limit limit, long halves, long age, long now) {
        consumed.add(halves);
        if (limit.rate() == 0 && limit.maximum() == 0) {
            return;
        }
        synchronized (this) {
            if (limit.maximum() > 0) {
                maximum(limit, now).take(halves, limit.maximum(), Limit.NO_BURST, now);
            }
            if (limit.rate() > 0) {
                main(limit, age, now).take(halves, rate(limit, now), limit.seconds(), now);
            }
            if (limit.grows()) {
                peaks(now).add(halves, now);
            }
        }
    }

    void countRefusal(Cause cause) {
        refused.incrementAndGet(cause.ordinal());
    }

    /** The half units consumed since the process began. */
    long consumed() {
        return consumed.sum();
    }

    /** The requests refused since the process began, each item of a batch by itself. */
    long refused(Cause cause) {
        return refused.get(cause.ordinal());
    }

    /** The half units that can be consumed at once; negative while requests are refused, empty without a limit. */
    Optional<Long> left(Limit limit, long age, long now) {
        if (limit.rate() == 0) {
            return Optional.empty();
        }
        synchronized (this) {
            return Optional.of(main(limit, age, now).tokens(rate(limit, now), limit.seconds(), now));
        }
    }

    /** The half units a second that are served now: those of the limit, or more after a peak. */
    synchronized long rate(Limit limit, long now) {
        return limit.grows() && peaks != null ? Math.max(limit.rate(), GROWTH * peaks.highest(now)) : limit.rate();
    }

    private TokenBucket main(Limit limit, long age, long now) {
        if (main == null) {
            main = new TokenBucket(limit.rate() * Math.clamp(age, 1, limit.seconds()), now);
        }
        return main;
    }

    private TokenBucket maximum(Limit limit, long now) {
        if (maximum == null) {
            maximum = new TokenBucket(limit.maximum(), now);
        }
        return maximum;
    }

    private Peaks peaks(long now) {
        if (peaks == null) {
            peaks = new Peaks(now);
        }
        return peaks;
    }
}
