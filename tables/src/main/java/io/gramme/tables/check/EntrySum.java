package io.gramme.tables.check;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import io.gramme.storage.RowKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A sum of hashes over index entries, in any order: two sets of entries with one sum are the same, but for a chance that
 * does not matter. So an index is compared with its table by reading each once, in the order in which it lies, and
 * nothing is kept in memory.
 */
final class EntrySum {
    private final MessageDigest digest;
    private long high;
    private long low;
    private long count;

    EntrySum() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Adds an entry; the order of its attributes does not matter. */
    void add(RowKey key, Item entry) {
        add(key.partition().key());
        add(key.sort());
        add(ItemCodec.encode(Item.of(sorted(entry.attributes()))));
        var hash = ByteBuffer.wrap(digest.digest());
        high += hash.getLong();
        low += hash.getLong();
        count++;
    }

    private void add(Bytes part) {
        digest.update(Bytes.ofInt(part.length()).shared());
        digest.update(part.shared());
    }

    private static Map<String, Value> sorted(Map<String, Value> attributes) {
        var sorted = new TreeMap<String, Value>();
        attributes.forEach((name, value) -> sorted.put(name, sorted(value)));
        return sorted;
    }

    private static Value sorted(Value value) {
        return switch (value) {
            case Value.M(Map<String, Value> entries) -> new Value.M(sorted(entries));
            case Value.L(var elements) ->
                new Value.L(elements.stream().map(EntrySum::sorted).toList());
            case Value.S _, Value.N _, Value.B _, Value.Bool _, Value.Null _, Value.SS _, Value.NS _, Value.BS _ ->
                value;
        };
    }

    long count() {
        return count;
    }

    boolean isThatOf(EntrySum other) {
        return high == other.high && low == other.low && count == other.count;
    }
}
