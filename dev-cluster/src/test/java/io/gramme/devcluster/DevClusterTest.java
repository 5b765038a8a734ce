package io.gramme.devcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DevClusterTest {

    @Test
    void aClusterSurvivesWhatIsDoneToItsNodes() throws Exception {
        DevCluster cluster = SharedCluster.threeNodes();
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
        DevCluster cluster = SharedCluster.threeNodes();
        DevCluster found = DevCluster.find(Path.of("target/dev-cluster")).orElseThrow();
        assertThat(found.contactPoints()).isEqualTo(cluster.contactPoints());
        assertThat(found.isRunning()).isTrue();
        assertThat(DevCluster.find(Path.of("target/no-cluster"))).isEmpty();
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
