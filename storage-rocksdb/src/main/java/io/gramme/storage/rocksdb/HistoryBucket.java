package io.gramme.storage.rocksdb;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Direction;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.PastRow;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.engine.BucketMerge;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows that changed in one bucket of the history after a version: its cursor stands on the first such change of a
 * row. For one thread, which must close it.
 */
final class HistoryBucket implements BucketMerge.Bucket<Bytes>, AutoCloseable {

    /**
     * The rows that a call wants.
     *
     * @param from the place before the first
     * @param to the place after the last; empty for the end of each bucket
     * @param kind empty for rows of every kind; a sweep, which wants one kind, goes forward
     * @param after the version after which they have changed
     */
    record Wanted(
            TablespaceId tablespace, Bytes from, Bytes to, Optional<Integer> kind, Direction direction, long after) {
        boolean isEmpty() {
            return !to.isEmpty() && from.compareTo(to) >= 0;
        }
    }

    private final Wanted wanted;
    private final Bytes prefix;
    private final Cursor cursor;

    /** Where the cursor stands; null after the last row. */
    private byte @Nullable [] current;

    HistoryBucket(Database.View view, long bucket, Wanted wanted) {
        this.wanted = wanted;
        this.prefix = HistoryCodec.prefix(wanted.tablespace(), bucket);
        Bytes end = wanted.to().isEmpty() ? prefix.afterPrefix() : prefix.plus(wanted.to());
        this.cursor = view.cursor(Family.HISTORY, prefix.plus(wanted.from()), end, wanted.direction());
        settle();
    }

    /** Moves from the change that the cursor stands on to the first one that is wanted. */
    private void settle() {
        while (cursor.hasRow()) {
            byte[] key = cursor.key();
            if (wanted.kind().isPresent()
                    && HistoryCodec.kind(key) != wanted.kind().get()) {
                skip(key, wanted.kind().get());
                continue;
            }
            Bytes place = HistoryCodec.place(key);
            boolean changed = HistoryCodec.version(key) > wanted.after();
            switch (wanted.direction()) {
                case FORWARD -> {
                    if (changed) {
                        current = key;
                        return;
                    }
                    skipEarlierChanges(place);
                }
                case BACKWARD -> {
                    // This is the row's last change.
                    if (changed) {
                        cursor.seek(afterVersion(place));
                        current = cursor.key();
                        return;
                    }
                    cursor.seekBefore(prefix.plus(place));
                }
            }
        }
        current = null;
    }

    private void skip(byte[] key, int kind) {
        PartitionKey partition = HistoryCodec.partition(wanted.tablespace(), key);
        boolean before = HistoryCodec.kind(key) < kind;
        cursor.seek(prefix.plus(
                before
                        ? HistoryCodec.place(partition, kind)
                        : HistoryCodec.prefix(partition).afterPrefix()));
    }

    /** Most rows have changed once, so the next entry is tried before a seek. */
    private void skipEarlierChanges(Bytes place) {
        cursor.advance();
        if (cursor.hasRow() && HistoryCodec.place(cursor.key()).equals(place)) {
            cursor.seek(afterVersion(place));
        }
    }

    private Bytes afterVersion(Bytes place) {
        return prefix.plus(place).plus(Bytes.ofLong(wanted.after())).next();
    }

    private byte[] current() {
        if (current == null) {
            throw new IllegalStateException("after the last row");
        }
        return current;
    }

    @Override
    public boolean hasRow() {
        return current != null;
    }

    @Override
    public Bytes place() {
        return HistoryCodec.place(current());
    }

    @Override
    public PastRow row() {
        return HistoryCodec.pastRow(wanted.tablespace(), current(), cursor.value());
    }

    @Override
    public void advance() {
        Bytes place = place();
        switch (wanted.direction()) {
            case FORWARD -> {
                cursor.advance();
                if (cursor.hasRow() && HistoryCodec.place(cursor.key()).equals(place)) {
                    cursor.seek(prefix.plus(place).afterPrefix());
                }
            }
            case BACKWARD -> cursor.seekBefore(prefix.plus(place));
        }
        settle();
    }

    @Override
    public void close() {
        cursor.close();
    }
}
