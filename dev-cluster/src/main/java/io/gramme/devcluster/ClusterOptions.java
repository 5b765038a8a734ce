package io.gramme.devcluster;

import java.util.Optional;

/**
 * The settings of a new cluster.
 *
 * @param nodes each in a rack of its own
 * @param nativePort where all of them answer CQL; 0 takes one that is free on every address
 * @param storagePort for the traffic between nodes; 0 as well
 * @param heapMegabytes of each node
 * @param settings more lines for the nodes' cassandra.yaml
 */
public record ClusterOptions(
        int nodes, Wiring wiring, int nativePort, int storagePort, int heapMegabytes, String settings) {
    public static final int DEFAULT_NODES = 3;
    public static final int DEFAULT_NATIVE_PORT = 9042;
    public static final int DEFAULT_HEAP_MEGABYTES = 1024;
    public static final int MAX_NODES = 9;

    /** How nodes reach each other. */
    public enum Wiring {
        /** On 127.0.0.1, 127.0.0.2 and so on. */
        LOOPBACK,
        /** On a private network, from which each node can be cut off. */
        APART;

        /** Why nodes cannot be {@link #APART} on this machine; empty if they can. */
        public static Optional<String> whyNotApart() throws InterruptedException {
            return Network.missing();
        }
    }

    public ClusterOptions {
        if (nodes < 1 || nodes > MAX_NODES) {
            throw new IllegalArgumentException("nodes=" + nodes);
        }
    }

    /** One node, with additional settings. */
    public static ClusterOptions oneNode(String settings) {
        return new ClusterOptions(1, Wiring.LOOPBACK, 0, 0, DEFAULT_HEAP_MEGABYTES, settings);
    }

    /** Three nodes on free ports, so that they do not conflict with other programs. */
    public static ClusterOptions threeNodes(Wiring wiring) {
        return new ClusterOptions(DEFAULT_NODES, wiring, 0, 0, DEFAULT_HEAP_MEGABYTES, "");
    }
}
