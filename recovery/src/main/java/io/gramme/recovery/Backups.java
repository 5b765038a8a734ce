package io.gramme.recovery;

import io.gramme.core.error.BackupErrors;
import io.gramme.encryption.file.FileKey;
import io.gramme.storage.LogPosition;
import io.gramme.storage.RowStore;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.DepartedTable;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Settings.Encryption;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableHistory.Keeper;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableLoad;
import io.gramme.tables.table.TableLoad.Restore;
import io.gramme.tables.table.TableStatistics.Size;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The backups of all tables. A backup is requested by two small changes: its record, and the wish that the table keep
 * its earlier states. As soon as every writer does, the backup has a position, and is available. {@link RecoveryPass}
 * takes each backup on from there.
 *
 * <p>Safe for use by many threads.
 */
public final class Backups {
    /** How long the history of a table is kept for a backup at most: its files must be complete by then. */
    static final Duration RETENTION = Duration.ofDays(35);

    /** A job that failed to seal a backup is tried again after this time. */
    static final Duration RETRY = Duration.ofMinutes(10);

    /** The lifetime of a system backup. */
    private static final Duration SYSTEM_LIFETIME = Duration.ofDays(35);

    private final BackupRows rows;
    private final BackupFiles files;
    private final Jobs jobs;
    private final RowStore store;
    private final Tables tables;
    private final MillisecondClock clock;
    private final TableLifecycle life;
    private final ResourceIds ids;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Held while a restore from a backup begins, and while a backup is deleted. */
    private final ReentrantLock using = new ReentrantLock();

    public Backups(
            RowStore store,
            Tables tables,
            TableLifecycle life,
            BackupFiles files,
            Jobs jobs,
            RandomGenerator random,
            MillisecondClock clock) {
        this.files = files;
        this.jobs = jobs;
        this.clock = clock;
        this.rows = new BackupRows(store);
        this.store = store;
        this.tables = tables;
        this.life = life;
        this.ids = new ResourceIds(random, clock);
    }

