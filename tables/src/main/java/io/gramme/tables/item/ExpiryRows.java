package io.gramme.tables.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.index.Expiry.Due;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.Write;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TimeToLive;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * The row layout of the expiry index, which has one entry for each item with an expiry time.
 *
 * <pre>
 * a tablespace of its own
 *         partition: bucket, by the hash of the item's partition key
 *           entry             ITEM   second (8); item's partition key, ended; item's sort key
 *                                    the item's key attributes
 * </pre>
 *
 * <p>The buckets are few, because every sweep reads each of them; there are several, so that on a cluster the writes of
 * a table do not all meet in one partition.
 */
public final class ExpiryRows {
    private static final int BUCKETS = 16;
    private static final Bytes PREFIX = Bytes.of(Rows.ITEM);

    private ExpiryRows() {}

    /** The entry of an item, if the item has an expiry time. */
    public static Optional<Write.Put> entry(Table table, TimeToLive timeToLive, Item item) {
        OptionalLong second = timeToLive.expiry().of(item);
        if (second.isEmpty()) {
            return Optional.empty();
        }
        RowKey place = Rows.item(table, item);
        int bucket = (int) Long.remainderUnsigned(place.partition().hash(), BUCKETS);
        Bytes sort = from(second.getAsLong()).plus(Rows.keyInside(table, item));
        var key = new RowKey(bucket(timeToLive, bucket), sort);
        return Optional.of(
                new Write.Put(key, ItemCodec.encode(item.only(table.key().names()))));
    }

    /** All partitions of a table's expiry index. */
    public static List<PartitionKey> buckets(TimeToLive timeToLive) {
        return IntStream.range(0, BUCKETS)
                .mapToObj(number -> bucket(timeToLive, number))
                .toList();
    }

    private static PartitionKey bucket(TimeToLive timeToLive, int number) {
        return new PartitionKey(timeToLive.tablespace(), Bytes.of(number));
    }

    /** The entries of a bucket whose items are due for deletion, the most overdue first. */
    public static Range due(Due due) {
        return new Range(from(due.from()), Optional.of(from(due.to())));
    }

    private static Bytes from(long second) {
        return PREFIX.plus(Bytes.ofLong(second));
    }

    /** The second at which the item of an entry expires. */
    public static long second(Row entry) {
        return entry.key().sort().longAt(PREFIX.length());
    }

    /** The key attributes of the item of an entry. */
    public static Item key(Row entry) {
        return ItemCodec.decode(entry.value());
    }
}
