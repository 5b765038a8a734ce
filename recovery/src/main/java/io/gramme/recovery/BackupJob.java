package io.gramme.recovery;

import io.gramme.encryption.KeyServiceDownException;
import io.gramme.encryption.KeyUnusableException;
import io.gramme.recovery.export.ExportFilter;
import io.gramme.recovery.export.FileRows;
import io.gramme.recovery.export.FolderWriter;
import io.gramme.recovery.export.PastSource;
import io.gramme.storage.LogPosition;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.item.TableParts;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.JobFailedException;
import io.gramme.tables.job.JobKind;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Table;
import io.gramme.transfer.bucket.BucketAccess;
import io.gramme.transfer.bucket.BucketException;
import io.gramme.transfer.export.ExportFolder;
import io.gramme.transfer.export.ExportSummary;
import io.gramme.transfer.export.ExportedFile;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The kind of job that seals a backup: it writes the items into files, so that the backup needs its table no longer. Its
 * parts are the partitions of the table.
 */
public final class BackupJob implements JobKind {
    static final String NAME = "BACKUP";

    private final RowStore store;
    private final ItemStore items;
    private final Backups backups;
    private final Jobs jobs;
    private final BackupFiles files;
    private final FolderWriter writer;
    private final InstantSource clock;

    public BackupJob(
            RowStore store, ItemStore items, Backups backups, Jobs jobs, BackupFiles files, InstantSource clock) {
        this.store = store;
        this.items = items;
        this.backups = backups;
        this.jobs = jobs;
        this.files = files;
        this.writer = new FolderWriter(new FileRows(store));
        this.clock = clock;
    }

    static Job of(Backup backup, Instant now) {
        Table table = backup.source();
        AccountRegion owner = table.accountRegion();
        var subject = new Job.Subject(
                owner.account(),
                owner.region(),
                table.name(),
                table.id(),
                Optional.of(backup.id().text()));
        return Job.of(NAME, subject, backup.id().text(), TableParts.of(table, backup.items()), now)
                .withTotal(backup.items());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> refusalToCancel(Job job) {
        return Optional.of("Delete the backup instead, with DeleteBackup");
    }

    @Override
    public Step step(Job job, Job.Part part, int mostItems) throws JobFailedException {
        Optional<Backup> found = backup(job).filter(backup -> !backup.isSealed());
        if (found.isEmpty()) {
            return new Step.Obsolete("The backup was deleted");
        }
        Backup backup = found.get();
        Optional<Table> source = backups.source(backup.source());
        if (source.isEmpty()) {
            throw new JobFailedException("The table was deleted before its backup was written");
        }
        LogPosition position = backup.position().orElseThrow();
        Waiting.until(() -> store.changes().complete().compareTo(position) >= 0);
        try {
            var past = items.past(new ReadTarget(source.get(), Optional.empty()), position);
            ExportFolder folder = files.folder(backups.keyed(backup));
            return writer.step(folder, job, part, new PastSource(past, ExportFilter.NONE));
        } catch (BucketException e) {
            throw failure(e);
        } catch (KeyUnusableException | KeyServiceDownException e) {
            throw keyFailure(e);
        }
    }

    /**
     * A backup whose root key cannot be used waits in its table.
     *
     * @throws StorageException if the key service did not answer: it is asked again soon
     */
    private static JobFailedException keyFailure(RuntimeException e) {
        if (e instanceof KeyServiceDownException) {
            throw new StorageException("the key service does not answer: " + e.getMessage(), e);
        }
        return new JobFailedException("The root key of the backup cannot be used: " + e.getMessage()
                + ". The backup stays in its table, and its files are tried again in "
                + Backups.RETRY.toMinutes() + " minutes");
    }

    @Override
    public Ending finish(Job job) throws JobFailedException {
        Optional<Backup> found = backup(job);
        if (found.isEmpty()) {
            abandon(job);
            return new Step.Obsolete("The backup was deleted");
        }
        if (!found.get().isSealed()) {
            seal(found.get(), job);
        }
        backups.release(found.get());
        writer.forget(job);
        return new Ending.Complete();
    }

    private void seal(Backup backup, Job job) throws JobFailedException {
        List<ExportedFile> written = writer.files(job);
        long count = written.stream().mapToLong(ExportedFile::itemCount).sum();
        long bytes = jobs.counters(job).bytes();
        Backup counted = backup.sealed(files.folderOf(backup.id()), count, bytes);
        var summary = new ExportSummary(
                backup.arn(),
                backup.created(),
                clock.instant(),
                backup.source().arn(),
                backup.source().id(),
                BucketAccess.Encryption.AES256,
                Optional.empty(),
                bytes);
        try {
            files.folder(counted).complete(summary, written, Optional.of(files.seal(counted)));
        } catch (BucketException e) {
            throw failure(e);
        } catch (KeyUnusableException | KeyServiceDownException e) {
            throw keyFailure(e);
        }
        // Deleted in this moment, its files go with what was noted at its deletion.
        if (backups.sealed(counted).isEmpty()) {
            files.delete(files.folderOf(backup.id()));
        }
    }

    /** @throws StorageException if a retry may help at once */
    private static JobFailedException failure(BucketException e) {
        return e.failure() == BucketException.Failure.FULL
                ? new JobFailedException("The place of backups is full: " + e.getMessage()
                        + ". The backup can be restored all the same, from its table, and its files are tried again in "
                        + Backups.RETRY.toMinutes() + " minutes")
                : FolderWriter.failure(e);
    }

    /** After a failure the backup can still be restored while its table keeps its history; the pass tries again. */
    @Override
    public void abandon(Job job) {
        writer.forget(job);
        if (backup(job).isEmpty()) {
            files.delete(files.folderOf(new ResourceId(job.token())));
        }
    }

    private Optional<Backup> backup(Job job) {
        var owner = new AccountRegion(job.subject().account(), job.subject().region());
        return backups.get(owner, new ResourceId(job.token()));
    }
}
