package io.gramme.storage.rocksdb;

import io.gramme.core.bytes.Bytes;

/** A change of the database's rows, in physical keys and values. */
sealed interface Change {
    /** The approximate number of bytes it adds to the log. */
    default long size() {
        return switch (this) {
            case Put(var key, var _, var value) -> key.length() + RowCodec.valueLength(value);
            case Delete(var key) -> key.length();
            case DeleteRange(var from, var to) -> from.length() + to.length();
        };
    }

    /** @param version of the row */
    record Put(Bytes key, long version, Bytes value) implements Change {}

    record Delete(Bytes key) implements Change {}

    /** @param to not included */
    record DeleteRange(Bytes from, Bytes to) implements Change {}
}
