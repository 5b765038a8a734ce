package io.gramme.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Where a server keeps its tables. */
public sealed interface StorageOptions {
    /**
     * In memory: they end with the server.
     *
     * @param indexDelay how long global indexes lag behind, on purpose; zero is not at all
     */
    record Memory(Duration indexDelay) implements StorageOptions {
        public static final Memory PLAIN = new Memory(Duration.ZERO);
    }

    /**
     * In a directory, which is made if it is not there. One process at a time may have it open.
     *
     * @param reserveBytes below how much free disk space writes are refused; 256 MB if nothing is said, or a tenth of a
     *     small disk
     * @param acceptLogLoss whether to start although a part of the write-ahead log is damaged that was acknowledged
     * @param cacheBytes what may be kept in memory, outside of the heap, of what was read; at least {@link #LEAST_CACHE_BYTES}
     */
    record Disk(Path data, Durability durability, long cacheBytes, OptionalLong reserveBytes, boolean acceptLogLoss)
            implements StorageOptions {
        public static final long DEFAULT_CACHE_BYTES = 64L << 20;
        public static final long LEAST_CACHE_BYTES = 1L << 20;

        public Disk(Path data, Durability durability) {
            this(data, durability, DEFAULT_CACHE_BYTES, OptionalLong.empty(), false);
        }
    }

    /** In a Cassandra cluster, shared with other servers. */
    record Shared(CassandraCluster cluster) implements StorageOptions {}

    /** In a directory, or in memory where none is named. */
    static StorageOptions in(Optional<Path> directory, Durability durability) {
        return directory.<StorageOptions>map(data -> new Disk(data, durability)).orElse(Memory.PLAIN);
    }

    /** The directory of the tables, where there is one. */
    default Optional<Path> directory() {
        return this instanceof Disk disk ? Optional.of(disk.data()) : Optional.empty();
    }
}
