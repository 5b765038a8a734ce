package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The images of rows, each in the partition of its row. It reads at a quorum what is at a quorum already: first it makes
 * sure that every commit of which an earlier read has seen anything is.
 *
 * <p>A partition that transactions name has a register: reading that brings its last commit to a quorum. Where rows are
 * held, where a partition has no register because its rows are delivered, and over many partitions, commits in progress
 * are finished first.
 */
final class CassandraHistory implements RowHistory {
    private static final Comparator<PartitionKey> ORDER = Comparator.comparing(PlacedKey::of);

    private final Cql cql;
    private final Partitions partitions;
    private final Recovery recovery;
    private final Slices images;
    private final Sweep.Source source;
    private final PreparedStatement first;

    CassandraHistory(Engine engine, Recovery recovery) {
        this.cql = engine.cql();
        this.partitions = engine.partitions();
        this.recovery = recovery;
        this.images = Slices.ofImages(cql, engine.options());
        this.source = new Sweep.Source(cql, engine.extents(), images, Cql.QUORUM, Cql.QUORUM);
        this.first = cql.prepare("SELECT place, sort, value, version FROM "
                + engine.options().keyspace()
                + ".rows WHERE place = ? AND kind = 2 AND sort >= ? AND sort <= ? LIMIT 1");
    }

    @Override
    public Optional<PastRow> first(RowKey key, LogPosition at) {
        return mayHaveChanged(PlacedKey.of(key.partition()), at) ? firstImage(key, at) : Optional.empty();
    }

    private Optional<PastRow> firstImage(RowKey key, LogPosition at) {
        PlacedKey place = PlacedKey.of(key.partition());
        Bytes from = ImageKey.of(key.sort(), at.version() + 1);
        Bytes to = ImageKey.end(key.sort());
        return cql.rows(first.bind(place.buffer(), Partitions.buffer(from), Partitions.buffer(to)), Cql.QUORUM).stream()
                .map(CassandraHistory::pastRow)
                .findFirst();
    }

    /**
     * Whether anything in a partition has changed after a position; if so, all changes that were seen before are at a
     * quorum.
     */
    private boolean mayHaveChanged(PlacedKey place, LogPosition at) {
        Register register = partitions.read(place, List.of()).register();
        if (register.isNew() || register.held() > 0) {
            recovery.finishSeen();
            return true;
        }
        return register.stamp() > at.version();
    }

    @Override
    public PastPage scan(PartitionKey partition, Range range, Direction direction, LogPosition at, Budget budget) {
        PlacedKey place = PlacedKey.of(partition);
        if (range.isEmpty() || !mayHaveChanged(place, at)) {
            return new PastPage(List.of(), true);
        }
        var page = new Collected(at, budget, _ -> true);
        Range rest = range;
        while (true) {
            boolean whole = page.add(new Fetch(cql, images.scan(place, rest, direction), Cql.QUORUM, budget));
            Optional<RowKey> skipped = page.skip();
            if (skipped.isEmpty()) {
                return page.end(whole);
            }
            Bytes sort = skipped.get().sort();
            rest = switch (direction) {
                case FORWARD -> new Range(sort.next(), rest.to());
                case BACKWARD -> new Range(rest.from(), Optional.of(sort));
            };
        }
    }

    @Override
    public PastPage sweep(HashRange range, LogPosition at, Budget budget) {
        recovery.finishSeen();
        var page =
                new Collected(at, budget, key -> range.contains(key.partition().hash()));
        HashRange rest = range;
        while (true) {
            boolean whole = new Sweep(source, rest, budget, page::add).run();
            Optional<RowKey> skipped = page.skip();
            if (skipped.isEmpty()) {
                return page.end(whole);
            }
            rest = rest.after(skipped.get());
        }
    }

    private static PastRow pastRow(Row row) {
        Bytes key = Partitions.bytes(row.getByteBuffer("sort"));
        return new PastRow(
                new RowKey(Partitions.place(row).partition(), ImageKey.row(key)),
                Optional.ofNullable(row.getByteBuffer("value")).map(Partitions::bytes),
                ImageKey.version(key));
    }

    @Override
    public Comparator<PartitionKey> order() {
        return ORDER;
    }

    /** Does nothing: Cassandra deletes each image when the time has passed for which it was retained. */
    @Override
    public void forget(TablespaceId tablespace, LogPosition until) {}

    /** Collects the rows of a page: of the images of each row, the first one after the position. */
    private final class Collected {
        private final LogPosition at;
        private final Budget budget;
        private final Predicate<RowKey> wanted;
        private final List<PastRow> rows = new ArrayList<>();
        private long bytes;

        /** The row whose images are being read, and the first one after the position that has been found. */
        private @Nullable RowKey current;

        private Optional<PastRow> found = Optional.empty();

        /** Whether the current row has so many images that the rest of them is to be skipped. */
        private boolean isLong;

        Collected(LogPosition at, Budget budget, Predicate<RowKey> wanted) {
            this.at = at;
            this.budget = budget;
            this.wanted = wanted;
        }

        /** Adds rows as far as there is room; returns whether it added them all. */
        boolean add(Fetch fetch) {
            while (true) {
                RowKey before = current;
                boolean isAlone = true;
                for (Row row : fetch.rows()) {
                    PastRow image = pastRow(row);
                    isAlone = isAlone && image.key().equals(before);
                    if (!add(image)) {
                        return false;
                    }
                }
                if (isAlone && before != null && fetch.hasMore()) {
                    isLong = true;
                    return false;
                }
                if (!fetch.fetchMore()) {
                    return true;
                }
            }
        }

        private boolean add(PastRow image) {
            if (!image.key().equals(current)) {
                if (!flush()) {
                    return false;
                }
                current = image.key();
            }
            boolean isEarlier = found.isEmpty() || image.changed() < found.get().changed();
            if (image.changed() > at.version() && isEarlier && wanted.test(image.key())) {
                found = Optional.of(image);
            }
            return true;
        }

        /** Returns whether there is room for what was found of the current row. */
        private boolean flush() {
            if (found.isEmpty()) {
                return true;
            }
            int length = found.get().before().map(Bytes::length).orElse(0);
            if (!rows.isEmpty() && (rows.size() >= budget.rows() || bytes + length > budget.bytes())) {
                return false;
            }
            rows.add(found.get());
            bytes += length;
            found = Optional.empty();
            return true;
        }

        /**
         * If reading has stopped among the images of a row that has very many: finds its first one after the position,
         * and returns the row, behind which reading goes on.
         */
        Optional<RowKey> skip() {
            if (!isLong || current == null) {
                return Optional.empty();
            }
            isLong = false;
            RowKey row = current;
            found = wanted.test(row) ? firstImage(row, at) : Optional.empty();
            return Optional.of(row);
        }

        PastPage end(boolean whole) {
            boolean exhausted = whole && flush();
            return new PastPage(rows, exhausted);
        }
    }
}
