package io.gramme.tables.item;

import io.gramme.storage.Consistency;
import io.gramme.storage.RowKey;
import io.gramme.tables.item.Admission.Factor;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.Table;

/**
 * What one request consumes of the capacity of tables and indexes.
 *
 * <p>A write is admitted inside its transaction, with all its effects on indexes, before anything is stored. The
 * transaction may run more than once; only what the run that was committed was admitted to is paid, once, afterwards. A
 * read is admitted before anything is read, and pays for what it read. The parts of a batch are admitted one after
 * another, each with regard to those before it.
 *
 * <p>For one thread.
 */
public interface Charge {
    /** Admits everything and counts nothing. */
    Charge FREE = new Charge() {
        @Override
        public void begin() {}

        @Override
        public void end() {}

        @Override
        public void admitRead(ReadTarget target, long hash) {}

        @Override
        public void payRead(ReadTarget target, long hash, long bytes, Consistency consistency, Factor factor) {}

        @Override
        public void payScan(ReadTarget target, Partition partition, long bytes, Consistency consistency) {}

        @Override
        public void admitWrite(Change change, Factor factor) {}

        @Override
        public void payWrites() {}

        @Override
        public void payFailed(Table table, RowKey row, long bytes) {}
    };

    /** Forgets what was admitted and not paid: another run of a transaction, or another part of a batch, begins. */
    void begin();

    /** Counts what the last run of a transaction was refused: there is no further run. */
    void end();

    /**
     * @param hash of a partition key in the partition that is to be read
     * @throws io.gramme.core.error.ApiException if the target has no units left
     */
    void admitRead(ReadTarget target, long hash);

    /** @param bytes read of the partition at once */
    void payRead(ReadTarget target, long hash, long bytes, Consistency consistency, Factor factor);

    /**
     * Pays for a part of a scan, which reads all keys of a partition alike.
     *
     * @param bytes read of the partition at once
     */
    void payScan(ReadTarget target, Partition partition, long bytes, Consistency consistency);

    /**
     * @throws io.gramme.core.error.ApiException if the table or one of its global indexes has no units left; then the
     *     write is not among those that are paid
     */
    void admitWrite(Change change, Factor factor);

    /** Pays for the writes that were admitted since {@link #begin}: they were committed. */
    void payWrites();

    /**
     * Pays for a write whose condition was false.
     *
     * @param bytes of the item that is there
     * @throws io.gramme.core.error.ApiException if the table has no units left
     */
    void payFailed(Table table, RowKey row, long bytes);
}
