package io.gramme.transfer.bucket;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of an object at an S3 endpoint. A connection that breaks, as it may while a slow reader pauses, is opened
 * again where it broke, a few times in a row, and only if the object is still the same.
 */
final class S3Stream extends InputStream {
    private static final int MAX_REOPENED = 3;

    private final S3Bucket bucket;
    private final String key;
    private long at;
    private int reopened;
    private @Nullable String version;

    /** The length of the object, once it is known. */
    private long end = Long.MAX_VALUE;

    /** Null when the object has ended or the stream is closed. */
    private @Nullable ResponseInputStream<GetObjectResponse> in;

    S3Stream(S3Bucket bucket, String key, long offset) {
        this.bucket = bucket;
        this.key = key;
        this.at = offset;
        open();
    }

    private void open() {
        var opened = bucket.open(key, at, version).orElse(null);
        in = opened;
        if (opened != null) {
            version = opened.response().eTag();
            end = at + opened.response().contentLength();
        }
    }

    @Override
    public int read() {
        byte[] single = new byte[1];
        int read = read(single, 0, 1);
        return read < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) {
        while (in != null) {
            try {
                int read = in.read(target, from, length);
                if (read < 0 && at < end) {
                    throw new EOFException("the connection ended at byte " + at + " of " + end);
                }
                if (read > 0) {
                    at += read;
                    reopened = 0;
                }
                return read;
            } catch (IOException | SdkException e) {
                reopen(e);
            }
        }
        return -1;
    }

    private void reopen(Exception cause) {
        close();
        if (++reopened > MAX_REOPENED) {
            throw new BucketException(
                    BucketException.Failure.UNAVAILABLE, "Cannot read " + key + ": " + cause.getMessage(), cause);
        }
        open();
    }

    /** Closes the connection without reading what is left of the object. */
    @Override
    public void close() {
        if (in != null) {
            in.abort();
            in = null;
        }
    }
}
