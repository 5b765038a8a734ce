package io.gramme.tables.capacity;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ThrottlingReason.Cause;
import io.gramme.tables.capacity.TokenLeases.Lease;
import io.gramme.tables.table.Throughput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The units of one kind that a table, a global index or a partition has consumed, and those that it may consume now.
 * Safe for use by many threads. What is never limited has no buckets.
 */
final class Flow {
    /** Twice the previous peak is served at once. */
    private static final int GROWTH = 2;

    /** The quota of a table. */
    private static final long MOST_GROWN = Throughput.QUOTA.readUnits() * Units.HALVES;

    private static final AtomicLongFieldUpdater<Flow> CONSUMED =
            AtomicLongFieldUpdater.newUpdater(Flow.class, "consumed");

    /**
     * No {@link LongAdder}: each request has a thread of its own, and all new threads begin in the same of its cells. Where
     * two of them meet there, an adder costs much more than this. A field, because there are ten flows for most tables.
     */
    private volatile long consumed;

    /** Made with the first refusal. */
    private volatile @Nullable Map<Cause, LongAdder> refused;

    private final Tokens.Source source;

    /** Held while the buckets are used. */
    private final Object guard;

    // Guarded by the guard.
    private @Nullable Tokens main;
    private @Nullable Tokens maximum;
    private @Nullable Peaks peaks;

    Flow(Tokens.Source source) {
        this.source = source;
        this.guard = this;
    }

    /** @param guard the lock of its buckets, for an owner that holds it for more than them */
    Flow(Tokens.Source source, Object guard) {
        this.source = source;
        this.guard = guard;
    }

    /** The flow of a child of a partition: it has half of what the parent may consume at once, and has consumed nothing. */
    Flow(Flow parent, Object guard) {
        this(parent.source, guard);
        synchronized (parent.guard) {
            // Leases have nothing to divide: what is not leased lies in a bucket that all servers share.
            main = parent.main instanceof TokenBucket bucket ? bucket.half() : null;
        }
    }

    /**
     * What forbids one more request, if anything does.
     *
     * @param pending half units that the request has been admitted to already
     * @param age the seconds for which a bucket that is made now has been filling; asked for only if one is made
     */
    Optional<Cause> refusal(Limit limit, long pending, LongSupplier age, long now) {
        if (limit.isNone()) {
            return Optional.empty();
        }
        synchronized (guard) {
            if (limit.maximum() > 0 && !maximum(limit, now).has(pending, limit.maximum(), Limit.NO_BURST, now)) {
                return Optional.of(Cause.ON_DEMAND_MAXIMUM);
            }
            boolean empty =
                    limit.rate() > 0 && !main(limit, age, now).has(pending, served(limit, now), limit.seconds(), now);
            return empty ? Optional.of(limit.cause()) : Optional.empty();
        }
    }

    /** Counts what was consumed where nothing is limited. */
    void count(long halves) {
        CONSUMED.getAndAdd(this, halves);
    }

    /** Counts what was consumed, and takes it from the buckets. */
    void pay(Limit limit, long halves, LongSupplier age, long now) {
        count(halves);
        if (limit.isNone()) {
            return;
        }
        synchronized (guard) {
            if (limit.maximum() > 0) {
                maximum(limit, now).take(halves, limit.maximum(), Limit.NO_BURST, now);
            }
            if (limit.rate() > 0) {
                main(limit, age, now).take(halves, served(limit, now), limit.seconds(), now);
            }
            if (limit.grows()) {
                peaks(now).add(halves, now);
            }
        }
    }

    void countRefusal(Cause cause) {
        Map<Cause, LongAdder> counts = refused;
        if (counts == null) {
            synchronized (guard) {
                counts = refused == null ? new ConcurrentHashMap<>() : refused;
                refused = counts;
            }
        }
        counts.computeIfAbsent(cause, _ -> new LongAdder()).increment();
    }

    /** The half units consumed since the process began. */
    long consumed() {
        return consumed;
    }

    /** The requests refused since the process began, each item of a batch by itself. */
    long refused(Cause cause) {
        Map<Cause, LongAdder> counts = refused;
        LongAdder counted = counts == null ? null : counts.get(cause);
        return counted == null ? 0 : counted.sum();
    }

    /** The half units that can be consumed at once; negative while requests are refused, empty without a limit. */
    Optional<Long> left(Limit limit, long age, long now) {
        if (limit.rate() == 0) {
            return Optional.empty();
        }
        synchronized (guard) {
            return Optional.of(main(limit, () -> age, now).tokens(served(limit, now), limit.seconds(), now));
        }
    }

    /** The half units a second that are served now: those of the limit, or more after a peak. */
    long rate(Limit limit, long now) {
        synchronized (guard) {
            return served(limit, now);
        }
    }

    private long served(Limit limit, long now) {
        // The peaks of other servers are not known here: with leases, the limit is what the servers share.
        return limit.grows() && source == Tokens.Source.OWN && peaks != null
                ? Math.max(limit.rate(), Math.min(MOST_GROWN, GROWTH * peaks.highest(now)))
                : limit.rate();
    }

    /** The most half units that a second of the last half hour has consumed; 0 where that is not recorded. */
    long peak(long now) {
        synchronized (guard) {
            return peaks == null ? 0 : peaks.highest(now);
        }
    }

    /** The leases that it takes its tokens from, if it does, and has taken any. */
    List<Lease> leases(Limit limit, Bytes name, long age) {
        List<Lease> leases = new ArrayList<>(2);
        synchronized (guard) {
            if (limit.rate() > 0 && main instanceof LeasedTokens leased) {
                leases.add(new Lease(guard, leased, name.plus(Bytes.of(0)), limit.rate(), limit.seconds(), age));
            }
            if (limit.maximum() > 0 && maximum instanceof LeasedTokens leased) {
                leases.add(new Lease(guard, leased, name.plus(Bytes.of(1)), limit.maximum(), Limit.NO_BURST, 1));
            }
        }
        return leases;
    }

    private Tokens main(Limit limit, LongSupplier age, long now) {
        if (main == null) {
            main = source.begin(limit.rate() * Math.clamp(age.getAsLong(), 1, limit.seconds()), limit.rate(), now);
        }
        return main;
    }

    private Tokens maximum(Limit limit, long now) {
        if (maximum == null) {
            maximum = source.begin(limit.maximum(), limit.maximum(), now);
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
