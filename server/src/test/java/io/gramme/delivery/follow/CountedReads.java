package io.gramme.delivery.follow;

import io.gramme.storage.Budget;
import io.gramme.storage.ChangeLog;
import io.gramme.storage.LogPage;
import io.gramme.storage.LogPosition;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.engine.ForwardingStore;

/** Counts how often logs are read. */
final class CountedReads extends ForwardingStore {
    private int reads;

    CountedReads(RowStore store) {
        super(store);
    }

    int reads() {
        return reads;
    }

    @Override
    public ChangeLog changes() {
        ChangeLog log = super.changes();
        return new ChangeLog() {
            @Override
            public LogPage read(PartitionKey partition, LogPosition after, Budget budget) {
                reads++;
                return log.read(partition, after, budget);
            }

            @Override
            public LogPosition complete() {
                return log.complete();
            }

            @Override
            public LogPosition latest() {
                throw new AssertionError("moves at each call where several servers share a store");
            }

            @Override
            public LogPosition highWatermark() {
                return log.highWatermark();
            }

            @Override
            public void trim(PartitionKey partition, LogPosition last) {
                log.trim(partition, last);
            }
        };
    }
}
