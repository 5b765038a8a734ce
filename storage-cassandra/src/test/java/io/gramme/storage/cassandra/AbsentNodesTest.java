package io.gramme.storage.cassandra;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.devcluster.ClusterOptions.Wiring;
import io.gramme.devcluster.DevCluster;
import io.gramme.devcluster.SharedCluster;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A cluster that does not answer is an error in bounded time, and nobody waits for ever. */
@Tag("cluster")
@Timeout(90)
class AbsentNodesTest {
    @Test
    void aClusterThatCannotBeReachedIsAnError() {
        CassandraOptions nowhere =
                CassandraOptions.at(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)), "datacenter1");
        assertThatThrownBy(() -> CassandraStore.open(nowhere, InstantSource.system()))
                .isInstanceOf(StorageException.class);
    }

    @Test
    @DisabledIfSystemProperty(
            named = "gramme.cassandra",
            matches = ".+",
            disabledReason = "the nodes of a cluster that was given are not ours to stop")
    void withoutAMajorityWritesAndStrongReadsFailAndComeBackWithIt() throws Exception {
        RowKey row = key(TestKeyspace.newShift(), "p", "i");
        CassandraOptions options =
                TestKeyspace.options().waiting(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2));
        DevCluster cluster = SharedCluster.threeNodes(Wiring.LOOPBACK);
        try (var store = CassandraStore.open(options, InstantSource.system())) {
            put(store, row, Bytes.utf8("before"));
            cluster.node(2).pause();
            cluster.node(3).pause();
            try {
                assertThatThrownBy(() -> put(store, row, Bytes.utf8("meanwhile")))
                        .isInstanceOf(StorageException.class);
                assertThatThrownBy(() -> value(store, row)).isInstanceOf(StorageException.class);
            } finally {
                cluster.node(2).resume();
                cluster.node(3).resume();
                cluster.awaitWhole();
            }
            // Whether the write that failed was made, only a read can tell.
            assertThat(value(store, row).orElseThrow()).isIn("before", "meanwhile");
        }
    }
}
