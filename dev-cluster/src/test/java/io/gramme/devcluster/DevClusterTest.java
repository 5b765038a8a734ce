package io.gramme.devcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gramme.devcluster.ClusterOptions.Wiring;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("cluster")
@Timeout(300)
class DevClusterTest {
    private static Optional<String> notApart = Optional.empty();
    private static DevCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        notApart = Wiring.whyNotApart();
        cluster = SharedCluster.threeNodes(notApart.isEmpty() ? Wiring.APART : Wiring.LOOPBACK);
    }

    @Test
    void aClusterSurvivesWhatIsDoneToItsNodes() throws Exception {
        assertThat(cluster.nodes()).hasSize(3).allMatch(Node::isServing);

        Node second = cluster.node(2);
        second.kill();
        assertThat(second.isAlive()).isFalse();
        assertThat(second.isServing()).isFalse();
        assertThat(cluster.isRunning()).isFalse();
        second.start();

        Node third = cluster.node(3);
        third.pause();
        assertThat(third.isAlive()).as("a paused process is still one").isTrue();
        third.resume();
        cluster.awaitWhole();
        assertThat(cluster.isRunning()).isTrue();
    }

    @Test
    void whoeverLooksInItsDirectoryFindsIt() throws Exception {
        DevCluster found = DevCluster.find(Path.of("target/dev-cluster")).orElseThrow();
        assertThat(found.contactPoints()).isEqualTo(cluster.contactPoints());
        assertThat(found.isRunning()).isTrue();
        assertThat(DevCluster.find(Path.of("target/no-cluster"))).isEmpty();
    }

    @Test
    void aNodeThatIsCutOffRunsAndIsNotReachedUntilItIsBack() throws Exception {
        assumeTrue(notApart.isEmpty(), () -> notApart.orElseThrow());
        Node first = cluster.node(1);
        first.cutOff();
        try {
            assertThat(first.isAlive()).isTrue();
            assertThat(first.isServing()).isFalse();
            assertThat(cluster.node(2).isServing()).isTrue();
        } finally {
            first.rejoin();
        }
        cluster.awaitWhole();
        assertThat(first.isServing()).isTrue();
    }

    /** It has not come to an end: one of its nodes runs, and nobody knows what is in its directory. */
    @Test
    void aStartThatWasBrokenOffIsClearedUpByTheNext(@TempDir Path directory) throws Exception {
        Layout broken = Layout.create(directory, ClusterOptions.threeNodes(Wiring.LOOPBACK));
        broken.write("");
        Path left = Files.createDirectories(broken.directory(2).resolve("data")).resolve("left");
        Files.writeString(left, "half of something");
        Process running = new ProcessBuilder("sleep", "600").start();
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            new PidFile(broken.directory(2).resolve("pid")).write(running.toHandle());
            // The next one comes no further than that either, which spares us a cluster.
            var next = new ClusterOptions(1, Wiring.LOOPBACK, taken.getLocalPort(), 0, 512, "");
            assertThatThrownBy(() -> DevCluster.start(directory, next)).hasMessageStartingWith("cannot listen");
            assertThat(running.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(left).doesNotExist();
        } finally {
            running.destroyForcibly();
        }
    }

    @Test
    void librariesLieInTheUsersCache() {
        Path home = Path.of("/home/somebody");
        assertThat(CassandraLibraries.cache(Map.of(), home))
                .isEqualTo(Path.of("/home/somebody/.cache/gramme/cassandra-5.0.9"));
        assertThat(CassandraLibraries.cache(Map.of("XDG_CACHE_HOME", "/caches"), home))
                .isEqualTo(Path.of("/caches/gramme/cassandra-5.0.9"));
    }
}
