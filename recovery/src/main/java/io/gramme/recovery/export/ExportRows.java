package io.gramme.recovery.export;

import io.gramme.api.ExportTableToPointInTimeInput;
import io.gramme.api.Operations;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import io.gramme.recovery.ResourceId;
import io.gramme.storage.AllRows;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.tables.catalog.Fields;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.TableCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The stored exports of all accounts and regions: rows of tablespace 0, in a partition of each account and region, in
 * the order of their creation.
 */
final class ExportRows {
    /** A row kind that nothing else in tablespace 0 uses. */
    private static final Bytes KIND = Bytes.of(0x10);

    private final RowStore store;

    ExportRows(RowStore store) {
        this.store = store;
    }

    void put(Export export) {
        write(new Write.Put(row(export), encode(export)));
    }

    Optional<Export> get(AccountRegion owner, ResourceId id) {
        return store.get(row(owner, id), Consistency.STRONG).map(row -> decode(row.value()));
    }

    void change(Export export, UnaryOperator<Export> edit) {
        RowKey key = row(export);
        var _ = store.transact(Set.of(key), current -> {
            Optional<Export> before = Transition.row(current, key).map(row -> decode(row.value()));
            return before.isEmpty()
                    ? Outcome.unchanged(false)
                    : new Outcome<>(List.of(new Write.Put(key, encode(edit.apply(before.get())))), true);
        });
    }

    void delete(Export export) {
        write(new Write.Delete(row(export)));
    }

    /** The exports of an account and region, the oldest first. */
    List<Export> of(AccountRegion owner) {
        var found = new ArrayList<Export>();
        AllRows.scan(store, partition(owner), Range.startingWith(KIND), row -> found.add(decode(row.value())));
        return found;
    }

    List<Export> all() {
        var found = new ArrayList<Export>();
        AllRows.sweep(store, HashRange.whole(TablespaceId.CATALOG, KIND.at(0)), row -> found.add(decode(row.value())));
        return found;
    }

    private void write(Write write) {
        var _ = store.transact(Set.of(write.key()), _ -> new Outcome<>(List.of(write), true));
    }

    private static RowKey row(Export export) {
        return row(export.source().accountRegion(), export.id());
    }

    private static RowKey row(AccountRegion owner, ResourceId id) {
        return new RowKey(partition(owner), KIND.plus(Bytes.utf8(id.text())));
    }

    private static PartitionKey partition(AccountRegion owner) {
        return new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("exports " + owner.account() + "/" + owner.region()));
    }

    private static Bytes encode(Export export) {
        var fields = new Fields()
                .put("Id", export.id().text())
                .put("Source", new Value.B(TableCodec.encode(export.source())))
                .put(
                        "Request",
                        new Value.B(
                                Bytes.wrap(Operations.EXPORT_TABLE_TO_POINT_IN_TIME.writeRequest(export.request()))))
                .put("Status", export.status().name())
                .put("Time", export.time())
                .put("To", export.to().version())
                .put("Items", export.items())
                .put("Bytes", export.bytes());
        export.from().ifPresent(from -> fields.put("From", from.version()));
        export.ended().ifPresent(ended -> fields.put("Ended", ended));
        export.failure()
                .ifPresent(failure -> fields.put(
                        "Failure", new Fields().put("Code", failure.code()).put("Message", failure.message())));
        return ItemCodec.encode(fields.toItem());
    }

    private static Export decode(Bytes code) {
        Fields fields = Fields.of(ItemCodec.decode(code));
        ExportTableToPointInTimeInput request = Operations.EXPORT_TABLE_TO_POINT_IN_TIME
                .read(fields.bytes("Request").toArray())
                .request();
        return new Export(
                new ResourceId(fields.text("Id")),
                TableCodec.decode(fields.bytes("Source")),
                request,
                Export.Status.valueOf(fields.text("Status")),
                fields.time("Time"),
                fields.optional("From", Fields::number).map(LogPosition::behind),
                LogPosition.behind(fields.number("To")),
                fields.optional("Ended", Fields::time),
                fields.number("Items"),
                fields.number("Bytes"),
                fields.optional("Failure", Fields::inner)
                        .map(failure -> new Export.Failure(failure.text("Code"), failure.text("Message"))));
    }
}
