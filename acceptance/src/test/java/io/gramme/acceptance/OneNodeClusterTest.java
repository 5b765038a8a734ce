package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.consistency.workload.HttpDatabase;
import io.gramme.devcluster.ClusterOptions;
import io.gramme.devcluster.DevCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees who begins with the smallest cluster there is. */
@Tag("cluster")
@Timeout(240)
class OneNodeClusterTest {
    @TempDir
    private static Path directory;

    private static DevCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = DevCluster.start(directory.resolve("cluster"), ClusterOptions.oneNode(""));
    }

    @AfterAll
    static void end() throws Exception {
        if (cluster != null) {
            cluster.destroy();
        }
    }

    private static String[] options(String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "--storage",
                "cassandra",
                "--contact-points",
                TwoServers.text(cluster.contactPoints().getFirst())));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }

    /** What a server says that does not start. */
    private static String refusal(String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.gramme.cli.Gramme",
                "serve",
                "--port",
                "0"));
        command.addAll(List.of(options(more)));
        Process process = new ProcessBuilder(command).start();
        String said = process.errorReader(UTF_8).readAllAsString();
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        return said.lines().reduce((_, last) -> last).orElse("");
    }

    @Test
    void aKeyspaceThatIsMadeOnOneNodeHasOneReplicaAndIsFoundAgain() throws Exception {
        for (int start = 0; start < 2; start++) {
            try (var server = GrammeProcess.start(directory, options());
                    var database = new HttpDatabase(server.url())) {
                assertThat(database.mustDo("ListTables", "{}").has("TableNames"))
                        .isTrue();
                server.stop();
            }
        }
    }

    @Test
    void aKeyspaceThatOneNodeCannotServeIsRefusedAndNotMade() throws Exception {
        String refusal =
                "gramme: the data center has too few nodes for the replicas of the keyspace; start more nodes, or"
                        + " serve another keyspace with fewer replicas (gramme serve --keyspace NAME --replication 1):"
                        + " keyspace=three datacenter=datacenter1 nodes=1 replicas=3";
        assertThat(refusal("--keyspace", "three", "--replication", "3")).isEqualTo(refusal);
        try (var server = GrammeProcess.start(directory, options("--keyspace", "three"))) {
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void aDataCenterThatIsNotThereIsTold() throws Exception {
        assertThat(refusal("--datacenter", "dc9"))
                .isEqualTo("gramme: the cluster has no such data center; name one that it has (--datacenter):"
                        + " datacenter=dc9 found=datacenter1");
    }
}
