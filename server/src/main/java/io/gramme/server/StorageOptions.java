package io.gramme.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The storage engine of a server, with its options. */
public sealed interface StorageOptions {
    /**
     * In memory: tables are lost when the server ends.
     *
     * @param indexDelay how long changes of global indexes are delayed on purpose; zero for no delay
     */
    record Memory(Duration indexDelay) implements StorageOptions {
        public static final Memory PLAIN = new Memory(Duration.ZERO);
    }

    /**
     * In a directory, which is created if it does not exist. Only one process at a time can open it.
     *
     * @param reserveBytes writes are refused while less disk space is free; by default 256 MB, or a tenth of a small
     *     disk
     * @param acceptLogLoss whether to start although an acknowledged part of the write-ahead log is damaged
     * @param cacheBytes memory outside of the heap for caching what was read; at least {@link #LEAST_CACHE_BYTES}
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

    /** In a directory, or in memory if none is given. */
    static StorageOptions in(Optional<Path> directory, Durability durability) {
        return directory.<StorageOptions>map(data -> new Disk(data, durability)).orElse(Memory.PLAIN);
    }

    /** The directory of the tables, if they are stored in one. */
    default Optional<Path> directory() {
        return this instanceof Disk disk ? Optional.of(disk.data()) : Optional.empty();
    }
}
