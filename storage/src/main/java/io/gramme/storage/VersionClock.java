package io.gramme.storage;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A hybrid logical clock: it gives out versions that are the time in microseconds since 1970 while that grows, and the
 * successor of the last version while it does not.
 *
 * <p>Each version is above every version given out or {@linkplain #observe observed} before it, whatever the clock on
 * the wall does. An engine whose rows outlive the process observes the highest version it ever wrote when it opens.
 */
public final class VersionClock {
    private final InstantSource clock;
    private final AtomicLong last = new AtomicLong();

    public VersionClock(InstantSource clock) {
        this.clock = clock;
    }

    /** The version of a transaction that read {@code rows}: above theirs, and above all others. */
    public long versionAbove(Collection<Optional<Row>> rows) {
        for (Optional<Row> row : rows) {
            row.ifPresent(it -> observe(it.version()));
        }
        return next();
    }

    public long next() {
        long now = versionAt(clock.instant());
        return last.updateAndGet(before -> Math.max(now, before + 1));
    }

    /** A version that is given out at that time, unless they come faster than time goes. */
    public static long versionAt(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** About when a version was given out. */
    public static Instant timeOf(long version) {
        return Instant.EPOCH.plus(version, ChronoUnit.MICROS);
    }

    /** The highest version so far; every other will be above it. */
    public long latest() {
        return last.get();
    }

    /** From now on every version is above {@code version}. */
    public void observe(long version) {
        if (version > last.get()) {
            last.accumulateAndGet(version, Math::max);
        }
    }
}
