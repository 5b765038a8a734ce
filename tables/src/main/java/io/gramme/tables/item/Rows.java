package io.gramme.tables.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeyCodec;
import io.gramme.core.key.KeySchema;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.tables.table.IndexLocation;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The row layout of items and index entries in a tablespace.
 *
 * <pre>
 * table   partition: the partition key
 *           item              ITEM   sort key
 *           local entry    LOCAL + k index sort key, ended; table's sort key
 *           collection  COLLECTION   (only in tables with local indexes) bytes in this partition
 * global index, a tablespace of its own
 *         partition: the index's partition key; several attributes each ended
 *           entry             ITEM   index sort keys, each ended; table's partition key, ended; table's sort key
 * </pre>
 *
 * <p>In a table with a {@link io.gramme.core.key.Blinding} pseudorandom bytes stand for each partition key, that of the table
 * at the end of entries too.
 */
public final class Rows {
    /** Row kinds: the first byte of the sort bytes. */
    public static final int COLLECTION = 0x00;

    public static final int ITEM = 0x01;
    public static final int LOCAL = 0x10;

    private static final Bytes ITEM_PREFIX = Bytes.of(ITEM);
    private static final Bytes COLLECTION_SORT = Bytes.of(COLLECTION);

    private Rows() {}

    /** The row of the item whose key attributes are in {@code key}. */
    public static RowKey item(Table table, Item key) {
        return new RowKey(partition(table, key), ITEM_PREFIX.plus(sortKey(table.key(), key)));
    }

    /** The row with the size of the item collection that {@code key} belongs to. */
    static RowKey collection(Table table, Item key) {
        return new RowKey(partition(table, key), COLLECTION_SORT);
    }

    /** The entry of an item in an index, if it has one. */
    public static Optional<Write.Put> entry(Table table, SecondaryIndex index, Item item) {
        return index.index()
                .entry(item)
                .map(entry -> new Write.Put(entryKey(table, index, entry), ItemCodec.encode(entry)));
    }

    /** The row of an index entry, whose attributes include the keys of the index and of the table. */
    static RowKey entryKey(Table table, SecondaryIndex index, Item entry) {
        KeySchema key = index.index().key();
        Bytes ends = KeyCodec.inside(values(key.sort(), entry));
        if (index.isLocal()) {
            Bytes sort = prefix(index).plus(ends).plus(sortKey(table.key(), entry));
            return new RowKey(partition(table, entry), sort);
        }
        Bytes sort = ITEM_PREFIX.plus(ends).plus(keyInside(table, entry));
        return new RowKey(partition(table, index.tablespace(), values(key.partition(), entry)), sort);
    }

    /** The whole key of an item, as the end of an entry's sort bytes. */
    static Bytes keyInside(Table table, Item key) {
        Bytes partition = KeyCodec.inside(values(table.key().partition(), key));
        // Blind keys have one length, so they need no end.
        return blind(table, partition).plus(sortKey(table.key(), key));
    }

    /** The prefix of the sort bytes of every entry of an index. */
    static Bytes prefix(SecondaryIndex index) {
        return Bytes.of(kind(index));
    }

    static int kind(SecondaryIndex index) {
        return switch (index.location()) {
            case IndexLocation.Local(var ordinal) -> LOCAL + ordinal;
            case IndexLocation.Global _ -> ITEM;
        };
    }

    /**
     * The partition key of rows.
     *
     * @param tablespace of the table or of one of its global indexes
     */
    public static PartitionKey partition(Table table, TablespaceId tablespace, List<Value> values) {
        Bytes key = values.size() == 1 ? KeyCodec.last(values.getFirst()) : KeyCodec.inside(values);
        return new PartitionKey(tablespace, blind(table, key));
    }

    private static Bytes blind(Table table, Bytes key) {
        return table.blinding().isEmpty() ? key : table.blinding().get().of(key);
    }

    private static PartitionKey partition(Table table, Item key) {
        return partition(table, table.tablespace(), values(table.key().partition(), key));
    }

    private static Bytes sortKey(KeySchema schema, Item key) {
        return schema.sort().isEmpty()
                ? Bytes.EMPTY
                : KeyCodec.last(values(schema.sort(), key).getFirst());
    }

    private static List<Value> values(List<KeyAttribute> attributes, Item item) {
        List<Value> values = new ArrayList<>(attributes.size());
        for (KeyAttribute attribute : attributes) {
            values.add(item.get(attribute.name()).orElseThrow());
        }
        return values;
    }
}
