package io.gramme.recovery;

import io.gramme.core.error.BackupErrors;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.ObjectSummary;
import io.gramme.transfer.export.ExportFolder;
import io.gramme.transfer.export.ExportPlan;
import io.gramme.transfer.export.ExportReader;
import io.gramme.transfer.export.ExportSpan;
import io.gramme.transfer.format.OutputFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of backups. A backup whose seal is there is complete; so the seal is the last to be written and the first to
 * be deleted.
 */
public final class BackupFiles {
    /** A step of a job writes or reads one file, and is to last about a second. */
    private static final long FILE_BYTES = 64L << 20;

    private static final int PAGE = 1_000;

    private final Optional<BackupPlace> place;

    /** @param place if the server has one */
    public BackupFiles(Optional<BackupPlace> place) {
        this.place = place;
    }

    boolean isThere() {
        return place.isPresent();
    }

    private BackupPlace required() {
        return place.orElseThrow(BackupErrors::noPlaceForBackups);
    }

    ExportFolder folder(Backup backup) {
        return new ExportFolder(required().bucket(), plan(backup.id()));
    }

    String folderOf(ResourceId id) {
        return plan(id).folder();
    }

    private ExportPlan plan(ResourceId id) {
        return new ExportPlan(
                required().prefix(),
                id.text(),
                new ExportSpan.Full(id.created()),
                OutputFormat.DYNAMODB_JSON,
                FILE_BYTES);
    }

    /** The files of a sealed backup. */
    BackupFolder open(String folder) {
        return new BackupFolder(required().bucket(), folder);
    }

    ExportReader read(String folder) {
        return ExportReader.open(required().bucket(), folder);
    }

    /** Deletes a folder, as far as it exists. */
    void delete(String folder) {
        Bucket bucket = required().bucket();
        bucket.delete(folder + "/" + BackupSeal.NAME);
        List<ObjectSummary> page;
        do {
            page = bucket.list(folder + "/", "", PAGE);
            page.forEach(object -> bucket.delete(object.key()));
        } while (!page.isEmpty());
    }

    /** The folders that have a seal. */
    List<String> sealed() {
        var found = new ArrayList<String>();
        if (place.isEmpty()) {
            return found;
        }
        Bucket bucket = required().bucket();
        String root = required()
                        .prefix()
                        .map(prefix -> prefix.endsWith("/") ? prefix : prefix + "/")
                        .orElse("") + "AWSDynamoDB/";
        List<ObjectSummary> next = bucket.list(root, "", 1);
        while (!next.isEmpty()) {
            String key = next.getFirst().key();
            int end = key.indexOf('/', root.length());
            String folder = end < 0 ? key : key.substring(0, end);
            if (end > 0 && bucket.head(folder + "/" + BackupSeal.NAME).isPresent()) {
                found.add(folder);
            }
            // Behind every key of the folder: '0' follows '/'.
            next = bucket.list(root, folder + "0", 1);
        }
        return found;
    }

    /** The backup of a sealed folder, whose files are verified. */
    Backup adopt(String folder) {
        return BackupSeal.decode(folder, read(folder).verifySeal(BackupSeal.NAME));
    }
}
