package io.gramme.storage.cassandra;

import io.gramme.core.bytes.Bytes;

/** The change that a commit makes to one row of its partition. */
sealed interface RowChange {
    record Put(Bytes sort, Bytes value) implements RowChange {}

    record Delete(Bytes sort) implements RowChange {}

    /** A transaction takes hold of the row. */
    record Hold(Bytes sort, Intent intent) implements RowChange {}

    /** The transaction that holds the row releases it unchanged. */
    record Release(Bytes sort) implements RowChange {}

    /** The image of a row that this commit changes; its version is that of the commit. */
    record Retain(Image image) implements RowChange {}

    /** The effects of this commit, for the server that delivers them. */
    record Note(long commit, Effects effects) implements RowChange {}
}
