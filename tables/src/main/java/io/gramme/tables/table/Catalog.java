package io.gramme.tables.table;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.AllRows;
import io.gramme.storage.Consistency;
import io.gramme.storage.ContentionException;
import io.gramme.storage.HashRange;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The stored definitions of all tables and what belongs to them: rows of tablespace 0.
 *
 * <pre>
 * partition of an account and region (account/region)
 *   TABLE     name          the table: {@link TableCodec}
 *   PAST_STREAM  table name, 0, label   a stream that has ended: {@link LogCodec}
 *   PAST_FOLLOWING  table id, 0, name, 0, since   a closed subscription: {@link LogCodec}
 * partition "departed"
 *   DEPARTED  table id      a deleted table whose items are still needed: {@link DepartedTable}
 * partition without a name
 *   NUMBERS                 the lowest tablespace number that was never given out
 * </pre>
 *
 * <p>A transaction on its row makes every change. So a reader never sees half a change, and of two callers that create
 * the same table one fails.
 */
final class Catalog {
    /** Row kinds; 0x03 was that of index backfills, which are jobs now. */
    private static final Bytes NUMBERS = Bytes.of(0x00);

    private static final int TABLE = 0x01;
    private static final int PAST_STREAM = 0x05;
    private static final int CLOSED_SUBSCRIPTION = 0x06;
    private static final Bytes DEPARTED = Bytes.of(0x0d);

    private static final long FIRST_NUMBER = 1;
    private static final RowKey NUMBERS_ROW = new RowKey(new PartitionKey(TablespaceId.CATALOG, Bytes.EMPTY), NUMBERS);

