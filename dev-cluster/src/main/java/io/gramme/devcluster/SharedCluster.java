package io.gramme.devcluster;

import io.gramme.devcluster.ClusterOptions.Wiring;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The one cluster that all tests of a JVM share, since starting one takes half a minute. The first caller starts it, in
 * a directory of the module's own, and it ends with the JVM. A test that harms its nodes must repair them.
 */
public final class SharedCluster {
    private static final Path DIRECTORY = Path.of("target", "dev-cluster");
    private static @Nullable DevCluster cluster;

    private SharedCluster() {}

    /** Three nodes that serve, and know each other; the first caller determines the wiring. */
    public static synchronized DevCluster threeNodes(Wiring wiring) throws IOException, InterruptedException {
        DevCluster running = cluster;
        if (running != null) {
            return running;
        }
        // The remains of another JVM, which was killed.
        var left = DevCluster.find(DIRECTORY);
        if (left.isPresent()) {
            left.get().destroy();
        }
        DevCluster started = DevCluster.start(DIRECTORY, ClusterOptions.threeNodes(wiring));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(started)));
        cluster = started;
        return started;
    }

    private static void end(DevCluster started) {
        try {
            started.destroy();
        } catch (IOException | InterruptedException e) {
            System.getLogger(SharedCluster.class.getName())
                    .log(System.Logger.Level.WARNING, "The cluster has not ended", e);
        }
    }
}
