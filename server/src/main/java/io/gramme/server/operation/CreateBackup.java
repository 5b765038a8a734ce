package io.gramme.server.operation;

import io.gramme.api.BackupStatus;
import io.gramme.api.CreateBackupInput;
import io.gramme.api.CreateBackupOutput;
import io.gramme.recovery.Backup;
import io.gramme.recovery.Backups;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.util.Optional;

/** CreateBackup: backs up a table. The answer says CREATING, even if the backup is available by then. */
public final class CreateBackup implements Handler<CreateBackupInput, CreateBackupOutput> {
    private final Tables tables;
    private final Backups backups;

    public CreateBackup(Tables tables, Backups backups) {
        this.tables = tables;
        this.backups = backups;
    }

    @Override
    public CreateBackupOutput handle(CreateBackupInput request, RequestContext context) {
        Table table = BackupSources.table(tables, context.accountRegion(), request.tableName());
        Backup backup = backups.create(table, request.backupName());
        return new CreateBackupOutput(
                Optional.of(BackupDescriptions.details(backup, backup.arn(), BackupStatus.CREATING)));
    }
}
