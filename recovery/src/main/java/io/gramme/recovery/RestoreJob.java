package io.gramme.recovery;

import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.KeyServiceDownException;
import io.gramme.encryption.KeyUnusableException;
import io.gramme.recovery.export.FolderWriter;
import io.gramme.storage.Budget;
import io.gramme.storage.LogPosition;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.item.PastItems.Slice;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.JobFailedException;
import io.gramme.tables.job.JobKind;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.DepartedTable;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableLoad.Restore;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import io.gramme.transfer.bucket.BucketException;
import io.gramme.transfer.export.DamagedExportException;
import io.gramme.transfer.export.ExportReader;
import java.util.Optional;

/**
 * The kind of job that fills a restored table: with the items of another table as they were at a position. Its parts are
 * the partitions of that table; the job's keeper holds the table's history, and its rows if it was deleted. Of a sealed
 * backup, its parts are the data files.
 */
public final class RestoreJob implements JobKind {
    static final String NAME = "RESTORE";

    private static final Budget STEP = new Budget(500, 4 << 20);

    private final RowStore store;
    private final Tables tables;
    private final TableLifecycle life;
    private final ItemStore items;
    private final Backups backups;
    private final BackupFiles files;

    public RestoreJob(
            RowStore store, Tables tables, TableLifecycle life, ItemStore items, Backups backups, BackupFiles files) {
        this.backups = backups;
        this.store = store;
        this.tables = tables;
        this.life = life;
        this.items = items;
        this.files = files;
    }

    /** The name by which a restore into a table keeps the history of its source. */
    static String keeper(String targetId) {
        return "restore/" + targetId;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Step step(Job job, Job.Part part, int mostItems) throws JobFailedException {
        Optional<Table> target = target(job);
        if (target.isEmpty()) {
            return new Step.Obsolete("The table was deleted");
        }
        Restore restore = restore(target.get());
        if (restore.folder().isPresent()) {
            return readFile(restore, part, target.get());
        }
        Table source = source(restore);
        awaitComplete(restore.position());
        Slice slice = items.past(new ReadTarget(source, Optional.empty()), restore.position())
                .read(part.range(), part.cursor(), new Budget(Math.min(mostItems, STEP.rows()), STEP.bytes()));
        items.load(target.get(), slice.items());
        var processed = new Job.Counters(slice.items().size(), slice.bytes(), 0);
        Optional<Bytes> next = slice.cursor();
        return next.isPresent() ? new Step.Advanced(next.get(), processed) : new Step.Done(processed);
    }

    private Step readFile(Restore restore, Job.Part part, Table target) throws JobFailedException {
        Backup backup = backups.of(restore).orElseThrow(() -> new JobFailedException("The backup was deleted"));
        try {
            ExportReader folder = files.read(restore.folder().orElseThrow(), backup.key());
            return SealedParts.step(folder, part, items, target);
        } catch (KeyUnusableException e) {
            throw new JobFailedException("The backup cannot be decrypted: " + e.getMessage());
        } catch (KeyServiceDownException e) {
            throw new StorageException("the key service does not answer: " + e.getMessage(), e);
        } catch (BucketException e) {
            throw FolderWriter.failure(e);
        } catch (DamagedExportException e) {
            throw new JobFailedException("The backup is damaged: " + e.getMessage());
        }
    }

    /** A position of this very moment is complete a moment later. */
    private void awaitComplete(LogPosition position) {
        Waiting.until(() -> store.changes().complete().compareTo(position) >= 0);
    }

    @Override
    public Ending finish(Job job) {
        Optional<Table> target = target(job);
        if (target.isPresent()) {
            Restore restore = restore(target.get());
            // In this order: after a crash in between, the table still says what is to be released.
            release(restore, job);
            life.settle(tables.loaded(name(job), job.subject().tableId()));
        }
        return new Ending.Complete();
    }

    @Override
    public void abandon(Job job) {
        target(job).ifPresent(table -> {
            Restore restore = restore(table);
            tables.abandonLoad(table.address(), table.id()).ifPresent(life::settle);
            release(restore, job);
        });
    }

    private void release(Restore restore, Job job) {
        tables.histories()
                .release(
                        restore.source(),
                        restore.sourceId(),
                        keeper(job.subject().tableId()));
    }

    /** The table, as long as it is to be filled by the job. */
    private Optional<Table> target(Job job) {
        return tables.lookUp(name(job))
                .filter(table -> table.id().equals(job.subject().tableId()))
                .filter(table -> table.loading()
                        .filter(load -> load.job().equals(job.id()))
                        .isPresent());
    }

    private static Restore restore(Table target) {
        return target.loading().flatMap(load -> load.restore()).orElseThrow();
    }

    private Table source(Restore restore) throws JobFailedException {
        return tables.lookUp(restore.source())
                .filter(table -> table.id().equals(restore.sourceId()))
                .or(() -> tables.histories().departed(restore.sourceId()).map(DepartedTable::table))
                .orElseThrow(() -> new JobFailedException("The source of the restore was deleted"));
    }

    private static TableName name(Job job) {
        Job.Subject subject = job.subject();
        return new TableName(new AccountRegion(subject.account(), subject.region()), subject.table());
    }
}
