package io.gramme.storage.rocksdb;

import io.gramme.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The manifest of a database: the list of its table files, as a log of edits. Only one number of the edits is read: the
 * sequence number up to which the database's tables were written.
 */
final class Manifest {
    private static final String CURRENT = "CURRENT";
    private static final Pattern NAME = Pattern.compile("MANIFEST-\\d+");

    // Tags of the fields of an edit that come before its table files.
    private static final int COMPARATOR = 1;
    private static final int LAST_SEQUENCE = 4;
    private static final int DATABASE_ID = 11;
    private static final List<Integer> NUMBERS = List.of(2, 3, LAST_SEQUENCE, 9, 10, 203);

    private Manifest() {}

    /**
     * The highest sequence number of an edit.
     *
     * @throws StorageException if the manifest is damaged: which file, where, and how
     */
    static long lastSequence(Path database) throws IOException {
        Path file = current(database);
        var sink = new Edits(file);
        long length = LogScanner.scan(file, sink);
        sink.requireWhole(length);
        return sink.lastSequence;
    }

    private static Path current(Path database) throws IOException {
        Path current = database.resolve(CURRENT);
        if (!Files.exists(current)) {
            throw damaged(current, "the file is missing");
        }
        String name = Files.readString(current, StandardCharsets.ISO_8859_1);
        if (!name.endsWith("\n") || !NAME.matcher(name.strip()).matches()) {
            throw damaged(current, "it does not name a manifest");
        }
        Path manifest = database.resolve(name.strip());
        if (!Files.exists(manifest)) {
            throw damaged(manifest, "the file is missing");
        }
        return manifest;
    }

    static StorageException damaged(Path file, String cause) {
        return new StorageException(
                "database is damaged and cannot be opened; restore the data directory from a backup:" + " file=" + file
                        + " cause=\"" + cause + "\"");
    }

    private static final class Edits implements LogScanner.Sink {
        private final Path file;
        private final List<String> causes = new ArrayList<>();
        private boolean anyBehind;
        private long lastSequence;

        Edits(Path file) {
            this.file = file;
        }

        @Override
        public void record(long begin, byte[] head) {
            anyBehind = !causes.isEmpty();
            lastSequence =
                    Math.max(lastSequence, new EditReader(head).lastSequence().orElse(0L));
        }

        @Override
        public void damage(long begin, long at, String cause) {
            causes.add("byte " + at + ": " + cause);
        }

        /** An edit that was being written when power was lost is cut off, and had no effect yet: RocksDB drops it. */
        void requireWhole(long length) {
            if (length == 0) {
                throw damaged(file, "the file is empty");
            }
            boolean torn = causes.size() == 1 && causes.getFirst().endsWith("ends in the middle of a record");
            if (!causes.isEmpty() && (anyBehind || !torn)) {
                throw damaged(file, causes.getFirst());
            }
        }
    }

    /** Reads the numbers at the beginning of an edit. */
    private static final class EditReader {
        private final byte[] edit;
        private int at;

        EditReader(byte[] edit) {
            this.edit = edit;
        }

        Optional<Long> lastSequence() {
            while (at < edit.length) {
                int tag = (int) varint();
                if (tag == COMPARATOR || tag == DATABASE_ID) {
                    at += (int) varint();
                } else if (NUMBERS.contains(tag)) {
                    long value = varint();
                    if (tag == LAST_SEQUENCE) {
                        return Optional.of(value);
                    }
                } else {
                    break;
                }
            }
            return Optional.empty();
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; at < edit.length && shift < Long.SIZE; shift += 7) {
                byte next = edit[at++];
                value |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    break;
                }
            }
            return value;
        }
    }
}
