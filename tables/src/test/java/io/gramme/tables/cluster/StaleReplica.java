package io.gramme.tables.cluster;

import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.RowStore;
import io.gramme.storage.engine.ForwardingStore;
import java.util.Optional;

/** A store of which one replica can fall behind: eventually consistent scans then show what it had. */
final class StaleReplica extends ForwardingStore {
    private boolean behind;
    private Optional<Page> shown = Optional.empty();

    StaleReplica(RowStore store) {
        super(store);
    }

    /** From the next eventually consistent scan on. */
    void fallBehind() {
        behind = true;
    }

    @Override
    public Page scan(PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency) {
        if (!behind || consistency == Consistency.STRONG) {
            return super.scan(partition, range, direction, budget, consistency);
        }
        Page page = shown.orElseGet(() -> super.scan(partition, range, direction, budget, consistency));
        shown = Optional.of(page);
        return page;
    }
}
