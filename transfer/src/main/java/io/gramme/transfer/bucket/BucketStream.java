package io.gramme.transfer.bucket;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** The stream of an object: its failures are those of the bucket, so that a reader takes none for damage. */
final class BucketStream extends FilterInputStream {
    private final Function<IOException, BucketException> failure;

    BucketStream(InputStream in, Function<IOException, BucketException> failure) {
        super(in);
        this.failure = failure;
    }

    @Override
    public int read() {
        try {
            return super.read();
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }

    @Override
    public int read(byte[] target, int from, int length) {
        try {
            return super.read(target, from, length);
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }

    @Override
    public long skip(long count) {
        try {
            return super.skip(count);
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }

    @Override
    public void close() {
        try {
            super.close();
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }
}
