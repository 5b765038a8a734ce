package io.gramme.recovery.load;

import io.gramme.api.BulkOperationOutputType;
import io.gramme.core.bytes.Bytes;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.StoredObject;
import io.gramme.transfer.bucket.Upload;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object of a report, which begins with its first line. Used by one thread. */
final class ReportFile implements AutoCloseable {
    private final Bucket bucket;
    private final BulkOperationOutputType type;
    private final String key;
    private final boolean wanted;
    private final boolean again;
    private @Nullable Upload upload;
    private long lines;

    /**
     * @param wanted whether the request asked for it; if not, nothing is written
     * @param again whether there may be such an object already, which is then replaced or deleted
     */
    ReportFile(Bucket bucket, BulkOperationOutputType type, String key, boolean wanted, boolean again) {
        this.bucket = bucket;
        this.type = type;
        this.key = key;
        this.wanted = wanted;
        this.again = again;
    }

    void write(Bytes line) {
        if (!wanted) {
            return;
        }
        Upload begun = upload;
        if (begun == null) {
            begun = bucket.put(key);
            upload = begun;
        }
        begun.write(line.shared(), 0, line.length());
        lines++;
    }

    /** Empty if nothing was written. */
    Optional<BulkFile> complete() {
        if (upload == null) {
            if (wanted && again) {
                bucket.delete(key);
            }
            return Optional.empty();
        }
        StoredObject stored = upload.complete();
        return Optional.of(new BulkFile(type, key, lines, stored.size(), stored.md5(), stored.etag()));
    }

    @Override
    public void close() {
        if (upload != null) {
            upload.close();
        }
    }
}
