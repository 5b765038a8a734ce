package io.gramme.tables.transaction;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Consistency;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.Tables;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The request tokens that were used, remembered for ten minutes after their transaction was done, as on the service.
 *
 * <p>SDKs send a token with every transaction, so there are many, and deleting each would cost as much as writing it.
 * So each window of ten minutes has a tablespace of its own for its tokens, and a tablespace is dropped whole when its
 * window is long past. A lookup reads the tablespaces of the current and of the previous window.
 */
public final class IdempotencyTokens implements BackgroundJob.Pass {
    static final Duration MEMORY = Duration.ofMinutes(10);

    /** How many windows a tablespace is kept besides its own: one to remember the tokens, one for slow requests. */
    private static final int WINDOWS_KEPT = 2;

    /** How close to the end of a window a server with another clock may be in the next one. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private static final Bytes KIND = Bytes.of(0x01);

    /** Lists the tablespaces: a row of tablespace 0, beside those of the catalog. */
    private static final RowKey TABLESPACES =
            new RowKey(new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("request tokens")), Bytes.of(0x04));

    private final RowStore store;
    private final Tables tables;
    private final InstantSource clock;

    /** The tablespace of each window that this server knows. */
    private volatile Map<Long, TablespaceId> tablespaces;

    public IdempotencyTokens(RowStore store, Tables tables, InstantSource clock) {
        this.store = store;
        this.tables = tables;
        this.clock = clock;
        this.tablespaces = stored();
    }

    private Map<Long, TablespaceId> stored() {
        return store.get(TABLESPACES, Consistency.STRONG)
                .map(row -> decode(row.value()))
                .orElse(Map.of());
    }

    /** The tablespaces of the tokens in a store. */
    public static List<TablespaceId> tablespaces(RowStore store) {
        return store.get(TABLESPACES, Consistency.STRONG)
                .map(row -> List.copyOf(decode(row.value()).values()))
                .orElse(List.of());
    }

    /**
     * Where one token is stored, or would be.
     *
     * @param others where it may be instead: in the previous window, or in the next one already
     */
    record Place(RowKey now, List<RowKey> others, Instant at) {
        Place {
            others = List.copyOf(others);
        }

        Set<RowKey> reads() {
            var reads = new HashSet<>(others);
            reads.add(now);
            return reads;
        }

        /** The record of the token, unless ten minutes have passed. */
        Optional<TokenRecord> in(Function<RowKey, Optional<Row>> rows) {
            return rows.apply(now)
                    .or(() -> others.stream()
                            .flatMap(other -> rows.apply(other).stream())
                            .findFirst())
                    .map(row -> TokenRecord.decode(row.value()))
                    .filter(record -> record.at().plus(MEMORY).isAfter(at));
        }
    }

    /** The place of a token now. Creates the tablespace of this window if there is none yet. */
    Place place(RequestToken token) {
        Instant now = clock.instant();
        long window = window(now);
        Bytes key = token.key();
        var others = new ArrayList<RowKey>();
        if (tables.areShared()) {
            // Other servers may have tokens there, or be about to write some: a new token must be absent everywhere.
            others.add(row(tablespaceOf(window - 1), key));
            if (window(now.plus(SKEW)) > window) {
                others.add(row(tablespaceOf(window + 1), key));
            }
        } else {
            Optional.ofNullable(tablespaces.get(window - 1))
                    .map(before -> row(before, key))
                    .ifPresent(others::add);
        }
        return new Place(row(tablespaceOf(window), key), others, now);
    }

    private TablespaceId tablespaceOf(long window) {
        return Optional.ofNullable(tablespaces.get(window)).orElseGet(() -> begin(window));
    }

    /** Gives a window its tablespace, unless another caller or server has done so; returns it. */
    private synchronized TablespaceId begin(long window) {
        // Read again, so that callers waiting here for a new window do not each reserve a tablespace and commit.
        TablespaceId begun = tablespaces.get(window);
        if (begun != null) {
            return begun;
        }
        TablespaceId added = tables.newTablespace();
        change(before -> {
            var after = new TreeMap<>(before);
            after.putIfAbsent(window, added);
            return after;
        });
        return Optional.ofNullable(tablespaces.get(window)).orElseThrow();
    }

    Optional<TokenRecord> find(Place place) {
        return place.in(key -> store.get(key, Consistency.STRONG));
    }

    private static RowKey row(TablespaceId tablespace, Bytes key) {
        return new RowKey(new PartitionKey(tablespace, key), KIND);
    }

    private static long window(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), MEMORY.toMillis());
    }

    /** Drops the tablespaces of past windows. */
    @Override
    public Duration run() {
        long oldest = window(clock.instant()) - WINDOWS_KEPT;
        // Other servers may have begun windows in which this one had no token.
        tablespaces = stored();
        var past = new ArrayList<Long>();
        tablespaces.forEach((window, tablespace) -> {
            if (window < oldest) {
                store.drop(tablespace);
                past.add(window);
            }
        });
        if (!past.isEmpty()) {
            change(before -> {
                var after = new TreeMap<>(before);
                past.forEach(after::remove);
                return after;
            });
        }
        return MEMORY;
    }

    private synchronized void change(UnaryOperator<Map<Long, TablespaceId>> edit) {
        tablespaces = store.transact(Set.of(TABLESPACES), rows -> {
            Map<Long, TablespaceId> before = Transition.row(rows, TABLESPACES)
                    .map(row -> decode(row.value()))
                    .orElse(Map.of());
            Map<Long, TablespaceId> after = edit.apply(before);
            return new Outcome<>(List.of(new Write.Put(TABLESPACES, encode(after))), after);
        });
    }

    private static Bytes encode(Map<Long, TablespaceId> tablespaces) {
        var bytes = ByteBuffer.allocate(tablespaces.size() * 2 * Long.BYTES);
        tablespaces.forEach((window, tablespace) -> bytes.putLong(window).putLong(tablespace.number()));
        return Bytes.wrap(bytes.array());
    }

    private static Map<Long, TablespaceId> decode(Bytes value) {
        var bytes = ByteBuffer.wrap(value.shared());
        var tablespaces = new TreeMap<Long, TablespaceId>();
        while (bytes.hasRemaining()) {
            tablespaces.put(bytes.getLong(), new TablespaceId(bytes.getLong()));
        }
        return tablespaces;
    }
}
