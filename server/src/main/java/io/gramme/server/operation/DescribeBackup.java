package io.gramme.server.operation;

import io.gramme.api.DescribeBackupInput;
import io.gramme.api.DescribeBackupOutput;
import io.gramme.recovery.Backup;
import io.gramme.recovery.Backups;

/** DescribeBackup: shows a backup and the settings of its table at that time. */
public final class DescribeBackup implements Handler<DescribeBackupInput, DescribeBackupOutput> {
    private final Backups backups;

    public DescribeBackup(Backups backups) {
        this.backups = backups;
    }

    @Override
    public DescribeBackupOutput handle(DescribeBackupInput request, RequestContext context) {
        Backup backup = BackupSources.backup(backups, context.accountRegion(), request.backupArn());
        return DescribeBackupOutput.builder()
                .backupDescription(
                        BackupDescriptions.of(backup, request.backupArn(), BackupDescriptions.status(backup)))
                .build();
    }
}
