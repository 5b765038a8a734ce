package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import io.gramme.storage.StorageException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The number of replicas of a keyspace in each data center, and the check that they can reach a majority: a keyspace
 * that needs a majority of more nodes than there are refuses each request, and it would still exist at the next
 * attempt.
 */
final class Replication {
    private static final int USUAL = 3;

    private Replication() {}

    /** The options of a new keyspace in CQL. */
    static String ofNew(CassandraOptions options, Metadata metadata) {
        int nodes = nodes(options, metadata);
        Map<String, Integer> replicas = options.replicas().isEmpty()
                ? Map.of(options.datacenter(), nodes == 1 ? 1 : USUAL)
                : options.replicas();
        requireEnough(options, replicas.getOrDefault(options.datacenter(), 0), nodes, metadata);
        return new TreeMap<>(replicas)
                .entrySet().stream()
                        .map(entry -> ", " + quoted(entry.getKey()) + ": " + entry.getValue())
                        .collect(Collectors.joining("", "{'class': 'NetworkTopologyStrategy'", "}"));
    }

    /** @throws StorageException if the existing keyspace cannot be used with the number of nodes there are */
    static void requireUsable(CassandraOptions options, Metadata metadata, KeyspaceMetadata keyspace) {
        Map<String, String> replication = keyspace.getReplication();
        String own = replication.getOrDefault(options.datacenter(), replication.getOrDefault("replication_factor", ""));
        // Some of the replicas may be transient ones: 3/1.
        String count = own.replaceFirst("/.*", "");
        int replicas = count.matches("\\d{1,4}") ? Integer.parseInt(count) : 0;
        requireEnough(options, replicas, nodes(options, metadata), metadata);
    }

    private static void requireEnough(CassandraOptions options, int replicas, int nodes, Metadata metadata) {
        if (nodes == 0) {
            throw new StorageException("the cluster has no such data center; name one that it has (--datacenter):"
                    + " datacenter=" + options.datacenter() + " found=" + datacenters(metadata));
        }
        if (replicas == 0) {
            throw new StorageException(
                    "the keyspace has no replicas in the data center; name another keyspace or data center (--keyspace,"
                            + " --datacenter): keyspace=" + options.keyspace() + " datacenter=" + options.datacenter());
        }
        if (nodes < replicas / 2 + 1) {
            throw new StorageException(
                    "the data center has too few nodes for the replicas of the keyspace; start more nodes,"
                            + " or serve another keyspace with fewer replicas (gramme serve --keyspace NAME --replication "
                            + nodes
                            + "): keyspace=" + options.keyspace() + " datacenter=" + options.datacenter() + " nodes="
                            + nodes
                            + " replicas=" + replicas);
        }
    }

    /** All nodes that the cluster knows, running or not. */
    private static int nodes(CassandraOptions options, Metadata metadata) {
        return (int) metadata.getNodes().values().stream()
                .filter(node -> options.datacenter().equals(node.getDatacenter()))
                .count();
    }

    private static String datacenters(Metadata metadata) {
        return metadata.getNodes().values().stream()
                .map(node -> String.valueOf(node.getDatacenter()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
