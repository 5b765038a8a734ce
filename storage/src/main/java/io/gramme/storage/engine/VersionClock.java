package io.gramme.storage.engine;

import io.gramme.storage.Row;
import io.gramme.storage.VersionTime;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A hybrid logical clock: it assigns versions that are the time in microseconds since 1970 while that advances, and the
 * successor of the last version while it does not.
 *
 * <p>Each version is above every version assigned or {@linkplain #observe observed} before it, also when the wall clock
 * goes back. An engine whose rows outlive the process observes the highest version it ever wrote when it opens.
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
        long now = VersionTime.versionAt(clock.instant());
        return last.updateAndGet(before -> Math.max(now, before + 1));
    }

    /** The highest version so far; every later version is above it. */
    public long latest() {
        return last.get();
    }

    /** Makes every later version higher than {@code version}. */
    public void observe(long version) {
        if (version > last.get()) {
            last.accumulateAndGet(version, Math::max);
        }
    }
}
