package io.gramme.server.follow;

import io.gramme.core.bytes.Bytes;
import java.nio.ByteBuffer;

/**
 * Which part of a log a reader has for itself.
 *
 * @param log the store of the log
 * @param lane of the shard, which has {@code lanes}
 */
record ConsumerSlot(long log, int shard, int lane, int lanes) {
    static final int LENGTH = Long.BYTES + 3 * Integer.BYTES;

    Bytes encode() {
        return Bytes.wrap(ByteBuffer.allocate(LENGTH)
                .putLong(log)
                .putInt(shard)
                .putInt(lane)
                .putInt(lanes)
                .array());
    }

    static ConsumerSlot decode(Bytes code) {
        var bytes = ByteBuffer.wrap(code.shared());
        return new ConsumerSlot(bytes.getLong(), bytes.getInt(), bytes.getInt(), bytes.getInt());
    }

    boolean isOfSameShard(ConsumerSlot other) {
        return log == other.log && shard == other.shard;
    }
}
