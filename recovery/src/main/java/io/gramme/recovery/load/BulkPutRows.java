package io.gramme.recovery.load;

import io.gramme.api.BulkOperationOutputType;
import io.gramme.api.Operations;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import io.gramme.recovery.ResourceId;
import io.gramme.storage.AllRows;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
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
import io.gramme.tables.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The stored bulk puts: rows of tablespace 0.
 *
 * <pre>
 * partition of an account and region    BULK  id                    a bulk put
 * partition of a bulk put that runs     SUMS  part                  what a part of its job has done
 *                                       STEP  part                  the number of the last step that it began
 *                                       FILE  part, step, type      an object of the report
 * </pre>
 */
final class BulkPutRows {
    /** Row kinds that nothing else in tablespace 0 uses. */
    private static final Bytes BULK = Bytes.of(0x15);

    private static final Bytes SUMS = Bytes.of(0x16);
    private static final Bytes STEP = Bytes.of(0x17);
    private static final Bytes FILE = Bytes.of(0x18);

    private final RowStore store;

    BulkPutRows(RowStore store) {
        this.store = store;
    }

    void put(BulkPut one) {
        write(new Write.Put(row(one), encode(one)));
    }

    Optional<BulkPut> get(AccountRegion owner, ResourceId id) {
        return store.get(row(owner, id), Consistency.STRONG).map(row -> decode(row.value()));
    }

    /** Returns what is stored then; empty if the bulk put is not stored. */
    Optional<BulkPut> change(BulkPut one, UnaryOperator<BulkPut> edit) {
        RowKey key = row(one);
        return store.transact(Set.of(key), current -> {
            Optional<BulkPut> after =
                    Transition.row(current, key).map(row -> decode(row.value())).map(edit);
            return after.isEmpty()
                    ? Outcome.unchanged(after)
                    : new Outcome<>(List.of(new Write.Put(key, encode(after.get()))), after);
        });
    }

    void delete(BulkPut one) {
        write(new Write.Delete(row(one)));
    }

    /** The bulk puts of an account and region, the oldest first. */
    List<BulkPut> of(AccountRegion owner) {
        var found = new ArrayList<BulkPut>();
        AllRows.scan(store, partition(owner), Range.startingWith(BULK), row -> found.add(decode(row.value())));
        return found;
    }

    List<BulkPut> all() {
        var found = new ArrayList<BulkPut>();
        AllRows.sweep(store, HashRange.whole(TablespaceId.CATALOG, BULK.at(0)), row -> found.add(decode(row.value())));
        return found;
    }

    /** Notes that a step of a part begins. @return whether it began before, and perhaps wrote items */
    boolean begin(ResourceId id, int part, int step) {
        RowKey key = new RowKey(partition(id), STEP.plus(Bytes.ofInt(part)));
        return store.transact(Set.of(key), current -> {
            boolean again = Transition.row(current, key)
                    .filter(row -> row.value().intAt(0) >= step)
                    .isPresent();
            return again
                    ? Outcome.unchanged(true)
                    : new Outcome<>(List.of(new Write.Put(key, Bytes.ofInt(step))), false);
        });
    }

    /** Stores what a part has done, and the files of its last step in place of those of an earlier run of that step. */
    void put(ResourceId id, int part, int step, BulkSums sums, List<BulkFile> files) {
        RowKey key = new RowKey(partition(id), SUMS.plus(Bytes.ofInt(part)));
        var writes = new ArrayList<Write>();
        writes.add(new Write.Put(key, sums.encode()));
        for (BulkOperationOutputType type : BulkOperationOutputType.values()) {
            Bytes sort = FILE.plus(Bytes.ofInt(part)).plus(Bytes.ofInt(step)).plus(Bytes.utf8(type.wire()));
            var row = new RowKey(partition(id), sort);
            writes.add(files.stream()
                    .filter(file -> file.type() == type)
                    .findFirst()
                    .<Write>map(file -> new Write.Put(row, encode(file)))
                    .orElseGet(() -> new Write.Delete(row)));
        }
        var _ = store.transact(Set.of(key), _ -> new Outcome<>(writes, true));
    }

