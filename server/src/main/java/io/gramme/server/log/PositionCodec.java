package io.gramme.server.log;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.LogPosition;
import java.nio.ByteBuffer;

/** Encodes log positions as the values of rows. */
public final class PositionCodec {
    private PositionCodec() {}

    public static Bytes encode(LogPosition position) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(position.version())
                .putInt(position.index())
                .array());
    }

    public static LogPosition decode(Bytes code) {
        var bytes = ByteBuffer.wrap(code.shared());
        return new LogPosition(bytes.getLong(), bytes.getInt());
    }
}
