package io.gramme.server.operation;

import io.gramme.api.ItemChangeDescription;
import io.gramme.api.ListItemChangesInput;
import io.gramme.api.ListItemChangesOutput;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.BackupErrors;
import io.gramme.core.item.ItemSize;
import io.gramme.storage.Budget;
import io.gramme.tables.access.Action;
import io.gramme.tables.access.Terms;
import io.gramme.tables.item.Intent;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.item.PastChanges;
import io.gramme.tables.table.PinnedTable;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Gramme extension: lists the items of a table that differ between two moments, with both states, in the order of a
 * Scan. It reads what changed in between and not the whole table. A page may be empty although others follow.
 */
public final class ListItemChanges implements Handler<ListItemChangesInput, ListItemChangesOutput> {
    private static final int MOST = 1_000;

    /** A page ends behind this many bytes of items, by the service's count. */
    private static final long PAGE_BYTES = 1L << 20;

    /** The states after the changes are read for as many items at once: at most 400 KB for each. */
    private static final Budget SLICE = new Budget(32, PAGE_BYTES);

    /** Bounds the time of a page of which nothing differs. */
    private static final int MOST_SLICES = 64;

    private final Tables tables;
    private final ItemStore items;
    private final Moments moments;

    public ListItemChanges(Tables tables, ItemStore items, Moments moments) {
        this.tables = tables;
        this.items = items;
        this.moments = moments;
    }

    /** It shows as much as a scan of everything. */
    private static Intent intent(Table table, RequestContext context) {
        return Intent.of(context.caller(), Action.SCAN, Optional.of(table.key().names()))
                .under(() ->
                        Terms.NONE.select("ALL_ATTRIBUTES").returnValues("NONE").returnConsumedCapacity("NONE"));
    }

    @Override
    public ListItemChangesOutput handle(ListItemChangesInput request, RequestContext context) {
        try (PinnedTable use = tables.use(context.accountRegion(), request.tableName())) {
            Moments.Span span = moments.span(use.table(), request.from(), request.to());
            PastChanges changes = items.changes(intent(use.table(), context), use.table(), span.from(), span.to());
            Optional<Bytes> cursor = request.nextToken().map(token -> parse(token, changes));
            var shown = new ArrayList<ItemChangeDescription>();
            Optional<Bytes> next = read(changes, cursor, request.limit().orElse(MOST), shown);
            return ListItemChangesOutput.builder()
                    .from(Long.toString(span.from().version()))
                    .to(Long.toString(span.to().version()))
                    .changes(shown)
                    .nextToken(next.map(
                            reached -> Base64.getUrlEncoder().withoutPadding().encodeToString(reached.toArray())))
                    .build();
        }
    }

    /** @return where the next page begins; empty if there is none */
    private static Optional<Bytes> read(
            PastChanges changes, Optional<Bytes> begin, int limit, List<ItemChangeDescription> shown) {
        Optional<Bytes> cursor = begin;
        long bytes = 0;
        for (int i = 0; i < MOST_SLICES && shown.size() < limit && bytes < PAGE_BYTES; i++) {
            var budget = new Budget(Math.min(SLICE.rows(), limit - shown.size()), SLICE.bytes());
            PastChanges.Slice<PastChanges.ItemDifference> slice = changes.differences(cursor, budget);
            for (PastChanges.ItemDifference one : slice.changes()) {
                bytes += one.before().map(ItemSize::of).orElse(0)
                        + one.after().map(ItemSize::of).orElse(0);
                shown.add(new ItemChangeDescription(one.key(), one.after(), one.before()));
            }
            cursor = slice.cursor();
            if (cursor.isEmpty()) {
                return cursor;
            }
        }
        return cursor;
    }

    private static Bytes parse(String token, PastChanges changes) {
        try {
            Bytes cursor = Bytes.wrap(Base64.getUrlDecoder().decode(token));
            if (changes.isCursor(cursor)) {
                return cursor;
            }
        } catch (IllegalArgumentException _) {
            // Falls through to the error.
        }
        throw BackupErrors.changeToken();
    }
}
