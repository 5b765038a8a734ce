package io.gramme.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a store as they were at one position of its log, while writes go on.
 *
 * <p>Each read takes the rows as they are now first, and then the history of the same keys. A row that is there with a
 * version not after the position is the answer. Any other row is decided by its first change after the position: the
 * image before that change is the answer, and a row without such a change was absent and still is.
 *
 * <p>Why this is right. The position is complete, so every change at or before it was there when the first read began:
 * a row found with a version not after the position is as the last of them left it. A row found with a later version,
 * or not found, has changed after the position or was absent. If it has changed, that change was there when the live
 * row was read; its image appeared with it, and the history is read later. A change made between the two reads
 * does no harm: the image of a row that was found holds what was found, and a row that was not found is absent in the
 * image. For a page this holds row by row, if the history that is read covers exactly the keys from the page's begin to
 * its last row, or to the end of the range if the page is the last.
 *
 * <p>The position must not be after {@link ChangeLog#complete}, nor before the moment from which every change of these
 * rows was retained, nor before what {@link RowHistory#forget} was told. Then each transaction is seen wholly or not at
 * all. A row that is there but has no image is reported as a {@link StorageException}; one that was deleted without an
 * image cannot be told from one that never was.
 *
 * <p>Memory is bounded by three pages of the budget. For use by any thread.
 */
public final class PastRows implements RowReader {
    private final RowStore store;
    private final RowHistory history;
    private final LogPosition at;

    public PastRows(RowStore store, LogPosition at) {
        this.store = store;
        this.history = store.history();
        this.at = at;
    }

    /** The row as of the position. A row from the history has the version of the position. */
    public Optional<Row> get(RowKey key) {
        return past(key, store.get(key, Consistency.STRONG));
    }

    /** The same: the past does not change, so that every read of it is consistent. */
    @Override
    public Optional<Row> get(RowKey key, Consistency consistency) {
        return get(key);
    }

    @Override
    public List<Optional<Row>> getAll(List<RowKey> keys, Consistency consistency) {
        return getAll(keys);
    }

    @Override
    public Page scan(PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency) {
        return scan(partition, range, direction, budget);
    }

    @Override
    public Page sweep(HashRange range, Budget budget, Consistency consistency) {
        return sweep(range, budget);
    }

    /** The rows at these keys, in their order. */
    public List<Optional<Row>> getAll(List<RowKey> keys) {
        List<Optional<Row>> live = store.getAll(keys, Consistency.STRONG);
        var past = new ArrayList<Optional<Row>>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            past.add(past(keys.get(i), live.get(i)));
        }
        return past;
    }

    private Optional<Row> past(RowKey key, Optional<Row> live) {
        if (live.isPresent() && isUnchanged(live.get())) {
            return live;
        }
        return decide(live, history.first(key, at));
    }

    /** As {@link RowStore#scan}; a page may hold fewer rows than its budget allows. */
    public Page scan(PartitionKey partition, Range range, Direction direction, Budget budget) {
        return read(new ScanPart(partition, range, direction), budget);
    }

    /** As {@link RowStore#sweep}; a page may hold fewer rows than its budget allows. */
    public Page sweep(HashRange range, Budget budget) {
        return read(new SweepPart(range, Optional.empty()), budget);
    }

    private Page read(Part whole, Budget budget) {
        var page = new PastPageRows(budget);
        Part rest = whole;
        while (true) {
            Page live = rest.live(budget);
            Part covered =
                    live.exhausted() ? rest : rest.upTo(live.rows().getLast().key());
            boolean fits = merge(live.rows(), covered, page);
            if (!fits || live.exhausted() || !page.rows.isEmpty()) {
                return new Page(page.rows, fits && live.exhausted());
            }
            // None of these rows existed at the position.
            rest = rest.after(live.rows().getLast().key());
        }
    }

    /** Returns whether the page had room for all of them. */
    private boolean merge(List<Row> live, Part covered, PastPageRows page) {
        var changes = new Changes(covered, page.budget);
        for (Row row : live) {
            Optional<PastRow> change = changes.next();
            while (change.isPresent() && covered.compare(change.get().key(), row.key()) < 0) {
                if (!page.add(decide(Optional.empty(), change))) {
                    return false;
                }
                changes.advance();
                change = changes.next();
            }
            Optional<PastRow> own = change.filter(it -> it.key().equals(row.key()));
            if (!page.add(decide(Optional.of(row), own))) {
                return false;
            }
            if (own.isPresent()) {
                changes.advance();
            }
        }
        for (Optional<PastRow> change = changes.next(); change.isPresent(); change = changes.next()) {
            if (!page.add(decide(Optional.empty(), change))) {
                return false;
            }
            changes.advance();
        }
        return true;
    }

    private boolean isUnchanged(Row live) {
        return live.version() <= at.version();
    }

    /** @param change the first one after the position */
    private Optional<Row> decide(Optional<Row> live, Optional<PastRow> change) {
        if (live.isPresent() && isUnchanged(live.get())) {
            return live;
        }
        if (live.isPresent() && change.isEmpty()) {
            Row row = live.get();
            throw new StorageException("row has changed after a position to which its history does not reach back:"
                    + " position=" + at.version() + " version=" + row.version() + " key=" + row.key());
        }
        return change.flatMap(it -> it.before().map(value -> new Row(it.key(), value, at.version())));
    }

    /** The part of a scan or sweep that is still to be read. */
    private interface Part {
        Page live(Budget budget);

        PastPage changes(Budget budget);

        /** What follows a row. */
        Part after(RowKey last);

        /** What ends with a row. */
        Part upTo(RowKey last);

        boolean contains(RowKey key);

        int compare(RowKey one, RowKey other);
    }

    private final class ScanPart implements Part {
        private final PartitionKey partition;
        private final Range range;
        private final Direction direction;

        ScanPart(PartitionKey partition, Range range, Direction direction) {
            this.partition = partition;
            this.range = range;
            this.direction = direction;
        }

        @Override
        public Page live(Budget budget) {
            return store.scan(partition, range, direction, budget, Consistency.STRONG);
        }

        @Override
        public PastPage changes(Budget budget) {
            return history.scan(partition, range, direction, at, budget);
        }

        @Override
        public Part after(RowKey last) {
            return with(
                    switch (direction) {
                        case FORWARD -> new Range(last.sort().next(), range.to());
                        case BACKWARD -> new Range(range.from(), Optional.of(last.sort()));
                    });
        }

        @Override
        public Part upTo(RowKey last) {
            return with(
                    switch (direction) {
                        case FORWARD ->
                            new Range(range.from(), Optional.of(last.sort().next()));
                        case BACKWARD -> new Range(last.sort(), range.to());
                    });
        }

        private Part with(Range other) {
            return new ScanPart(partition, other, direction);
        }

        @Override
        public boolean contains(RowKey key) {
            return true;
        }

        @Override
        public int compare(RowKey one, RowKey other) {
            int bySort = one.sort().compareTo(other.sort());
            return switch (direction) {
                case FORWARD -> bySort;
                case BACKWARD -> -bySort;
            };
        }
    }

    private final class SweepPart implements Part {
        private final HashRange range;

        /** The last row of this part; empty if it goes to the end of the range. */
        private final Optional<RowKey> last;

        SweepPart(HashRange range, Optional<RowKey> last) {
            this.range = range;
            this.last = last;
        }

        @Override
        public Page live(Budget budget) {
            return store.sweep(range, budget, Consistency.STRONG);
        }

        @Override
        public PastPage changes(Budget budget) {
            return history.sweep(range, at, budget);
        }

        @Override
        public Part after(RowKey row) {
            return new SweepPart(range.after(row), last);
        }

        @Override
        public Part upTo(RowKey row) {
            long hash = row.partition().hash();
            return new SweepPart(
                    new HashRange(range.tablespace(), range.kind(), range.from(), hash, range.after()),
                    Optional.of(row));
        }

        @Override
        public boolean contains(RowKey key) {
            return last.isEmpty() || compare(key, last.get()) <= 0;
        }

        @Override
        public int compare(RowKey one, RowKey other) {
            int byPartition = history.order().compare(one.partition(), other.partition());
            return byPartition != 0 ? byPartition : one.sort().compareTo(other.sort());
        }
    }

    /** Reads the changes in a part, page after page. */
    private static final class Changes {
        private final Part part;
        private final Budget budget;
        private Part rest;
        private List<PastRow> rows = List.of();
        private int index;
        private boolean exhausted;

        Changes(Part part, Budget budget) {
            this.part = part;
            this.rest = part;
            this.budget = budget;
        }

        Optional<PastRow> next() {
            while (index == rows.size() && !exhausted) {
                if (!rows.isEmpty()) {
                    rest = rest.after(rows.getLast().key());
                }
                PastPage page = rest.changes(budget);
                rows = page.rows();
                index = 0;
                exhausted = page.exhausted();
            }
            if (index == rows.size() || !part.contains(rows.get(index).key())) {
                return Optional.empty();
            }
            return Optional.of(rows.get(index));
        }

        void advance() {
            index++;
        }
    }

    /** The rows of a page, within its budget. */
    private static final class PastPageRows {
        private final Budget budget;
        private final List<Row> rows = new ArrayList<>();
        private long bytes;

        PastPageRows(Budget budget) {
            this.budget = budget;
        }

        /** Adds a row, if there is one; returns false if there is no room for it. */
        boolean add(Optional<Row> row) {
            if (row.isEmpty()) {
                return true;
            }
            int length = row.get().value().length();
            if (!rows.isEmpty() && (rows.size() >= budget.rows() || bytes + length > budget.bytes())) {
                return false;
            }
            rows.add(row.get());
            bytes += length;
            return true;
        }
    }
}
