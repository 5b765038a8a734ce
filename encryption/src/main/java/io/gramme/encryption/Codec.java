package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.TablespaceId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The contents of key rows. Numbers are big endian; texts and runs of bytes follow their length. */
final class Codec {
    private static final int VERSION = 1;

    private Codec() {}

    /** A table key, and the tablespaces that are assigned to it. */
    record AssignedKey(TableKey key, SortedSet<TablespaceId> tablespaces) {}

    /** A data key, wrapped. */
    record WrappedDataKey(Bytes tableKey, long madeMillis, Bytes wrapped) {}

    /** The same bytes for equal contexts, and others for different ones. */
    static byte[] context(Map<String, String> context) {
        var out = new ByteArrayOutputStream();
        putContext(out, context);
        return out.toByteArray();
    }

    private static void putContext(ByteArrayOutputStream out, Map<String, String> context) {
        out.writeBytes(Bytes.ofInt(context.size()).shared());
        new TreeMap<>(context).forEach((name, value) -> {
            put(out, Bytes.utf8(name));
            put(out, Bytes.utf8(value));
        });
    }

    private static void put(ByteArrayOutputStream out, Bytes bytes) {
        out.writeBytes(Bytes.ofInt(bytes.length()).shared());
        out.writeBytes(bytes.shared());
    }

    static Bytes encode(AssignedKey assigned) {
        TableKey key = assigned.key();
        var out = new ByteArrayOutputStream();
        out.write(VERSION);
        put(out, Bytes.utf8(key.rootKey()));
        putContext(out, key.context());
        put(out, key.wrapped());
        out.writeBytes(Bytes.ofInt(assigned.tablespaces().size()).shared());
        assigned.tablespaces()
                .forEach(each -> out.writeBytes(Bytes.ofLong(each.number()).shared()));
        return Bytes.wrap(out.toByteArray());
    }

    static AssignedKey tableKey(Bytes id, Bytes stored) {
        ByteBuffer in = begin(stored);
        String rootKey = text(in);
        var context = new TreeMap<String, String>();
        for (int i = in.getInt(); i > 0; i--) {
            context.put(text(in), text(in));
        }
        var key = new TableKey(id, rootKey, Map.copyOf(context), bytes(in));
        var tablespaces = tablespaces();
        for (int i = in.getInt(); i > 0; i--) {
            tablespaces.add(new TablespaceId(in.getLong()));
        }
        return new AssignedKey(key, tablespaces);
    }

    static SortedSet<TablespaceId> tablespaces() {
        return new TreeSet<>(java.util.Comparator.comparingLong(TablespaceId::number));
    }

    static Bytes encode(WrappedDataKey key) {
        var out = new ByteArrayOutputStream();
        out.write(VERSION);
        put(out, key.tableKey());
        out.writeBytes(Bytes.ofLong(key.madeMillis()).shared());
        put(out, key.wrapped());
        return Bytes.wrap(out.toByteArray());
    }

    static WrappedDataKey dataKey(Bytes stored) {
        ByteBuffer in = begin(stored);
        return new WrappedDataKey(bytes(in), in.getLong(), bytes(in));
    }

    /** What is authenticated with a wrapped data key: its full name. */
    static byte[] nameOfDataKey(TablespaceId tablespace, int number, Bytes tableKey) {
        return Bytes.utf8("data key")
                .plus(Bytes.ofLong(tablespace.number()))
                .plus(Bytes.ofInt(number))
                .plus(tableKey)
                .shared();
    }

    private static ByteBuffer begin(Bytes stored) {
        var in = ByteBuffer.wrap(stored.shared());
        if (in.get() != VERSION) {
            throw new io.gramme.storage.StorageException("a key was written by a newer version of Gramme");
        }
        return in;
    }

    private static Bytes bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return Bytes.wrap(bytes);
    }

    private static String text(ByteBuffer in) {
        return new String(bytes(in).shared(), StandardCharsets.UTF_8);
    }
}
