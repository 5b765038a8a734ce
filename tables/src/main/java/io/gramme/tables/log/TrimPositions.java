package io.gramme.tables.log;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Consistency;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import java.util.List;
import java.util.Set;

/**
 * The positions up to which shards of logs have been trimmed, stored in tablespace 0, so that readers can tell whether
 * they came too late. The last trimmed record lies at most one round of the trimmer before the position.
 */
public final class TrimPositions {
    private static final PartitionKey PARTITION = new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("trimmed logs"));

    /** A row kind that the catalog does not use. */
    private static final Bytes KIND = Bytes.of(0x08);

    private final RowStore store;

    public TrimPositions(RowStore store) {
        this.store = store;
    }

    /** @param shard the partition key of its records */
    public LogPosition upTo(PartitionKey shard) {
        return store.get(key(shard), Consistency.STRONG)
                .map(row -> PositionCodec.decode(row.value()))
                .orElse(LogPosition.START);
    }

    void set(PartitionKey shard, LogPosition last) {
        write(new Write.Put(key(shard), PositionCodec.encode(last)));
    }

    void forget(PartitionKey shard) {
        write(new Write.Delete(key(shard)));
    }

    private void write(Write write) {
        store.transact(Set.of(write.key()), _ -> new Outcome<>(List.of(write), true));
    }

    private static RowKey key(PartitionKey shard) {
        Bytes log = Bytes.ofLong(shard.tablespace().number());
        return new RowKey(PARTITION, KIND.plus(log).plus(shard.key()));
    }
}
