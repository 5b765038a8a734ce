package io.gramme.transfer.export;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.BucketException;
import io.gramme.transfer.bucket.ContentDigest;
import io.gramme.transfer.bucket.StoredObject;
import io.gramme.transfer.format.ExportView;
import io.gramme.transfer.format.ItemChange;
import io.gramme.transfer.format.OutputFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads the folder of an export, where it was written or where it was copied to, and refuses one that is torn or
 * edited. Serves any number of threads; each data file is read by one.
 *
 * <p>Every method throws {@link DamagedExportException}, and {@link BucketException} if the bucket fails.
 */
public final class ExportReader {
    /** In bytes: a summary has a few hundred, and a manifest about 150 for each data file. */
    private static final int MAX_MANIFEST = 512 << 20;

    private static final int MAX_SUM = 1_024;
    private static final int BUFFER = 64 << 10;

    private final Bucket bucket;
    private final String folder;
    private final ExportManifest manifest;
    private final List<ExportManifest.File> files;
    private final FileCoding coding;

    private ExportReader(
            Bucket bucket, String folder, ExportManifest manifest, List<ExportManifest.File> files, FileCoding coding) {
        this.coding = coding;
        this.bucket = bucket;
        this.folder = folder;
        this.manifest = manifest;
        this.files = files;
    }

    /**
     * Reads and verifies both manifests.
     *
     * @param folder the key of the summary without its last segment and slash
     */
    public static ExportReader open(Bucket bucket, String folder) {
        return open(bucket, folder, FileCoding.NONE);
    }

    /** The same, where data files were written with a coding. */
    public static ExportReader open(Bucket bucket, String folder, FileCoding coding) {
        String key = folder + "/" + FolderNames.SUMMARY;
        ExportManifest manifest = manifest(key, summed(bucket, key));
        var moved = new Moved(manifest.folder(), folder);
        String filesKey = moved.key(manifest.filesKey(), key);
        List<ExportManifest.File> files = files(moved, filesKey, summed(bucket, filesKey));
        long count = files.stream().mapToLong(ExportManifest.File::itemCount).sum();
        if (count != manifest.itemCount()) {
            throw new DamagedExportException(
                    key, "its itemCount is " + manifest.itemCount() + ", but that of the data files is " + count);
        }
        return new ExportReader(bucket, folder, manifest, files, coding);
    }

    /** The content of a manifest that agrees with its sum. */
    private static Bytes summed(Bucket bucket, String key) {
        Bytes content = required(key, () -> bucket.content(key, MAX_MANIFEST));
        String sum = ExportFolder.base64(StoredObjects.of(key, content).md5());
        boolean found = false;
        for (String sumKey : FolderNames.sumsOf(key)) {
            if (bucket.head(sumKey).isPresent()) {
                found = true;
                String stored = text(required(sumKey, () -> bucket.content(sumKey, MAX_SUM)));
                if (!stored.equals(sum)) {
                    throw new DamagedExportException(key, "its MD5 is " + sum + ", but " + sumKey + " has " + stored);
                }
            }
        }
        if (!found) {
            throw new DamagedExportException(FolderNames.sumsOf(key)[0], "it is missing");
        }
        return content;
    }

    private static String text(Bytes content) {
        return new String(content.shared(), StandardCharsets.UTF_8).trim();
    }

    private static <T> T required(String key, Supplier<T> read) {
        try {
            return read.get();
        } catch (BucketException e) {
            throw switch (e.failure()) {
                case NO_SUCH_KEY -> new DamagedExportException(key, "it is missing");
                case CHANGED -> new DamagedExportException(key, String.valueOf(e.getMessage()));
                default -> e;
            };
        }
    }

    private static ExportManifest manifest(String key, Bytes text) {
        FlatJson members = FlatJson.parse(key, text);
        String filesKey = members.text("manifestFilesS3Key");
        if (!filesKey.endsWith("/" + FolderNames.FILES)) {
            throw members.missing("manifestFilesS3Key");
        }
        return new ExportManifest(
                members.text("exportArn"),
                members.time("startTime"),
                members.time("endTime"),
                members.text("tableArn"),
                members.text("tableId"),
                span(members),
                members.text("s3Bucket"),
                members.optional("s3Prefix"),
                filesKey.substring(0, filesKey.length() - FolderNames.FILES.length() - 1),
                filesKey,
                members.number("billedSizeBytes"),
                members.number("itemCount"),
                members.constant("outputFormat", OutputFormat.class));
    }

