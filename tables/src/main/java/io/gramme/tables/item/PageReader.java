package io.gramme.tables.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.expression.KeyCondition;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.StoredItem;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads one page of a query or a scan by the service's rules: items are counted and sized as they are read, before any
 * filter. A page ends with the item that reaches {@code limit}, or with the one that brings the sum of sizes to 1 MB.
 */
public final class PageReader {
    /** Measured with items of 100 KB and 128 KB: the item that reaches the bound is still in the page. */
    private static final long MAX_PAGE_BYTES = 1L << 20;

    private static final int ROWS_AT_ONCE = 500;

    private final RowReader rows;

    PageReader(RowReader rows) {
        this.rows = rows;
    }

    /**
     * The totals of a page, and where the next one begins.
     *
     * @param scanned items read
     * @param bytes the sum of their sizes
     * @param partitions the bytes read of each partition that the page visited
     * @param last the item to resume after, unless everything was read; present also where the last item reached the
     *     limit exactly, as on the service
     */
    public record End(int scanned, long bytes, List<Long> partitions, Optional<Item> last) {}

    /** Passes the items of one page that a key condition selects to {@code each}, in order. */
    End query(Query query, int limit, Consumer<Item> each) {
        PartitionKey partition = query.partition();
        Range whole = KeyRanges.of(query.target, query.condition);
        Cursor cursor = (after, budget) -> {
            Range rest =
                    after.map(key -> behind(whole, key.sort(), query.direction)).orElse(whole);
            return rest.isEmpty()
                    ? new Page(List.of(), true)
                    : rows.scan(partition, rest, query.direction, budget, query.consistency);
        };
        var bytes = new PartitionBytes(query.target.partitions(), partition.hash());
        return read(cursor, query.after.map(query.target::row), limit, each, bytes);
    }

    /** The parameters of a query; {@code after} has the attributes of the position to resume after. */
    public record Query(
            ReadTarget target,
            KeyCondition.Resolved condition,
            Direction direction,
            Optional<Item> after,
            Consistency consistency) {

        /** Whether the position to resume after lies in the partition that is queried. */
        public boolean startsInPartition() {
            return after.map(position -> target.row(position).partition().equals(partition()))
                    .orElse(true);
        }

        /** Whether the position to resume after lies among the rows that the condition selects in its partition. */
        public boolean startsInRange() {
            Range range = KeyRanges.of(target, condition);
            return after.map(position -> target.row(position).sort())
                    .map(start -> range.from().compareTo(start) <= 0
                            && range.to().map(to -> start.compareTo(to) < 0).orElse(true))
                    .orElse(true);
        }

        /** The values of the partition key that it names. */
        public Item partitionKey() {
            var values = new LinkedHashMap<String, Value>();
            List<KeyAttribute> attributes = target.key().partition();
            for (int i = 0; i < attributes.size(); i++) {
                values.put(attributes.get(i).name(), condition.partition().get(i));
            }
            return Item.of(values);
        }

        /** Whether its partition has at most one item, so that nothing can follow any position. */
        public boolean readsOneItem() {
            return target.index().isEmpty() && target.key().sort().isEmpty();
        }

        PartitionKey partition() {
            return target.partition(condition.partition());
        }
    }

    /** Passes the items of one page of a segment to {@code each}, in the order of the partitions' hashes. */
    End scan(Scan scan, int limit, Consumer<Item> each) {
        HashRange segment =
                HashRange.segment(scan.target.tablespace(), scan.target.kind(), scan.segment, scan.totalSegments);
        Cursor cursor =
                (after, budget) -> rows.sweep(after.map(segment::after).orElse(segment), budget, scan.consistency);
        Optional<RowKey> start = scan.after.map(scan.target::row);
        var bytes = new PartitionBytes(scan.target.partitions(), scan.begin());
        End end = read(cursor, start, limit, each, bytes);
        if (end.last.isPresent()) {
            return end;
        }
        bytes.visit(segment.to());
        return new End(end.scanned, end.bytes, bytes.all(), end.last);
    }

    /** The parameters of a scan; {@code after} has the attributes of the position to resume after. */
    public record Scan(
            ReadTarget target, int segment, int totalSegments, Optional<Item> after, Consistency consistency) {

        /** The hash at which it begins. */
        long begin() {
            return after.map(position -> target.row(position).partition().hash())
                    .orElseGet(() -> HashRange.segment(target.tablespace(), target.kind(), segment, totalSegments)
                            .from());
        }

        /** Whether the position to resume after lies in the segment. */
        public boolean startsInside() {
            HashRange range = HashRange.segment(target.tablespace(), target.kind(), segment, totalSegments);
            return after.map(position ->
                            range.contains(target.row(position).partition().hash()))
                    .orElse(true);
        }
    }

    @FunctionalInterface
    private interface Cursor {
        Page next(Optional<RowKey> after, Budget budget);
    }

    private static Range behind(Range whole, Bytes sort, Direction direction) {
        return switch (direction) {
            case FORWARD -> new Range(max(whole.from(), sort.next()), whole.to());
            case BACKWARD ->
                new Range(
                        whole.from(),
                        Optional.of(whole.to().map(to -> min(to, sort)).orElse(sort)));
        };
    }

    private static Bytes max(Bytes a, Bytes b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Bytes min(Bytes a, Bytes b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static End read(
            Cursor cursor, Optional<RowKey> start, int limit, Consumer<Item> each, PartitionBytes partitions) {
        int scanned = 0;
        long bytes = 0;
        Optional<Item> last = Optional.empty();
        Optional<RowKey> after = start;
        while (scanned < limit) {
            // Never reads more rows than the limit allows; past the byte bound, one further row shows that more follow.
            int most = Math.min(ROWS_AT_ONCE, limit - scanned);
            Page page = cursor.next(after, new Budget(most, Math.max(1, MAX_PAGE_BYTES - bytes)));
            for (Row row : page.rows()) {
                if (bytes >= MAX_PAGE_BYTES) {
                    return new End(scanned, bytes, partitions.all(), last);
                }
                after = Optional.of(row.key());
                Optional<Item> found = StoredItem.item(row.value());
                if (found.isEmpty()) {
                    continue;
                }
                Item item = found.get();
                each.accept(item);
                scanned++;
                long size = ItemSize.of(item);
                bytes += size;
                partitions.add(row.key().partition().hash(), size);
                last = found;
            }
            if (page.exhausted() && scanned < limit) {
                return new End(scanned, bytes, partitions.all(), Optional.empty());
            }
        }
        return new End(scanned, bytes, partitions.all(), last);
    }
}
