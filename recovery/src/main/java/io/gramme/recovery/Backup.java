package io.gramme.recovery;

import io.gramme.encryption.file.FileKey;
import io.gramme.storage.LogPosition;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Table;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored snapshot of a backup: the definition of a table, and one position of its log. The items are those that the
 * table had at the position. First they are read from the table and its history; once the backup is sealed, from files.
 *
 * @param name not unique
 * @param source the table as it was at the request
 * @param position of the items; empty until every writer keeps the images that a reader of the position needs
 * @param bytes of the items by the service's count, estimated until the backup is sealed
 * @param expiry when it is deleted; empty if only a request deletes it
 * @param folder of its files, once it is sealed
 * @param key of the files, if they are encrypted; absent before the first is written
 */
public record Backup(
        ResourceId id,
        String name,
        Type type,
        Table source,
        Optional<LogPosition> position,
        long items,
        long bytes,
        Optional<Instant> expiry,
        Optional<String> folder,
        Optional<FileKey> key) {

    /** Who asked for a backup. */
    public enum Type {
        USER,
        /** The server, when a table with recovery to a point in time was deleted. */
        SYSTEM
    }

    public AccountRegion accountRegion() {
        return source.accountRegion();
    }

    public String arn() {
        return BackupArn.of(source.address(), id);
    }

    public Instant created() {
        return id.created();
    }

    /** Whether it can be restored. */
    public boolean isAvailable() {
        return position.isPresent();
    }

    public boolean isSealed() {
        return folder.isPresent();
    }

    /** The name by which the backup keeps the history of its table. */
    public String keeper() {
        return "backup/" + id;
    }

    Backup at(LogPosition found) {
        return new Backup(id, name, type, source, Optional.of(found), items, bytes, expiry, folder, key);
    }

    Backup with(FileKey made) {
        return new Backup(id, name, type, source, position, items, bytes, expiry, folder, Optional.of(made));
    }

    Backup sealed(String where, long countedItems, long countedBytes) {
        return new Backup(
                id, name, type, source, position, countedItems, countedBytes, expiry, Optional.of(where), key);
    }
}
