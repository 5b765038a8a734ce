package io.gramme.transfer.export;

import io.gramme.core.item.Item;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.StoredObject;
import io.gramme.transfer.bucket.Upload;
import io.gramme.transfer.format.ExportView;
import io.gramme.transfer.format.ItemChange;
import io.gramme.transfer.format.RecordWriter;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A data file of an export that is being written: gzipped lines. It does not exist before {@link #complete()}. Used by
 * one thread at a time. Every method throws {@link io.gramme.transfer.bucket.BucketException}; after that the file can
 * only be closed.
 *
 * <p>Whether it is full depends on its uncompressed bytes. So the same records are cut into the same files, by any
 * version of the compressor.
 */
public final class DataFile implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    /** Twice as fast as the default, for files that are a tenth larger (measured with items of 1 KB of words). */
    private static final int LEVEL = Deflater.BEST_SPEED;

    private final ExportPlan plan;
    private final String key;
    private final Upload upload;
    private final OutputStream encoded;
    private final Counter lines;
    private final Gzip zip;
    private final RecordWriter writer;
    private long count;

    DataFile(Bucket bucket, ExportPlan plan, String key, FileCoding coding) {
        this.plan = plan;
        this.key = key;
        this.upload = bucket.put(key);
        try {
            this.encoded = coding.encode(FileCoding.nameOf(key), upload.body());
            this.zip = new Gzip(encoded);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // An upload throws none.
        } catch (RuntimeException e) {
            upload.close();
            throw e;
        }
        this.lines = new Counter(new BufferedOutputStream(zip, BUFFER));
        this.writer = RecordWriter.of(plan.format(), lines);
    }

    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream sink) throws IOException {
            super(new BufferedOutputStream(sink, BUFFER), BUFFER);
            def.setLevel(LEVEL);
        }

        /** Frees the memory that the JVM does not see. */
        void free() {
            def.end();
        }
    }

    private static final class Counter extends FilterOutputStream {
        private long count;

        Counter(OutputStream sink) {
            super(sink);
        }

        @Override
        public void write(int single) throws IOException {
            out.write(single);
            count++;
        }

        @Override
        public void write(byte[] content, int from, int length) throws IOException {
            out.write(content, from, length);
            count += length;
        }

        /** A writer flushes each line, which would make the buffers useless. */
        @Override
        public void flush() {}

        void end() throws IOException {
            out.flush();
        }
    }

    /** Writes a line of a full export. */
    public void write(Item item) {
        writer.write(item);
        count++;
    }

    /** Writes a line of an incremental export. */
    public void write(ItemChange change) {
        writer.write(change, view());
        count++;
    }

    private ExportView view() {
        return switch (plan.span()) {
            case ExportSpan.Incremental incremental -> incremental.view();
            case ExportSpan.Full _ -> throw new IllegalStateException("a change in a full export");
        };
    }

    /** Whether the next record belongs into the next file. */
    public boolean isFull() {
        return lines.count >= plan.fileBytes();
    }

    /** The number of records written. */
    public long itemCount() {
        return count;
    }

    /** Makes the file durable and visible. It replaces one of the same part and ordinal. */
    public ExportedFile complete() {
        try {
            lines.end();
            zip.finish();
            zip.flush();
            encoded.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // An upload throws none.
        }
        StoredObject stored = upload.complete();
        return new ExportedFile(key, count, lines.count, stored.size(), stored.md5(), stored.sha256(), stored.etag());
    }

    /** Discards the file, unless it is complete. */
    @Override
    public void close() {
        zip.free();
        upload.close();
    }
}
