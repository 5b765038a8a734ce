package io.gramme.storage.rocksdb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the write-ahead logs of a database before RocksDB does, and finds the first place at which they are not whole:
 * an unreadable record, or a record before which others are missing.
 *
 * <p>Each record is a batch of changes, and begins with the sequence number of its first change (8 bytes) and the
 * number of its changes (4 bytes). Sequence numbers have no gaps.
 */
final class LogReading implements LogScanner.Sink {
    private static final int BATCH_HEADER_BYTES = Long.BYTES + Integer.BYTES;

    /** A record after a damage must have a number near that of its neighbours to count as a record of this log. */
    private static final long FARTHEST = 1L << 40;

    /** False before the first batch, which may begin with any number that the tables have, or the next. */
    private boolean begun;

    private long next;
    private long lastKnown;
    private Path file;

    private @Nullable Place damage;
    private long recordsBehind;
    private long bytesBehind;

    private record Place(Path file, long at, long cut, String cause, long lastWhole) {}

    private LogReading(Path database, long inTables) {
        this.file = database;
        this.next = inTables + 1;
        this.lastKnown = inTables;
    }

    /**
     * @param database the directory in which they lie
     * @param logs in the order in which they were written
     * @param inTables the sequence number up to which the tables were written
     * @param synced the sequence number that must be there
     */
    static Optional<LogDamage> damage(Path database, List<Path> logs, long inTables, long synced) throws IOException {
        var reading = new LogReading(database, inTables);
        long length = 0;
        for (Path log : logs) {
            length = reading.read(log);
        }
        return reading.result(length, inTables, synced);
    }

    private long read(Path log) throws IOException {
        file = log;
        boolean damagedBefore = damage != null;
        long length = LogScanner.scan(log, this);
        if (damagedBefore) {
            bytesBehind += length;
        } else if (damage != null) {
            bytesBehind = length - damage.at;
        }
        return length;
    }

    private Optional<LogDamage> result(long length, long inTables, long synced) {
        long known = Math.max(lastKnown, synced);
        if (damage == null && synced > Math.max(next - 1, inTables)) {
            damage = new Place(file, length, length, "records at the end of the log are missing", next - 1);
        }
        return Optional.ofNullable(damage)
                .map(place -> new LogDamage(
                        place.file,
                        place.at,
                        place.cut,
                        place.cause,
                        place.lastWhole,
                        known,
                        bytesBehind,
                        recordsBehind));
    }

    @Override
    public void record(long begin, byte[] head) {
        if (head.length < BATCH_HEADER_BYTES) {
            damage(begin, begin, "a record holds no batch");
            return;
        }
        long sequence = LogScanner.littleEndian(head, 0, Long.BYTES);
        long changes = LogScanner.littleEndian(head, Long.BYTES, Integer.BYTES);
        if (damage == null && sequence > next) {
            damage(begin, begin, sequence - next + " changes before this record are missing");
        }
        if (damage == null) {
            next = begun ? Math.max(next, sequence + changes) : sequence + changes;
            begun = true;
            lastKnown = Math.max(lastKnown, next - 1);
        } else if (sequence >= next && sequence - next < FARTHEST) {
            recordsBehind++;
            lastKnown = Math.max(lastKnown, sequence + changes - 1);
        }
    }

    @Override
    public void damage(long begin, long at, String cause) {
        if (damage == null) {
            damage = new Place(file, at, begin, cause, next - 1);
        }
    }
}
