package io.gramme.encryption;

import static java.util.Objects.requireNonNull;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.AllRows;
import io.gramme.storage.Consistency;
import io.gramme.storage.Outcome;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** The table keys of a sealed store, as {@linkplain KeyRows rows that are not sealed}. */
final class StoredTableKeys implements TableKeys {
    private static final int ID_BYTES = 16;

    private final RowStore store;
    private final KeyServices services;
    private final OpenTableKeys open;
    private final DataKeys dataKeys;
    private final InstantSource clock;

    /** @param store not sealed */
    StoredTableKeys(RowStore store, KeyServices services, OpenTableKeys open, DataKeys dataKeys, InstantSource clock) {
        this.store = store;
        this.services = services;
        this.open = open;
        this.dataKeys = dataKeys;
        this.clock = clock;
    }

    @Override
    public TableKey generate(String rootKey, Map<String, String> context) {
        return generate(services.of(rootKey), rootKey, context);
    }

    static TableKey generate(KeyService service, String rootKey, Map<String, String> context) {
        KeyService.GeneratedKey made = service.generate(rootKey, context);
        return new TableKey(Bytes.wrap(GcmKey.random(ID_BYTES)), rootKey, Map.copyOf(context), made.wrapped());
    }

    @Override
    public List<Write> assign(TableKey key, Collection<TablespaceId> tablespaces) {
        SortedSet<TablespaceId> all = assignedTo(key.id());
        all.addAll(tablespaces);
        var writes = new ArrayList<Write>();
        writes.add(new Write.Put(KeyRows.tableKey(key.id()), Codec.encode(new Codec.AssignedKey(key, all))));
        tablespaces.forEach(each -> writes.add(new Write.Put(KeyRows.assignment(each), key.id())));
        return writes;
    }

    private SortedSet<TablespaceId> assignedTo(Bytes id) {
        SortedSet<TablespaceId> all = Codec.tablespaces();
        open.stored(id).ifPresent(assigned -> all.addAll(assigned.tablespaces()));
        return all;
    }

    @Override
    public Optional<TableKey> of(TablespaceId tablespace) {
        Bytes id = open.assigned(tablespace);
        return id.equals(open.ofServer())
                ? Optional.empty()
                : Optional.of(open.of(id).key());
    }

    @Override
    public void rewrap(Collection<TablespaceId> tablespaces, TableKey to) {
        long now = clock.millis();
        // First, so that a crash at any later moment leaves no row that names a key which is not there.
        write(new HashSet<>(Set.of(KeyRows.tableKey(to.id()))), assign(to, List.of()));
        GcmKey wrapping = open.of(to.id()).open(now);
        // By the rows of the keys: where a crash interrupted this, the assignments name the new key already.
        Set<Bytes> left = holders(tablespaces);
        for (TablespaceId tablespace : tablespaces) {
            rewrap(tablespace, to.id(), wrapping);
            dataKeys.forget(tablespace);
        }
        addTablespaces(to, tablespaces);
        left.remove(to.id());
        left.forEach(id -> leave(id, tablespaces));
    }

    /** The table keys that have any of the tablespaces. */
    private Set<Bytes> holders(Collection<TablespaceId> tablespaces) {
        var found = new HashSet<Bytes>();
        AllRows.scan(store, KeyRows.SHARED, Range.startingWith(KeyRows.TABLE_KEY), row -> {
            Bytes id = KeyRows.tableKeyId(row.key());
            if (!Collections.disjoint(Codec.tableKey(id, row.value()).tablespaces(), tablespaces)) {
                found.add(id);
            }
        });
        return found;
    }

    private void write(Set<RowKey> reads, List<Write> writes) {
        store.transact(reads, _ -> new Outcome<>(writes, true));
    }

    private void addTablespaces(TableKey key, Collection<TablespaceId> tablespaces) {
        RowKey row = KeyRows.tableKey(key.id());
        store.transact(Set.of(row), current -> {
            SortedSet<TablespaceId> all = Codec.tablespaces();
            Transition.row(current, row)
                    .ifPresent(it ->
                            all.addAll(Codec.tableKey(key.id(), it.value()).tablespaces()));
            all.addAll(tablespaces);
            return new Outcome<>(List.of(new Write.Put(row, Codec.encode(new Codec.AssignedKey(key, all)))), true);
        });
    }

    /** Repeated until no data key is left under another table key: a server may just have made one. */
    private void rewrap(TablespaceId tablespace, Bytes to, GcmKey wrapping) {
        RowKey count = KeyRows.count(tablespace);
        boolean isDone = false;
        while (!isDone) {
            int before = number(store.get(count, Consistency.STRONG));
            List<Row> rows = dataKeyRows(tablespace);
            // Opened before the transaction, which may not call a key service.
            var wrappings = new HashMap<Bytes, GcmKey>();
            wrappings.put(to, wrapping);
            for (Row row : rows) {
                wrappings.computeIfAbsent(
                        Codec.dataKey(row.value()).tableKey(),
                        from -> open.of(from).open(clock.millis()));
            }
            var reads = new HashSet<RowKey>();
            reads.add(KeyRows.assignment(tablespace));
            reads.add(count);
            rows.forEach(row -> reads.add(row.key()));
            isDone = store.transact(
                    reads,
                    current -> number(Transition.row(current, count)) == before
                            ? new Outcome<>(rewrapped(tablespace, to, wrappings, current), true)
                            : Outcome.unchanged(false));
        }
    }

