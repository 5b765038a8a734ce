package io.gramme.storage;

import io.gramme.core.bytes.Bytes;

/** One row as it shall be. */
public sealed interface Write {
    RowKey key();

    record Put(RowKey key, Bytes value) implements Write {}

    /** Deleting a row that is not there is no error. */
    record Delete(RowKey key) implements Write {}
}
