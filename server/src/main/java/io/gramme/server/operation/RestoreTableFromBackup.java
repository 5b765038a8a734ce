package io.gramme.server.operation;

import io.gramme.api.RestoreTableFromBackupInput;
import io.gramme.api.RestoreTableFromBackupOutput;
import io.gramme.core.error.BackupErrors;
import io.gramme.core.error.TableErrors;
import io.gramme.recovery.Backup;
import io.gramme.recovery.Backups;
import io.gramme.recovery.Restores;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.RandomIds;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;

/** RestoreTableFromBackup: creates a table with the items of a backup. */
public final class RestoreTableFromBackup
        implements Handler<RestoreTableFromBackupInput, RestoreTableFromBackupOutput> {
    private final Tables tables;
    private final MillisecondClock clock;
    private final RandomIds ids;
    private final RootKeys keys;
    private final Backups backups;
    private final Restores restores;
    private final TableDescriptions descriptions;

    public RestoreTableFromBackup(
            Tables tables, Backups backups, Restores restores, MillisecondClock clock, RandomIds ids, RootKeys keys) {
        this.keys = keys;
        this.clock = clock;
        this.ids = ids;
        this.tables = tables;
        this.backups = backups;
        this.restores = restores;
        this.descriptions = new TableDescriptions(tables, clock);
    }

    @Override
    public RestoreTableFromBackupOutput handle(RestoreTableFromBackupInput request, RequestContext context) {
        if (request.vectorIndexOverride().filter(list -> !list.isEmpty()).isPresent()) {
            throw TableErrors.notSupported("VectorIndexOverride");
        }
        Backup backup = BackupSources.backup(backups, context.accountRegion(), request.backupArn());
        if (!backup.isAvailable()) {
            throw BackupErrors.backupNotFound(request.backupArn());
        }
        TableName target = TableName.parse(context.accountRegion(), request.targetTableName());
        RestoreTargets.requireFree(tables, target);
        Table wanted = RestoredTable.of(
                tables,
                clock,
                ids,
                keys,
                backup.source(),
                target,
                new RestoredTable.Overrides(
                        request.billingModeOverride(),
                        request.provisionedThroughputOverride(),
                        request.onDemandThroughputOverride(),
                        request.globalSecondaryIndexOverride(),
                        request.localSecondaryIndexOverride(),
                        request.sseSpecificationOverride()));
        Table created = restores.fromBackup(backup, wanted);
        var answer = RestoreTableFromBackupOutput.builder()
                .tableDescription(descriptions.of(created))
                .build();
        restores.await(created);
        return answer;
    }
}
