package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeStateListenerBase;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs one line when a node goes down, and one when it is back: the driver itself would log every attempt to reach it.
 */
final class NodeLog extends NodeStateListenerBase {
    private static final System.Logger LOG = System.getLogger(NodeLog.class.getName());

    private final Set<Node> gone = ConcurrentHashMap.newKeySet();

    @Override
    public void onDown(Node node) {
        if (gone.add(node)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A node of the cluster cannot be reached: node={0}",
                    node.getEndPoint());
        }
    }

    @Override
    public void onUp(Node node) {
        if (gone.remove(node)) {
            LOG.log(System.Logger.Level.INFO, "A node of the cluster is back: node={0}", node.getEndPoint());
        }
    }

    @Override
    public void onRemove(Node node) {
        if (gone.remove(node)) {
            LOG.log(System.Logger.Level.INFO, "A node has left the cluster: node={0}", node.getEndPoint());
        }
    }

    /** There is nothing to close. */
    @Override
    public void close() {}
}
