package io.gramme.recovery.load;

import io.gramme.core.bytes.Bytes;
import io.gramme.transfer.format.ImportRecord;
import io.gramme.transfer.format.ItemReader;
import java.util.Optional;

/**
 * One step's reading of one object. Closing it closes the object, unless {@link ObjectParts#keep} took that over: a
 * step that fails leaves no reader behind its records. Used by one thread.
 */
final class ObjectRun implements AutoCloseable {
    private final String object;
    private final ItemReader reader;
    private final ObjectCursor before;
    private final long begin;
    private long taken;
    private boolean ended;
    private boolean kept;
    private boolean cutShort;

    /** @param reader before the record with the number {@code begin} */
    ObjectRun(String object, long begin, ItemReader reader, ObjectCursor before) {
        this.object = object;
        this.begin = begin;
        this.reader = reader;
        this.before = before;
    }

    String object() {
        return object;
    }

    /** The next record; empty at the end of the object. */
    Optional<ImportRecord> next() {
        if (ended) {
            return Optional.empty();
        }
        Optional<ImportRecord> record = reader.next();
        ended = record.isEmpty() || record.get() instanceof ImportRecord.Unreadable;
        taken += record.isPresent() ? 1 : 0;
        return record;
    }

    /** Whether all records were taken. */
    boolean isEnded() {
        return ended;
    }

    /**
     * Ends the run before some of the records that were taken.
     *
     * @param processed how many count as taken
     */
    void giveBack(long processed) {
        taken = processed;
        ended = false;
        cutShort = true;
    }

    /** Whether records were given back; the reader is behind them then. */
    boolean isCutShort() {
        return cutShort;
    }

    /** The number of records that were taken. */
    long taken() {
        return taken;
    }

    /** The number of the next record in the object. */
    long at() {
        return begin + taken;
    }

    /** Hands the reader over; it is before the record {@link #at}. */
    ItemReader handOver() {
        kept = true;
        return reader;
    }

    /** The bytes of the object, as it is stored, that this step adds to the sums. */
    long bytes() {
        return Math.max(0, reader.storedBytes() - counted());
    }

    private long counted() {
        return before.isInObject() ? before.objectBytes() : 0;
    }

    /** Where the part is when all records that were taken are processed. */
    ObjectCursor reached(Bytes sums) {
        return new ObjectCursor(object, ended ? -1 : at(), counted() + bytes(), sums);
    }

    @Override
    public void close() {
        if (!kept) {
            reader.close();
        }
    }
}
