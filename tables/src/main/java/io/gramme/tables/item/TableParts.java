package io.gramme.tables.item;

import io.gramme.core.item.Value;
import io.gramme.storage.HashRange;
import io.gramme.tables.job.Job;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.Table;
import java.util.List;
import java.util.stream.IntStream;

/** The division of a table's items among the parts of a job. */
public final class TableParts {
    /** A table with fewer items has one part. */
    private static final long SMALL = 10_000;

    private static final int MOST = 64;

    private TableParts() {}

    /**
     * The ranges of a job that reads all items of a table: its open partitions, neighbours together where there are very
     * many.
     *
     * @param items in the table, approximately
     */
    public static List<Job.Range> of(Table table, long items) {
        if (items < SMALL) {
            return segments(table, 1);
        }
        List<Partition> open = table.partitions().open();
        int together = Math.ceilDiv(open.size(), MOST);
        return IntStream.range(0, Math.ceilDiv(open.size(), together))
                .mapToObj(number -> new Job.Range(
                        open.get(number * together).first(),
                        open.get(Math.min(open.size(), (number + 1) * together) - 1)
                                .last()))
                .toList();
    }

    /** The range that holds the items of one partition key, and perhaps others. */
    public static Job.Range of(Table table, List<Value> partitionKey) {
        long hash = Rows.partition(table, table.tablespace(), partitionKey).hash();
        return new Job.Range(hash, hash);
    }

    /** So many ranges of equal width that cover the table. */
    static List<Job.Range> segments(Table table, int howMany) {
        return IntStream.range(0, howMany)
                .mapToObj(number -> HashRange.segment(table.tablespace(), Rows.ITEM, number, howMany))
                .map(segment -> new Job.Range(segment.from(), segment.to()))
                .toList();
    }
}
