package io.gramme.storage.cassandra;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Append;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The effects of a commit elsewhere: rows of partitions it did not name, and records for logs.
 *
 * @param images of rows among {@code writes}, as they were before
 */
record Effects(List<Write> writes, List<Append> appends, List<Image> images) {
    static final Effects NONE = new Effects(List.of(), List.of(), List.of());

    /** The number of records of one commit is at most 2 to the power of this. */
    private static final int RECORD_BITS = 10;

    private static final int PUT = 0;
    private static final int DELETE = 1;

    Effects {
        writes = List.copyOf(writes);
        appends = List.copyOf(appends);
        images = List.copyOf(images);
        if (appends.size() > 1 << RECORD_BITS) {
            throw new StorageException("a transaction appends too many log records: records=" + appends.size());
        }
    }

    /** The index of the record with this number among all records of its version: by a hash of the commit first. */
    static int place(long commit, int number) {
        int hash = (int) ((commit * 0x9e3779b97f4a7c15L) >>> 33);
        return (hash >>> RECORD_BITS << RECORD_BITS) | number;
    }

    boolean isEmpty() {
        return writes.isEmpty() && appends.isEmpty();
    }

    /** Whether any of the effects is a log record. */
    boolean isLogged() {
        return !appends.isEmpty();
    }

    Bytes encode() {
        var out = new Output();
        out.number(writes.size());
        for (Write write : writes) {
            switch (write) {
                case Write.Put(var key, var value) ->
                    out.number(PUT).key(key.partition()).bytes(key.sort()).bytes(value);
                case Write.Delete(var key) ->
                    out.number(DELETE).key(key.partition()).bytes(key.sort());
            }
        }
        out.number(appends.size());
        for (Append append : appends) {
            out.key(append.log()).bytes(append.value());
        }
        // Not where there are none: then servers from before images read it, too.
        if (!images.isEmpty()) {
            out.number(images.size());
            images.forEach(image -> encode(image, out));
        }
        return out.toBytes();
    }

    private static void encode(Image image, Output out) {
        out.key(image.key().partition()).bytes(image.key().sort()).number(image.seconds());
        image.before().ifPresentOrElse(value -> out.number(PUT).bytes(value), () -> out.number(DELETE));
    }

    static Effects decode(Bytes stored) {
        var in = new Input(stored);
        var writes = new ArrayList<Write>();
        for (int i = in.number(); i > 0; i--) {
            int what = in.number();
            var key = new RowKey(in.key(), in.bytes());
            writes.add(what == PUT ? new Write.Put(key, in.bytes()) : new Write.Delete(key));
        }
        var appends = new ArrayList<Append>();
        for (int i = in.number(); i > 0; i--) {
            appends.add(new Append(in.key(), in.bytes()));
        }
        var images = new ArrayList<Image>();
        for (int i = in.isAtEnd() ? 0 : in.number(); i > 0; i--) {
            var key = new RowKey(in.key(), in.bytes());
            int seconds = in.number();
            Optional<Bytes> before = in.number() == PUT ? Optional.of(in.bytes()) : Optional.empty();
            images.add(new Image(key, before, seconds));
        }
        return new Effects(writes, appends, images);
    }

    /** Writes runs of bytes, each preceded by its length. */
    static final class Output {
        private final java.io.ByteArrayOutputStream content = new java.io.ByteArrayOutputStream();

        Output number(int number) {
            content.writeBytes(Bytes.ofInt(number).shared());
            return this;
        }

        Output bytes(Bytes bytes) {
            number(bytes.length());
            content.writeBytes(bytes.shared());
            return this;
        }

        Output key(PartitionKey partition) {
            content.writeBytes(Bytes.ofLong(partition.tablespace().number()).shared());
            return bytes(partition.key());
        }

        Bytes toBytes() {
            return Bytes.wrap(content.toByteArray());
        }
    }

    static final class Input {
        private final ByteBuffer content;

        Input(Bytes stored) {
            this.content = ByteBuffer.wrap(stored.shared());
        }

        boolean isAtEnd() {
            return !content.hasRemaining();
        }

        int number() {
            return content.getInt();
        }

        Bytes bytes() {
            byte[] bytes = new byte[content.getInt()];
            content.get(bytes);
            return Bytes.wrap(bytes);
        }

        PartitionKey key() {
            var tablespace = new TablespaceId(content.getLong());
            return new PartitionKey(tablespace, bytes());
        }
    }
}
