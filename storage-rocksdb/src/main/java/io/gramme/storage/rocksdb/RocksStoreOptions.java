package io.gramme.storage.rocksdb;

import io.gramme.storage.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The settings of a {@link RocksStore}.
 *
 * @param directory of all its files; created if it does not exist
 * @param syncInterval how often {@link Durability#RELAXED} writes are synced; without effect on others
 * @param blockCacheBytes the bound of cached blocks of files, indexes and filters included
 * @param writeBufferBytes the bound of rows in memory that wait to be written to a sorted file; they are in the log
 *     already
 * @param historyBucket the span of time whose images are forgotten together, at most a day; it must never change for a
 *     directory
 * @param reserveBytes the free disk space below which writes are refused; by default that of {@link DiskReserve}
 */
public record RocksStoreOptions(
        Path directory,
        Durability durability,
        Duration syncInterval,
        long blockCacheBytes,
        long writeBufferBytes,
        OptionalLong reserveBytes,
        LogLoss logLoss,
        Duration historyBucket) {
    private static final long MEBIBYTE = 1 << 20;

    public static final long LEAST_BLOCK_CACHE_BYTES = MEBIBYTE;
    public static final long BLOCK_CACHE_BYTES = 64 * MEBIBYTE;

    public RocksStoreOptions {
        directory = directory.toAbsolutePath().normalize();
        if (!syncInterval.isPositive()
                || reserveBytes.orElse(0) < 0
                || blockCacheBytes < LEAST_BLOCK_CACHE_BYTES
                || writeBufferBytes < MEBIBYTE
                || historyBucket.compareTo(Duration.of(1, ChronoUnit.MICROS)) < 0
                || historyBucket.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("syncInterval=" + syncInterval + " blockCacheBytes=" + blockCacheBytes
                    + " writeBufferBytes=" + writeBufferBytes + " historyBucket=" + historyBucket);
        }
    }

    /** The defaults: every write synced, 64 MiB of block cache, 64 MiB of write buffers. */
    public static RocksStoreOptions in(Path directory) {
        return new RocksStoreOptions(
                directory,
                Durability.SYNCED,
                Duration.ofMillis(100),
                BLOCK_CACHE_BYTES,
                64 * MEBIBYTE,
                OptionalLong.empty(),
                LogLoss.REFUSE,
                Duration.ofDays(1));
    }

    public RocksStoreOptions with(Durability other) {
        return new RocksStoreOptions(
                directory,
                other,
                syncInterval,
                blockCacheBytes,
                writeBufferBytes,
                reserveBytes,
                logLoss,
                historyBucket);
    }

    public RocksStoreOptions withSyncInterval(Duration interval) {
        return new RocksStoreOptions(
                directory,
                durability,
                interval,
                blockCacheBytes,
                writeBufferBytes,
                reserveBytes,
                logLoss,
                historyBucket);
    }

    /** The same with another size of the block cache. */
    public RocksStoreOptions withBlockCache(long bytes) {
        return new RocksStoreOptions(
                directory, durability, syncInterval, bytes, writeBufferBytes, reserveBytes, logLoss, historyBucket);
    }

    public RocksStoreOptions withWriteBuffers(long bytes) {
        return new RocksStoreOptions(
                directory, durability, syncInterval, blockCacheBytes, bytes, reserveBytes, logLoss, historyBucket);
    }

    /** The same with another reserve of free disk space; 0 refuses writes only when there is none. */
    public RocksStoreOptions withReserve(OptionalLong bytes) {
        return new RocksStoreOptions(
                directory, durability, syncInterval, blockCacheBytes, writeBufferBytes, bytes, logLoss, historyBucket);
    }

    public RocksStoreOptions with(LogLoss other) {
        return new RocksStoreOptions(
                directory,
                durability,
                syncInterval,
                blockCacheBytes,
                writeBufferBytes,
                reserveBytes,
                other,
                historyBucket);
    }

    /** The same with another span of time whose images are forgotten together. */
    RocksStoreOptions withHistoryBucket(Duration span) {
        return new RocksStoreOptions(
                directory, durability, syncInterval, blockCacheBytes, writeBufferBytes, reserveBytes, logLoss, span);
    }

    long historyBucketMicros() {
        return historyBucket.dividedBy(Duration.of(1, ChronoUnit.MICROS));
    }

    /** How often the store has to sync by itself; empty if it syncs each write. */
    Optional<Duration> intervalOfSyncs() {
        return switch (durability) {
            case SYNCED -> Optional.empty();
            case RELAXED -> Optional.of(syncInterval);
        };
    }
}
