package io.gramme.server.operation;

import io.gramme.api.BackupStatus;
import io.gramme.api.DeleteBackupInput;
import io.gramme.api.DeleteBackupOutput;
import io.gramme.core.error.BackupErrors;
import io.gramme.recovery.Backup;
import io.gramme.recovery.Backups;

/** DeleteBackup: deletes a backup that a user requested. */
public final class DeleteBackup implements Handler<DeleteBackupInput, DeleteBackupOutput> {
    private final Backups backups;

    public DeleteBackup(Backups backups) {
        this.backups = backups;
    }

    @Override
    public DeleteBackupOutput handle(DeleteBackupInput request, RequestContext context) {
        Backup backup = BackupSources.backup(backups, context.accountRegion(), request.backupArn());
        if (backup.type() == Backup.Type.SYSTEM) {
            throw BackupErrors.systemBackup(request.backupArn(), backup.expiry().orElseThrow());
        }
        backups.delete(backup, request.backupArn());
        return DeleteBackupOutput.builder()
                .backupDescription(BackupDescriptions.of(backup, request.backupArn(), BackupStatus.DELETED))
                .build();
    }
}
