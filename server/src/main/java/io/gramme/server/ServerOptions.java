package io.gramme.server;

import io.gramme.delivery.kinesis.KinesisOptions;
import io.gramme.recovery.RecoveryWindow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The options of a server. Each {@code at} method returns a copy that differs in one option.
 *
 * @param kinesis the endpoint that Kinesis destinations deliver to; without it no destination can be enabled
 */
public record ServerOptions(Ports ports, StorageOptions storage, Pace pace, Optional<KinesisOptions> kinesis) {

    /**
     * The host and ports of a server. Port 0 takes any free port.
     *
     * @param streams a port for Streams besides {@code port}, for clients that need a separate endpoint
     * @param metrics the port of Prometheus metrics, at {@code /metrics}
     */
    public record Ports(String host, int port, Optional<Integer> streams, Optional<Integer> metrics) {
        public static final String DEFAULT_HOST = "127.0.0.1";
        public static final int DEFAULT_PORT = 8000;

        /** Any free port on the loopback address. */
        public static final Ports ANY = new Ports(DEFAULT_HOST, 0, Optional.empty(), Optional.empty());

        /** The ports that take requests; the first takes requests of all services. */
        List<Integer> ofRequests() {
            return streams.map(own -> List.of(port, own)).orElseGet(() -> List.of(port));
        }
    }

    /**
     * The settings of background work.
     *
     * @param tableDelay how long a table stays CREATING, UPDATING or DELETING
     * @param partitionBytes the amount of table data for each shard of its stream
     * @param ttlInterval the pause between sweeps for expired items; zero to sweep on request only
     * @param recoveryLag how far the latest time lies back to which a table can be restored
     */
    public record Pace(Duration tableDelay, long partitionBytes, Duration ttlInterval, Duration recoveryLag) {
        /** The size of the service's partitions. */
        public static final long DEFAULT_PARTITION_BYTES = 10L << 30;

        public static final Duration DEFAULT_TTL_INTERVAL = Duration.ofSeconds(5);
        public static final Pace DEFAULT =
                new Pace(Duration.ZERO, DEFAULT_PARTITION_BYTES, DEFAULT_TTL_INTERVAL, RecoveryWindow.LAG);
    }

    /** Options with any free port and defaults for everything else. */
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
