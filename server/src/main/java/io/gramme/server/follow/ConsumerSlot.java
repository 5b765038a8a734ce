package io.gramme.server.follow;

import io.gramme.core.bytes.Bytes;
import java.nio.ByteBuffer;

/**
 * The part of a log that one lane of a consumer reads: a lane of a shard.
 *
 * @param log the tablespace of the log
 * @param lane of the shard, which has {@code lanes} of them
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
