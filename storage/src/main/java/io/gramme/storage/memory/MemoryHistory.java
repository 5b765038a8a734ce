package io.gramme.storage.memory;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Direction;
import io.gramme.storage.LogPosition;
import io.gramme.storage.PastPage;
import io.gramme.storage.PastRow;
import io.gramme.storage.Retained;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.engine.BucketMerge;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The images of a store in memory: for each tablespace a bucket for each hour, and in each bucket the images by row and
 * version. So forgetting drops buckets.
 *
 * <p>The store's lock guards it: shared for the calls that read, exclusive for those that write.
 */
final class MemoryHistory {
    private static final long BUCKET_MICROS = Duration.ofHours(1).dividedBy(Duration.of(1, ChronoUnit.MICROS));

    private final Map<TablespaceId, NavigableMap<Long, NavigableMap<Change, Image>>> tablespaces = new HashMap<>();

    /** A change of a row: by its row's place, then its version. */
    private record Change(Place row, long version) implements Comparable<Change> {
        private static final Comparator<Change> ORDER =
                Comparator.comparing(Change::row).thenComparingLong(Change::version);

        static Change beforeAll(Place row) {
            return new Change(row, 0);
        }

        static Change afterAll(Place row) {
            return new Change(row, Long.MAX_VALUE);
        }

        @Override
        public int compareTo(Change other) {
            return ORDER.compare(this, other);
        }
    }

    private record Image(RowKey key, Optional<Bytes> before) {}

    /**
     * The rows that a call wants.
     *
     * @param to not included; empty for the end of the tablespace
     * @param kind empty for rows of every kind
     */
    record Wanted(TablespaceId tablespace, Place from, Optional<Place> to, Optional<Integer> kind, LogPosition at) {
        boolean isEmpty() {
            return to.isPresent() && from.compareTo(to.get()) >= 0;
        }

        private NavigableMap<Change, Image> of(NavigableMap<Change, Image> changes) {
            NavigableMap<Change, Image> tail = changes.tailMap(Change.beforeAll(from), true);
            return to.isPresent() ? tail.headMap(Change.beforeAll(to.get()), false) : tail;
        }
    }

    void add(Retained retained, long version) {
        RowKey key = retained.key();
        tablespaces
                .computeIfAbsent(key.partition().tablespace(), _ -> new TreeMap<>())
                .computeIfAbsent(bucket(version), _ -> new TreeMap<>())
                .put(new Change(Place.of(key), version), new Image(key, retained.before()));
    }

    Optional<PastRow> first(RowKey key, LogPosition at) {
        Place row = Place.of(key);
        var after = new Change(row, at.version());
        for (NavigableMap<Change, Image> bucket : since(key.partition().tablespace(), at)) {
            var change = bucket.higherEntry(after);
            if (change != null && change.getKey().row().equals(row)) {
                return Optional.of(pastRow(change));
            }
        }
        return Optional.empty();
    }

    PastPage page(Wanted wanted, Direction direction, Budget budget) {
        List<Bucket> buckets = new ArrayList<>();
        if (!wanted.isEmpty()) {
            since(wanted.tablespace(), wanted.at())
                    .forEach(changes -> buckets.add(new Bucket(changes, wanted, direction)));
        }
        return BucketMerge.page(buckets, direction, budget);
    }

    void forget(TablespaceId tablespace, LogPosition until) {
        buckets(tablespace).headMap(bucket(until.version()), false).clear();
    }

    void drop(TablespaceId tablespace) {
        tablespaces.remove(tablespace);
    }

    void clear() {
        tablespaces.clear();
    }

    /** The buckets that may hold changes after a position, earliest first. */
    private Iterable<NavigableMap<Change, Image>> since(TablespaceId tablespace, LogPosition at) {
        return buckets(tablespace).tailMap(bucket(at.version()), true).values();
    }

    private NavigableMap<Long, NavigableMap<Change, Image>> buckets(TablespaceId tablespace) {
        var buckets = tablespaces.get(tablespace);
        return buckets == null ? Collections.emptyNavigableMap() : buckets;
    }

    private static long bucket(long version) {
        return version / BUCKET_MICROS;
    }

    private static PastRow pastRow(Map.Entry<Change, Image> change) {
        Image image = change.getValue();
        return new PastRow(image.key(), image.before(), change.getKey().version());
    }

    /** Stands on the first change of a row after the position. */
    private static final class Bucket implements BucketMerge.Bucket<Place> {
        private final NavigableMap<Change, Image> changes;
        private final Wanted wanted;
        private final Direction direction;
        private Map.@Nullable Entry<Change, Image> current;

        Bucket(NavigableMap<Change, Image> changes, Wanted wanted, Direction direction) {
            this.changes = wanted.of(changes);
            this.wanted = wanted;
            this.direction = direction;
            settle(
                    switch (direction) {
                        case FORWARD -> this.changes.firstEntry();
                        case BACKWARD -> this.changes.lastEntry();
                    });
        }

        /** Moves to the row of {@code start}, or the next one that is wanted and has changed after the position. */
        private void settle(Map.@Nullable Entry<Change, Image> start) {
            var candidate = start;
            while (candidate != null) {
                Place row = candidate.getKey().row();
                if (wanted.kind().isPresent() && row.kind() != wanted.kind().get()) {
                    candidate = nextOfKind(row, wanted.kind().get());
                    continue;
                }
                var first = changes.higherEntry(new Change(row, wanted.at().version()));
                if (first != null && first.getKey().row().equals(row)) {
                    current = first;
                    return;
                }
                candidate = next(row);
            }
            current = null;
        }

        /** Only sweeps want one kind, and they go forward. */
        private Map.@Nullable Entry<Change, Image> nextOfKind(Place row, int kind) {
            Place place = row.kind() < kind ? row.beforeKind(kind) : row.behindPartition();
            return changes.ceilingEntry(Change.beforeAll(place));
        }

        private Map.@Nullable Entry<Change, Image> next(Place row) {
            return switch (direction) {
                case FORWARD -> changes.higherEntry(Change.afterAll(row));
                case BACKWARD -> changes.lowerEntry(Change.beforeAll(row));
            };
        }

        private Map.Entry<Change, Image> current() {
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
        public Place place() {
            return current().getKey().row();
        }

        @Override
        public PastRow row() {
            return pastRow(current());
        }

        @Override
        public void advance() {
            settle(next(place()));
        }
    }
}
