package io.gramme.storage;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The images that transactions {@linkplain Retained retained} of rows before they changed them. Together with the rows
 * as they are now, they give the rows as of an earlier position: {@link PastRows} reads those.
 *
 * <p>An image is in the history if and only if the transaction that retained it committed, and it appears at the same
 * moment as the row that the transaction wrote. A change is after a position if its version is above that of the
 * position: so a transaction lies wholly before a position or wholly after it.
 */
public interface RowHistory {

    /** The row before its first retained change after {@code at}; empty if there is none, so that it is as it was. */
    Optional<PastRow> first(RowKey key, LogPosition at);

    /**
     * Each row of a partition in {@code range} that has a retained change after {@code at}, before the first such
     * change: in key order or against it, as far as the budget goes.
     */
    PastPage scan(PartitionKey partition, Range range, Direction direction, LogPosition at, Budget budget);

    /**
     * Each row of one kind over many partitions of a tablespace that has a retained change after {@code at}, before the
     * first such change: in the order of {@link RowStore#sweep}, as far as the budget goes.
     */
    PastPage sweep(HashRange range, LogPosition at, Budget budget);

    /**
     * The order in which sweeps visit the partitions of a tablespace: by hash, and by the engine's order where
     * equal.
     */
    Comparator<PartitionKey> order();

    /** The disk space that the images of these tablespaces take, by estimate; empty if the engine does not know it. */
    default OptionalLong bytes(List<TablespaceId> tablespaces) {
        return OptionalLong.empty();
    }

    /**
     * Deletes the images of changes at or before {@code until} in a tablespace, in time that does not grow with their
     * number. An engine may keep some of them for up to a day longer, or until the time has passed for which they were
     * retained, if it then deletes them by itself.
     */
    void forget(TablespaceId tablespace, LogPosition until);
}
