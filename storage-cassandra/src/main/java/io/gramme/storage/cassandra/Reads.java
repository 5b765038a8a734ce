package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.cassandra.Records.Part;
import io.gramme.storage.engine.PageBuilder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Reads of rows, in one partition or over many partitions.
 *
 * <p>Strong reads of one partition are serial. Reads over many partitions cannot be: they are made at a quorum, which
 * shows every acknowledged commit, but may show a commit in progress and then not show it again.
 *
 * <p>A page that needs several answers from Cassandra ends early where a partition has changed between two of them, so
 * that it never shows half a commit.
 */
final class Reads {
    private static final int MOST_AT_ONCE = 32;

    private final Cql cql;
    private final Partitions partitions;
    private final Intents intents;
    private final TokenExtents extents;
    private final PreparedStatement get;
    private final PreparedStatement any;
    private final Slices slices;

    Reads(Engine engine) {
        this.cql = engine.cql();
        this.partitions = engine.partitions();
        this.intents = engine.intents();
        this.extents = engine.extents();
        this.get = cql.prepare("SELECT place, sort, value, version, holder, intent, commits FROM "
                + engine.options().keyspace() + ".rows WHERE place = ? AND kind = 0 AND sort = ?");
        this.any = cql.prepare("SELECT place FROM " + engine.options().keyspace() + ".rows LIMIT 1");
        this.slices = Slices.ofRows(cql, engine.options());
    }

    private static final class EndedMeanwhile extends RuntimeException {
        private static final long serialVersionUID = 1;

        EndedMeanwhile() {
            super("a transaction has ended meanwhile", null, false, false);
        }
    }

    /** Reads again where it met a transaction whose record is gone: most likely its rows are free by then. */
    private <T> T again(Consistency consistency, Function<UnaryOperator<Cell>, T> reading) {
        try {
            return reading.apply(shown(consistency, false));
        } catch (EndedMeanwhile _) {
            return reading.apply(shown(consistency, true));
        }
    }

    private UnaryOperator<Cell> shown(Consistency consistency, boolean last) {
        var lookup = intents.lookup(last);
        return switch (consistency) {
            case EVENTUAL -> Cell::released;
            case STRONG -> cell -> lookup.visible(cell).orElseThrow(EndedMeanwhile::new);
        };
    }

    /** Whether there is no row of any kind. */
    boolean isEmpty() {
        return cql.rows(any.bind(), Cql.QUORUM).isEmpty();
    }

    Optional<Row> get(RowKey key, Consistency consistency) {
        PlacedKey place = PlacedKey.of(key.partition());
        return again(consistency, shown -> {
            Cell cell = switch (consistency) {
                case STRONG -> partitions.read(place, List.of(key.sort())).cell(key.sort());
                case EVENTUAL ->
                    cql.rows(get.bind(place.buffer(), Partitions.buffer(key.sort())), Cql.ONE).stream()
                            .map(Partitions::cell)
                            .findFirst()
                            .orElse(Cell.ABSENT);
            };
            return shown.apply(cell).row(key);
        });
    }

