package io.gramme.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The Cassandra cluster in which servers share their tables.
 *
 * @param contactPoints some of its nodes; the driver discovers the others through them
 * @param datacenter the data center of this server
 * @param keyspace created if it does not exist
 * @param replicas for each data center, if the keyspace has to be created; empty for three in this data center, or one
 *     where it has one node
 * @param tls for connections to nodes; empty for plain connections
 */
public record CassandraCluster(
        List<InetSocketAddress> contactPoints,
        String datacenter,
        String keyspace,
        Map<String, Integer> replicas,
        Optional<User> user,
        Optional<SSLContext> tls) {
    public static final String DEFAULT_DATACENTER = "datacenter1";
    public static final String DEFAULT_KEYSPACE = "gramme";
    public static final int DEFAULT_PORT = 9042;

    /** The Cassandra user of the server. */
    public record User(String name, String password) {
        @Override
        public String toString() {
            return "User[name=" + name + "]";
        }
    }

    public CassandraCluster {
        contactPoints = List.copyOf(contactPoints);
        replicas = Map.copyOf(replicas);
        if (contactPoints.isEmpty()) {
            throw new IllegalArgumentException("no contact points");
        }
    }

    /** A cluster in one data center, with the default number of replicas. */
    public static CassandraCluster at(List<InetSocketAddress> contactPoints, String datacenter) {
        return new CassandraCluster(
                contactPoints, datacenter, DEFAULT_KEYSPACE, Map.of(), Optional.empty(), Optional.empty());
    }

    public CassandraCluster in(String otherKeyspace) {
        return new CassandraCluster(contactPoints, datacenter, otherKeyspace, replicas, user, tls);
    }
}
