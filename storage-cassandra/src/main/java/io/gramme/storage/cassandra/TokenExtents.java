package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.TablespaceId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The non-empty runs of each tablespace among its 256 runs of partitions, so that a sweep of a small tablespace asks
 * for a few runs and not for all. A run is noted before the first partition in it is written, and stays noted as long
 * as the tablespace exists.
 */
final class TokenExtents {
    private record Extent(TablespaceId tablespace, int number) {}

    private final Cql cql;
    private final PreparedStatement add;
    private final PreparedStatement list;
    private final PreparedStatement forget;
    private final Set<Extent> known = ConcurrentHashMap.newKeySet();

    TokenExtents(Cql cql, CassandraOptions options) {
        this.cql = cql;
        String extents = options.keyspace() + ".extents";
        this.add = cql.prepare("INSERT INTO " + extents + " (store, extent) VALUES (?, ?)");
        this.list = cql.prepare("SELECT extent FROM " + extents + " WHERE store = ?");
        this.forget = cql.prepare("DELETE FROM " + extents + " USING TIMESTAMP ? WHERE store = ?");
    }

    /** Must have ended before anything is written to one of these partitions. */
    CompletableFuture<?> note(PartitionKey partition) {
        var extent = new Extent(partition.tablespace(), PlacedKey.extent(partition.hash()));
        if (known.contains(extent)) {
            return CompletableFuture.completedFuture(true);
        }
        return cql.executeAsync(add.bind(extent.tablespace.number(), extent.number), Cql.QUORUM)
                .thenAccept(_ -> known.add(extent));
    }

    /** In ascending order. */
    List<Integer> of(TablespaceId tablespace, ConsistencyLevel level) {
        return cql.rows(list.bind(tablespace.number()).setPageSize(PlacedKey.EXTENTS + 1), level).stream()
                .map(row -> row.getInt("extent"))
                .toList();
    }

    CompletableFuture<AsyncResultSet> forget(TablespaceId tablespace, long beyond) {
        known.removeIf(extent -> extent.tablespace.equals(tablespace));
        return cql.executeAsync(forget.bind(beyond, tablespace.number()), Cql.QUORUM);
    }
}
