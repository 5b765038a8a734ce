package io.gramme.storage.cassandra;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.testkit.HistoryContract;
import io.gramme.storage.testkit.RowStoreContract;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;

/**
 * On one replica, which takes half the time. What three of them have to agree on is in {@link CassandraHistoryTest}, {@link
 * RetainedImagesTest}, {@link TwoServersTest} and {@link DeliveryTest}.
 */
@Tag("cluster")
class CassandraStoreTest extends RowStoreContract implements HistoryContract {
    /** Each with several partitions: of one hash, and with keys that are prefixes. */
    private static final int AWKWARD_PARTITIONS = 4;

    @Override
    protected RowStore open() {
        return TestKeyspace.aloneOnOneReplica();
    }

    /** Those with the lowest bytes alone or the highest alone, in some partitions. */
    @Override
    public List<RowKey> awkwardRows() {
        Set<PartitionKey> partitions = AWKWARD.stream()
                .map(RowKey::partition)
                .distinct()
                .limit(AWKWARD_PARTITIONS)
                .collect(Collectors.toSet());
        return AWKWARD.stream()
                .filter(key -> partitions.contains(key.partition())
                        && isOfOneByte(key.sort().from(1)))
                .toList();
    }

    private static boolean isOfOneByte(Bytes bytes) {
        return IntStream.range(0, bytes.length())
                .allMatch(i -> bytes.at(i) == bytes.at(0) && (bytes.at(0) == 0 || bytes.at(0) == 0xff));
    }

    @Override
    public int positions() {
        return Integer.getInteger("gramme.history.positions", 3);
    }

    @Override
    public boolean commitsTogether() {
        return true;
    }

    @Override
    public boolean keepsUntilTimeHasPassed() {
        return true;
    }
}
