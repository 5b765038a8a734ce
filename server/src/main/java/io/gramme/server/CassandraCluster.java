package io.gramme.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The Cassandra cluster that servers share their tables over.
 *
 * @param contactPoints some of its nodes; the others are found through them
 * @param datacenter the one that this server is in
 * @param keyspace made if it is not there
 * @param replicas for each data center, if the keyspace has to be made; empty for three in this data center, or one where
 *     it has one node
 * @param tls for connections to nodes; nothing means plain ones
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

    /** As whom the server speaks to Cassandra. */
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

    /** As many replicas as there are by default, in one data center. */
    public static CassandraCluster at(List<InetSocketAddress> contactPoints, String datacenter) {
        return new CassandraCluster(
                contactPoints, datacenter, DEFAULT_KEYSPACE, Map.of(), Optional.empty(), Optional.empty());
    }

    public CassandraCluster in(String otherKeyspace) {
        return new CassandraCluster(contactPoints, datacenter, otherKeyspace, replicas, user, tls);
    }
}