    BulkSums sums(ResourceId id) {
        var parts = new ArrayList<BulkSums>();
        AllRows.scan(store, partition(id), Range.startingWith(SUMS), row -> parts.add(BulkSums.decode(row.value())));
        return parts.stream().reduce(BulkSums.ZERO, BulkSums::plus);
    }

    /** In the order of parts and steps. */
    List<BulkFile> files(ResourceId id) {
        var found = new ArrayList<BulkFile>();
        AllRows.scan(store, partition(id), Range.startingWith(FILE), row -> found.add(decodeFile(row.value())));
        return found;
    }

    /** Deletes what only a running bulk put needs. */
    void forgetWork(ResourceId id) {
        var keys = new ArrayList<RowKey>();
        for (Bytes kind : List.of(SUMS, STEP, FILE)) {
            AllRows.scan(store, partition(id), Range.startingWith(kind), row -> keys.add(row.key()));
        }
        keys.forEach(key -> write(new Write.Delete(key)));
    }

    private void write(Write write) {
        var _ = store.transact(Set.of(write.key()), _ -> new Outcome<>(List.of(write), true));
    }

    private static RowKey row(BulkPut one) {
        return row(one.table().accountRegion(), one.id());
    }

    private static RowKey row(AccountRegion owner, ResourceId id) {
        return new RowKey(partition(owner), BULK.plus(Bytes.utf8(id.text())));
    }

    private static PartitionKey partition(AccountRegion owner) {
        return new PartitionKey(
                TablespaceId.CATALOG, Bytes.utf8("bulk puts " + owner.account() + "/" + owner.region()));
    }

    private static PartitionKey partition(ResourceId id) {
        return new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("bulk put " + id.text()));
    }

    private static Bytes encode(BulkFile file) {
        return ItemCodec.encode(new Fields()
                .put("Type", file.type().name())
                .put("Key", file.key())
                .put("Items", file.items())
                .put("Size", file.size())
                .put("Md5", new Value.B(file.md5()))
                .put("Etag", file.etag())
                .toItem());
    }

    private static BulkFile decodeFile(Bytes code) {
        Fields fields = Fields.of(ItemCodec.decode(code));
        return new BulkFile(
                BulkOperationOutputType.valueOf(fields.text("Type")),
                fields.text("Key"),
                fields.number("Items"),
                fields.number("Size"),
                fields.bytes("Md5"),
                fields.text("Etag"));
    }

    private static Bytes encode(BulkPut one) {
        var fields = new Fields()
                .put("Id", one.id().text())
                .put("Account", one.table().accountRegion().account())
                .put("Region", one.table().accountRegion().region())
                .put("Table", one.table().name())
                .put("TableId", one.tableId())
                .put("Request", new Value.B(Bytes.wrap(Operations.START_BULK_PUT_ITEMS.writeRequest(one.request()))))
                .put("Status", one.status().name())
                .put("InputBytes", one.inputBytes())
                .put("Sums", one.sums().fields());
        one.ended().ifPresent(ended -> fields.put("Ended", ended));
        one.failure()
                .ifPresent(failure -> fields.put(
                        "Failure", new Fields().put("Code", failure.code()).put("Message", failure.message())));
        return ItemCodec.encode(fields.toItem());
    }

    private static BulkPut decode(Bytes code) {
        Fields fields = Fields.of(ItemCodec.decode(code));
        return new BulkPut(
                new ResourceId(fields.text("Id")),
                new TableName(new AccountRegion(fields.text("Account"), fields.text("Region")), fields.text("Table")),
                fields.text("TableId"),
                Operations.START_BULK_PUT_ITEMS
                        .read(fields.bytes("Request").toArray())
                        .request(),
                BulkPut.Status.valueOf(fields.text("Status")),
                fields.optionalNumber("InputBytes"),
                fields.optional("Ended", Fields::time),
                BulkSums.of(fields.inner("Sums")),
                fields.optional("Failure", Fields::inner)
                        .map(failure -> new BulkPut.Failure(failure.text("Code"), failure.text("Message"))));
    }
}