    /** The rows that exist. Those of one partition are read together, and so many partitions at once. */
    Map<RowKey, Row> getAll(List<RowKey> keys, Consistency consistency) {
        Map<PlacedKey, Set<Bytes>> wanted = new LinkedHashMap<>();
        for (RowKey key : keys) {
            wanted.computeIfAbsent(PlacedKey.of(key.partition()), _ -> new LinkedHashSet<>())
                    .add(key.sort());
        }
        List<Part> parts = wanted.entrySet().stream()
                .map(entry -> new Part(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
        Map<RowKey, Row> found = new HashMap<>();
        for (int begin = 0; begin < parts.size(); begin += MOST_AT_ONCE) {
            List<Part> next = parts.subList(begin, Math.min(parts.size(), begin + MOST_AT_ONCE));
            found.putAll(again(consistency, shown -> rows(next, consistency, shown)));
        }
        return found;
    }

    private Map<RowKey, Row> rows(List<Part> parts, Consistency consistency, UnaryOperator<Cell> shown) {
        List<PartitionView> views = switch (consistency) {
            case STRONG -> partitions.readAll(parts);
            case EVENTUAL -> partitions.readAllEventually(parts);
        };
        Map<RowKey, Row> rows = new HashMap<>();
        for (PartitionView view : views) {
            PartitionKey partition = view.place().partition();
            view.cells().forEach((sort, cell) -> {
                var key = new RowKey(partition, sort);
                shown.apply(cell).row(key).ifPresent(row -> rows.put(key, row));
            });
        }
        return rows;
    }

    Page scan(PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency) {
        if (range.isEmpty()) {
            return new PageBuilder(budget).exhausted();
        }
        PlacedKey place = PlacedKey.of(partition);
        BoundStatement statement = slices.scan(place, range, direction);
        return again(consistency, shown -> switch (consistency) {
            case STRONG ->
                settledPage(place, statement, budget, shown)
                        .orElseGet(() -> serialPage(place, statement, budget, shown));
            case EVENTUAL -> {
                var page = new Collected(budget, shown, _ -> true);
                yield page.end(page.add(new Fetch(cql, statement, Cql.ONE, budget)));
            }
        });
    }

    /**
     * Read at a quorum, if that shows the register that is known to have reached one: see {@link QuorumKnownRegisters}.
     */
    private Optional<Page> settledPage(
            PlacedKey place, BoundStatement statement, Budget budget, UnaryOperator<Cell> shown) {
        Optional<Bytes> known = partitions.settled().commits(place);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        var page = new Collected(budget, shown, _ -> true, known);
        boolean whole = page.add(new Fetch(cql, statement, Cql.QUORUM, budget));
        return page.isSettled() ? Optional.of(page.end(whole)) : Optional.empty();
    }

    private Page serialPage(PlacedKey place, BoundStatement statement, Budget budget, UnaryOperator<Cell> shown) {
        var page = new Collected(budget, shown, _ -> true);
        boolean whole = page.add(new Fetch(cql, statement, Cql.SERIAL, budget));
        partitions.settled().note(place, page.lastCommits());
        return page.end(whole);
    }

    Page sweep(HashRange range, Budget budget, Consistency consistency) {
        return again(consistency, shown -> {
            var page = new Collected(
                    budget, shown, row -> range.contains(row.key().partition().hash()));
            var source = new Sweep.Source(cql, extents, slices, level(consistency, true), level(consistency, false));
            return page.end(new Sweep(source, range, budget, page::add).run());
        });
    }

    /** Collects the rows of a page. */
    private static final class Collected {
        private final PageBuilder page;
        private final UnaryOperator<Cell> shown;
        private final Predicate<Row> wanted;
        private Optional<PlacedKey> lastPlace = Optional.empty();
        private Bytes lastCommits = Bytes.EMPTY;
        private boolean lastWasTaken;

        /** The commits that every row has to show; empty if any will do. */
        private final Optional<Bytes> known;

        private boolean differs;

        Collected(Budget budget, UnaryOperator<Cell> shown, Predicate<Row> wanted) {
            this(budget, shown, wanted, Optional.empty());
        }

        Collected(Budget budget, UnaryOperator<Cell> shown, Predicate<Row> wanted, Optional<Bytes> known) {
            this.page = new PageBuilder(budget);
            this.shown = shown;
            this.wanted = wanted;
            this.known = known;
        }

        /** Whether there were rows, and all of them showed the known commits: without rows nothing shows any. */
        boolean isSettled() {
            return !differs && !lastCommits.isEmpty();
        }

        Bytes lastCommits() {
            return lastCommits;
        }

        /** Adds rows as far as there is room; returns whether it added them all. */
        boolean add(Fetch fetch) {
            boolean goesOn = false;
            while (true) {
                for (var row : fetch.rows()) {
                    if (!add(row, goesOn)) {
                        return false;
                    }
                    goesOn = false;
                }
                if (!fetch.fetchMore()) {
                    lastPlace = Optional.empty();
                    return true;
                }
                goesOn = true;
            }
        }

        /** @param goesOn whether this is the first row of another answer */
        private boolean add(com.datastax.oss.driver.api.core.cql.Row row, boolean goesOn) {
            PlacedKey place = Partitions.place(row);
            Bytes commits = Partitions.bytes(row.getByteBuffer("commits"));
            if (known.isPresent() && !known.get().equals(commits)) {
                differs = true;
                return false;
            }
            boolean same = lastPlace.filter(place::equals).isPresent();
            if (goesOn && same && lastWasTaken && !commits.equals(lastCommits)) {
                return false;
            }
            lastWasTaken = same && lastWasTaken;
            lastPlace = Optional.of(place);
            lastCommits = commits;
            var key = new RowKey(place.partition(), Partitions.bytes(row.getByteBuffer("sort")));
            Optional<Row> found = shown.apply(Partitions.cell(row)).row(key).filter(wanted);
            if (found.isEmpty()) {
                return true;
            }
            lastWasTaken = true;
            return page.add(found.get());
        }

        Page end(boolean whole) {
            return whole ? page.exhausted() : page.cut();
        }
    }

    private static ConsistencyLevel level(Consistency consistency, boolean onePartition) {
        return switch (consistency) {
            case EVENTUAL -> Cql.ONE;
            case STRONG -> onePartition ? Cql.SERIAL : Cql.QUORUM;
        };
    }
}
