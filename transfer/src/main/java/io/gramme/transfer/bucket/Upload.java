package io.gramme.transfer.bucket;

import java.io.OutputStream;

/**
 * One object on its way into a bucket. Memory is bounded by a part of the upload, at most 16 MiB. Used by one thread at
 * a time. Every method throws {@link BucketException}; after the first failure the upload can only be closed.
 */
public interface Upload extends AutoCloseable {
    void write(byte[] content, int from, int length);

    /**
     * Makes the object durable and visible.
     *
     * <p>If it fails, the object may exist all the same: a lost answer cannot be told from a lost request. A repeated
     * upload to the same key is safe.
     */
    StoredObject complete();

    /** Discards what was written, unless the upload is complete. Never throws. */
    @Override
    void close();

    /** This upload as a stream. Its {@code close} does nothing: the upload is completed or discarded by its own verbs. */
    default OutputStream body() {
        return new UploadBody(this);
    }
}
