package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.gramme.storage.VersionClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tablespaces that were dropped. Dropping one records its number; its rows are deleted later, some at a time. Since
 * the number of a tablespace is never used again, no caller waits for that.
 */
final class Dropped {
    private static final byte ALL = 0;
    private static final int BATCH = 500;

    private final Cql cql;
    private final VersionClock clock;
    private final TokenExtents extents;
    private final LogTables logs;
    private final PreparedStatement add;
    private final PreparedStatement list;
    private final PreparedStatement remove;
    private final PreparedStatement places;
    private final PreparedStatement delete;
    private final Set<Long> known = ConcurrentHashMap.newKeySet();

    Dropped(Engine engine) {
        this.cql = engine.cql();
        this.clock = engine.clock();
        this.extents = engine.extents();
        this.logs = engine.logs();
        String keyspace = engine.options().keyspace();
        this.add = cql.prepare("INSERT INTO " + keyspace + ".dropped (all, store) VALUES (?, ?)");
        this.list = cql.prepare("SELECT store FROM " + keyspace + ".dropped WHERE all = ?");
        this.remove = cql.prepare("DELETE FROM " + keyspace + ".dropped USING TIMESTAMP ? WHERE all = ? AND store = ?");
        this.places = cql.prepare(
                "SELECT DISTINCT place FROM " + keyspace + ".rows WHERE token(place) >= ? AND token(place) <= ?");
        this.delete = cql.prepare("DELETE FROM " + keyspace + ".rows USING TIMESTAMP ? WHERE place = ?");
        known.addAll(stores());
    }

    boolean has(long store) {
        return known.contains(store);
    }

    void add(long store) {
        cql.execute(add.bind(ALL, store), Cql.QUORUM);
        known.add(store);
    }

    private List<Long> stores() {
        return cql.rows(list.bind(ALL), Cql.QUORUM).stream()
                .map(row -> row.getLong("store"))
                .toList();
    }

    /** Deletes some rows of a dropped tablespace; returns whether there may be more to delete. */
    boolean purgeSome() {
        List<Long> stores = stores();
        known.addAll(stores);
        for (long store : stores) {
            if (!purge(store)) {
                return true;
            }
            cql.await(extents.forget(store, beyond()));
            cql.execute(remove.bind(beyond(), ALL, store), Cql.QUORUM);
        }
        return false;
    }

    /** Returns whether no row of it is left. */
    private boolean purge(long store) {
        long beyond = beyond();
        if (!logs.forgetSome(store, BATCH, beyond)) {
            return false;
        }
        for (int extent : extents.of(store, Cql.QUORUM)) {
            long lowest = (long) extent << 56;
            AsyncResultSet page = cql.execute(
                    places.bind(PlacedKey.token(store, lowest), PlacedKey.token(store, lowest | -1L >>> 8))
                            .setPageSize(BATCH),
                    Cql.QUORUM);
            var deletions = new ArrayList<CompletableFuture<?>>();
            for (Row row : page.currentPage()) {
                deletions.add(cql.executeAsync(
                        delete.bind(beyond, Partitions.place(row).buffer()), Cql.QUORUM));
            }
            cql.awaitAll(deletions);
            if (page.hasMorePages()) {
                return false;
            }
        }
        return true;
    }

    /** A stamp above every write to the tablespace, on any server's clock. */
    private long beyond() {
        return clock.next() + Duration.ofDays(1).toNanos() / 1000;
    }
}
