package io.gramme.tables.log;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.LogPosition;

/** Encodes log positions as the values of rows. */
public final class PositionCodec {
    private PositionCodec() {}

    public static Bytes encode(LogPosition position) {
        return Bytes.ofLong(position.version()).plus(Bytes.ofInt(position.index()));
    }

    public static LogPosition decode(Bytes code) {
        return new LogPosition(code.longAt(0), code.intAt(Long.BYTES));
    }
}
