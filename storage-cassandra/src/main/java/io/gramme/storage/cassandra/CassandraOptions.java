package io.gramme.storage.cassandra;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The address of the Cassandra cluster, and the settings of its use.
 *
 * @param contactPoints some of its nodes; the driver finds the others through them
 * @param datacenter the data center of this server: all reads and writes are agreed on within it
 * @param replicas of the keyspace in each data center, if it has to be created; empty for the default: three in this
 *     data center, or one where it has one node
 * @param tls for connections to nodes; empty for plain connections
 * @param requestTimeout of a single request to Cassandra
 * @param patience how long a transaction retries while other transactions keep winning, or hold its rows
 * @param transactionLife how long a transaction over several partitions may be in progress before others abort it
 */
public record CassandraOptions(
        List<InetSocketAddress> contactPoints,
        String datacenter,
        String keyspace,
        Map<String, Integer> replicas,
        Optional<Credentials> credentials,
        Optional<SSLContext> tls,
        Duration requestTimeout,
        Duration patience,
        Duration transactionLife) {
    public static final String DATACENTER = "datacenter1";
    public static final String KEYSPACE = "gramme";
    public static final int PORT = 9042;
    public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);
    public static final Duration PATIENCE = Duration.ofSeconds(8);
    public static final Duration TRANSACTION_LIFE = Duration.ofSeconds(10);

    /** The Cassandra user name and password of the server. */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return "Credentials[user=" + user + "]";
        }
    }

    public CassandraOptions {
        contactPoints = List.copyOf(contactPoints);
        replicas = Map.copyOf(replicas);
        if (contactPoints.isEmpty()) {
            throw new IllegalArgumentException("contactPoints=[]");
        }
        if (!keyspace.matches("[a-z][a-z0-9_]{0,47}")) {
            throw new IllegalArgumentException("keyspace=" + keyspace);
        }
    }

    /** With the default number of replicas, in one data center. */
    public static CassandraOptions at(List<InetSocketAddress> contactPoints, String datacenter) {
        return new CassandraOptions(
                contactPoints,
                datacenter,
                KEYSPACE,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                REQUEST_TIMEOUT,
                PATIENCE,
                TRANSACTION_LIFE);
    }

    public CassandraOptions in(String otherKeyspace, int count) {
        return new CassandraOptions(
                contactPoints,
                datacenter,
                otherKeyspace,
                Map.of(datacenter, count),
                credentials,
                tls,
                requestTimeout,
                patience,
                transactionLife);
    }

    public CassandraOptions with(Credentials user, Optional<SSLContext> secured) {
        return new CassandraOptions(
                contactPoints,
                datacenter,
                keyspace,
                replicas,
                Optional.of(user),
                secured,
                requestTimeout,
                patience,
                transactionLife);
    }

    public CassandraOptions waiting(Duration request, Duration forOthers, Duration life) {
        return new CassandraOptions(
                contactPoints, datacenter, keyspace, replicas, credentials, tls, request, forOthers, life);
    }
}
