package io.gramme.recovery.export;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import io.gramme.storage.AllRows;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.tables.catalog.Fields;
import io.gramme.transfer.export.ExportedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The data files that jobs have completed: rows of tablespace 0, in a partition of each job, in the order of the job's
 * parts. They are kept until the manifest of the files is written.
 */
public final class FileRows {
    /** A row kind that nothing else in tablespace 0 uses. */
    private static final Bytes KIND = Bytes.of(0x0f);

    private final RowStore store;

    public FileRows(RowStore store) {
        this.store = store;
    }

    void put(String job, int part, int ordinal, ExportedFile file) {
        write(new Write.Put(row(job, part, ordinal), encode(file)));
    }

    List<ExportedFile> of(String job) {
        var files = new ArrayList<ExportedFile>();
        AllRows.scan(store, partition(job), Range.startingWith(KIND), row -> files.add(decode(row.value())));
        return files;
    }

    void forget(String job) {
        var keys = new ArrayList<RowKey>();
        AllRows.scan(store, partition(job), Range.startingWith(KIND), row -> keys.add(row.key()));
        keys.forEach(key -> write(new Write.Delete(key)));
    }

    private void write(Write write) {
        var _ = store.transact(Set.of(write.key()), _ -> new Outcome<>(List.of(write), true));
    }

    private static RowKey row(String job, int part, int ordinal) {
        return new RowKey(partition(job), KIND.plus(Bytes.ofInt(part)).plus(Bytes.ofInt(ordinal)));
    }

    private static PartitionKey partition(String job) {
        return new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("files " + job));
    }

    private static Bytes encode(ExportedFile file) {
        return ItemCodec.encode(new Fields()
                .put("Key", file.key())
                .put("Items", file.itemCount())
                .put("Uncompressed", file.uncompressedBytes())
                .put("Stored", file.storedBytes())
                .put("Md5", new Value.B(file.md5()))
                .put("Sha256", new Value.B(file.sha256()))
                .put("Etag", file.etag())
                .toItem());
    }

    private static ExportedFile decode(Bytes code) {
        Fields fields = Fields.of(ItemCodec.decode(code));
        return new ExportedFile(
                fields.text("Key"),
                fields.number("Items"),
                fields.number("Uncompressed"),
                fields.number("Stored"),
                fields.bytes("Md5"),
                fields.bytes("Sha256"),
                fields.text("Etag"));
    }
}
