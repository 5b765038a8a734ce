package io.gramme.storage.testkit;

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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Shorthand for the operations of a store in tests: keys and values are short texts. */
public final class Verbs {
    private Verbs() {}

    /** @param sort its first character is the kind of the row */
    public static RowKey key(TablespaceId tablespace, String partition, String sort) {
        return new RowKey(new PartitionKey(tablespace, Bytes.utf8(partition)), Bytes.utf8(sort));
    }

    /** @param tablespace its number */
    public static RowKey key(long tablespace, String partition, String sort) {
        return key(new TablespaceId(tablespace), partition, sort);
    }

    /** Returns the row as it was before. */
    public static Optional<Row> put(RowStore store, RowKey key, String value) {
        return put(store, key, Bytes.utf8(value));
    }

    public static Optional<Row> put(RowStore store, RowKey key, Bytes value) {
        return store.transact(
                Set.of(key),
                current -> new Outcome<>(List.of(new Write.Put(key, value)), Transition.row(current, key)));
    }

    /** Writes all of them as one transaction. */
    public static void putAll(RowStore store, Map<RowKey, String> values) {
        List<Write> puts = values.entrySet().stream()
                .map(entry -> put(entry.getKey(), entry.getValue()))
                .toList();
        store.transact(values.keySet(), _ -> new Outcome<>(puts, puts.size()));
    }

    public static void putEach(RowStore store, RowKey... keys) {
        Arrays.stream(keys).forEach(key -> put(store, key, "some value"));
    }

    public static Write put(RowKey key, String value) {
        return new Write.Put(key, Bytes.utf8(value));
    }

    /** Returns the row as it was before. */
    public static Optional<Row> delete(RowStore store, RowKey key) {
        return store.transact(
                Set.of(key), current -> new Outcome<>(List.of(new Write.Delete(key)), Transition.row(current, key)));
    }

    public static Optional<Row> row(RowStore store, RowKey key) {
        return store.get(key, Consistency.STRONG);
    }

    public static Optional<String> value(RowStore store, RowKey key) {
        return row(store, key).map(Verbs::text);
    }

    /** All the values as of one moment; an absent row has none. */
    public static Map<RowKey, String> snapshot(RowStore store, Set<RowKey> keys) {
        return store.transact(
                keys,
                current -> Outcome.unchanged(current.values().stream()
                        .flatMap(Optional::stream)
                        .collect(Collectors.toMap(Row::key, Verbs::text))));
    }

    public static String text(Row row) {
        return new String(row.value().shared(), StandardCharsets.UTF_8);
    }

    /** Adds one to the number in a row, 0 if there is no such row, and returns the sum. */
    public static long increment(RowStore store, RowKey key) {
        return store.transact(Set.of(key), current -> {
            long sum = number(Transition.row(current, key)) + 1;
            return new Outcome<>(List.of(put(key, Long.toString(sum))), sum);
        });
    }

    public static long number(Optional<Row> row) {
        return row.map(it -> Long.parseLong(text(it))).orElse(0L);
    }
}
