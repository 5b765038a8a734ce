package io.gramme.server;

import io.gramme.server.kinesis.KinesisOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a server is started with.
 *
 * @param port 0 takes any free port
 * @param streamsPort where Streams are served besides {@code port}, for clients that want an endpoint of their own
 * @param data the directory of its tables; without one they are kept in memory and end with the server
 * @param tableDelay how long a table is CREATING, UPDATING or DELETING before it is done
 * @param partitionBytes how much of a table one shard of its stream is for
 * @param ttlInterval how long after a look for expired items comes the next; zero for only when told to
 * @param kinesis where the changes of tables go that have a Kinesis destination; without it none can be enabled
 * @param indexDelay how long the global indexes of tables in memory lag behind, on purpose; zero is not at all
 * @param cassandra where the tables are instead of in {@code data}, shared with other servers
 */
public record ServerOptions(
        String host,
        int port,
        Optional<Integer> streamsPort,
        Optional<Path> data,
        Durability durability,
        Duration tableDelay,
        long partitionBytes,
        Duration ttlInterval,
        Optional<KinesisOptions> kinesis,
        Duration indexDelay,
        Optional<CassandraCluster> cassandra) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8000;
    public static final Duration DEFAULT_TTL_INTERVAL = Duration.ofSeconds(5);

    /** The service's partitions hold as much. */
    public static final long DEFAULT_PARTITION_BYTES = 10L << 30;

    /** A server whose tables are in memory, on any free port. */
    public static ServerOptions inMemory() {
        return new ServerOptions(
                DEFAULT_HOST,
                0,
                Optional.empty(),
                Optional.empty(),
                Durability.SYNCED,
                Duration.ZERO,
                DEFAULT_PARTITION_BYTES,
                DEFAULT_TTL_INTERVAL,
                Optional.empty(),
                Duration.ZERO,
                Optional.empty());
    }

    /** The same with tables in a directory, or in memory where none is named. */
    public ServerOptions withData(Optional<Path> directory, Durability chosen) {
        return new ServerOptions(
                host,
                port,
                streamsPort,
                directory,
                chosen,
                tableDelay,
                partitionBytes,
                ttlInterval,
                kinesis,
                indexDelay,
                cassandra);
    }

    /** The same with tables in a Cassandra cluster. */
    public ServerOptions withCassandra(CassandraCluster cluster) {
        return new ServerOptions(
                host,
                port,
                streamsPort,
                Optional.empty(),
                durability,
                tableDelay,
                partitionBytes,
                ttlInterval,
                kinesis,
                indexDelay,
                Optional.of(cluster));
    }

    public ServerOptions withTableDelay(Duration delay) {
        return new ServerOptions(
                host,
                port,
                streamsPort,
                data,
                durability,
                delay,
                partitionBytes,
                ttlInterval,
                kinesis,
                indexDelay,
                cassandra);
    }

    public ServerOptions withTtlInterval(Duration interval) {
        return new ServerOptions(
                host,
                port,
                streamsPort,
                data,
                durability,
                tableDelay,
                partitionBytes,
                interval,
                kinesis,
                indexDelay,
                cassandra);
    }
}
