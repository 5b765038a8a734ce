package io.gramme.tables.item;

import io.gramme.storage.Consistency;
import java.util.List;

/**
 * The bookkeeping of capacity units, which may refuse a request that asks for more than there are. The store of items
 * calls it where the cost is known.
 *
 * <p>A write is admitted inside its transaction, with all its effects on indexes, before anything is stored; the
 * transaction may run more than once, and only the changes of the run that was committed are charged, once, afterwards.
 * A read is admitted before anything is read, and charged for what it read. Safe for use by many threads.
 */
public interface Admission {
    /** Admits everything and counts nothing. */
    Admission UNLIMITED = new Admission() {
        @Override
        public void admitRead(ReadTarget target, long hash) {}

        @Override
        public void chargeRead(ReadTarget target, long hash, long bytes, Consistency consistency, Factor factor) {}

        @Override
        public void admitWrites(List<Change> changes, Factor factor) {}

        @Override
        public void chargeWrites(List<Change> changes, Factor factor) {}
    };

    /** How many times the usual cost a request pays. */
    enum Factor {
        PLAIN(1),
        TRANSACTIONAL(2);

        private final int times;

        Factor(int times) {
            this.times = times;
        }

        public int times() {
            return times;
        }
    }

    /**
     * @param hash of a partition key in the partition that is to be read
     * @throws io.gramme.core.error.ApiException if the target has no units left
     */
    void admitRead(ReadTarget target, long hash);

    /** @param bytes read of the partition at once */
    void chargeRead(ReadTarget target, long hash, long bytes, Consistency consistency, Factor factor);

    /**
     * Called by a run of a transaction, which is perhaps not its last.
     *
     * @throws io.gramme.core.error.ApiException if a table or an index has no units left; nothing is written then
     */
    void admitWrites(List<Change> changes, Factor factor);

    /** Called once for a transaction that was committed. */
    void chargeWrites(List<Change> changes, Factor factor);
}
