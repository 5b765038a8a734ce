package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Where sealed bytes belong: they open nowhere else.
 *
 * @param sort of a row or an image; empty for a record of a log
 * @param version of a row or a record, or that of the change that an image precedes
 */
record Place(Purpose purpose, PartitionKey partition, Bytes sort, long version) {
    enum Purpose {
        ROW(1),
        RECORD(2),
        IMAGE(3);

        private final byte code;

        Purpose(int code) {
            this.code = (byte) code;
        }
    }

    private static final int NUMBERS = 1 + Long.BYTES + Integer.BYTES + Long.BYTES + Integer.BYTES;

    static Place row(RowKey key, long version) {
        return new Place(Purpose.ROW, key.partition(), key.sort(), version);
    }

    static Place image(RowKey key, long changed) {
        return new Place(Purpose.IMAGE, key.partition(), key.sort(), changed);
    }

    static Place record(PartitionKey log, long version) {
        return new Place(Purpose.RECORD, log, Bytes.EMPTY, version);
    }

    TablespaceId tablespace() {
        return partition.tablespace();
    }

    /** What is authenticated beside the bytes: all of it, so that two places never have the same. */
    byte[] authenticated(byte format, int dataKey) {
        byte[] key = partition.key().shared();
        byte[] sorted = sort.shared();
        return ByteBuffer.allocate(1 + NUMBERS + key.length + sorted.length)
                .put(format)
                .put(purpose.code)
                .putLong(tablespace().number())
                .putLong(version)
                .putInt(dataKey)
                .putInt(key.length)
                .put(key)
                .put(sorted)
                .array();
    }

    /** Without the bytes of the key, which may be personal. */
    @Override
    public String toString() {
        return "what=" + purpose.name().toLowerCase(Locale.ROOT) + " tablespace=" + tablespace()
                + (sort.isEmpty() ? "" : " kind=" + sort.at(0)) + " version=" + version;
    }
}