    private static final PartitionKey DEPARTED_TABLES = new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("departed"));

    private final RowStore store;

    Catalog(RowStore store) {
        this.store = store;
    }

    /** All tables of all accounts and regions. */
    List<Table> tables() {
        return all(TABLE, TableCodec::decode);
    }

    /** All streams, of all accounts and regions, that have ended. */
    List<PastStream> pastStreams() {
        return all(PAST_STREAM, LogCodec::decode);
    }

    /** All closed subscriptions of all accounts and regions. */
    List<ClosedSubscription> closedSubscriptions() {
        return all(CLOSED_SUBSCRIPTION, LogCodec::decodeSubscription);
    }

    private <T> List<T> all(int kind, Function<Bytes, T> decode) {
        var found = new ArrayList<T>();
        AllRows.sweep(store, HashRange.whole(TablespaceId.CATALOG, kind), row -> found.add(decode.apply(row.value())));
        return found;
    }

    void put(PastStream stream) {
        write(new Write.Put(row(stream), LogCodec.encode(stream)));
    }

    void forget(PastStream stream) {
        write(new Write.Delete(row(stream)));
    }

    void put(ClosedSubscription past) {
        write(new Write.Put(row(past), LogCodec.encode(past)));
    }

    void forget(ClosedSubscription past) {
        write(new Write.Delete(row(past)));
    }

    void put(DepartedTable departed) {
        write(new Write.Put(departedRow(departed.table().id()), departed.encode()));
    }

    List<DepartedTable> departed() {
        var found = new ArrayList<DepartedTable>();
        AllRows.scan(
                store,
                DEPARTED_TABLES,
                Range.startingWith(DEPARTED),
                row -> found.add(DepartedTable.decode(row.value())));
        return found;
    }

    Optional<DepartedTable> departed(String id) {
        return store.get(departedRow(id), Consistency.STRONG).map(row -> DepartedTable.decode(row.value()));
    }

    Optional<DepartedTable> changeDeparted(String id, UnaryOperator<DepartedTable> edit) {
        RowKey key = departedRow(id);
        return store.transact(Set.of(key), current -> {
            Optional<DepartedTable> before = value(current, key).map(DepartedTable::decode);
            Optional<DepartedTable> after = before.map(edit);
            return after.equals(before)
                    ? Outcome.unchanged(after)
                    : new Outcome<>(
                            List.of(new Write.Put(key, after.orElseThrow().encode())), after);
        });
    }

    void forget(DepartedTable departed) {
        write(new Write.Delete(departedRow(departed.table().id())));
    }

    /** What a row of the catalog defines. */
    sealed interface Definition {
        record OfTable(Table table) implements Definition {}

        record OfDeparted(DepartedTable departed) implements Definition {}

        record OfPastStream(PastStream stream) implements Definition {}

        record OfSubscription(ClosedSubscription closed) implements Definition {}

        /** The row belongs to another part of the program, or to none. */
        record Other() implements Definition {}
    }

    /** Decodes any row of tablespace 0. */
    static Definition definition(Row row) {
        PartitionKey partition = row.key().partition();
        if (partition.equals(DEPARTED_TABLES) && row.key().sort().startsWith(DEPARTED)) {
            return new Definition.OfDeparted(DepartedTable.decode(row.value()));
        }
        return switch (row.key().sort().at(0)) {
            case TABLE -> new Definition.OfTable(TableCodec.decode(row.value()));
            case PAST_STREAM -> new Definition.OfPastStream(LogCodec.decode(row.value()));
            case CLOSED_SUBSCRIPTION -> new Definition.OfSubscription(LogCodec.decodeSubscription(row.value()));
            default -> new Definition.Other();
        };
    }

    private static RowKey departedRow(String id) {
        return new RowKey(DEPARTED_TABLES, DEPARTED.plus(Bytes.utf8(id)));
    }

    Optional<Table> table(TableName name) {
        return store.get(row(name), Consistency.STRONG).map(row -> TableCodec.decode(row.value()));
    }

    /**
     * Replaces a table by the result of {@code edit}; an empty result deletes it, and an empty argument means that
     * there is none. {@code edit} is pure and may run again; if it throws, nothing changes.
     */
    Optional<Table> change(TableName name, UnaryOperator<Optional<Table>> edit, Keys keys) {
        RowKey key = row(name);
        Set<RowKey> reads = new HashSet<>();
        reads.add(key);
        keys.writes.forEach(write -> reads.add(write.key()));
        return store.transact(reads, current -> {
            Optional<Table> before = value(current, key).map(TableCodec::decode);
            Optional<Table> after = edit.apply(before);
            if (after.equals(before)) {
                return Outcome.unchanged(after);
            }
            var writes = new ArrayList<Write>();
            writes.add(after.<Write>map(table -> new Write.Put(key, TableCodec.encode(table)))
                    .orElseGet(() -> new Write.Delete(key)));
            writes.addAll(keys.of(before, after));
            return new Outcome<>(writes, after);
        });
    }

    /**
     * The keys of the tablespaces that a change adds to a table: writes of the transaction of the change.
     *
     * @param tablespaces that the change is expected to add, or null for any without keys
     */
    record Keys(@Nullable Set<TablespaceId> tablespaces, List<Write> writes) {
        /** Where rows are not sealed. */
        static final Keys ANY = new Keys(null, List.of());

        /** @throws ContentionException if the table has changed meanwhile so that the change adds others */
        private List<Write> of(Optional<Table> before, Optional<Table> after) {
            if (tablespaces == null) {
                return List.of();
            }
            Set<TablespaceId> added = added(before, after);
            if (added.isEmpty()) {
                return List.of();
            }
            if (!added.equals(tablespaces)) {
                throw new ContentionException("the table got other tablespaces meanwhile");
            }
            return writes;
        }

        static Set<TablespaceId> added(Optional<Table> before, Optional<Table> after) {
            Set<TablespaceId> added = after.map(Table::allTablespaces).orElseGet(HashSet::new);
            before.ifPresent(table -> added.removeAll(table.allTablespaces()));
            return added;
        }
    }

    /** Makes several writes in one transaction. */
    void write(List<Write> writes) {
        if (!writes.isEmpty()) {
            Set<RowKey> keys = writes.stream().map(Write::key).collect(Collectors.toSet());
            var _ = store.transact(keys, _ -> new Outcome<>(writes, true));
        }
    }

    /** Reserves tablespace numbers that were never given out before; returns the first of them. */
    long reserve(int howMany) {
        return store.transact(Set.of(NUMBERS_ROW), current -> {
            long first =
                    value(current, NUMBERS_ROW).map(value -> value.longAt(0)).orElse(FIRST_NUMBER);
            return new Outcome<>(List.of(new Write.Put(NUMBERS_ROW, Bytes.ofLong(first + howMany))), first);
        });
    }

    private void write(Write write) {
        store.transact(Set.of(write.key()), _ -> new Outcome<>(List.of(write), true));
    }

    private static RowKey row(TableName name) {
        return new RowKey(partition(name.accountRegion()), Bytes.of(TABLE).plus(Bytes.utf8(name.name())));
    }

    private static RowKey row(PastStream stream) {
        Bytes name = Bytes.utf8(stream.table().name() + "\0" + stream.stream().label());
        return new RowKey(
                partition(stream.table().accountRegion()), Bytes.of(PAST_STREAM).plus(name));
    }

    private static RowKey row(ClosedSubscription past) {
        Subscription subscription = past.subscription();
        Bytes name =
                Bytes.utf8(past.tableId() + "\0" + subscription.name() + "\0").plus(Bytes.ofLong(subscription.since()));
        return new RowKey(
                partition(past.table().accountRegion()),
                Bytes.of(CLOSED_SUBSCRIPTION).plus(name));
    }

    private static PartitionKey partition(AccountRegion accountRegion) {
        return new PartitionKey(
                TablespaceId.CATALOG, Bytes.utf8(accountRegion.account() + "/" + accountRegion.region()));
    }

    private static Optional<Bytes> value(Map<RowKey, Optional<Row>> current, RowKey key) {
        return current.getOrDefault(key, Optional.empty()).map(Row::value);
    }
}