    private static int number(Optional<Row> count) {
        return count.map(row -> row.value().intAt(0)).orElse(0);
    }

    private static List<Write> rewrapped(
            TablespaceId tablespace, Bytes to, Map<Bytes, GcmKey> wrappings, Map<RowKey, Optional<Row>> current) {
        var writes = new ArrayList<Write>();
        writes.add(new Write.Put(KeyRows.assignment(tablespace), to));
        current.values().stream().flatMap(Optional::stream).forEach(row -> {
            if (row.key().sort().startsWith(KeyRows.DATA_KEY)) {
                int number = KeyRows.number(row.key());
                Codec.WrappedDataKey wrapped = Codec.dataKey(row.value());
                byte[] clear = unwrapped(tablespace, number, wrapped, wrappings);
                byte[] name = Codec.nameOfDataKey(tablespace, number, to);
                Bytes again = Bytes.wrap(requireNonNull(wrappings.get(to)).wrap(clear, name));
                var under = new Codec.WrappedDataKey(to, wrapped.madeMillis(), again);
                writes.add(new Write.Put(row.key(), Codec.encode(under)));
            }
        });
        return writes;
    }

    private static byte[] unwrapped(
            TablespaceId tablespace, int number, Codec.WrappedDataKey wrapped, Map<Bytes, GcmKey> wrappings) {
        byte[] name = Codec.nameOfDataKey(tablespace, number, wrapped.tableKey());
        return Optional.ofNullable(wrappings.get(wrapped.tableKey()))
                .flatMap(wrapping -> wrapping.open(wrapped.wrapped().shared(), 0, name))
                .orElseThrow(() -> new StorageException(
                        "a data key does not open with its table key: tablespace=" + tablespace + " number=" + number));
    }

    private List<Row> dataKeyRows(TablespaceId tablespace) {
        var rows = new ArrayList<Row>();
        AllRows.scan(store, KeyRows.partition(tablespace), Range.startingWith(KeyRows.DATA_KEY), rows::add);
        return rows;
    }

    /** Takes tablespaces from a table key, which is destroyed with the last of them. */
    private void leave(Bytes id, Collection<TablespaceId> tablespaces) {
        if (id.equals(open.ofServer())) {
            return;
        }
        RowKey row = KeyRows.tableKey(id);
        boolean isGone = store.transact(
                Set.of(row),
                current -> Transition.row(current, row)
                        .map(it -> without(id, it.value(), tablespaces))
                        .map(write -> new Outcome<>(List.of(write), write instanceof Write.Delete))
                        .orElseGet(() -> Outcome.unchanged(true)));
        if (isGone) {
            open.forget(id);
        }
    }

    private static Write without(Bytes id, Bytes stored, Collection<TablespaceId> tablespaces) {
        Codec.AssignedKey assigned = Codec.tableKey(id, stored);
        assigned.tablespaces().removeAll(Set.copyOf(tablespaces));
        RowKey row = KeyRows.tableKey(id);
        return assigned.tablespaces().isEmpty() ? new Write.Delete(row) : new Write.Put(row, Codec.encode(assigned));
    }

    @Override
    public void check(Bytes tableKey) {
        open.of(tableKey).check(clock.millis());
    }

    @Override
    public List<Write> destroy(Collection<TablespaceId> tablespaces) {
        var writes = new ArrayList<Write>();
        var left = new HashSet<Bytes>();
        for (TablespaceId tablespace : tablespaces) {
            left.add(open.assigned(tablespace));
            writes.add(new Write.Delete(KeyRows.assignment(tablespace)));
            writes.addAll(destroyDataKeys(tablespace));
        }
        left.remove(open.ofServer());
        for (Bytes id : left) {
            open.stored(id).ifPresent(assigned -> writes.add(without(id, Codec.encode(assigned), tablespaces)));
        }
        return writes;
    }

    private List<Write> destroyDataKeys(TablespaceId tablespace) {
        var writes = new ArrayList<Write>();
        writes.add(new Write.Delete(KeyRows.count(tablespace)));
        dataKeyRows(tablespace).forEach(row -> writes.add(new Write.Delete(row.key())));
        return writes;
    }

    /** Destroys the data keys of a tablespace that was dropped. */
    void dropped(TablespaceId tablespace) {
        dataKeys.forget(tablespace);
        List<Write> writes = destroyDataKeys(tablespace);
        var reads = new HashSet<RowKey>();
        writes.forEach(write -> reads.add(write.key()));
        write(reads, writes);
    }
}
