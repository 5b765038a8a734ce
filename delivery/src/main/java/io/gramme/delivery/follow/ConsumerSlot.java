package io.gramme.delivery.follow;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.TablespaceId;
import java.nio.ByteBuffer;

/**
 * The part of a log that one lane of a consumer reads: a lane of a shard.
 *
 * @param log its tablespace
 * @param lane of the shard, which has {@code lanes} of them
 */
record ConsumerSlot(TablespaceId log, int shard, int lane, int lanes) {
    static final int LENGTH = Long.BYTES + 3 * Integer.BYTES;

    Bytes encode() {
        return Bytes.wrap(ByteBuffer.allocate(LENGTH)
                .putLong(log.number())
                .putInt(shard)
                .putInt(lane)
                .putInt(lanes)
                .array());
    }

    static ConsumerSlot decode(Bytes code) {
        var bytes = ByteBuffer.wrap(code.shared());
        return new ConsumerSlot(new TablespaceId(bytes.getLong()), bytes.getInt(), bytes.getInt(), bytes.getInt());
    }

    boolean isOfSameShard(ConsumerSlot other) {
        return log.equals(other.log) && shard == other.shard;
    }
}
