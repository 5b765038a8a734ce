package io.gramme.recovery;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.BackupErrors;
import io.gramme.encryption.KeyServiceDownException;
import io.gramme.encryption.KeyUnusableException;
import io.gramme.encryption.file.FileCipher;
import io.gramme.encryption.file.FileKey;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.ObjectSummary;
import io.gramme.transfer.export.DamagedExportException;
import io.gramme.transfer.export.ExportFolder;
import io.gramme.transfer.export.ExportPlan;
import io.gramme.transfer.export.ExportReader;
import io.gramme.transfer.export.ExportSpan;
import io.gramme.transfer.export.FileCoding;
import io.gramme.transfer.export.FolderSeal;
import io.gramme.transfer.format.OutputFormat;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The files of backups. A backup whose seal is there is complete; so the seal is the last to be written and the first to
 * be deleted.
 */
public final class BackupFiles {
    /** A step of a job writes or reads one file, and is to last about a second. */
    private static final long FILE_BYTES = 64L << 20;

    private static final int PAGE = 1_000;

    private static final System.Logger LOG = System.getLogger(BackupFiles.class.getName());

    private final Optional<BackupPlace> place;
    private final BackupKeys keys;

    /** @param place if the server has one */
    public BackupFiles(Optional<BackupPlace> place, BackupKeys keys) {
        this.place = place;
        this.keys = keys;
    }

    boolean isThere() {
        return place.isPresent();
    }

    private BackupPlace required() {
        return place.orElseThrow(BackupErrors::noPlaceForBackups);
    }

    ExportFolder folder(Backup backup) {
        FileCoding coding = backup.key()
                .<FileCoding>map(key -> new SealedFiles(keys.open(key)))
                .orElse(FileCoding.NONE);
        return new ExportFolder(required().bucket(), plan(backup.id()), coding);
    }

    /** What is written last into the folder of a backup. If the files are encrypted, it is authenticated with their key. */
    ExportFolder.SealContent seal(Backup backup) {
        Optional<Function<Bytes, String>> mac = backup.key().map(key -> keys.open(key)::mac);
        return new ExportFolder.SealContent(BackupSeal.NAME, BackupSeal.encode(backup), mac);
    }

    /** Whether the files of backups are encrypted. */
    boolean areSealed() {
        return keys.areSealing();
    }

    /** A key for the files of a backup. @throws io.gramme.encryption.KeyUnusableException if that of its table cannot be used */
    FileKey newKey(Backup backup) {
        return keys.generate(backup.source());
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

    /**
     * Opens the folder of a sealed backup. If its files are encrypted, all that names them is authenticated first.
     *
     * @param key of the files
     * @throws io.gramme.encryption.KeyUnusableException if its root key cannot be used here
     * @throws DamagedExportException if the folder was edited, or is that of another backup
     */
    ExportReader read(String folder, Optional<FileKey> key) {
        Bucket bucket = required().bucket();
        if (key.isEmpty()) {
            return ExportReader.open(bucket, folder);
        }
        FolderSeal seal = ExportReader.seal(bucket, folder, BackupSeal.NAME);
        if (!BackupSeal.decode(folder, seal.content()).key().equals(key)) {
            throw new DamagedExportException(sealOf(folder), "it has another key than the files of this backup");
        }
        FileCipher cipher = keys.open(key.get());
        requireAuthentic(folder, seal, cipher);
        ExportReader reader = ExportReader.open(bucket, folder, new SealedFiles(cipher));
        var _ = reader.verifyManifests(BackupSeal.NAME);
        return reader;
    }

    private static String sealOf(String folder) {
        return folder + "/" + BackupSeal.NAME;
    }

    private static void requireAuthentic(String folder, FolderSeal seal, FileCipher cipher) {
        boolean authentic = seal.mac()
                .filter(mac -> cipher.hasMac(mac.authenticated(), mac.value()))
                .isPresent();
        if (!authentic) {
            throw new DamagedExportException(sealOf(folder), "it was edited: its mac is not that of its content");
        }
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

    /** The backup of a sealed folder, whose files are verified: without its root key, by their digests alone. */
    Backup adopt(String folder) {
        Bucket bucket = required().bucket();
        FolderSeal seal = ExportReader.seal(bucket, folder, BackupSeal.NAME);
        Backup backup = BackupSeal.decode(folder, seal.content());
        try {
            backup.key().ifPresent(key -> requireAuthentic(folder, seal, keys.open(key)));
        } catch (KeyUnusableException | KeyServiceDownException e) {
            LOG.log(
                    Level.WARNING,
                    "A backup that was copied here cannot be restored yet: its files are encrypted under "
                            + backup.key().map(FileKey::rootKey).orElseThrow() + ", and " + e.getMessage() + ": folder="
                            + folder);
        }
        var _ = ExportReader.open(bucket, folder).verifySeal(BackupSeal.NAME);
        return backup;
    }
}
