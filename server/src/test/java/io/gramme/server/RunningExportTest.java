package io.gramme.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.ExportTableToPointInTimeInput;
import io.gramme.recovery.BackupKeys;
import io.gramme.recovery.Recovery;
import io.gramme.recovery.RecoveryPass;
import io.gramme.recovery.RecoveryWindow;
import io.gramme.recovery.export.Export;
import io.gramme.recovery.export.ExportFilter;
import io.gramme.storage.LogPosition;
import io.gramme.storage.RowStore;
import io.gramme.storage.rocksdb.RocksStore;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import io.gramme.tables.item.IndexBuild;
import io.gramme.tables.item.IndexBuilds;
import io.gramme.tables.item.ItemStores;
import io.gramme.tables.job.JobKinds;
import io.gramme.tables.job.JobRunner;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableOptions;
import io.gramme.tables.table.Tables;
import io.gramme.transfer.bucket.MemoryBuckets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export that takes longer than a keeper without an owner is kept. */
class RunningExportTest {
    @TempDir
    private Path directory;

    @Test
    void aRunningExportKeepsTheHistoryOfItsTable() {
        try (var client = Client.onDisk(directory)) {
            client.call("CreateTable", """
                    {TableName: 'orders', BillingMode: 'PAY_PER_REQUEST',
                     KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
                     AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}]}""");
        }
        try (RowStore store = RocksStore.open(RocksStoreOptions.in(directory), Clock.systemUTC())) {
            var passed = new AtomicReference<>(Duration.ZERO);
            InstantSource clock = () -> Clock.systemUTC().instant().plus(passed.get());
            var shown = new MillisecondClock(clock);
            var tables = new Tables(store, TableOptions.DEFAULT, clock);
            var jobs = new Jobs(store);
            var kinds = new JobKinds(IndexBuild.kinds(store, tables));
            // Nothing runs it, so that the export is under way for ever.
            var runner = new JobRunner(jobs, kinds, clock);
            var life = new TableLifecycle(tables, store, new IndexBuilds(tables, jobs, runner, shown));
            Recovery recovery = new RecoveryParts(
                            RecoveryWindow.LAG, Optional.empty(), BackupKeys.none(), new MemoryBuckets())
                    .over(
                            store,
                            tables,
                            life,
                            ItemStores.over(store, tables),
                            jobs,
                            kinds,
                            runner,
                            new SplittableRandom(1),
                            shown);
            Table table = tables.all().getFirst();
            Export export = recovery.exports()
                    .begin(
                            table,
                            ExportTableToPointInTimeInput.builder()
                                    .tableArn(table.arn())
                                    .s3Bucket("files")
                                    .build(),
                            ExportFilter.NONE,
                            Optional.empty(),
                            LogPosition.behind(store.changes().latest().version()),
                            clock.instant());
            var pass = new RecoveryPass(tables, life, recovery, shown);
            for (int i = 0; i < 3; i++) {
                var _ = pass.run();
                passed.updateAndGet(before -> before.plusMinutes(6));
            }
            assertThat(tables.all().getFirst().history().flatMap(history -> history.keeper(export.keeper())))
                    .isPresent();
        }
    }
}
