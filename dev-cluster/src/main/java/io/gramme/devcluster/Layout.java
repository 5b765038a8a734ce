package io.gramme.devcluster;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The addresses, ports and directories of the nodes of a cluster. It is stored in the cluster's directory, so that
 * later commands find the same.
 */
record Layout(
        Path directory, int nodes, Optional<Network> network, int nativePort, int storagePort, int heapMegabytes) {
    private static final String FILE = "cluster.properties";

    /** The additional settings of the nodes. */
    private static final String SETTINGS = "settings.yaml";

    /** Below the ports that systems give to clients, since a client could take one while its node is down. */
    private static final int FIRST_DRAWN = 15_000;

    private static final int LAST_DRAWN = 32_000;

    /** How often ports are drawn until one is free on every address. */
    private static final int DRAWS = 100;

    /** The layout of the cluster that was made in a directory, if there is one. */
    static Optional<Layout> read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        try {
            return Optional.of(new Layout(
                    directory,
                    Integer.parseInt(properties.getProperty("nodes", "")),
                    Optional.ofNullable(properties.getProperty("network"))
                            .map(number -> new Network(Integer.parseInt(number))),
                    Integer.parseInt(properties.getProperty("native-port", "")),
                    Integer.parseInt(properties.getProperty("storage-port", "")),
                    Integer.parseInt(properties.getProperty("heap-megabytes", ""))));
        } catch (NumberFormatException e) {
            throw new IOException(file + " is damaged; stop its nodes and remove the directory", e);
        }
    }

    /** A new layout, whose ports are free. */
    static Layout create(Path directory, ClusterOptions options) throws IOException, InterruptedException {
        Optional<Network> network =
                options.wiring() == ClusterOptions.Wiring.APART ? Optional.of(Network.create()) : Optional.empty();
        int nativePort = port(options.nativePort(), options.nodes());
        int storagePort = port(options.storagePort(), options.nodes());
        return new Layout(directory, options.nodes(), network, nativePort, storagePort, options.heapMegabytes());
    }

    private static int port(int wanted, int nodes) throws IOException {
        if (wanted != 0) {
            for (int node = 1; node <= nodes; node++) {
                requireFree(node, wanted);
            }
            return wanted;
        }
        for (int draw = 0; draw < DRAWS; draw++) {
            int drawn = ThreadLocalRandom.current().nextInt(FIRST_DRAWN, LAST_DRAWN);
            if (IntStream.rangeClosed(1, nodes).allMatch(node -> isFree(node, drawn))) {
                return drawn;
            }
        }
        throw new IOException("no port is free on each of 127.0.0.1 to 127.0.0." + nodes
                + "; some systems need these addresses to be set up first (macOS: ifconfig lo0 alias 127.0.0.2)");
    }

    private static void requireFree(int node, int port) throws IOException {
        try (var _ = new ServerSocket(port, 1, loopback(node))) {
            // The port is free on this address.
        } catch (IOException e) {
            throw new IOException("cannot listen on 127.0.0." + node + ":" + port + ": " + e.getMessage(), e);
        }
    }

    private static boolean isFree(int node, int port) {
        try {
            requireFree(node, port);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** @param settings more lines for the configuration of each node */
    void write(String settings) throws IOException {
        var properties = new Properties();
        properties.setProperty("nodes", String.valueOf(nodes));
        properties.setProperty("native-port", String.valueOf(nativePort));
        properties.setProperty("storage-port", String.valueOf(storagePort));
        properties.setProperty("heap-megabytes", String.valueOf(heapMegabytes));
        network.ifPresent(own -> properties.setProperty("network", String.valueOf(own.number())));
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(SETTINGS), settings);
        try (Writer out = Files.newBufferedWriter(directory.resolve(FILE))) {
            properties.store(out, "A cluster made by gramme dev-cluster");
        }
    }

    /** The options of the cluster, without the additional settings of its nodes. */
    ClusterOptions options() {
        var wiring = network.isPresent() ? ClusterOptions.Wiring.APART : ClusterOptions.Wiring.LOOPBACK;
        return new ClusterOptions(nodes, wiring, nativePort, storagePort, heapMegabytes, "");
    }

    private static InetAddress loopback(int node) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) node});
    }

    private String address(int node) {
        return network.map(own -> own.address(node)).orElse("127.0.0." + node);
    }

    /** The address at which a node answers CQL. */
    InetSocketAddress endpoint(int node) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(address(node)), nativePort);
    }

    /** The name of a node on the network. */
    static String host(int node) {
        return "node" + node;
    }

    List<InetSocketAddress> endpoints() throws IOException {
        var endpoints = new ArrayList<InetSocketAddress>();
        for (int node = 1; node <= nodes; node++) {
            endpoints.add(endpoint(node));
        }
        return List.copyOf(endpoints);
    }

    Path directory(int node) {
        return directory.resolve(host(node));
    }

    /** Writes the configuration that the node reads when it starts. */
    void configure(int node) throws IOException {
        Path home = directory(node);
        Files.createDirectories(home.resolve("conf"));
        String seeds = IntStream.rangeClosed(1, nodes)
                .mapToObj(seed -> address(seed) + ":" + storagePort)
                .collect(Collectors.joining(","));
        String yaml = CassandraLibraries.resource("cassandra.yaml")
                .replace("@token@", token(node))
                .replace("@seeds@", seeds)
                .replace("@address@", address(node))
                .replace("@storage_port@", String.valueOf(storagePort))
                .replace("@native_port@", String.valueOf(nativePort))
                .replace("@directory@", home.toString().replace("\\", "/").replace("\"", "\\\""));
        Path settings = directory.resolve(SETTINGS);
        Files.writeString(
                home.resolve("conf/cassandra.yaml"),
                Files.exists(settings) ? yaml + "\n" + Files.readString(settings) : yaml);
        Files.writeString(home.resolve("conf/cassandra-rackdc.properties"), "dc=datacenter1\nrack=zone" + node + "\n");
        Files.writeString(home.resolve("conf/logback.xml"), CassandraLibraries.resource("logback.xml"));
    }

    /** The tokens divide the ring evenly, beginning at its lowest. */
    private String token(int node) {
        return BigInteger.TWO
                .pow(64)
                .multiply(BigInteger.valueOf(node - 1L))
                .divide(BigInteger.valueOf(nodes))
                .subtract(BigInteger.TWO.pow(63))
                .toString();
    }
}
