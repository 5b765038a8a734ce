package io.gramme.storage;

import java.util.List;
import java.util.Optional;

/** Reads rows: those of the present from a {@link RowStore}, or those of an earlier position from {@link PastRows}. */
public interface RowReader {

    /** The row at {@code key}; with {@link Consistency#STRONG}, as of every write acknowledged before the call. */
    Optional<Row> get(RowKey key, Consistency consistency);

    /**
     * The rows at these keys, in their order, each as {@link #get} returns it; together they need not be as of one
     * moment. An engine reads many at once where that is faster. The caller bounds how many there are, and with that
     * the memory that the answer takes.
     */
    default List<Optional<Row>> getAll(List<RowKey> keys, Consistency consistency) {
        return keys.stream().map(key -> get(key, consistency)).toList();
    }

    /**
     * The rows of a partition that lie in {@code range}, in key order or against it, as far as the budget goes. The
     * writes of one transaction in the partition are wholly in the page or not at all.
     */
    Page scan(PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency);

    /**
     * The rows of one kind over many partitions of a tablespace, in the order of the partitions' hashes, then of the
     * rows' sort bytes, as far as the budget goes. Partitions of equal hash follow one another, always in the same
     * order. The writes of one transaction in a partition are wholly in the page or not at all.
     */
    Page sweep(HashRange range, Budget budget, Consistency consistency);
}
