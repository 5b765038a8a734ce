package io.gramme.storage.cassandra;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Append;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Retained;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the changes of several transactions in one partition into one commit; each transaction sees the changes of
 * those before it. If several write one row, the last write wins, here as elsewhere; its image is the first one, since
 * all of them are one change.
 */
final class CommitBuilder {
    /** Beyond this size, further transactions wait for the next commit; a single transaction may write more. */
    private static final long MOST_BYTES = 1 << 20;

    private static final int MOST_APPENDS = 500;

    private final PartitionView base;
    private final long version;
    private final PartitionKey partition;
    private final Map<RowKey, Write> own = new LinkedHashMap<>();
    private final Map<RowKey, Write> elsewhere = new LinkedHashMap<>();
    private final List<Append> appends = new ArrayList<>();
    private final Map<RowKey, Image> images = new LinkedHashMap<>();
    private long bytes;

    /** @param version of the commit */
    CommitBuilder(PartitionView base, long version) {
        this.base = base;
        this.version = version;
        this.partition = base.place().partition();
    }

    /** Rows that are to be written show the version of the commit. */
    Map<RowKey, Optional<Row>> current(Collection<RowKey> reads) {
        Map<RowKey, Optional<Row>> current = new LinkedHashMap<>();
        for (RowKey key : reads) {
            Write write = own.get(key);
            current.put(key, write == null ? base.row(key) : row(write));
        }
        return current;
    }

    private Optional<Row> row(Write write) {
        return switch (write) {
            case Write.Put(var key, var value) -> Optional.of(new Row(key, value, version));
            case Write.Delete _ -> Optional.empty();
        };
    }

    long version() {
        return version;
    }

    boolean hasRoomFor(Outcome<?> outcome) {
        return isEmpty()
                || (bytes + bytes(outcome) <= MOST_BYTES
                        && appends.size() + outcome.appends().size() <= MOST_APPENDS);
    }

    void add(Outcome<?> outcome) {
        for (Write write : outcome.writes()) {
            (isOwn(write.key()) ? own : elsewhere).put(write.key(), write);
        }
        appends.addAll(outcome.appends());
        outcome.retained().forEach(retained -> images.putIfAbsent(retained.key(), Image.of(retained)));
        bytes += bytes(outcome);
    }

    private static long bytes(Outcome<?> outcome) {
        long sum = 0;
        for (Write write : outcome.writes()) {
            sum += write instanceof Write.Put put ? put.value().length() : 0;
        }
        for (Append append : outcome.appends()) {
            sum += append.value().length();
        }
        for (Retained retained : outcome.retained()) {
            sum += retained.before().map(Bytes::length).orElse(0);
        }
        return sum;
    }

    Collection<Write> own() {
        return own.values();
    }

    Effects effects() {
        List<Image> remote =
                images.values().stream().filter(image -> !isOwn(image.key())).toList();
        return new Effects(List.copyOf(elsewhere.values()), appends, remote);
    }

    /** The images of rows in the partition itself. */
    List<Image> ownImages() {
        return images.values().stream().filter(image -> isOwn(image.key())).toList();
    }

    private boolean isOwn(RowKey key) {
        return key.partition().equals(partition);
    }

    /** Whether it leaves log records or images, whose readers rely on hints. */
    boolean isTraced() {
        return !appends.isEmpty() || !images.isEmpty();
    }

    /** Whether it has effects elsewhere, log records or images: then a hint is open while it commits. */
    boolean leavesTraces() {
        return isTraced() || !elsewhere.isEmpty();
    }

    boolean isEmpty() {
        return own.isEmpty() && elsewhere.isEmpty() && !isTraced();
    }

    /** Whether nothing changes in the partition itself, and neither log records nor images are left. */
    boolean isElsewhereAlone() {
        return own.isEmpty() && !isTraced();
    }
}
