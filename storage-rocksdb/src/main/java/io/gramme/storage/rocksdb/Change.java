package io.gramme.storage.rocksdb;

import io.gramme.core.bytes.Bytes;
import java.util.Optional;

/** A change of one column family, in physical keys and values. */
sealed interface Change {
    Family family();

    /** The approximate number of bytes it adds to the log. */
    default long size() {
        return switch (this) {
            case Put(var _, var key, var _, var value) -> key.length() + RowCodec.valueLength(value);
            case Retain(var key, var before) -> key.length() + HistoryCodec.valueLength(before);
            case Delete(var _, var key) -> key.length();
            case DeleteRange(var _, var from, var to) -> from.length() + to.length();
        };
    }

    /** @param version of the row */
    record Put(Family family, Bytes key, long version, Bytes value) implements Change {}

    /** Adds the image of a row to the history. */
    record Retain(Bytes key, Optional<Bytes> before) implements Change {
        @Override
        public Family family() {
            return Family.HISTORY;
        }
    }

    record Delete(Family family, Bytes key) implements Change {}

    /** @param to not included */
    record DeleteRange(Family family, Bytes from, Bytes to) implements Change {}
}
