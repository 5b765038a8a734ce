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
 * @param replicas for each data center, if the keyspace has to be made
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
    public static final int DEFAULT_REPLICAS = 3;

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

    /** Three replicas in one data center. */
    public static CassandraCluster at(List<InetSocketAddress> contactPoints, String datacenter) {
        return new CassandraCluster(
                contactPoints,
                datacenter,
                DEFAULT_KEYSPACE,
                Map.of(datacenter, DEFAULT_REPLICAS),
                Optional.empty(),
                Optional.empty());
    }

    public CassandraCluster in(String otherKeyspace) {
        return new CassandraCluster(contactPoints, datacenter, otherKeyspace, replicas, user, tls);
    }
}
