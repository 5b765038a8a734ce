package io.gramme.storage.rocksdb;

import java.nio.file.Path;
import java.time.Duration;
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
 * @param reserveBytes the free disk space below which writes are refused; by default that of {@link DiskReserve}
 */
public record RocksStoreOptions(
        Path directory,
        Durability durability,
        Duration syncInterval,
        long blockCacheBytes,
        long writeBufferBytes,
        OptionalLong reserveBytes,
        LogLoss logLoss) {
    private static final long MEBIBYTE = 1 << 20;

    public RocksStoreOptions {
        directory = directory.toAbsolutePath().normalize();
        if (!syncInterval.isPositive()
                || reserveBytes.orElse(0) < 0
                || blockCacheBytes < MEBIBYTE
                || writeBufferBytes < MEBIBYTE) {
            throw new IllegalArgumentException("syncInterval=" + syncInterval + " blockCacheBytes=" + blockCacheBytes
                    + " writeBufferBytes=" + writeBufferBytes);
        }
    }

    /** The defaults: every write synced, 64 MiB of block cache, 64 MiB of write buffers. */
    public static RocksStoreOptions in(Path directory) {
        return new RocksStoreOptions(
                directory,
                Durability.SYNCED,
                Duration.ofMillis(100),
                64 * MEBIBYTE,
                64 * MEBIBYTE,
                OptionalLong.empty(),
                LogLoss.REFUSE);
    }

    public RocksStoreOptions with(Durability other) {
        return new RocksStoreOptions(
                directory, other, syncInterval, blockCacheBytes, writeBufferBytes, reserveBytes, logLoss);
    }

    public RocksStoreOptions withSyncInterval(Duration interval) {
        return new RocksStoreOptions(
                directory, durability, interval, blockCacheBytes, writeBufferBytes, reserveBytes, logLoss);
    }

    /** The same with another size of the block cache. */
    public RocksStoreOptions withBlockCache(long bytes) {
        return new RocksStoreOptions(
                directory, durability, syncInterval, bytes, writeBufferBytes, reserveBytes, logLoss);
    }

    public RocksStoreOptions withWriteBuffers(long bytes) {
        return new RocksStoreOptions(
                directory, durability, syncInterval, blockCacheBytes, bytes, reserveBytes, logLoss);
    }

    /** The same with another reserve of free disk space; 0 refuses writes only when there is none. */
    public RocksStoreOptions withReserve(OptionalLong bytes) {
        return new RocksStoreOptions(
                directory, durability, syncInterval, blockCacheBytes, writeBufferBytes, bytes, logLoss);
    }

    public RocksStoreOptions with(LogLoss other) {
        return new RocksStoreOptions(
                directory, durability, syncInterval, blockCacheBytes, writeBufferBytes, reserveBytes, other);
    }

    /** How often the store has to sync by itself; empty if it syncs each write. */
    Optional<Duration> intervalOfSyncs() {
        return switch (durability) {
            case SYNCED -> Optional.empty();
            case RELAXED -> Optional.of(syncInterval);
        };
    }
}
