package io.gramme.recovery.load;

import io.gramme.api.Operations;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import io.gramme.recovery.ResourceId;
import io.gramme.recovery.load.Import.Totals;
import io.gramme.recovery.load.Imports.ItemError;
import io.gramme.storage.AllRows;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.Outcome;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.tables.catalog.Fields;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The stored imports: rows of tablespace 0.
 *
 * <pre>
 * partition of an account and region    IMPORT  id           an import
 * partition of an import                TOTALS  part number  what a part of its job has read
 *                                       ERROR   object, 0, index of the record   an item that was not imported
 * </pre>
 */
final class ImportRows {
    /** Row kinds that nothing else in tablespace 0 uses. */
    private static final Bytes IMPORT = Bytes.of(0x11);

    private static final Bytes TOTALS = Bytes.of(0x13);
    private static final Bytes ERROR = Bytes.of(0x14);

    private static final long ERROR_BYTES = 1L << 20;

    private final RowStore store;

    ImportRows(RowStore store) {
        this.store = store;
    }

    void put(Import one) {
        write(new Write.Put(row(one), encode(one)));
    }

    Optional<Import> get(AccountRegion owner, ResourceId id) {
        return store.get(row(owner, id), Consistency.STRONG).map(row -> decode(row.value()));
    }

    void change(Import one, UnaryOperator<Import> edit) {
        RowKey key = row(one);
        var _ = store.transact(Set.of(key), current -> {
            Optional<Import> before = Transition.row(current, key).map(row -> decode(row.value()));
            return before.isEmpty()
                    ? Outcome.unchanged(false)
                    : new Outcome<>(List.of(new Write.Put(key, encode(edit.apply(before.get())))), true);
        });
    }

    /** Deletes an import with its totals and errors. */
    void delete(Import one) {
        var keys = new ArrayList<RowKey>();
        AllRows.scan(store, partition(one.id()), Range.startingWith(TOTALS), row -> keys.add(row.key()));
        AllRows.scan(store, partition(one.id()), Range.startingWith(ERROR), row -> keys.add(row.key()));
        keys.forEach(key -> write(new Write.Delete(key)));
        write(new Write.Delete(row(one)));
    }

    /** The imports of an account and region, the oldest first. */
    List<Import> of(AccountRegion owner) {
        var found = new ArrayList<Import>();
        AllRows.scan(store, partition(owner), Range.startingWith(IMPORT), row -> found.add(decode(row.value())));
        return found;
    }

    List<Import> all() {
        var found = new ArrayList<Import>();
        AllRows.sweep(
                store, HashRange.whole(TablespaceId.CATALOG, IMPORT.at(0)), row -> found.add(decode(row.value())));
        return found;
    }

    /** Stores what a part has read, and the errors that its last step found. */
    void put(ResourceId id, int part, Totals totals, List<ItemError> errors) {
        RowKey key = new RowKey(partition(id), TOTALS.plus(Bytes.ofInt(part)));
        var writes = new ArrayList<Write>();
        writes.add(new Write.Put(key, encode(totals)));
        for (ItemError error : errors) {
            Bytes sort =
                    ERROR.plus(Bytes.utf8(error.object())).plus(Bytes.of(0)).plus(Bytes.ofLong(error.index()));
            writes.add(new Write.Put(new RowKey(partition(id), sort), encode(error)));
        }
        var _ = store.transact(Set.of(key), _ -> new Outcome<>(writes, true));
    }

    Totals totals(ResourceId id) {
        var parts = new ArrayList<Totals>();
        AllRows.scan(store, partition(id), Range.startingWith(TOTALS), row -> parts.add(decodeTotals(row.value())));
        return parts.stream().reduce(Totals.ZERO, Totals::plus);
    }

    Imports.ErrorPage errors(ResourceId id, Optional<Bytes> after, int limit) {
        Range all = Range.startingWith(ERROR);
        var range = new Range(after.map(Bytes::next).orElse(all.from()), all.to());
        Page page =
                store.scan(partition(id), range, Direction.FORWARD, new Budget(limit, ERROR_BYTES), Consistency.STRONG);
        return new Imports.ErrorPage(
                page.rows().stream().map(row -> decodeError(row.value())).toList(),
                page.exhausted()
                        ? Optional.empty()
                        : Optional.of(page.rows().getLast().key().sort()));
    }

    static boolean isError(Bytes sort) {
        return sort.startsWith(ERROR);
    }

    private void write(Write write) {
        var _ = store.transact(Set.of(write.key()), _ -> new Outcome<>(List.of(write), true));
    }

    private static RowKey row(Import one) {
        return row(one.table().accountRegion(), one.id());
    }

    private static RowKey row(AccountRegion owner, ResourceId id) {
        return new RowKey(partition(owner), IMPORT.plus(Bytes.utf8(id.text())));
    }

    private static PartitionKey partition(AccountRegion owner) {
        return new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("imports " + owner.account() + "/" + owner.region()));
    }

    private static PartitionKey partition(ResourceId id) {
        return new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("import " + id.text()));
    }

    private static Bytes encode(Totals totals) {
        return ItemCodec.encode(fields(totals).toItem());
    }

    private static Fields fields(Totals totals) {
        return new Fields()
                .put("Items", totals.items())
                .put("Errors", totals.errors())
                .put("Bytes", totals.bytes());
    }

    private static Totals decodeTotals(Bytes code) {
        return totals(Fields.of(ItemCodec.decode(code)));
    }

    private static Totals totals(Fields fields) {
        return new Totals(fields.number("Items"), fields.number("Errors"), fields.number("Bytes"));
    }

    private static Bytes encode(ItemError error) {
        return ItemCodec.encode(new Fields()
                .put("Object", error.object())
                .put("Index", error.index())
                .put("Message", error.message())
                .toItem());
    }

    private static ItemError decodeError(Bytes code) {
        Fields fields = Fields.of(ItemCodec.decode(code));
        return new ItemError(fields.text("Object"), fields.number("Index"), fields.text("Message"));
    }

    private static Bytes encode(Import one) {
        var fields = new Fields()
                .put("Id", one.id().text())
                .put("Account", one.table().accountRegion().account())
                .put("Region", one.table().accountRegion().region())
                .put("Table", one.table().name())
                .put("TableId", one.tableId())
                .put("Request", new Value.B(Bytes.wrap(Operations.IMPORT_TABLE.writeRequest(one.request()))))
                .put("Status", one.status().name())
                .put("Totals", fields(one.totals()));
        one.ended().ifPresent(ended -> fields.put("Ended", ended));
        one.failure()
                .ifPresent(failure -> fields.put(
                        "Failure", new Fields().put("Code", failure.code()).put("Message", failure.message())));
        return ItemCodec.encode(fields.toItem());
    }

    private static Import decode(Bytes code) {
        Fields fields = Fields.of(ItemCodec.decode(code));
        return new Import(
                new ResourceId(fields.text("Id")),
                new TableName(new AccountRegion(fields.text("Account"), fields.text("Region")), fields.text("Table")),
                fields.text("TableId"),
                Operations.IMPORT_TABLE.read(fields.bytes("Request").toArray()).request(),
                Import.Status.valueOf(fields.text("Status")),
                fields.optional("Ended", Fields::time),
                totals(fields.inner("Totals")),
                fields.optional("Failure", Fields::inner)
                        .map(failure -> new Import.Failure(failure.text("Code"), failure.text("Message"))));
    }
}
