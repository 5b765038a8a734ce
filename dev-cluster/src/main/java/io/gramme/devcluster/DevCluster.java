package io.gramme.devcluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Cassandra cluster on this machine, in a directory that holds all of it: the data of its nodes, their logs, and
 * their process ids. So one command starts it, another finds it, and a third one stops it. Its data stays until the
 * directory is removed.
 *
 * <p>For development and tests: its nodes share a machine, so a cluster of three is no safer than one node.
 */
public final class DevCluster {
    static final Duration PATIENCE = Duration.ofMinutes(3);

    /** The number of the first host after the nodes on the network. */
    private static final int FIRST_HOST = ClusterOptions.MAX_NODES + 1;

    private final Layout layout;
    private final List<Node> nodes;
    private int hosts;

    private DevCluster(Layout layout) {
        this.layout = layout;
        var made = new ArrayList<Node>();
        for (int number = 1; number <= layout.nodes(); number++) {
            made.add(new Node(layout, number));
        }
        this.nodes = List.copyOf(made);
    }

    /** The cluster that was made in a directory, whether it runs or not. */
    public static Optional<DevCluster> find(Path directory) throws IOException {
        return Layout.read(absolute(directory)).map(DevCluster::new);
    }

    /**
     * Starts the cluster of a directory, and waits until its nodes serve and know each other. A cluster that already
     * exists there is started with the options it was made with. The remains of an earlier, unfinished start are ended
     * first.
     *
     * @throws IOException saying why there is no cluster; then none of its nodes runs
     */
    public static DevCluster start(Path directory, ClusterOptions options) throws IOException, InterruptedException {
        Node.Installation installation = installation();
        Path home = absolute(directory);
        Optional<DevCluster> found = find(home);
        if (found.isPresent() && found.get().isComplete()) {
            return found.get().startMissing(installation);
        }
        if (found.isPresent()) {
            found.get().stop();
            found.get().removeNetwork();
            for (int number = 1; number <= found.get().layout.nodes(); number++) {
                Directories.delete(found.get().layout.directory(number));
            }
        }
        Layout layout = Layout.create(home, options);
        layout.write(options.settings());
        return new DevCluster(layout).startMissing(installation);
    }

    /** Whether it was once started completely, so that its nodes have joined their ring. */
    public boolean isComplete() {
        return Files.exists(mark());
    }

    /** The options with which it was made and is started each time, without additional settings. */
    public ClusterOptions options() {
        return layout.options();
    }

    private Path mark() {
        return layout.directory().resolve("complete");
    }

    private static Path absolute(Path directory) {
        return directory.toAbsolutePath().normalize();
    }

    static Node.Installation installation() throws IOException, InterruptedException {
        Path userHome = Path.of(System.getProperty("user.home"));
        Path java = CassandraJava.find(System.getenv(), userHome);
        return new Node.Installation(java, CassandraLibraries.in(CassandraLibraries.cache(System.getenv(), userHome)));
    }

    private DevCluster startMissing(Node.Installation installation) throws IOException, InterruptedException {
        var started = new ArrayList<Node>();
        boolean whole = false;
        try {
            if (layout.network().isPresent()) {
                layout.network().get().build();
            }
            for (Node node : nodes) {
                if (!node.isAlive()) {
                    started.add(node);
                    node.launch(installation);
                }
            }
            for (Node node : nodes) {
                node.awaitServing(PATIENCE);
            }
            awaitWhole();
            Files.write(mark(), new byte[0]);
            whole = true;
            return this;
        } finally {
            if (!whole) {
                stop(started);
            }
        }
    }

    /**
     * Waits until all nodes see each other. Each node gets a query that only all of them together can answer: a whole
     * table that Cassandra itself keeps three copies of (of three nodes, and of more; two copies for two).
     */
    public void awaitWhole() throws IOException, InterruptedException {
        if (nodes.size() == 1) {
            return;
        }
        String table = nodes.size() == 2 ? "system_traces.sessions" : "system_distributed.view_build_status";
        for (Node node : nodes) {
            node.awaitAnswer("SELECT * FROM " + table, CqlProbe.Level.ALL, PATIENCE);
        }
    }

    public List<Node> nodes() {
        return nodes;
    }

    /** @param number from 1 */
    public Node node(int number) {
        return nodes.get(number - 1);
    }

    /** The addresses at which it answers CQL. */
    public List<InetSocketAddress> contactPoints() throws IOException {
        return layout.endpoints();
    }

    /** The data center name of its nodes. */
    public String localDatacenter() {
        return "datacenter1";
    }

    public boolean isRunning() throws IOException {
        for (Node node : nodes) {
            if (!node.isAlive()) {
                return false;
            }
        }
        return true;
    }

    /** Another host on the network of this cluster, if it has a private one. */
    public Host addHost(String name) throws IOException, InterruptedException {
        Network network =
                layout.network().orElseThrow(() -> new IllegalStateException("the cluster has no private network"));
        return Host.create(network, name, FIRST_HOST + hosts++);
    }

    /** Stops all running nodes. The data stays. */
    public void stop() throws IOException, InterruptedException {
        stop(nodes);
    }

    private static void stop(List<Node> nodes) throws IOException, InterruptedException {
        for (Node node : nodes) {
            node.askToEnd();
        }
        for (Node node : nodes) {
            node.stop();
        }
    }

    /** Stops all running nodes at once, and removes the cluster with its data. */
    public void destroy() throws IOException, InterruptedException {
        for (Node node : nodes) {
            node.kill();
        }
        removeNetwork();
        Directories.delete(layout.directory());
    }

    private void removeNetwork() throws IOException, InterruptedException {
        if (layout.network().isPresent()) {
            layout.network().get().remove();
        }
    }
}
