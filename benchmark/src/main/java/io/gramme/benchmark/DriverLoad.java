package io.gramme.benchmark;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * A load of the bare Cassandra driver on a table of its own with the data of {@link Dataset}: the cost of the requests
 * to Cassandra on which Gramme's requests depend.
 */
final class DriverLoad implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long SEED = 42;
    private static final String TABLE = "bare.items";

    /** The kinds of requests, each for a random item. */
    enum Kind {
        /** A batch of one row, conditional on its partition: the last step of a write of Gramme. */
        CONDITIONAL_BATCH,
        QUORUM_READ,
        READ_OF_ONE,
        /** All rows of a partition, from one replica. */
        PARTITION_OF_ONE
    }

    private final CqlSession session;
    private final ByteBuffer value;
    private final PreparedStatement condition;
    private final PreparedStatement insert;
    private final PreparedStatement row;
    private final PreparedStatement rows;

    private DriverLoad(CqlSession session, int itemBytes) {
        this.session = session;
        this.value = ByteBuffer.wrap(new byte[itemBytes]);
        session.execute(
                "CREATE KEYSPACE bare WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 3}");
        session.execute("CREATE TABLE " + TABLE
                + " (p int, s int, v blob, register bigint static, PRIMARY KEY (p, s)) WITH read_repair = 'NONE'");
        this.condition = session.prepare("UPDATE " + TABLE + " SET register = 1 WHERE p = ? IF register != 2");
        this.insert = session.prepare("INSERT INTO " + TABLE + " (p, s, v) VALUES (?, ?, ?)");
        this.row = session.prepare("SELECT v FROM " + TABLE + " WHERE p = ? AND s = ?");
        this.rows = session.prepare("SELECT v FROM " + TABLE + " WHERE p = ?");
    }

    /** Connects and fills the table. */
    static DriverLoad open(List<InetSocketAddress> nodes, int itemBytes) {
        var config = DriverConfigLoader.programmaticBuilder()
                // On V5 a conditional write that times out under contention breaks the connection.
                .withString(DefaultDriverOption.PROTOCOL_VERSION, "V4")
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, TIMEOUT)
                .build();
        CqlSession session = CqlSession.builder()
                .addContactPoints(nodes)
                .withLocalDatacenter("datacenter1")
                .withConfigLoader(config)
                .build();
        var load = new DriverLoad(session, itemBytes);
        for (int i = 0; i < Dataset.ITEMS; i++) {
            var _ = session.execute(load.write(i / Dataset.PARTITION_ITEMS, i % Dataset.PARTITION_ITEMS));
        }
        return load;
    }

    /** Measures requests per second of a closed loop in {@code threads} threads. */
    double perSecond(Kind kind, int partitions, int threads, Duration warmUp, Duration measured)
            throws IOException, InterruptedException {
        long start = System.nanoTime() + warmUp.toNanos();
        long end = start + measured.toNanos();
        var seeds = new SplittableRandom(SEED);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Double>> loops = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                SplittableRandom random = seeds.split();
                loops.add(pool.submit(() -> loop(
                        next -> statement(kind, next.nextInt(partitions), next.nextInt(Dataset.PARTITION_ITEMS)),
                        random,
                        start,
                        end)));
            }
            double sum = 0;
            for (Future<Double> loop : loops) {
                sum += loop.get();
            }
            return sum;
        } catch (ExecutionException e) {
            throw new IOException("Cassandra can no longer be reached", e);
        }
    }

    private double loop(Function<SplittableRandom, Statement<?>> next, SplittableRandom random, long start, long end) {
        int done = 0;
        long begun = 0;
        while (true) {
            long sent = System.nanoTime();
            boolean succeeded = succeeds(next.apply(random));
            long answered = System.nanoTime();
            if (sent < start) {
                continue;
            }
            begun = begun == 0 ? sent : begun;
            done += succeeded ? 1 : 0;
            if (answered >= end) {
                return done * 1e9 / (answered - begun);
            }
        }
    }

    /** Executes a statement; under contention in one partition Cassandra lets some fail. */
    private boolean succeeds(Statement<?> statement) {
        try {
            var _ = session.execute(statement);
            return true;
        } catch (DriverException _) {
            return false;
        }
    }

    private Statement<?> statement(Kind kind, int partition, int item) {
        return switch (kind) {
            case CONDITIONAL_BATCH -> write(partition, item);
            case QUORUM_READ -> row.bind(partition, item).setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM);
            case READ_OF_ONE -> row.bind(partition, item).setConsistencyLevel(ConsistencyLevel.LOCAL_ONE);
            case PARTITION_OF_ONE -> rows.bind(partition).setConsistencyLevel(ConsistencyLevel.LOCAL_ONE);
        };
    }

    private Statement<?> write(int partition, int item) {
        return BatchStatement.builder(DefaultBatchType.LOGGED)
                .addStatement(insert.bind(partition, item, value))
                .addStatement(condition.bind(partition))
                .setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM)
                .setSerialConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL)
                .build();
    }

    @Override
    public void close() {
        session.close();
    }
}
