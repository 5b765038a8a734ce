package io.gramme.cli;

import io.gramme.api.BackupFile;
import io.gramme.api.BackupSummary;
import io.gramme.api.ListBackupFilesInput;
import io.gramme.api.ListBackupFilesOutput;
import io.gramme.api.ListBackupsInput;
import io.gramme.api.ListBackupsOutput;
import io.gramme.api.Operations;
import io.gramme.api.ReadBackupFileInput;
import io.gramme.api.ReadBackupFileOutput;
import io.gramme.core.bytes.Bytes;
import io.gramme.recovery.BackupFolder;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.BucketException;
import io.gramme.transfer.bucket.ObjectSummary;
import io.gramme.transfer.bucket.Upload;
import io.gramme.transfer.export.DamagedExportException;
import io.gramme.transfer.export.ExportReader;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gramme backup copy}: copies the files of a backup from a running server. */
@Command(
        name = "copy",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Copy the files of a backup from the server into a directory or bucket, verify the copy, and print where it"
                    + " is.",
            "The copy is a folder AWSDynamoDB/ID. In the --backups directory of another server it becomes a backup of"
                    + " that server within a minute. A copy that was broken off goes on when the command is repeated."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the copy is complete and sound", "1:the command failed", "2:the command line is wrong"})
final class BackupCopyCommand extends CallingCommand {
    private static final String FOLDERS = "AWSDynamoDB/";

    @Parameters(
            index = "0",
            paramLabel = "ARN|NAME",
            description = "ARN of the backup, or its name, if only one backup has it.")
    private String backup = "";

    @Parameters(
            index = "1",
            paramLabel = "DIR|s3://BUCKET/PREFIX",
            description = "Directory, which is created, or a bucket at --s3-endpoint, or else at AWS.")
    private String target = "";

    @Option(
            names = "--s3-endpoint",
            paramLabel = "URL",
            converter = UrlText.class,
            description = "Endpoint of the bucket. Requests are signed with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                    + " of the environment, for the region AWS_REGION.")
    private Optional<URI> endpoint = Optional.empty();

    private long copiedBytes;
    private long wholeBytes;

    @Override
    String resource() {
        return backup;
    }

    @Override
    int run() throws IOException, InterruptedException {
        String arn = backup.startsWith("arn:") ? backup : arnOf(backup);
        try (CopyTarget place = CopyTarget.of(target, endpoint)) {
            return copy(arn, place);
        } catch (BucketException | DamagedExportException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private String arnOf(String name) throws IOException, InterruptedException {
        var found = new ArrayList<String>();
        Optional<String> last = Optional.empty();
        do {
            ListBackupsOutput page = call(
                    Operations.LIST_BACKUPS,
                    ListBackupsInput.builder().exclusiveStartBackupArn(last).build());
            page.backupSummaries().orElse(List.of()).stream()
                    .filter(one -> one.backupName().equals(Optional.of(name)))
                    .map(BackupSummary::backupArn)
                    .forEach(arn -> arn.ifPresent(found::add));
            last = page.lastEvaluatedBackupArn();
        } while (last.isPresent());
        return switch (found.size()) {
            case 0 -> throw new IOException("there is no backup of the name " + name + "; see 'gramme backup list'");
            case 1 -> found.getFirst();
            default ->
                throw new IOException(found.size() + " backups have the name " + name + "; give the ARN of one: "
                        + String.join(", ", found));
        };
    }

    private int copy(String arn, CopyTarget place) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        var screen = new ProgressLine(err(), JobScreen.isTerminal());
        var files = new ArrayList<BackupFile>();
        String name = list(arn, files);
        String folder = place.prefix() + FOLDERS + name;
        wholeBytes =
                files.stream().mapToLong(file -> file.sizeBytes().orElse(0L)).sum();
        // The seal comes last: a server that sees it takes the folder for complete.
        files.sort((one, other) -> Boolean.compare(isSeal(one), isSeal(other)));
        for (BackupFile file : files) {
            copy(arn, file, place.bucket(), folder, screen);
        }
        verify(place.bucket(), folder);
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        screen.say(String.format(
                Locale.ROOT,
                "Copied %,d files, %s in %.1f s, and verified their checksums",
                files.size(),
                SizeText.about((double) wholeBytes),
                taken.toMillis() / 1_000.0));
        out().println(place.shown() + FOLDERS + name);
        return CommandLine.ExitCode.OK;
    }

    private static boolean isSeal(BackupFile file) {
        return file.fileName().equals(Optional.of(BackupFolder.SEAL));
    }

    /** @return the name of the folder */
    private String list(String arn, List<BackupFile> into) throws IOException, InterruptedException {
        Optional<String> last = Optional.empty();
        while (true) {
            ListBackupFilesOutput page = call(
                    Operations.LIST_BACKUP_FILES,
                    ListBackupFilesInput.builder()
                            .backupArn(arn)
                            .exclusiveStartFileName(last)
                            .build());
            into.addAll(page.files().orElse(List.of()));
            last = page.lastEvaluatedFileName();
            if (last.isEmpty()) {
                return page.folder().orElseThrow(CallingCommand::unknownForm);
            }
        }
    }

    private void copy(String arn, BackupFile file, Bucket bucket, String folder, ProgressLine screen)
            throws IOException, InterruptedException {
        String name = file.fileName().orElseThrow(CallingCommand::unknownForm);
        String key = folder + "/" + name;
        Optional<Long> there = bucket.head(key).map(ObjectSummary::size);
        if (there.isPresent() && there.equals(file.sizeBytes())) {
            copiedBytes += there.get();
            return;
        }
        try (Upload upload = bucket.put(key)) {
            Optional<Long> next = Optional.of(0L);
            while (next.isPresent()) {
                ReadBackupFileOutput chunk = call(
                        Operations.READ_BACKUP_FILE,
                        ReadBackupFileInput.builder()
                                .backupArn(arn)
                                .fileName(name)
                                .offset(next)
                                .build());
                Bytes content = chunk.content().orElse(Bytes.EMPTY);
                upload.write(content.shared(), 0, content.length());
                copiedBytes += content.length();
                next = chunk.nextOffset();
                screen.show(this::text, this::json);
            }
            upload.complete();
        }
    }

    /** A copy that is not sound loses its seal, so that no server takes it for a backup. */
    private static void verify(Bucket bucket, String folder) throws IOException {
        try {
            var _ = ExportReader.open(bucket, folder).verifySeal(BackupFolder.SEAL);
        } catch (DamagedExportException e) {
            bucket.delete(folder + "/" + BackupFolder.SEAL);
            throw new IOException(
                    "the copy is damaged: " + e.getMessage() + ". Delete " + folder + " and copy again", e);
        }
    }

    private String text() {
        return ProgressLine.bar(copiedBytes, wholeBytes) + SizeText.about((double) copiedBytes) + " of "
                + SizeText.about((double) wholeBytes);
    }

    private String json() {
        return "{\"CopiedBytes\":" + copiedBytes + ",\"ProgressPercent\":"
                + ProgressLine.percent(copiedBytes, wholeBytes) + "}";
    }
}
