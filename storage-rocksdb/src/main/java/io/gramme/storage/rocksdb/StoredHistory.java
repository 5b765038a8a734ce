package io.gramme.storage.rocksdb;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.LogPosition;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.PastPage;
import io.gramme.storage.PastRow;
import io.gramme.storage.Range;
import io.gramme.storage.RowHistory;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.engine.BucketMerge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The history of rows in the database. Each span of versions has a bucket of its own, and reading merges those from the
 * position on; forgetting deletes whole buckets. Each page is as of one moment.
 */
final class StoredHistory implements RowHistory {
    private static final Comparator<PartitionKey> ORDER = Comparator.comparing(HistoryCodec::prefix);

    private final Gate gate;
    private final Supplier<Database> database;
    private final long bucketMicros;
    private final BiConsumer<Bytes, Bytes> deletion;

    /** @param deletion deletes everything from one key up to another, which is not included */
    StoredHistory(Gate gate, Supplier<Database> database, long bucketMicros, BiConsumer<Bytes, Bytes> deletion) {
        this.gate = gate;
        this.database = database;
        this.bucketMicros = bucketMicros;
        this.deletion = deletion;
    }

    @Override
    public Optional<PastRow> first(RowKey key, LogPosition at) {
        TablespaceId tablespace = key.partition().tablespace();
        Bytes place = HistoryCodec.place(key);
        Bytes change = place.plus(Bytes.ofLong(at.version())).next();
        try (var _ = gate.enter();
                var view = database.get().view();
                var cursor = since(view, tablespace, at)) {
            while (cursor.hasRow()) {
                long bucket = HistoryCodec.bucket(cursor.key());
                cursor.seek(HistoryCodec.prefix(tablespace, bucket).plus(change));
                if (cursor.hasRow() && HistoryCodec.bucket(cursor.key()) == bucket) {
                    byte[] found = cursor.key();
                    if (HistoryCodec.place(found).equals(place)) {
                        return Optional.of(HistoryCodec.pastRow(tablespace, found, cursor.value()));
                    }
                    cursor.seek(HistoryCodec.prefix(tablespace, bucket + 1));
                }
            }
            return Optional.empty();
        }
    }

    @Override
    public OptionalLong bytes(List<TablespaceId> tablespaces) {
        try (var _ = gate.enter()) {
            return OptionalLong.of(tablespaces.stream()
                    .map(RowCodec::prefix)
                    .mapToLong(prefix -> database.get().files().bytes(Family.HISTORY, prefix, prefix.afterPrefix()))
                    .sum());
        }
    }

    @Override
    public PastPage scan(PartitionKey partition, Range range, Direction direction, LogPosition at, Budget budget) {
        Bytes from = HistoryCodec.place(partition, range.from());
        Bytes to = range.to()
                .map(sort -> HistoryCodec.place(partition, sort))
                .orElseGet(() -> HistoryCodec.prefix(partition).afterPrefix());
        return page(
                new HistoryBucket.Wanted(partition.tablespace(), from, to, Optional.empty(), direction, at.version()),
                at,
                budget);
    }

    @Override
    public PastPage sweep(HashRange range, LogPosition at, Budget budget) {
        var wanted = new HistoryBucket.Wanted(
                range.tablespace(),
                HistoryCodec.begin(range),
                HistoryCodec.end(range),
                Optional.of(range.kind()),
                Direction.FORWARD,
                at.version());
        return page(wanted, at, budget);
    }

    private PastPage page(HistoryBucket.Wanted wanted, LogPosition at, Budget budget) {
        if (wanted.isEmpty()) {
            return new PastPage(List.of(), true);
        }
        List<HistoryBucket> buckets = new ArrayList<>();
        try (var _ = gate.enter();
                var view = database.get().view()) {
            try {
                for (long bucket : bucketsSince(view, wanted.tablespace(), at)) {
                    buckets.add(new HistoryBucket(view, bucket, wanted));
                }
                return BucketMerge.page(buckets, wanted.direction(), budget);
            } finally {
                buckets.forEach(HistoryBucket::close);
            }
        }
    }

    /** Those that may hold changes after a position, earliest first. */
    private List<Long> bucketsSince(Database.View view, TablespaceId tablespace, LogPosition at) {
        List<Long> buckets = new ArrayList<>();
        try (var cursor = since(view, tablespace, at)) {
            while (cursor.hasRow()) {
                long bucket = HistoryCodec.bucket(cursor.key());
                buckets.add(bucket);
                cursor.seek(HistoryCodec.prefix(tablespace, bucket + 1));
            }
        }
        return buckets;
    }

    private Cursor since(Database.View view, TablespaceId tablespace, LogPosition at) {
        Bytes from = HistoryCodec.prefix(tablespace, bucket(at.version()));
        return view.cursor(Family.HISTORY, from, RowCodec.prefix(tablespace).afterPrefix(), Direction.FORWARD);
    }

    private long bucket(long version) {
        return version / bucketMicros;
    }

    @Override
    public Comparator<PartitionKey> order() {
        return ORDER;
    }

    @Override
    public void forget(TablespaceId tablespace, LogPosition until) {
        Bytes from = RowCodec.prefix(tablespace);
        Bytes to = HistoryCodec.prefix(tablespace, bucket(until.version()));
        try (var _ = gate.enter()) {
            if (isEmpty(from, to)) {
                return;
            }
            deletion.accept(from, to);
        }
    }

    private boolean isEmpty(Bytes from, Bytes to) {
        try (var view = database.get().view();
                var cursor = view.cursor(Family.HISTORY, from, to, Direction.FORWARD)) {
            return !cursor.hasRow();
        }
    }
}
