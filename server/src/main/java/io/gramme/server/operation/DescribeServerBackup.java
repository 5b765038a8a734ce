package io.gramme.server.operation;

import io.gramme.api.DescribeServerBackupInput;
import io.gramme.api.DescribeServerBackupOutput;
import io.gramme.recovery.server.ServerBackups;

/** Gramme extension: reports the progress of a backup of the server, one of the last that this process began. */
public final class DescribeServerBackup implements Handler<DescribeServerBackupInput, DescribeServerBackupOutput> {
    private final ServerBackups backups;

    public DescribeServerBackup(ServerBackups backups) {
        this.backups = backups;
    }

    @Override
    public DescribeServerBackupOutput handle(DescribeServerBackupInput request, RequestContext context) {
        return DescribeServerBackupOutput.builder()
                .backup(StartServerBackup.description(backups.status(request.directory())))
                .build();
    }
}
