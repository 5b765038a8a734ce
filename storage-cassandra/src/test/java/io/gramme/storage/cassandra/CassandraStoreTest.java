package io.gramme.storage.cassandra;

import io.gramme.storage.RowStore;
import io.gramme.storage.testkit.RowStoreContract;
import org.junit.jupiter.api.Tag;

/**
 * On one replica, which takes half the time. What three of them have to agree on is in {@link CassandraHistoryTest}, {@link
 * TwoServersTest} and {@link DeliveryTest}.
 */
@Tag("cluster")
class CassandraStoreTest extends RowStoreContract {
    @Override
    protected RowStore open() {
        return TestKeyspace.aloneOnOneReplica();
    }
}
