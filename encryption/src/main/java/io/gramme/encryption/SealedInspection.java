package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.LogRecord;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.PastRow;
import io.gramme.storage.Row;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.StoreInspection;
import io.gramme.storage.TablespaceId;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Opens what an inspection finds in the files of a sealed store. A value that does not open is reported as a row that cannot be decoded; a key that
 * cannot be used ends the reading of its tablespace. For one thread.
 */
final class SealedInspection implements StoreInspection {
    private final StoreInspection inspection;
    private final RowStore store;
    private final Sealing sealing;

    /** @param store opens the rows of the same files */
    SealedInspection(StoreInspection inspection, RowStore store, Sealing sealing) {
        this.inspection = inspection;
        this.store = store;
        this.sealing = sealing;
    }

    /** Empty if it is broken, which is reported. */
    private Optional<Bytes> opened(Bytes sealed, Place place, Consumer<String> damaged) {
        try {
            return Optional.of(sealing.open(sealed, place));
        } catch (SealBrokenException e) {
            damaged.accept(String.valueOf(e.getMessage()));
            return Optional.empty();
        } catch (KeyUnusableException | KeyServiceDownException e) {
            throw new StorageException("its key cannot be used: tablespace=" + place.tablespace(), e);
        }
    }

    @Override
    public void rows(TablespaceId tablespace, Consumer<Row> row, Consumer<String> damaged) {
        inspection.rows(
                tablespace,
                found -> {
                    if (!Sealing.isSealed(found.key())) {
                        row.accept(found);
                        return;
                    }
                    opened(found.value(), Place.row(found.key(), found.version()), damaged)
                            .ifPresent(value -> row.accept(new Row(found.key(), value, found.version())));
                },
                damaged);
    }

    @Override
    public void log(TablespaceId tablespace, BiConsumer<PartitionKey, LogRecord> record, Consumer<String> damaged) {
        inspection.log(
                tablespace,
                (log, found) -> opened(
                                found.value(),
                                Place.record(log, found.position().version()),
                                damaged)
                        .ifPresent(value -> record.accept(log, new LogRecord(found.position(), value))),
                damaged);
    }

    @Override
    public void history(TablespaceId tablespace, Consumer<PastRow> image, Consumer<String> damaged) {
        inspection.history(
                tablespace,
                found -> {
                    Optional<Bytes> before = found.before()
                            .filter(_ -> Sealing.isSealed(found.key()))
                            .flatMap(value -> opened(value, Place.image(found.key(), found.changed()), damaged));
                    if (before.isPresent()) {
                        image.accept(new PastRow(found.key(), before, found.changed()));
                    } else if (found.before().isEmpty() || !Sealing.isSealed(found.key())) {
                        image.accept(found);
                    }
                },
                damaged);
    }

    @Override
    public RowStore store() {
        return store;
    }

    @Override
    public Files verifyFiles(FileReport report) {
        return inspection.verifyFiles(report);
    }

    @Override
    public SortedSet<TablespaceId> tablespaces(Content content) {
        return inspection.tablespaces(content);
    }

    @Override
    public long bytes(TablespaceId tablespace, Content content) {
        return inspection.bytes(tablespace, content);
    }

    @Override
    public void close() {
        inspection.close();
    }
}
