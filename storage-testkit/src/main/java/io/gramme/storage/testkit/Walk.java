package io.gramme.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads page after page until nothing is left, and checks that each page keeps to its budget and is no smaller than it
 * has to be. The rows it reads must not be written meanwhile.
 */
public final class Walk {
    /** A page that holds everything a test ever writes. */
    public static final Budget AMPLE = new Budget(1_000_000, 1L << 30);

    public static final Range EVERYTHING = new Range(Bytes.EMPTY, Optional.empty());

    private Walk() {}

    public static List<Row> scan(RowStore store, PartitionKey partition) {
        return scan(store, partition, EVERYTHING, Direction.FORWARD, AMPLE);
    }

    public static List<Row> scan(
            RowStore store, PartitionKey partition, Range range, Direction direction, Budget budget) {
        List<Row> all = new ArrayList<>();
        Range left = range;
        while (true) {
            Page page = store.scan(partition, left, direction, budget, Consistency.STRONG);
            add(page, budget, all);
            if (page.exhausted()) {
                return all;
            }
            left = behind(all.getLast(), left, direction);
        }
    }

    private static Range behind(Row last, Range range, Direction direction) {
        Bytes sort = last.key().sort();
        return switch (direction) {
            case FORWARD -> new Range(sort.next(), range.to());
            case BACKWARD -> new Range(range.from(), Optional.of(sort));
        };
    }

    public static List<Row> sweep(RowStore store, HashRange range) {
        return sweep(store, range, AMPLE);
    }

    public static List<Row> sweep(RowStore store, HashRange range, Budget budget) {
        List<Row> all = new ArrayList<>();
        HashRange left = range;
        while (true) {
            Page page = store.sweep(left, budget, Consistency.STRONG);
            add(page, budget, all);
            if (page.exhausted()) {
                return all;
            }
            left = left.after(all.getLast().key());
        }
    }

    private static void add(Page page, Budget budget, List<Row> all) {
        List<Row> rows = page.rows();
        if (!page.exhausted()) {
            assertThat(rows).as("rows of a page with more behind it").isNotEmpty();
        }
        if (!all.isEmpty()) {
            assertThat(rows).as("rows behind a page that promised more").isNotEmpty();
        }
        assertThat(rows).as("rows of a page").hasSizeLessThanOrEqualTo(budget.rows());
        if (rows.size() > 1) {
            assertThat(bytes(rows)).as("bytes of a page").isLessThanOrEqualTo(budget.bytes());
        }
        all.addAll(rows);
    }

    private static long bytes(List<Row> rows) {
        return rows.stream().mapToLong(row -> row.value().length()).sum();
    }
}
