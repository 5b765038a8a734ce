package io.gramme.transfer.export;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.transfer.bucket.ContentDigest;
import io.gramme.transfer.format.ExportLines;
import io.gramme.transfer.format.ExportLines.UnsoundException;
import io.gramme.transfer.format.ItemChange;
import io.gramme.transfer.format.OutputFormat;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The records of one data file. That the file is the one of the manifest is known only at its end: what was read before
 * is provisional until {@link #next} has returned empty. Used by one thread at a time.
 *
 * @param <T> {@link Item} or {@link ItemChange}
 */
public final class DataFileReader<T> implements AutoCloseable {
    private final ExportManifest.File file;
    private final Digested content;
    private final ExportLines<T> lines;
    private long count;

    private DataFileReader(ExportManifest.File file, Digested content, ExportLines<T> lines) {
        this.file = file;
        this.content = content;
        this.lines = lines;
    }

    static DataFileReader<Item> items(
            InputStream stream, ExportManifest.File file, OutputFormat format, FileCoding coding) {
        var content = new Digested(stream);
        try {
            return new DataFileReader<>(
                    file, content, ExportLines.items(Decoded.of(content, file.key(), coding), format));
        } catch (UnsoundException e) {
            throw unsound(file, e);
        }
    }

    static DataFileReader<ItemChange> changes(
            InputStream stream, ExportManifest.File file, OutputFormat format, FileCoding coding) {
        var content = new Digested(stream);
        try {
            return new DataFileReader<>(
                    file, content, ExportLines.changes(Decoded.of(content, file.key(), coding), format));
        } catch (UnsoundException e) {
            throw unsound(file, e);
        }
    }

    private static DamagedExportException unsound(ExportManifest.File file, UnsoundException e) {
        return new DamagedExportException(file.key(), String.valueOf(e.getMessage()));
    }

    /**
     * The next record; empty at the end of a sound file.
     *
     * @throws DamagedExportException if a record is none, or if the whole file is not the one of the manifest
     */
    public Optional<T> next() {
        try {
            Optional<T> record = lines.next();
            if (record.isEmpty()) {
                requireWhole();
            } else {
                count++;
            }
            return record;
        } catch (UnsoundException e) {
            throw unsound(file, e);
        }
    }

    private void requireWhole() {
        String md5 = content.md5();
        if (!md5.equals(file.md5Checksum())) {
            throw new DamagedExportException(
                    file.key(), "its MD5 is " + md5 + ", but the manifest has " + file.md5Checksum());
        }
        if (count != file.itemCount()) {
            throw new DamagedExportException(
                    file.key(), "it has " + count + " records, but the manifest has " + file.itemCount());
        }
    }

    @Override
    public void close() {
        lines.close();
    }

    /** The bytes of the file behind its coding: a failure of that is damage, since a bucket throws exceptions of its own. */
    private static final class Decoded extends FilterInputStream {
        private final String key;

        private Decoded(InputStream content, String key) {
            super(content);
            this.key = key;
        }

        static InputStream of(InputStream stored, String key, FileCoding coding) {
            try {
                return new Decoded(coding.decode(FileCoding.nameOf(key), stored), key);
            } catch (IOException e) {
                throw damaged(key, e);
            }
        }

        private static DamagedExportException damaged(String key, IOException e) {
            return new DamagedExportException(key, String.valueOf(e.getMessage()));
        }

        @Override
        public int read() {
            try {
                return super.read();
            } catch (IOException e) {
                throw damaged(key, e);
            }
        }

        @Override
        public int read(byte[] target, int from, int length) {
            try {
                return super.read(target, from, length);
            } catch (IOException e) {
                throw damaged(key, e);
            }
        }
    }

    /** The stored bytes of the file and their digest. */
    private static final class Digested extends FilterInputStream {
        private static final int BUFFER = 64 << 10;

        private final ContentDigest digest = new ContentDigest();
        private Optional<Bytes> sum = Optional.empty();

        Digested(InputStream content) {
            super(content);
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            int read = read(single, 0, 1);
            return read < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int read = super.read(target, from, length);
            if (read > 0) {
                digest.update(target, from, read);
            }
            return read;
        }

        /** Of the whole file in base64: of what follows the last record, too. */
        String md5() {
            try {
                byte[] buffer = new byte[BUFFER];
                while (read(buffer, 0, BUFFER) >= 0) {}
            } catch (IOException e) {
                throw new UncheckedIOException(e); // The stream of a bucket throws none.
            }
            Bytes known = sum.orElseGet(() -> digest.object("").md5());
            sum = Optional.of(known);
            return ExportFolder.base64(known);
        }
    }
}
