package io.gramme.storage.cassandra;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The keyspace that all tests of a JVM share, since making one takes seconds. Each test has stores of its own in it, by numbers that
 * no other has.
 */
final class TestKeyspace {
    private static final long STORES_PER_TEST = 1000;
    private static final AtomicLong TESTS = new AtomicLong();

    static final CassandraOptions OPTIONS = CassandraOptions.at(
                    List.of(new InetSocketAddress("127.0.0.31", 19042)), "datacenter1")
            .in("t" + System.currentTimeMillis(), 1);

    private static final class Connection {
        private static final Cql CQL = connect();

        private static Cql connect() {
            Cql cql = Cql.connect(OPTIONS);
            Schema.create(cql, OPTIONS);
            return cql;
        }
    }

    private TestKeyspace() {}

    static Cql cql() {
        return Connection.CQL;
    }

    /** A server of its own, as if there were no other. */
    static Shifted alone() {
        return new Shifted(server(InstantSource.system(), Steps.NONE), newShift());
    }

    static long newShift() {
        return TESTS.incrementAndGet() * STORES_PER_TEST;
    }

    static CassandraStore server(InstantSource time, Steps steps) {
        return CassandraStore.on(cql(), OPTIONS, time, steps);
    }
}
