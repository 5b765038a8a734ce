package io.gramme.server.operation;

import io.gramme.api.ReadBackupFileInput;
import io.gramme.api.ReadBackupFileOutput;
import io.gramme.core.error.BackupErrors;
import io.gramme.recovery.BackupFolder;
import io.gramme.recovery.Backups;
import java.util.Optional;

/** Gramme extension: reads at most a mebibyte of a file of a sealed backup. */
public final class ReadBackupFile implements Handler<ReadBackupFileInput, ReadBackupFileOutput> {
    private static final int CHUNK = 1 << 20;

    private final Backups backups;

    public ReadBackupFile(Backups backups) {
        this.backups = backups;
    }

    @Override
    public ReadBackupFileOutput handle(ReadBackupFileInput request, RequestContext context) {
        BackupFolder folder = BackupSources.folder(backups, context.accountRegion(), request.backupArn());
        BackupFolder.Chunk chunk = folder.read(
                        request.fileName(), request.offset().orElse(0L), CHUNK)
                .orElseThrow(() -> BackupErrors.noBackupFile(request.fileName(), request.backupArn()));
        return new ReadBackupFileOutput(Optional.of(chunk.content()), chunk.next());
    }
}
