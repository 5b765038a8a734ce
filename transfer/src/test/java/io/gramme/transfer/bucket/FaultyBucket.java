package io.gramme.transfer.bucket;

import io.gramme.transfer.bucket.BucketException.Failure;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bucket that fails when a number of steps have been taken, or is slow, or has room for so many bytes only. Steps are
 * requests: the start, each write and the end of an upload, each read of a stream, a listing, a head, a deletion.
 */
public final class FaultyBucket implements Bucket {
    private final Bucket bucket;
    private final AtomicLong stepsLeft = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);
    private volatile Failure failure = Failure.UNAVAILABLE;
    private volatile boolean losesAnswers;
    private volatile Runnable pause = () -> {};

    public FaultyBucket(Bucket bucket) {
        this.bucket = bucket;
    }

    /** Every step from the {@code n}-th on fails, 1 being the next. */
    public FaultyBucket failingAt(long n, Failure with) {
        failure = with;
        stepsLeft.set(n - 1);
        return this;
    }

    /** A failing end of an upload takes place all the same. */
    public FaultyBucket losingAnswers() {
        losesAnswers = true;
        return this;
    }

    /** Has room for this many more bytes. */
    public FaultyBucket withRoomFor(long bytes) {
        room.set(bytes);
        return this;
    }

    /** Does this before each step: to wait for a latch, for example. */
    public FaultyBucket pausing(Runnable before) {
        pause = before;
        return this;
    }

    /** Works again. */
    public FaultyBucket healed() {
        stepsLeft.set(Long.MAX_VALUE);
        room.set(Long.MAX_VALUE);
        return this;
    }

    private void step() {
        pause.run();
        if (stepsLeft.getAndDecrement() <= 0) {
            throw new BucketException(failure, "a fault of the test");
        }
    }

    @Override
    public String name() {
        return bucket.name();
    }

    @Override
    public Upload put(String key) {
        step();
        Upload upload = bucket.put(key);
        return new Upload() {
            @Override
            public void write(byte[] content, int from, int length) {
                step();
                if (room.addAndGet(-length) < 0) {
                    throw new BucketException(Failure.FULL, "No space left on device");
                }
                upload.write(content, from, length);
            }

            @Override
            public StoredObject complete() {
                if (losesAnswers && stepsLeft.get() <= 0) {
                    upload.complete();
                }
                step();
                return upload.complete();
            }

            @Override
            public void close() {
                upload.close();
            }
        };
    }

    @Override
    public InputStream get(String key, long offset) {
        step();
        return new FilterInputStream(bucket.get(key, offset)) {
            @Override
            public int read() throws java.io.IOException {
                step();
                return super.read();
            }

            @Override
            public int read(byte[] target, int from, int length) throws java.io.IOException {
                step();
                return super.read(target, from, length);
            }
        };
    }

    @Override
    public Optional<ObjectSummary> head(String key) {
        step();
        return bucket.head(key);
    }

    @Override
    public List<ObjectSummary> list(String prefix, String after, int limit) {
        step();
        return bucket.list(prefix, after, limit);
    }

    @Override
    public void delete(String key) {
        step();
        bucket.delete(key);
    }
}
