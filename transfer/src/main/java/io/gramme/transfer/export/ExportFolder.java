package io.gramme.transfer.export;

import io.gramme.core.bytes.Bytes;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.StoredObject;
import io.gramme.transfer.bucket.Upload;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes one export into a bucket; the package comment shows the order. Serves any number of threads; each data file is
 * for one. Every method throws {@link io.gramme.transfer.bucket.BucketException}, after which it can be called again.
 */
public final class ExportFolder {
    private final Bucket bucket;
    private final ExportPlan plan;
    private final FileCoding coding;

    public ExportFolder(Bucket bucket, ExportPlan plan) {
        this(bucket, plan, FileCoding.NONE);
    }

    /** @param coding of the data files; manifests stay readable */
    public ExportFolder(Bucket bucket, ExportPlan plan, FileCoding coding) {
        this.bucket = bucket;
        this.plan = plan;
        this.coding = coding;
    }

    /**
     * A last object of the folder, by which a reader can verify all others; see {@link Seal}.
     *
     * @param mac authenticates the object: 64 hexadecimal digits of the bytes before them
     */
    public record SealContent(String name, Bytes content, Optional<Function<Bytes, String>> mac) {
        public SealContent(String name, Bytes content) {
            this(name, content, Optional.empty());
        }
    }

    /** Writes the object that shows that the export has begun and that the bucket can be written. */
    public void begin() {
        bucket.put(plan.folder() + "/" + FolderNames.STARTED, Bytes.EMPTY);
    }

    /**
     * Opens a data file. A part has at least one, even if it has no records.
     *
     * @param part number of the part of the job, from 0
     * @param ordinal number of the file in its part, from 0. A part that is restarted opens the ordinal after the last
     *     one that it reported.
     */
    public DataFile file(int part, int ordinal) {
        return new DataFile(bucket, plan, plan.dataKey(part, ordinal), coding);
    }

    /**
     * Writes the manifests, the summary after everything it names. With it the export is complete.
     *
     * @param files of all parts, in the order in which the manifest is to have them
     * @param seal written after the summary
     */
    public void complete(ExportSummary summary, List<ExportedFile> files, Optional<SealContent> seal) {
        var written = new ArrayList<StoredObject>();
        StoredObject manifest = writeFiles(files);
        written.add(manifest);
        writeSums(manifest, written);
        Bytes text = ManifestJson.summary(plan, summary, bucket.name(), files);
        String key = plan.summaryKey();
        // The sums come first: a reader that sees the summary sees everything.
        writeSums(StoredObjects.of(key, text), written);
        written.add(bucket.put(key, text));
        seal.ifPresent(last -> Seal.write(bucket, plan.folder(), last, files, written));
    }

    private StoredObject writeFiles(List<ExportedFile> files) {
        try (Upload upload = bucket.put(plan.filesKey())) {
            var out = new BufferedOutputStream(upload.body(), 1 << 16);
            for (ExportedFile file : files) {
                out.write(ManifestJson.line(file).shared());
            }
            out.flush();
            return upload.complete();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // An upload throws none.
        }
    }

    private void writeSums(StoredObject manifest, List<StoredObject> written) {
        Bytes sum = Bytes.utf8(base64(manifest.md5()));
        for (String key : FolderNames.sumsOf(manifest.key())) {
            written.add(bucket.put(key, sum));
        }
    }

    static String base64(Bytes digest) {
        return Base64.getEncoder().encodeToString(digest.shared());
    }
}
