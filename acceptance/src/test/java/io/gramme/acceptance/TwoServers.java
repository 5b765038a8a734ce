package io.gramme.acceptance;

import io.gramme.consistency.workload.Answer;
import io.gramme.consistency.workload.Database;
import io.gramme.consistency.workload.HttpDatabase;
import io.gramme.devcluster.DevCluster;
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

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    static TwoServers start(DevCluster cluster, String keyspace, Path directory) throws IOException {
        var started = new TwoServers(cluster, keyspace);
        for (int i = 0; i < 2; i++) {
            GrammeProcess server = GrammeProcess.start(directory, started.options);
            started.servers.add(server);
            started.databases.add(new HttpDatabase(server.url()));
        }
        return started;
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

    @Override
    public void close() {
        databases.forEach(HttpDatabase::close);
        servers.forEach(GrammeProcess::close);
    }
}
