package io.gramme.server.operation;

import io.gramme.api.BackupFile;
import io.gramme.api.ListBackupFilesInput;
import io.gramme.api.ListBackupFilesOutput;
import io.gramme.recovery.BackupFolder;
import io.gramme.recovery.Backups;
import java.util.List;
import java.util.Optional;

/** Gramme extension: lists the files of a sealed backup, in the order of their names, for a client that copies them. */
public final class ListBackupFiles implements Handler<ListBackupFilesInput, ListBackupFilesOutput> {
    private static final int PAGE = 1_000;

    private final Backups backups;

    public ListBackupFiles(Backups backups) {
        this.backups = backups;
    }

    @Override
    public ListBackupFilesOutput handle(ListBackupFilesInput request, RequestContext context) {
        BackupFolder folder = BackupSources.folder(backups, context.accountRegion(), request.backupArn());
        List<BackupFolder.File> page =
                folder.list(request.exclusiveStartFileName().orElse(""), PAGE);
        return ListBackupFilesOutput.builder()
                .folder(folder.name())
                .files(page.stream()
                        .map(file -> new BackupFile(Optional.of(file.name()), Optional.of(file.bytes())))
                        .toList())
                .lastEvaluatedFileName(
                        page.size() == PAGE ? Optional.of(page.getLast().name()) : Optional.empty())
                .build();
    }
}
