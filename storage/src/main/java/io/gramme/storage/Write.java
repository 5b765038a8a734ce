package io.gramme.storage;

import io.gramme.core.bytes.Bytes;

/** The change of one row: its new value, or its deletion. */
public sealed interface Write {
    RowKey key();

    record Put(RowKey key, Bytes value) implements Write {}

    /** Deletes a row. Deleting a row that does not exist is no error. */
    record Delete(RowKey key) implements Write {}
}
