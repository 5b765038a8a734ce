package io.gramme.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.PastPage;
import io.gramme.storage.PastRow;
import io.gramme.storage.PastRows;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowHistory;
import io.gramme.storage.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** As {@link Walk}, for rows as of a position and for the history itself. */
final class PastWalk {
    private PastWalk() {}

    static List<Row> scan(PastRows rows, PartitionKey partition, Range range, Direction direction, Budget budget) {
        return rows(
                range,
                budget,
                left -> rows.scan(partition, left, direction, budget),
                (left, last) -> behind(last, left, direction));
    }

    static List<Row> sweep(PastRows rows, HashRange range, Budget budget) {
        return rows(range, budget, left -> rows.sweep(left, budget), HashRange::after);
    }

    static List<PastRow> scan(
            RowHistory history,
            PartitionKey partition,
            Range range,
            Direction direction,
            LogPosition at,
            Budget budget) {
        return changes(
                range,
                budget,
                left -> history.scan(partition, left, direction, at, budget),
                (left, last) -> behind(last, left, direction));
    }

    static List<PastRow> sweep(RowHistory history, HashRange range, LogPosition at, Budget budget) {
        return changes(range, budget, left -> history.sweep(left, at, budget), HashRange::after);
    }

    private interface Rest<T> {
        T after(T whole, RowKey last);
    }

    private static <T> List<Row> rows(T whole, Budget budget, Function<T, Page> read, Rest<T> rest) {
        List<Row> all = new ArrayList<>();
        T left = whole;
        while (true) {
            Page page = read.apply(left);
            check(
                    page.rows().size(),
                    page.rows().stream().mapToLong(row -> row.value().length()).sum(),
                    page.exhausted(),
                    budget);
            all.addAll(page.rows());
            if (page.exhausted()) {
                return all;
            }
            left = rest.after(left, all.getLast().key());
        }
    }

    private static <T> List<PastRow> changes(T whole, Budget budget, Function<T, PastPage> read, Rest<T> rest) {
        List<PastRow> all = new ArrayList<>();
        T left = whole;
        while (true) {
            PastPage page = read.apply(left);
            check(
                    page.rows().size(),
                    page.rows().stream()
                            .mapToLong(row -> row.before().map(Bytes::length).orElse(0))
                            .sum(),
                    page.exhausted(),
                    budget);
            all.addAll(page.rows());
            if (page.exhausted()) {
                return all;
            }
            left = rest.after(left, all.getLast().key());
        }
    }

    private static void check(int rows, long bytes, boolean exhausted, Budget budget) {
        assertThat(exhausted || rows > 0)
                .as("a page with more behind it has a row")
                .isTrue();
        assertThat(rows).as("rows of a page").isLessThanOrEqualTo(budget.rows());
        if (rows > 1) {
            assertThat(bytes).as("bytes of a page").isLessThanOrEqualTo(budget.bytes());
        }
    }

    private static Range behind(RowKey last, Range range, Direction direction) {
        return switch (direction) {
            case FORWARD -> new Range(last.sort().next(), range.to());
            case BACKWARD -> new Range(range.from(), Optional.of(last.sort()));
        };
    }
}