    private static ExportSpan span(FlatJson members) {
        return switch (members.text("version")) {
            case ManifestJson.FULL_VERSION -> new ExportSpan.Full(members.time("exportTime"));
            case ManifestJson.INCREMENTAL_VERSION ->
                new ExportSpan.Incremental(
                        members.time("exportFromTime"),
                        members.time("exportToTime"),
                        members.constant("outputView", ExportView.class));
            default -> throw members.missing("version");
        };
    }

    private static List<ExportManifest.File> files(Moved moved, String filesKey, Bytes lines) {
        var files = new ArrayList<ExportManifest.File>();
        var keys = new HashSet<String>();
        for (String line : (Iterable<String>) text(lines).lines()::iterator) {
            FlatJson members = FlatJson.parse(filesKey, Bytes.utf8(line));
            String key = moved.key(members.text("dataFileS3Key"), filesKey);
            if (!keys.add(key)) {
                throw new DamagedExportException(filesKey, "it has " + key + " twice");
            }
            files.add(new ExportManifest.File(
                    key, members.number("itemCount"), members.text("md5Checksum"), members.text("etag")));
        }
        return List.copyOf(files);
    }

    public ExportManifest manifest() {
        return manifest;
    }

    public List<ExportManifest.File> files() {
        return files;
    }

    /** Opens a data file of a full export. */
    public DataFileReader<Item> items(ExportManifest.File file) {
        return DataFileReader.items(content(file.key()), file, manifest.format(), coding);
    }

    /** Opens a data file of an incremental export. */
    public DataFileReader<ItemChange> changes(ExportManifest.File file) {
        return DataFileReader.changes(content(file.key()), file, manifest.format(), coding);
    }

    private InputStream content(String key) {
        return required(key, () -> bucket.get(key, 0));
    }

    /** Reads all data files, and compares them with the manifest. */
    public void verify() {
        for (ExportManifest.File file : files) {
            boolean full = manifest.span() instanceof ExportSpan.Full;
            try (DataFileReader<?> lines = full ? items(file) : changes(file)) {
                while (lines.next().isPresent()) {}
            }
        }
    }

    /**
     * Reads the seal of a folder alone.
     *
     * @param name of the seal, ending in {@code .json}
     */
    public static FolderSeal seal(Bucket bucket, String folder, String name) {
        return sealed(bucket, folder + "/" + name).seal();
    }

    private static Seal.Sealed sealed(Bucket bucket, String key) {
        Bytes text = required(key, () -> bucket.content(key, MAX_MANIFEST));
        String sumKey = Seal.sumOf(key);
        String sum = text(required(sumKey, () -> bucket.content(sumKey, MAX_SUM)));
        if (!sum.equals(StoredObjects.of(key, text).sha256().toString())) {
            throw new DamagedExportException(key, "its SHA-256 is not the one in " + sumKey);
        }
        return Seal.parse(key, text);
    }

    /**
     * Reads all objects of the export, and compares them with the SHA-256 of a seal.
     *
     * @param name of the seal, ending in {@code .json}
     * @return the content that its writer gave it
     */
    public Bytes verifySeal(String name) {
        return verifySeal(name, true);
    }

    /** The same for all objects but the data files, which are compared with the manifest when they are read. */
    public Bytes verifyManifests(String name) {
        return verifySeal(name, false);
    }

    private Bytes verifySeal(String name, boolean data) {
        String key = folder + "/" + name;
        Seal.Sealed seal = sealed(bucket, key);
        var dataKeys = files.stream().map(ExportManifest.File::key).collect(Collectors.toSet());
        var moved = new Moved(manifest.folder(), folder);
        var sealed = new HashSet<String>();
        for (Seal.SealedFile file : seal.files()) {
            String fileKey = moved.key(file.key(), key);
            sealed.add(fileKey);
            if (data || !dataKeys.contains(fileKey)) {
                requireSame(fileKey, file);
            }
        }
        for (ExportManifest.File file : files) {
            if (!sealed.contains(file.key())) {
                throw new DamagedExportException(key, "it lacks " + file.key());
            }
        }
        return seal.seal().content();
    }

    private void requireSame(String key, Seal.SealedFile file) {
        StoredObject stored = digest(key);
        if (stored.size() != file.bytes()) {
            throw new DamagedExportException(key, "it has " + stored.size() + " bytes instead of " + file.bytes());
        }
        if (!stored.sha256().toString().equals(file.sha256())) {
            throw new DamagedExportException(key, "its SHA-256 is not the one in the seal");
        }
    }

    private StoredObject digest(String key) {
        try (InputStream content = content(key)) {
            var digest = new ContentDigest();
            byte[] buffer = new byte[BUFFER];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return digest.object(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // The stream of a bucket throws none.
        }
    }
}
