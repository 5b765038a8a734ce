package io.gramme.tables.item;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.CapacityErrors;
import io.gramme.core.item.Item;
import io.gramme.core.item.StoredItem;
import io.gramme.storage.Consistency;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowReader;
import io.gramme.tables.item.Admission.Factor;
import io.gramme.tables.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The reads of items of one table by a batch, some at a time. It pays in the end, and only for the items that it keeps:
 * the others are asked for again. For one thread.
 */
public final class BatchReads {
    private final ItemReads reads;
    private final RowReader rows;
    private final Charge charge;
    private final ReadTarget target;
    private final Consistency consistency;
    private final List<Kept> kept = new ArrayList<>();

    private record Kept(Item key, long hash, long bytes) {}

    BatchReads(ItemReads reads, RowReader rows, Charge charge, Table table, Consistency consistency) {
        this.reads = reads;
        this.rows = rows;
        this.charge = charge;
        this.target = new ReadTarget(table, Optional.empty());
        this.consistency = consistency;
    }

    /** An item that was read, or is not there. */
    public record Found(Item key, Optional<Item> item, long hash) {}

    /**
     * @param found in the order of the keys
     * @param refused keys for whose items there were no units left
     */
    public record Batch(List<Found> found, List<Item> refused) {}

    /**
     * Reads some items, each as of a moment of its own.
     *
     * @throws ApiException if there are no units left for any of them
     */
    public Batch get(List<Item> keys) {
        var admitted = new ArrayList<Item>(keys.size());
        var at = new ArrayList<RowKey>(keys.size());
        var refused = new ArrayList<Item>();
        Optional<ApiException> refusal = Optional.empty();
        for (Item key : keys) {
            RowKey row = Rows.item(target.table(), key);
            try {
                reads.admit(charge, target, key, row.partition().hash());
                admitted.add(key);
                at.add(row);
            } catch (ApiException e) {
                if (!CapacityErrors.isThrottling(e)) {
                    throw e;
                }
                refusal = refusal.or(() -> Optional.of(e));
                refused.add(key);
            }
        }
        if (admitted.isEmpty() && refusal.filter(e -> !e.leavesUnprocessed()).isPresent()) {
            throw refusal.orElseThrow();
        }
        var found = new ArrayList<Found>(admitted.size());
        var items = rows.getAll(at, consistency);
        for (int i = 0; i < items.size(); i++) {
            Optional<Item> item = items.get(i).flatMap(row -> StoredItem.item(row.value()));
            found.add(new Found(admitted.get(i), item, at.get(i).partition().hash()));
        }
        return new Batch(found, refused);
    }

    /** The answer has this item. */
    public void keep(Found one) {
        kept.add(new Kept(one.key(), one.hash(), Change.size(one.item())));
    }

    /** Pays for the items that were kept: the answer is complete. */
    public void pay() {
        for (Kept one : kept) {
            charge.payRead(target, one.hash, one.bytes, consistency, Factor.PLAIN);
            reads.count(target, one.key, one.bytes, consistency);
        }
        kept.clear();
    }
}
