package io.gramme.server;

import io.gramme.server.kinesis.KinesisOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a server is started with. Each method gives options that differ in one thing.
 *
 * @param kinesis where the changes of tables go that have a Kinesis destination; without it none can be enabled
 */
public record ServerOptions(Ports ports, StorageOptions storage, Pace pace, Optional<KinesisOptions> kinesis) {

    /**
     * Where a server listens. A port of 0 takes any that is free.
     *
     * @param streams where Streams are served besides {@code port}, for clients that want an endpoint of their own
     * @param metrics where the server tells how it is, at {@code /metrics}
     */
    public record Ports(String host, int port, Optional<Integer> streams, Optional<Integer> metrics) {
        public static final String DEFAULT_HOST = "127.0.0.1";
        public static final int DEFAULT_PORT = 8000;

        /** Any free port of this machine's own. */
        public static final Ports ANY = new Ports(DEFAULT_HOST, 0, Optional.empty(), Optional.empty());

        /** Those that take requests; the first takes all kinds of them. */
        List<Integer> ofRequests() {
            return streams.map(own -> List.of(port, own)).orElseGet(() -> List.of(port));
        }
    }

    /**
     * When things are done that nobody asks for.
     *
     * @param tableDelay how long a table is CREATING, UPDATING or DELETING before it is done
     * @param partitionBytes how much of a table one shard of its stream is for
     * @param ttlInterval how long after a look for expired items comes the next; zero for only when told to
     */
    public record Pace(Duration tableDelay, long partitionBytes, Duration ttlInterval) {
        /** The service's partitions hold as much. */
        public static final long DEFAULT_PARTITION_BYTES = 10L << 30;

        public static final Duration DEFAULT_TTL_INTERVAL = Duration.ofSeconds(5);
        public static final Pace DEFAULT = new Pace(Duration.ZERO, DEFAULT_PARTITION_BYTES, DEFAULT_TTL_INTERVAL);
    }

    /** On any free port, with all else as it is by default. */
    public static ServerOptions with(StorageOptions storage) {
        return new ServerOptions(Ports.ANY, storage, Pace.DEFAULT, Optional.empty());
    }

    /** A server whose tables are in memory, on any free port. */
    public static ServerOptions inMemory() {
        return with(StorageOptions.Memory.PLAIN);
    }

    public ServerOptions at(Ports others) {
        return new ServerOptions(others, storage, pace, kinesis);
    }

    public ServerOptions at(Pace other) {
        return new ServerOptions(ports, storage, other, kinesis);
    }
}
