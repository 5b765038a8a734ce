package io.gramme.storage.cassandra;

import io.gramme.storage.engine.VersionClock;
import java.time.InstantSource;

/** The components of the engine, wired together. */
record Engine(
        CassandraOptions options,
        Cql cql,
        InstantSource time,
        VersionClock clock,
        FailPoints steps,
        Partitions partitions,
        TokenExtents extents,
        Records records,
        Intents intents,
        Hints hints,
        HighWatermark highWatermark,
        LogTables logs,
        Delivery delivery) {
    static Engine of(CassandraOptions options, Cql cql, InstantSource time, FailPoints steps) {
        var clock = new VersionClock(time);
        var partitions = new Partitions(cql, options);
        var extents = new TokenExtents(cql, options);
        var records = new Records(cql, options);
        var logs = new LogTables(cql, options);
        var watermark = new HighWatermark(cql, options, clock, Hints.BUCKETS);
        return new Engine(
                options,
                cql,
                time,
                clock,
                steps,
                partitions,
                extents,
                records,
                new Intents(partitions, records, time, options.patience()),
                new Hints(cql, options, clock, watermark),
                watermark,
                logs,
                new Delivery(cql, options, extents, logs));
    }
}
