package io.gramme.monitoring;

import io.gramme.tables.job.BackgroundJob;
import java.time.Duration;
import java.time.InstantSource;

/** The pass of every server that stores the metrics of each minute, soon after it, and learns of other servers' series. */
public final class MetricPass implements BackgroundJob.Pass {
    private static final long MINUTE_MILLIS = 60_000;

    /** So long after a minute no request is still adding to it. */
    private static final Duration DELAY = Duration.ofSeconds(2);

    private static final long RELOAD_MINUTES = 10;

    private final MetricStore store;
    private final InstantSource clock;
    private final Duration delay;
    private long nextReload;

    /** @param later than other servers, so that they do not all store at one moment; less than a minute */
    public MetricPass(MetricStore store, InstantSource clock, Duration later) {
        this.store = store;
        this.clock = clock;
        this.delay = DELAY.plus(later);
    }

    @Override
    public Duration run() {
        store.store();
        long minute = clock.millis() / MINUTE_MILLIS;
        // It is long before the next one if the clock was set back.
        if (minute >= nextReload || minute < nextReload - RELOAD_MINUTES) {
            store.reload();
            nextReload = minute + RELOAD_MINUTES;
        }
        long sinceMinute = Math.floorMod(clock.millis() - delay.toMillis(), MINUTE_MILLIS);
        return Duration.ofMillis(MINUTE_MILLIS - sinceMinute);
    }

    /** The pass of one server that deletes the metrics of all servers that are too old. */
    public static BackgroundJob.Pass expiry(MetricStore store) {
        return () -> {
            store.expire();
            return Duration.ofHours(1);
        };
    }
}
