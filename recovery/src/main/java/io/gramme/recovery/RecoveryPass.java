package io.gramme.recovery;

import io.gramme.encryption.KeyServiceDownException;
import io.gramme.encryption.KeyUnusableException;
import io.gramme.recovery.export.Export;
import io.gramme.recovery.export.Exports;
import io.gramme.recovery.load.BulkPuts;
import io.gramme.recovery.load.Import;
import io.gramme.recovery.load.Imports;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.DepartedTable;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableHistory.Keeper;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.Tables;
import io.gramme.transfer.bucket.BucketException;
import io.gramme.transfer.export.DamagedExportException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pass that takes backups from one state to the next, one stored step at a time:
 *
 * <pre>
 * backup          requested -> available   when every writer of its table keeps what it needs
 *                 available -> sealed      by a {@link BackupJob}
 *                 deleted                  its files are deleted
 *                 copied here              added to the catalog
 * system backup   expires
 * deleted table   with recovery enabled: gets its system backup
 *                 that no keeper needs any more: its rows are dropped
 * restore, export, import
 *                 without its job: the job is submitted
 * </pre>
 *
 * <p>A crash at any point leaves the rest to the next pass. One server of a store runs it.
 */
public final class RecoveryPass implements BackgroundJob.Pass {
    private static final System.Logger LOG = System.getLogger(RecoveryPass.class.getName());
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofMillis(200);

    private final Tables tables;
    private final MillisecondClock clock;
    private final TableLifecycle life;
    private final Backups backups;
    private final Exports exports;
    private final Imports imports;
    private final BulkPuts bulkPuts;
    private final Restores restores;
    private final Instant started;
    private final Orphans orphans = new Orphans();

    /** When a folder was last found damaged: it may be that it is still being copied. */
    private final Map<String, Instant> damaged = new HashMap<>();

    public RecoveryPass(Tables tables, TableLifecycle life, Recovery recovery, MillisecondClock clock) {
        this.clock = clock;
        this.tables = tables;
        this.life = life;
        this.backups = recovery.backups();
        this.restores = recovery.restores();
        this.started = clock.instant();
        this.exports = recovery.exports();
        this.imports = recovery.imports();
        this.bulkPuts = recovery.bulkPuts();
    }

    @Override
    public void wakeBy(Runnable alarm) {
        backups.whenChanged(alarm);
        tables.whenReloaded(alarm);
        life.whenDeparted(alarm);
    }

    @Override
    public Duration run() {
        Instant now = clock.instant();
        Duration rest = IDLE;
        for (DepartedTable departed : tables.histories().departed()) {
            if (departed.keepers().stream().anyMatch(keeper -> keeper.name().equals(RecoveryWindow.KEEPER))) {
                backups.ofDeparted(departed);
            } else if (departed.keepers().isEmpty()) {
                life.drop(departed);
            }
        }
        for (Backup backup : backups.all()) {
            if (backup.expiry().filter(expiry -> !now.isBefore(expiry)).isPresent()) {
                backups.forget(backup);
            } else if (!backup.isSealed()) {
                Backup placed = backups.place(backup);
                backups.seal(placed);
                rest = placed.isAvailable() ? rest : SOON;
            }
        }
        attendFiles(now);
        resume(now);
        exports.forgetOld();
        imports.forgetOld();
        bulkPuts.attend();
        releaseOrphans(now);
        orphans.forgetUnseen();
        return rest;
    }

    /** A failure of the bucket is none of the server's other work. */
    private void attendFiles(Instant now) {
        try {
            backups.deleteFiles();
            for (String folder : backups.unknownFolders()) {
                adopt(folder, now);
            }
        } catch (BucketException e) {
            LOG.log(Level.WARNING, "Cannot reach the files of backups: " + e.getMessage());
        }
    }

    private void adopt(String folder, Instant now) {
        Instant before = damaged.get(folder);
        if (before != null && now.isBefore(before.plus(IDLE))) {
            return;
        }
        try {
            backups.adopt(folder);
            damaged.remove(folder);
            LOG.log(Level.INFO, "Found a backup that was copied here: folder=" + folder);
        } catch (DamagedExportException e) {
            damaged.put(folder, now);
            if (before == null) {
                LOG.log(Level.WARNING, "Ignoring a damaged backup, unless it is still being copied: " + e.getMessage());
            }
        }
    }

    /** A crash can leave a restore, an export or an import before its job was submitted. */
    private void resume(Instant now) {
        tables.all().stream().filter(table -> table.loading().isPresent()).forEach(this::resume);
        exports.resume();
        imports.resume().stream()
                .filter(one -> isOfEarlierServer(one) || orphans.isOld(one.arn(), now))
                .forEach(imports::forget);
    }

    /** No request of an earlier server is under way, where there is one server at a time. */
    private boolean isOfEarlierServer(Import one) {
        return !tables.areShared() && one.started().isBefore(started);
    }

    private void resume(Table target) {
        try {
            restores.resume(target);
        } catch (BucketException | DamagedExportException | KeyUnusableException | KeyServiceDownException e) {
            LOG.log(Level.WARNING, "Cannot resume the restore of table=" + target.name() + ": " + e.getMessage());
        }
    }

    /** A crash between two changes can leave a keeper whose backup or restore was never stored, or is gone. */
    private void releaseOrphans(Instant now) {
        Set<String> owners = new HashSet<>();
        backups.all().stream().filter(backup -> !backup.isSealed()).forEach(backup -> owners.add(backup.keeper()));
        tables.all().stream()
                .filter(table -> table.loading().isPresent())
                .forEach(table -> owners.add(RestoreJob.keeper(table.id())));
        exports.all().stream()
                .filter(export -> export.status() == Export.Status.IN_PROGRESS)
                .forEach(export -> owners.add(export.keeper()));
        owners.add(RecoveryWindow.KEEPER);
        Stream.concat(
                        tables.all().stream(),
                        tables.histories().departed().stream().map(DepartedTable::table))
                .forEach(table -> table.history().stream()
                        .flatMap(history -> history.keepers().stream())
                        .map(Keeper::name)
                        .filter(name -> !owners.contains(name))
                        .filter(name -> orphans.isOld(table.id() + name, now))
                        .forEach(name -> tables.histories().release(table.address(), table.id(), name)));
    }

    /** When each keeper or import without an owner was first seen: it may be about to get one. */
    private static final class Orphans {
        private static final Duration GRACE = Duration.ofMinutes(5);

        private final Map<String, Instant> since = new HashMap<>();
        private final Set<String> seen = new HashSet<>();

        boolean isOld(String orphan, Instant now) {
            seen.add(orphan);
            return since.computeIfAbsent(orphan, _ -> now).plus(GRACE).isBefore(now);
        }

        void forgetUnseen() {
            since.keySet().retainAll(seen);
            seen.clear();
        }
    }
}
