package io.gramme.storage.cassandra;

import io.gramme.devcluster.ClusterOptions.Wiring;
import io.gramme.devcluster.DevCluster;
import io.gramme.devcluster.SharedCluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The keyspace that all tests of a JVM share, since making one takes seconds. Each test has stores of its own in it,
 * by numbers that no other has.
 *
 * <p>It is on three nodes that are started for it, or on a cluster that runs already: {@code
 * -Dgramme.cassandra=127.0.0.1:9042} and {@code -Dgramme.cassandra.replicas=1}.
 */
final class TestKeyspace {
    private static final long STORES_PER_TEST = 1000;
    private static final AtomicLong TESTS = new AtomicLong();

    /** Patient, because the machine that runs tests may have much else to do. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(12);

    private static final class Connection {
        private static final CassandraOptions OPTIONS = options();
        private static final Cql CQL = connect();

        private static Cql connect() {
            Cql cql = Cql.connect(OPTIONS);
            Schema.create(cql, OPTIONS);
            return cql;
        }

        private static CassandraOptions options() {
            String keyspace = "t" + System.currentTimeMillis();
            int replicas = Integer.getInteger("gramme.cassandra.replicas", 3);
            return at().in(keyspace, replicas)
                    .waiting(REQUEST_TIMEOUT, Duration.ofSeconds(30), CassandraOptions.TRANSACTION_LIFE);
        }

        private static CassandraOptions at() {
            String given = System.getProperty("gramme.cassandra", "");
            if (!given.isEmpty()) {
                String[] parts = given.split(":", 2);
                return CassandraOptions.at(
                        List.of(new InetSocketAddress(parts[0], Integer.parseInt(parts[1]))), "datacenter1");
            }
            try {
                DevCluster cluster = SharedCluster.threeNodes(Wiring.LOOPBACK);
                return CassandraOptions.at(cluster.contactPoints(), cluster.localDatacenter());
            } catch (IOException e) {
                throw new AssertionError("there is no cluster to test with: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while the cluster started", e);
            }
        }
    }

    /** The same, but that nodes need not agree: for tests of which there are many. */
    private static final class OneReplica {
        private static final CassandraOptions OPTIONS = create();

        private static CassandraOptions create() {
            CassandraOptions options = Connection.OPTIONS.in(Connection.OPTIONS.keyspace() + "_one", 1);
            Schema.create(cql(), options);
            return options;
        }
    }

    private TestKeyspace() {}

    static Cql cql() {
        return Connection.CQL;
    }

    static CassandraOptions options() {
        return Connection.OPTIONS;
    }

    /** A server of its own, as if there were no other. */
    static Shifted alone() {
        return new Shifted(server(options(), InstantSource.system(), FailPoints.NONE), newShift());
    }

    /** The same, on one replica. */
    static Shifted aloneOnOneReplica() {
        return new Shifted(server(OneReplica.OPTIONS, InstantSource.system(), FailPoints.NONE), newShift());
    }

    static long newShift() {
        return TESTS.incrementAndGet() * STORES_PER_TEST;
    }

    static CassandraStore server(CassandraOptions options, InstantSource time, FailPoints steps) {
        return CassandraStore.on(cql(), options, time, steps);
    }
}
