package io.gramme.tables.item;

import io.gramme.core.item.ItemCodec;
import io.gramme.storage.Retained;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.tables.item.Change.EntryChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images of the rows that a change of an item replaces: the item and its index entries, as they were. The store
 * keeps them in the commit of the change, so that {@link PastItems} can read the table as of an earlier position.
 */
final class HistoryImages {
    private HistoryImages() {}

    /** The images of a change that the store makes in this run; none if the table keeps no history. */
    static List<Retained> of(Change change, Map<RowKey, Optional<Row>> current) {
        Optional<Duration> keep = change.table().imagesKept();
        if (keep.isEmpty() || change.storesNothing()) {
            return List.of();
        }
        var images = new ArrayList<Retained>(1 + 2 * change.entries().size());
        Optional<Row> item = current.getOrDefault(change.row(), Optional.empty());
        images.add(new Retained(change.row(), item.map(Row::value), keep.get()));
        for (EntryChange entry : change.entries()) {
            entry.rowBefore()
                    .ifPresent(
                            row -> images.add(new Retained(row, entry.before().map(ItemCodec::encode), keep.get())));
            if (entry.before().isEmpty() || entry.moved()) {
                entry.rowAfter().ifPresent(row -> images.add(new Retained(row, Optional.empty(), keep.get())));
            }
        }
        return images;
    }
}
