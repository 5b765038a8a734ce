package io.gramme.storage.cassandra;

import io.gramme.storage.RowStore;
import io.gramme.storage.testkit.RowStoreContract;

class CassandraStoreTest extends RowStoreContract {
    @Override
    protected RowStore open() {
        return TestKeyspace.alone();
    }
}
