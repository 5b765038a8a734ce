package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.Range;
import io.gramme.storage.RowKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One page of a sweep over the partitions of a hash range. For one thread. */
final class Sweep {
    private static final int MOST_AT_ONCE = 32;

    /** Where pages come from: the queries and the levels at which they are made. */
    record Source(
            Cql cql,
            TokenExtents extents,
            Slices slices,
            ConsistencyLevel onePartition,
            ConsistencyLevel manyPartitions) {}

    private final Source source;
    private final HashRange range;
    private final Range kind;
    private final Budget budget;
    private final Predicate<Fetch> page;

    /** @param page takes the rows of a query; returns whether it had room for all of them */
    Sweep(Source source, HashRange range, Budget budget, Predicate<Fetch> page) {
        this.source = source;
        this.range = range;
        this.kind = Range.startingWith(Bytes.of(range.kind()));
        this.budget = budget;
        this.page = page;
    }

    /** Returns whether the page has everything that is left of the range. */
    boolean run() {
        long from = range.from();
        Optional<RowKey> after =
                range.after().filter(row -> Long.compareUnsigned(row.partition().hash(), range.from()) >= 0);
        if (after.isPresent()) {
            if (!rest(after.get())) {
                return false;
            }
            // The hashes of one token differ in their low bits.
            from = after.get().partition().hash() | 0xffff_ffffL;
            if (from == -1) {
                return true;
            }
            from++;
        }
        return Long.compareUnsigned(from, range.to()) > 0 || runs(from);
    }

    /** Reads the rest of the partition of a row, and the partitions after it that have the same token. */
    private boolean rest(RowKey after) {
        PlacedKey place = PlacedKey.of(after.partition());
        var behind = new Range(after.sort().next(), kind.to());
        if (kind.from().compareTo(behind.from()) > 0) {
            behind = kind;
        }
        if (!behind.isEmpty() && !add(place, behind)) {
            return false;
        }
        for (var row : source.cql.rows(source.slices.places(place.token()), source.manyPartitions)) {
            PlacedKey other = Partitions.place(row);
            if (other.compareTo(place) > 0 && !add(other, kind)) {
                return false;
            }
        }
        return true;
    }

    private boolean add(PlacedKey place, Range sorts) {
        return page.test(fetch(source.slices.scan(place, sorts, Direction.FORWARD), source.onePartition));
    }

    private Fetch fetch(BoundStatement statement, ConsistencyLevel level) {
        return new Fetch(source.cql, statement, level, budget);
    }

    /**
     * Reads the runs of the tablespace from a hash on: more at once, the more of them there were without filling the
     * page.
     */
    private boolean runs(long from) {
        List<Integer> numbers = source.extents.of(range.tablespace(), source.manyPartitions).stream()
                .filter(number -> number >= PlacedKey.extent(from) && number <= PlacedKey.extent(range.to()))
                .toList();
        int atOnce = 1;
        for (int begun = 0; begun < numbers.size(); ) {
            int end = Math.min(numbers.size(), begun + atOnce);
            List<Fetch> fetches = numbers.subList(begun, end).stream()
                    .map(number -> fetch(runStatement(number, from), source.manyPartitions))
                    .toList();
            for (Fetch fetch : fetches) {
                if (!page.test(fetch)) {
                    return false;
                }
            }
            begun = end;
            atOnce = Math.min(atOnce * 2, MOST_AT_ONCE);
        }
        return true;
    }

    private BoundStatement runStatement(int number, long from) {
        long lowest = (long) number << 56;
        long highest = lowest | -1L >>> 8;
        long first = PlacedKey.token(range.tablespace(), PlacedKey.extent(from) == number ? from : lowest);
        long last = PlacedKey.token(range.tablespace(), PlacedKey.extent(range.to()) == number ? range.to() : highest);
        return source.slices.run(first, last, kind);
    }
}
