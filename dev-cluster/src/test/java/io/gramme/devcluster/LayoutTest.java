package io.gramme.devcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.devcluster.ClusterOptions.Wiring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {
    @TempDir
    private Path directory = Path.of("");

    private String yaml(Layout layout, int node) throws IOException {
        layout.configure(node);
        return Files.readString(layout.directory(node).resolve("conf/cassandra.yaml"));
    }

    @Test
    void tokensAreSpreadEvenlyAndEveryNodeIsASeed() throws Exception {
        var layout = new Layout(directory, 3, Optional.empty(), 9042, 7000, 512);
        assertThat(yaml(layout, 1)).contains("initial_token: \"-9223372036854775808\"", "listen_address: 127.0.0.1");
        assertThat(yaml(layout, 2)).contains("initial_token: \"-3074457345618258603\"", "listen_address: 127.0.0.2");
        assertThat(yaml(layout, 3))
                .contains("initial_token: \"3074457345618258602\"", "127.0.0.1:7000,127.0.0.2:7000,127.0.0.3:7000")
                .doesNotContainPattern("@\\w+@");
        assertThat(directory.resolve("node2/conf/cassandra-rackdc.properties"))
                .content()
                .contains("rack=zone2");
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        Layout layout = Layout.create(directory, ClusterOptions.threeNodes(Wiring.LOOPBACK));
        layout.write("");
        assertThat(Layout.read(directory)).contains(layout);
        assertThat(Layout.read(directory.resolve("elsewhere"))).isEmpty();
    }

    @Test
    void settingsAreAddedToThoseOfEveryNode() throws Exception {
        Layout layout = Layout.create(directory, ClusterOptions.threeNodes(Wiring.LOOPBACK));
        layout.write("authenticator: PasswordAuthenticator\n");
        assertThat(yaml(layout, 2)).contains("\nauthenticator: PasswordAuthenticator\n", "paxos_variant: v2");
    }

    @Test
    void aPortInUseIsRefusedBeforeAnythingStarts() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            int taken = other.getLocalPort();
            assertThatThrownBy(
                            () -> Layout.create(directory, new ClusterOptions(3, Wiring.LOOPBACK, taken, 0, 512, "")))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cannot listen on 127.0.0.2:" + taken);
        }
    }
}
