package io.gramme.server.operation;

import io.gramme.api.ServerBackupDescription;
import io.gramme.api.ServerBackupState;
import io.gramme.api.StartServerBackupInput;
import io.gramme.api.StartServerBackupOutput;
import io.gramme.recovery.server.ServerBackups;

/**
 * Gramme extension: begins a backup of the whole server, with the tables of all accounts and regions, in a new directory
 * below the one that the operator chose.
 */
public final class StartServerBackup implements Handler<StartServerBackupInput, StartServerBackupOutput> {
    private final ServerBackups backups;

    public StartServerBackup(ServerBackups backups) {
        this.backups = backups;
    }

    @Override
    public StartServerBackupOutput handle(StartServerBackupInput request, RequestContext context) {
        return StartServerBackupOutput.builder()
                .backup(description(backups.start(request.directory())))
                .build();
    }

    static ServerBackupDescription description(ServerBackups.Status status) {
        return ServerBackupDescription.builder()
                .directory(status.directory().toString())
                .state(
                        switch (status.state()) {
                            case RUNNING -> ServerBackupState.RUNNING;
                            case COMPLETED -> ServerBackupState.COMPLETED;
                            case FAILED -> ServerBackupState.FAILED;
                        })
                .stateReason(status.reason())
                .copiedBytes(status.bytes())
                .totalBytes(status.totalBytes())
                .build();
    }
}
