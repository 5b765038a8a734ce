package io.gramme.recovery;

import io.gramme.core.error.BackupErrors;
import io.gramme.encryption.KeyUnusableException;
import io.gramme.encryption.file.FileKey;
import io.gramme.tables.item.TableParts;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.JobRunner;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.DepartedTable;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableHistory.Keeper;
import io.gramme.tables.table.TableLoad;
import io.gramme.tables.table.TableLoad.Restore;
import io.gramme.tables.table.Tables;
import io.gramme.transfer.export.DamagedExportException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Begins restores. A restored table is created at once, and a {@link RestoreJob} fills it. */
public final class Restores {
    /** The service's limit for an account. */
    static final int MOST = 50;

    /** The items of a table that is restored while the caller waits. */
    private static final long SMALL = 1_000;

    /** For how long a caller waits for a small table to be complete. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Tables tables;
    private final MillisecondClock clock;
    private final Backups backups;
    private final BackupFiles files;
    private final Jobs jobs;
    private final JobRunner runner;

    public Restores(
            Tables tables, Backups backups, BackupFiles files, Jobs jobs, JobRunner runner, MillisecondClock clock) {
        this.clock = clock;
        this.tables = tables;
        this.backups = backups;
        this.files = files;
        this.jobs = jobs;
        this.runner = runner;
    }

    /**
     * Restores a backup.
     *
     * @param target a table in CREATING that is not stored yet
     * @throws io.gramme.core.error.ApiException BACKUP_IN_USE if another restore reads the backup; ACCESS_DENIED if the root key
     *     of its files cannot be used; VALIDATION if they are damaged
     * @throws io.gramme.encryption.KeyServiceDownException if the key service does not answer
     */
    public Table fromBackup(Backup backup, Table target) {
        var restore = new Restore(
                Optional.of(backup.arn()),
                backup.source().address(),
                backup.source().id(),
                backup.position().orElseThrow(() -> BackupErrors.backupNotFound(backup.arn())),
                backup.created(),
                backup.folder());
        List<Job.Range> parts = backup.folder()
                .map(folder -> SealedParts.of(filesOf(backup, folder)))
                .orElseGet(() -> TableParts.of(backup.source(), backup.items()));
        return backups.restoring(backup, () -> begin(parts, backup.items(), restore, target));
    }

    private int filesOf(Backup backup, String folder) {
        try {
            return files.read(folder, backup.key()).files().size();
        } catch (KeyUnusableException e) {
            throw BackupErrors.keyUnusable(
                    backup.arn(), backup.key().map(FileKey::rootKey).orElse(""), String.valueOf(e.getMessage()));
        } catch (DamagedExportException e) {
            throw BackupErrors.damaged(backup.arn(), String.valueOf(e.getMessage()));
        }
    }

    /** Restores a table as it was at the end of a second, which its recovery window contains. */
    public Table toPointInTime(Table source, Restore restore, Table target) {
        long items = tables.statistics().of(source).items();
        return begin(TableParts.of(source, items), items, restore, target);
    }

    private Table begin(List<Job.Range> parts, long items, Restore restore, Table target) {
        requireFew(target.accountRegion());
        Job job = job(parts, items, target);
        var keeper = new Keeper(
                RestoreJob.keeper(target.id()),
                Backups.RETENTION,
                restore.position().version());
        // A sealed backup needs no table.
        if (restore.folder().isEmpty() && !tables.histories().hold(restore.source(), restore.sourceId(), keeper)) {
            throw BackupErrors.tableNotFound(restore.source().name());
        }
        Table created;
        try {
            created = tables.create(target.withLoading(Optional.of(new TableLoad(job.id(), Optional.of(restore)))));
        } catch (RuntimeException e) {
            tables.histories().release(restore.source(), restore.sourceId(), keeper.name());
            throw e;
        }
        jobs.submit(job);
        return created;
    }

    private Job job(List<Job.Range> parts, long items, Table target) {
        AccountRegion owner = target.accountRegion();
        var subject = new Job.Subject(owner.account(), owner.region(), target.name(), target.id(), Optional.empty());
        return Job.of(RestoreJob.NAME, subject, target.id(), parts, clock.instant())
                .withTotal(items);
    }

    /** Submits the job of a restore that a crash kept from it. */
    void resume(Table target) {
        Optional<Restore> restore =
                target.loading().filter(load -> jobs.find(load.job()).isEmpty()).flatMap(TableLoad::restore);
        if (restore.isEmpty()) {
            return;
        }
        Optional<String> folder = restore.get().folder();
        if (folder.isPresent()) {
            Optional<FileKey> key = backups.of(restore.get()).flatMap(Backup::key);
            int found = files.read(folder.get(), key).files().size();
            var _ = jobs.submit(job(SealedParts.of(found), 0, target));
            return;
        }
        String id = restore.get().sourceId();
        // Without its source, the job fails and deletes the table.
        Table source = tables.lookUp(restore.get().source())
                .filter(table -> table.id().equals(id))
                .or(() -> tables.histories().departed(id).map(DepartedTable::table))
                .orElse(target);
        long items = tables.statistics().of(source).items();
        var _ = jobs.submit(job(TableParts.of(source, items), items, target));
    }

    /** Waits a moment for the restore of a small table. A step of a larger one would take longer than the client expects. */
    public void await(Table target) {
        target.loading()
                .map(TableLoad::job)
                .filter(job -> jobs.find(job).filter(Restores::isSmall).isPresent())
                .ifPresent(job -> runner.runNow(job, PATIENCE));
    }

    private static boolean isSmall(Job job) {
        return job.total().orElse(0) <= SMALL;
    }

    private void requireFew(AccountRegion owner) {
        long running = tables.all().stream()
                .filter(table -> table.accountRegion().account().equals(owner.account()))
                .filter(table -> table.loading().flatMap(TableLoad::restore).isPresent())
                .count();
        if (running >= MOST) {
            throw BackupErrors.tooManyRestores(MOST);
        }
    }
}
