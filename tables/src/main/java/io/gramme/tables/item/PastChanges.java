package io.gramme.tables.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.core.item.StoredItem;
import io.gramme.storage.Budget;
import io.gramme.storage.HashRange;
import io.gramme.storage.LogPosition;
import io.gramme.storage.PastPage;
import io.gramme.storage.PastRow;
import io.gramme.storage.PastRows;
import io.gramme.storage.Row;
import io.gramme.storage.RowHistory;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.tables.job.Job;
import io.gramme.tables.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/**
 * What became of the items of a table between two positions: of each item that changed, the state before and after. The
 * table must have kept its history since the first position. For use by any thread.
 */
public final class PastChanges {
    private final RowHistory history;
    private final PastRows then;
    private final Table table;
    private final LogPosition from;
    private final LogPosition to;

    PastChanges(RowStore store, Table table, LogPosition from, LogPosition to) {
        this.history = store.history();
        this.then = new PastRows(store, to);
        this.table = table;
        this.from = from;
        this.to = to;
    }

    /**
     * What became of one item.
     *
     * @param key its primary key
     * @param before as of the first position; empty if there was no such item
     * @param after as of the second position; empty if it was deleted
     * @param version of the last change in between
     */
    public record ItemChange(Item key, Optional<Item> before, Optional<Item> after, long version) {}

    /**
     * An item whose states at the two positions are not equal.
     *
     * @param key its primary key
     * @param before as of the first position; empty if there was no such item
     * @param after as of the second position; empty if there was none then
     */
    public record ItemDifference(Item key, Optional<Item> before, Optional<Item> after) {}

    /**
     * Some changes in a row.
     *
     * @param <T> {@link ItemChange} or {@link ItemDifference}
     * @param bytes that were read
     * @param cursor where to resume; empty if there are no more
     */
    public record Slice<T>(List<T> changes, long bytes, Optional<Bytes> cursor) {
        public Slice {
            changes = List.copyOf(changes);
        }
    }

    /** @param cursor the one of the slice before; empty at the beginning */
    public Slice<ItemChange> read(Job.Range range, Optional<Bytes> cursor, Budget budget) {
        return read(range, cursor, budget, this::change);
    }

    /**
     * The items of the whole table that differ, in the order of a Scan. The time that it takes does not grow with the
     * number of changes of one item.
     *
     * @param cursor the one of the slice before; empty at the beginning
     */
    public Slice<ItemDifference> differences(Optional<Bytes> cursor, Budget budget) {
        return read(new Job.Range(0, -1), cursor, budget, this::difference);
    }

    /** Whether these bytes have the form of a cursor of this table, so that a slice can begin there. */
    public boolean isCursor(Bytes given) {
        return RowCursor.isCursor(given, Rows.ITEM);
    }

    private <T> Slice<T> read(
            Job.Range range,
            Optional<Bytes> cursor,
            Budget budget,
            BiFunction<PastRow, Optional<Row>, Optional<T>> shape) {
        Optional<RowKey> after = cursor.map(reached -> RowCursor.decode(table.tablespace(), reached));
        PastPage page = history.sweep(
                new HashRange(table.tablespace(), Rows.ITEM, range.from(), range.to(), after), from, budget);
        List<PastRow> touched = page.rows();
        List<Optional<Row>> ends =
                then.getAll(touched.stream().map(PastRow::key).toList());
        var changes = new ArrayList<T>();
        long bytes = 0;
        for (int i = 0; i < touched.size(); i++) {
            PastRow first = touched.get(i);
            bytes += first.before().map(Bytes::length).orElse(0);
            bytes += ends.get(i).map(row -> row.value().length()).orElse(0);
            shape.apply(first, ends.get(i)).ifPresent(changes::add);
        }
        return new Slice<>(
                changes,
                bytes,
                page.exhausted()
                        ? Optional.empty()
                        : Optional.of(RowCursor.encode(touched.getLast().key())));
    }

    private Optional<ItemChange> change(PastRow first, Optional<Row> end) {
        OptionalLong last = lastChange(first);
        Optional<Item> before = first.before().flatMap(StoredItem::item);
        Optional<Item> after = end.flatMap(row -> StoredItem.item(row.value()));
        if (last.isEmpty() || (before.isEmpty() && after.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new ItemChange(key(before, after), before, after, last.getAsLong()));
    }

    private Optional<ItemDifference> difference(PastRow first, Optional<Row> end) {
        Optional<Item> before = first.before().flatMap(StoredItem::item);
        Optional<Item> after = end.flatMap(row -> StoredItem.item(row.value()));
        return first.changed() > to.version() || before.equals(after)
                ? Optional.empty()
                : Optional.of(new ItemDifference(key(before, after), before, after));
    }

    private Item key(Optional<Item> before, Optional<Item> after) {
        return after.or(() -> before).orElseThrow().only(table.key().names());
    }

    /** The version of the last change of a row up to the second position; empty if it changed only later. */
    private OptionalLong lastChange(PastRow first) {
        OptionalLong last = OptionalLong.empty();
        Optional<PastRow> next = Optional.of(first);
        while (next.isPresent() && next.get().changed() <= to.version()) {
            long version = next.get().changed();
            last = OptionalLong.of(version);
            next = history.first(first.key(), LogPosition.behind(version));
        }
        return last;
    }
}
