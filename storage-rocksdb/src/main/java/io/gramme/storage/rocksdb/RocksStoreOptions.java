package io.gramme.storage.rocksdb;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a {@link RocksStore} is set up.
 *
 * @param directory where all its files lie; made if it is not there
 * @param syncInterval how often {@link Durability#RELAXED} writes are synced; without effect on others
 * @param blockCacheBytes what may be kept of the files that were read, indexes and filters included
 * @param writeBufferBytes what may wait in memory to be written to a sorted file; it is in the log already
 */
public record RocksStoreOptions(
        Path directory, Durability durability, Duration syncInterval, long blockCacheBytes, long writeBufferBytes) {
    private static final long MEBIBYTE = 1 << 20;

    public RocksStoreOptions {
        directory = directory.toAbsolutePath().normalize();
        if (!syncInterval.isPositive() || blockCacheBytes < MEBIBYTE || writeBufferBytes < MEBIBYTE) {
            throw new IllegalArgumentException("syncInterval=" + syncInterval + " blockCacheBytes=" + blockCacheBytes
                    + " writeBufferBytes=" + writeBufferBytes);
        }
    }

    /** The defaults: every write synced, 64 MiB of block cache, 64 MiB of write buffers. */
    public static RocksStoreOptions in(Path directory) {
        return new RocksStoreOptions(
                directory, Durability.SYNCED, Duration.ofMillis(100), 64 * MEBIBYTE, 64 * MEBIBYTE);
    }

    public RocksStoreOptions with(Durability other) {
        return new RocksStoreOptions(directory, other, syncInterval, blockCacheBytes, writeBufferBytes);
    }

    /** The same with another bound for what is kept of files in memory. */
    public RocksStoreOptions withBlockCache(long bytes) {
        return new RocksStoreOptions(directory, durability, syncInterval, bytes, writeBufferBytes);
    }

    /** How often the store has to sync by itself; nothing if each write is. */
    Optional<Duration> intervalOfSyncs() {
        return switch (durability) {
            case SYNCED -> Optional.empty();
            case RELAXED -> Optional.of(syncInterval);
        };
    }
}
