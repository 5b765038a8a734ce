package io.gramme.transfer.format;

import io.gramme.transfer.bucket.BucketException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The stored bytes of an object: buffered, counted, and with failures that no reader of the content takes for damage.
 */
final class ObjectInput extends InputStream {
    private static final int BUFFER = 64 << 10;

    private final InputStream object;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private long count;

    ObjectInput(InputStream object) {
        this.object = object;
    }

    /** The number of bytes that were read from here. */
    long count() {
        return count;
    }

    /** Whether there is a byte left to read. */
    private boolean fill() {
        if (at < end) {
            return true;
        }
        try {
            at = 0;
            end = 0;
            end = Math.max(0, object.read(buffer, 0, BUFFER));
            return end > 0;
        } catch (IOException e) {
            throw new BucketException(BucketException.Failure.UNAVAILABLE, "Cannot read: " + e.getMessage(), e);
        }
    }

    @Override
    public int read() {
        if (!fill()) {
            return -1;
        }
        count++;
        return buffer[at++] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int read = Math.min(length, end - at);
        System.arraycopy(buffer, at, target, from, read);
        at += read;
        count += read;
        return read;
    }

    /** Zero only at the end: the reader of GZIP takes zero for the end of the last of several members. */
    @Override
    public int available() {
        return fill() ? end - at : 0;
    }

    @Override
    public void close() {
        try {
            object.close();
        } catch (IOException e) {
            throw new BucketException(BucketException.Failure.UNAVAILABLE, "Cannot read: " + e.getMessage(), e);
        }
    }
}
