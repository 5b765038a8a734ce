package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.engine.VersionClock;
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
    private final Set<TablespaceId> known = ConcurrentHashMap.newKeySet();

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
        known.addAll(tablespaces());
    }

    boolean has(TablespaceId tablespace) {
        return known.contains(tablespace);
    }

    void add(TablespaceId tablespace) {
        cql.execute(add.bind(ALL, tablespace.number()), Cql.QUORUM);
        known.add(tablespace);
    }

    private List<TablespaceId> tablespaces() {
        return cql.rows(list.bind(ALL), Cql.QUORUM).stream()
                .map(row -> new TablespaceId(row.getLong("store")))
                .toList();
    }

    /** Deletes some rows of a dropped tablespace; returns whether there may be more to delete. */
    boolean purgeSome() {
        List<TablespaceId> tablespaces = tablespaces();
        known.addAll(tablespaces);
        for (TablespaceId tablespace : tablespaces) {
            if (!purge(tablespace)) {
                return true;
            }
            cql.await(extents.forget(tablespace, beyond()));
            cql.execute(remove.bind(beyond(), ALL, tablespace.number()), Cql.QUORUM);
        }
        return false;
    }

    /** Returns whether no row of it is left. */
    private boolean purge(TablespaceId tablespace) {
        long beyond = beyond();
        if (!logs.forgetSome(tablespace, BATCH, beyond)) {
            return false;
        }
        for (int extent : extents.of(tablespace, Cql.QUORUM)) {
            long lowest = (long) extent << 56;
            AsyncResultSet page = cql.execute(
                    places.bind(PlacedKey.token(tablespace, lowest), PlacedKey.token(tablespace, lowest | -1L >>> 8))
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
