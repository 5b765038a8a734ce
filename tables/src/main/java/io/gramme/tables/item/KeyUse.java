package io.gramme.tables.item;

import io.gramme.core.error.ApiException;
import io.gramme.core.item.Item;
import io.gramme.storage.Consistency;
import io.gramme.tables.item.Admission.Factor;

/**
 * The counts of which keys are used and throttled. The store of items reports to it for tables of which {@link
 * io.gramme.tables.table.Table#countsKeys} is true, and for no others. Safe for use by many threads.
 */
public interface KeyUse {
    /** Counts nothing. */
    KeyUse UNCOUNTED = new KeyUse() {
        @Override
        public void read(ReadTarget target, Item key, long bytes, Consistency consistency, Factor factor) {}

        @Override
        public void readRefused(ReadTarget target, Item key, ApiException refusal) {}

        @Override
        public void written(Change change, Factor factor) {}

        @Override
        public void writeRefused(Change change, ApiException refusal) {}
    };

    /**
     * @param key of an item, or the partition key of a query
     * @param bytes that were read
     */
    void read(ReadTarget target, Item key, long bytes, Consistency consistency, Factor factor);

    /** @param refusal for lack of throughput */
    void readRefused(ReadTarget target, Item key, ApiException refusal);

    void written(Change change, Factor factor);

    /** @param refusal for lack of throughput */
    void writeRefused(Change change, ApiException refusal);
}
