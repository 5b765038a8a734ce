package io.gramme.recovery;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import io.gramme.encryption.file.FileKey;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The stored backups of all accounts and regions: rows of tablespace 0, in a partition of each account and region, in
 * the order of their creation.
 */
final class BackupRows {
    /** Row kinds that nothing else in tablespace 0 uses. */
    private static final Bytes KIND = Bytes.of(0x0e);

    private static final Bytes REMOVAL = Bytes.of(0x12);

    private final RowStore store;

    BackupRows(RowStore store) {
        this.store = store;
    }

    void put(Backup backup) {
        write(new Write.Put(row(backup), encode(backup)));
    }

    Optional<Backup> get(AccountRegion owner, ResourceId id) {
        return store.get(row(owner, id), Consistency.STRONG).map(row -> decode(row.value()));
    }

    /** Replaces a backup, if it still exists; returns what is stored then. {@code edit} is pure and may run again. */
    Optional<Backup> change(Backup backup, UnaryOperator<Backup> edit) {
        RowKey key = row(backup);
        return store.transact(Set.of(key), current -> {
            Optional<Backup> before = Transition.row(current, key).map(row -> decode(row.value()));
            Optional<Backup> after = before.map(edit);
            return after.equals(before)
                    ? Outcome.unchanged(after)
                    : new Outcome<>(List.of(new Write.Put(key, encode(after.orElseThrow()))), after);
        });
    }

    /** Deletes a backup, and notes that its files are to be deleted, if it may have any. */
    void delete(Backup backup, Optional<String> folder) {
        RowKey key = row(backup);
        var writes = new ArrayList<Write>();
        writes.add(new Write.Delete(key));
        folder.ifPresent(files -> writes.add(new Write.Put(removal(backup), Bytes.utf8(files))));
        var _ = store.transact(Set.of(key), _ -> new Outcome<>(writes, true));
    }

    /** A folder whose files are to be deleted. */
    record Removal(RowKey key, String folder) {}

    List<Removal> removals() {
        var found = new ArrayList<Removal>();
        AllRows.sweep(
                store,
                HashRange.whole(TablespaceId.CATALOG, REMOVAL.at(0)),
                row -> found.add(new Removal(row.key(), new String(row.value().shared(), StandardCharsets.UTF_8))));
        return found;
    }

    void forget(Removal removal) {
        write(new Write.Delete(removal.key));
    }

    private static RowKey removal(Backup backup) {
        return new RowKey(
                partition(backup.accountRegion()),
                REMOVAL.plus(Bytes.utf8(backup.id().text())));
    }

    /** The backups of an account and region, the oldest first. */
    List<Backup> of(AccountRegion owner) {
        var found = new ArrayList<Backup>();
        AllRows.scan(store, partition(owner), Range.startingWith(KIND), row -> found.add(decode(row.value())));
        return found;
    }

    /** All backups of all accounts and regions. */
    List<Backup> all() {
        var found = new ArrayList<Backup>();
        AllRows.sweep(store, HashRange.whole(TablespaceId.CATALOG, KIND.at(0)), row -> found.add(decode(row.value())));
        return found;
    }

    private void write(Write write) {
        var _ = store.transact(Set.of(write.key()), _ -> new Outcome<>(List.of(write), true));
    }

    private static RowKey row(Backup backup) {
        return row(backup.accountRegion(), backup.id());
    }

    private static RowKey row(AccountRegion owner, ResourceId id) {
        return new RowKey(partition(owner), KIND.plus(Bytes.utf8(id.text())));
    }

    private static PartitionKey partition(AccountRegion owner) {
        return new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("backups " + owner.account() + "/" + owner.region()));
    }

    private static Bytes encode(Backup backup) {
        var fields = new Fields()
                .put("Id", backup.id().text())
                .put("Name", backup.name())
                .put("Type", backup.type().name())
                .put("Source", new Value.B(TableCodec.encode(backup.source())))
                .put("Items", backup.items())
                .put("Bytes", backup.bytes());
        backup.position().ifPresent(position -> fields.put("Version", position.version()));
        backup.expiry().ifPresent(expiry -> fields.put("Expiry", expiry));
        backup.folder().ifPresent(folder -> fields.put("Folder", folder));
        backup.key().ifPresent(key -> fields.put("Key", new Value.B(key.encode())));
        return ItemCodec.encode(fields.toItem());
    }

    private static Backup decode(Bytes code) {
        Fields fields = Fields.of(ItemCodec.decode(code));
        return new Backup(
                new ResourceId(fields.text("Id")),
                fields.text("Name"),
                Backup.Type.valueOf(fields.text("Type")),
                TableCodec.decode(fields.bytes("Source")),
                fields.optional("Version", Fields::number).map(LogPosition::behind),
                fields.number("Items"),
                fields.number("Bytes"),
                fields.optional("Expiry", Fields::time),
                fields.optional("Folder", Fields::text),
                fields.optional("Key", Fields::bytes).map(FileKey::decode));
    }
}
