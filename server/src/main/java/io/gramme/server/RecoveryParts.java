package io.gramme.server;

import io.gramme.recovery.BackupFiles;
import io.gramme.recovery.BackupJob;
import io.gramme.recovery.BackupKeys;
import io.gramme.recovery.BackupPlace;
import io.gramme.recovery.Backups;
import io.gramme.recovery.Recovery;
import io.gramme.recovery.RestoreJob;
import io.gramme.recovery.Restores;
import io.gramme.recovery.export.ExportJob;
import io.gramme.recovery.export.Exports;
import io.gramme.recovery.load.BulkPutJob;
import io.gramme.recovery.load.BulkPuts;
import io.gramme.recovery.load.ImportJob;
import io.gramme.recovery.load.Imports;
import io.gramme.storage.RowStore;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.job.JobKinds;
import io.gramme.tables.job.JobRunner;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.Tables;
import io.gramme.transfer.bucket.Buckets;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The composition of backups, restores, exports, imports and bulk puts.
 *
 * @param lag how far the end of a recovery window lies back
 * @param backups where backups are sealed, if there is such a place
 * @param keys of the files of backups
 * @param buckets of exports, imports and bulk puts
 */
record RecoveryParts(Duration lag, Optional<BackupPlace> backups, BackupKeys keys, Buckets buckets) {

    /** @param kinds receives the kinds of the jobs */
    Recovery over(
            RowStore store,
            Tables tables,
            TableLifecycle life,
            ItemStore items,
            Jobs jobs,
            JobKinds kinds,
            JobRunner runner,
            SplittableRandom random,
            MillisecondClock clock) {
        var files = new BackupFiles(backups, keys);
        var all = new Backups(store, tables, life, files, jobs, random.split(), clock);
        var exports = new Exports(store, tables, jobs, random.split(), clock);
        var imports = new Imports(store, tables, jobs, random.split(), clock);
        var bulkPuts = new BulkPuts(store, jobs, random.split(), clock);
        kinds.add(new BulkPutJob(tables, items, bulkPuts, buckets, clock));
        kinds.add(new ImportJob(tables, life, items, imports, buckets));
        kinds.add(new RestoreJob(store, tables, life, items, all, files));
        kinds.add(new BackupJob(store, items, all, jobs, files, clock));
        kinds.add(new ExportJob(store, items, exports, buckets, clock));
        return new Recovery(
                all, new Restores(tables, all, files, jobs, runner, clock), exports, imports, bulkPuts, lag);
    }
}