    /** Adds what runs after a change that the recovery pass should see soon. */
    void whenChanged(Runnable listener) {
        listeners.add(listener);
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    /**
     * Backs up a table as it is now, or a moment later.
     *
     * @return the backup, which is available at once where no other server has to hear of it
     */
    public Backup create(Table table, String name) {
        if (!files.isThere()) {
            throw BackupErrors.noPlaceForBackups();
        }
        Size size = tables.statistics().of(table);
        Backup backup = new Backup(
                ids.next(id -> rows.get(table.accountRegion(), id).isPresent()),
                name,
                Backup.Type.USER,
                table,
                Optional.empty(),
                size.items(),
                size.bytes(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        // In this order: after a crash in between, the keeper is released as one without an owner.
        Table keeping = tables.histories()
                .keepFrom(
                        table.address(),
                        table.id(),
                        backup.keeper(),
                        RETENTION,
                        store.changes().latest().version());
        rows.put(backup);
        life.settle(keeping);
        Backup placed = place(backup);
        seal(placed);
        changed();
        return placed;
    }

    /**
     * Gives a backup its position, if every writer of its table keeps what its reader needs. Deletes it if its table is
     * gone.
     */
    Backup place(Backup backup) {
        Optional<Table> source = source(backup.source());
        if (source.isEmpty()) {
            rows.delete(backup, Optional.empty());
            return backup;
        }
        Optional<Keeper> keeper = source.get().history().flatMap(history -> history.keeper(backup.keeper()));
        if (keeper.isEmpty() || keeper.get().isStarting()) {
            return backup;
        }
        LogPosition kept = LogPosition.behind(keeper.get().since());
        LogPosition latest = LogPosition.behind(store.changes().latest().version());
        LogPosition position = kept.compareTo(latest) > 0 ? kept : latest;
        return rows.change(backup, before -> before.isAvailable() ? before : before.at(position))
                .orElse(backup);
    }

    /** A table as it is now, or as it was at its end while its rows are still there. */
    Optional<Table> source(Table table) {
        return tables.lookUp(table.address())
                .filter(found -> found.id().equals(table.id()))
                .or(() -> tables.histories().departed(table.id()).map(DepartedTable::table));
    }

    /** Submits the job that seals a backup, if it is to be sealed and has none; tries a failed one again. */
    void seal(Backup backup) {
        if (!backup.isAvailable() || backup.isSealed() || !files.isThere() || isKeyLost(backup)) {
            return;
        }
        Job wanted = BackupJob.of(backup, clock.instant());
        Job stored = jobs.submit(wanted);
        boolean failed = stored.state() == Job.State.FAILED
                && stored.ended()
                        .filter(ended -> ended.plus(RETRY).isBefore(clock.instant()))
                        .isPresent();
        if (failed) {
            jobs.restart(wanted);
        }
    }

    /** Files are written when the root key of the table can be used again: until then its rows cannot be read. */
    private boolean isKeyLost(Backup backup) {
        return tables.find(backup.source().address())
                .filter(table -> table.id().equals(backup.source().id()))
                .flatMap(table -> table.settings().encryption())
                .flatMap(Encryption::inaccessible)
                .isPresent();
    }

    /**
     * The backup of a table whose root key was not usable for too long, which takes no writes. It is made once, by its
     * record and a keeper of the table's rows alone, because the rows cannot be read.
     *
     * @param table in ARCHIVING
     */
    public Backup archive(Table table) {
        ResourceId id = ownId(table, table.since());
        Optional<Backup> made = rows.get(table.accountRegion(), id);
        if (made.isPresent()) {
            return made.get();
        }
        Size size = tables.statistics().of(table);
        long version = store.changes().latest().version();
        Backup backup = new Backup(
                id,
                table.name() + "$ArchivalBackup",
                Backup.Type.USER,
                asBackedUp(table),
                Optional.of(LogPosition.behind(version)),
                size.items(),
                size.bytes(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        // In this order: after a crash in between, the keeper is released as one without an owner.
        var _ = tables.histories()
                .hold(table.address(), table.id(), new Keeper(backup.keeper(), RETENTION, Math.max(1, version)));
        rows.put(backup);
        changed();
        return backup;
    }

    /** The table before its key was lost: so it is described and restored. */
    private static Table asBackedUp(Table table) {
        Optional<Encryption> key = table.settings().encryption();
        Table active = table.with(Table.Status.ACTIVE, table.since()).withHistory(Optional.empty());
        return key.map(lost -> active.with(active.settings().with(new Encryption(lost.keyArn(), false))))
                .orElse(active);
    }

    /** The backup of a table that was deleted while recovery to a point in time was enabled. It is made once. */
    void ofDeparted(DepartedTable departed) {
        Table table = departed.table();
        if (!files.isThere()) {
            tables.histories().release(table.address(), table.id(), RecoveryWindow.KEEPER);
            return;
        }
        ResourceId id = ownId(table, departed.deleted());
        Backup backup = new Backup(
                id,
                table.name() + "$DeletedTableBackup",
                Backup.Type.SYSTEM,
                table.withHistory(Optional.empty()),
                Optional.of(LogPosition.behind(departed.version())),
                departed.items(),
                departed.bytes(),
                Optional.of(departed.deleted().plus(SYSTEM_LIFETIME)),
                Optional.empty(),
                Optional.empty());
        if (rows.get(table.accountRegion(), id).isEmpty()) {
            rows.put(backup);
        }
        var keeper = new Keeper(backup.keeper(), RETENTION, Math.max(1, departed.version()));
        tables.histories().changeDeparted(table.id(), before -> before.replacing(RecoveryWindow.KEEPER, keeper));
    }

    /**
     * The id of a backup that the server makes by itself: the same whenever this is repeated after a crash. Of several
     * tables that have one of the same millisecond, each gets a millisecond of its own.
     */
    private ResourceId ownId(Table table, Instant moment) {
        Instant time = moment;
        while (true) {
            ResourceId id = ResourceId.of(time, 0);
            Optional<Backup> other = rows.get(table.accountRegion(), id)
                    .filter(backup -> !backup.source().id().equals(table.id()));
            if (other.isEmpty()) {
                return id;
            }
            time = time.plusMillis(1);
        }
    }

    /** The backup of an ARN; its region does not matter. */
    public Optional<Backup> find(AccountRegion owner, BackupArn arn) {
        return rows.get(owner, arn.id()).filter(backup -> backup.source().name().equals(arn.table()));
    }

    /** The backup that a restore reads; empty if it is none of a backup, or if the backup was deleted. */
    Optional<Backup> of(Restore restore) {
        AccountRegion owner = restore.source().accountRegion();
        return restore.backupArn()
                .flatMap(arn -> rows.get(owner, BackupArn.parse(owner, arn).id()));
    }

    /** The backups of an account and region, the oldest first. */
    public List<Backup> of(AccountRegion owner) {
        return rows.of(owner);
    }

    /** The files of a backup; empty until it is sealed. */
    public Optional<BackupFolder> folder(Backup backup) {
        return backup.folder().map(files::open);
    }

    List<Backup> all() {
        return rows.all();
    }

    Optional<Backup> get(AccountRegion owner, ResourceId id) {
        return rows.get(owner, id);
    }

    /** The same backup with a key for its files, if they are to be encrypted. A key that another step has made is kept. */
    Backup keyed(Backup backup) {
        if (backup.key().isPresent() || !files.areSealed()) {
            return backup;
        }
        FileKey made = files.newKey(backup);
        return rows.change(backup, before -> before.key().isPresent() ? before : before.with(made))
                .orElse(backup);
    }

    /** Notes that the files of a backup are complete; returns what is stored, unless it was deleted meanwhile. */
    Optional<Backup> sealed(Backup sealed) {
        return rows.change(sealed, before -> sealed);
    }

    /** Adds the backup of a sealed folder that was copied here, unless it is there already. */
    void adopt(String folder) {
        Backup found = files.adopt(folder);
        if (rows.get(found.accountRegion(), found.id()).isEmpty()) {
            rows.put(found);
        }
    }

    /** The folders of sealed backups that are not in the catalog. */
    List<String> unknownFolders() {
        var known = new HashSet<String>();
        rows.all().forEach(backup -> known.add(files.folderOf(backup.id())));
        rows.removals().forEach(removal -> known.add(removal.folder()));
        return files.sealed().stream().filter(folder -> !known.contains(folder)).toList();
    }

    /** Deletes the files of deleted backups. */
    void deleteFiles() {
        for (BackupRows.Removal removal : rows.removals()) {
            files.delete(removal.folder());
            rows.forget(removal);
        }
    }

    /**
     * Deletes a backup. Its files are deleted by the recovery pass.
     *
     * @param named its ARN as the client gave it
     * @throws io.gramme.core.error.ApiException BACKUP_IN_USE while a table is being restored from it
     */
    public void delete(Backup backup, String named) {
        using.lock();
        try {
            if (isBeingRestored(backup)) {
                throw BackupErrors.beingRestoredSoNotDeleted(named);
            }
            forget(backup);
        } finally {
            using.unlock();
        }
        changed();
    }

    void forget(Backup backup) {
        rows.delete(backup, files.isThere() ? Optional.of(files.folderOf(backup.id())) : Optional.empty());
        release(backup);
    }

    /** Ends the keeping of history for a backup. */
    void release(Backup backup) {
        tables.histories().release(backup.source().address(), backup.source().id(), backup.keeper());
    }

    /** Runs {@code begin}, which makes a table that is restored from a backup, unless another such table is loading. */
    Table restoring(Backup backup, Supplier<Table> begin) {
        using.lock();
        try {
            if (isBeingRestored(backup)) {
                throw BackupErrors.beingRestored(backup.arn());
            }
            return begin.get();
        } finally {
            using.unlock();
        }
    }

    private boolean isBeingRestored(Backup backup) {
        String arn = backup.arn();
        return tables.all().stream()
                .flatMap(table -> table.loading().stream())
                .flatMap(load -> load.restore().stream())
                .map(TableLoad.Restore::backupArn)
                .anyMatch(Optional.of(arn)::equals);
    }
}
