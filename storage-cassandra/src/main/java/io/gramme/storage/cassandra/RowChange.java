package io.gramme.storage.cassandra;

import io.gramme.core.bytes.Bytes;

/** What a commit does to one row of its partition. */
sealed interface RowChange {
    record Put(Bytes sort, Bytes value) implements RowChange {}

    record Delete(Bytes sort) implements RowChange {}

    /** A transaction takes hold of the row. */
    record Hold(Bytes sort, Intent intent) implements RowChange {}

    /** The transaction that holds the row lets it go as it was. */
    record Release(Bytes sort) implements RowChange {}

    /** What follows from this commit, for whoever has to deliver it. */
    record Note(long commit, Effects effects) implements RowChange {}
}
