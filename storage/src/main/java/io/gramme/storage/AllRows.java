package io.gramme.storage;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads a range to its end, with {@link Consistency#STRONG}, and holds one page of it at a time. Each page is as of its
 * own moment; the rows of a page may be written while they are passed on.
 */
public final class AllRows {
    private static final Budget PAGE = new Budget(1_000, 16L << 20);

    private AllRows() {}

    /** Passes the rows of a partition that lie in {@code range} to {@code each}, in key order. */
    public static void scan(RowStore store, PartitionKey partition, Range range, Consumer<Row> each) {
        read(
                range,
                rest -> store.scan(partition, rest, Direction.FORWARD, PAGE, Consistency.STRONG),
                (rest, last) -> new Range(last.sort().next(), rest.to()),
                each);
    }

    /** Passes the rows of {@code range} to {@code each}, in the order of {@link RowStore#sweep}. */
    public static void sweep(RowStore store, HashRange range, Consumer<Row> each) {
        read(range, rest -> store.sweep(rest, PAGE, Consistency.STRONG), HashRange::after, each);
    }

    private static <R> void read(
            R range, Function<R, Page> reader, BiFunction<R, RowKey, R> behind, Consumer<Row> each) {
        R rest = range;
        Page page;
        do {
            page = reader.apply(rest);
            page.rows().forEach(each);
            if (!page.rows().isEmpty()) {
                rest = behind.apply(rest, page.rows().getLast().key());
            }
        } while (!page.exhausted());
    }
}
