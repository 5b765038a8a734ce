package io.gramme.acceptance;

import io.gramme.consistency.workload.Answer;
import io.gramme.consistency.workload.Database;
import io.gramme.consistency.workload.HttpDatabase;
import io.gramme.devcluster.ClusterOptions.Wiring;
import io.gramme.devcluster.DevCluster;
import io.gramme.devcluster.Host;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Two Gramme servers over one Cassandra cluster, as a client has them behind a balancer: each request goes to either of them. */
final class TwoServers implements Database, AutoCloseable {
    /** Tables are made anew for each run of the tests, in a keyspace of its own. */
    private final String[] options;

    private final List<GrammeProcess> servers = new ArrayList<>();

    /** On which each of them runs, where the cluster has a network of its own. */
    private final List<Host> hosts = new ArrayList<>();

    private final List<HttpDatabase> databases = new ArrayList<>();

    /** The one that is not asked, because it is down. */
    private volatile int down = -1;

    private TwoServers(DevCluster cluster, String keyspace) throws IOException {
        this.options = new String[] {
            "--storage",
            "cassandra",
            "--contact-points",
            cluster.contactPoints().stream().map(TwoServers::text).collect(Collectors.joining(",")),
            "--keyspace",
            keyspace
        };
    }

    static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    static TwoServers start(DevCluster cluster, Wiring wiring, String keyspace, Path directory)
            throws IOException, InterruptedException {
        var started = new TwoServers(cluster, keyspace);
        for (int i = 0; i < 2; i++) {
            started.add(
                    switch (wiring) {
                        case LOOPBACK -> GrammeProcess.start(directory, started.options);
                        case APART -> {
                            Host host = cluster.addHost("server" + i);
                            started.hosts.add(host);
                            yield GrammeProcess.startOn(host, directory, started.options);
                        }
                    });
        }
        return started;
    }

    private void add(GrammeProcess server) {
        servers.add(server);
        databases.add(new HttpDatabase(server.url()));
    }

    URI url(int server) {
        return servers.get(server).url();
    }

    @Override
    public Answer call(String operation, String request) {
        int chosen = ThreadLocalRandom.current().nextInt(2);
        return databases.get(chosen == down ? 1 - chosen : chosen).call(operation, request);
    }

    /** SIGKILL in the middle of whatever it does. What is sent from now on goes to the other. */
    void kill(int server) {
        down = server;
        servers.get(server).kill();
    }

    /** The one that was killed. */
    void restart() throws IOException {
        servers.get(down).restart(options);
        down = -1;
    }

    /** Its clients reach it, and it reaches no node. They go on asking it. */
    void cutOff(int server) throws IOException, InterruptedException {
        hosts.get(server).cutOff();
    }

    void rejoin(int server) throws IOException, InterruptedException {
        hosts.get(server).rejoin();
    }

    /** Of that one alone. */
    Database only(int server) {
        return databases.get(server);
    }

    @Override
    public void close() {
        databases.forEach(HttpDatabase::close);
        servers.forEach(GrammeProcess::close);
    }
}
