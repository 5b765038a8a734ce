package io.gramme.storage.rocksdb;

import java.util.List;

/**
 * The changes of one transaction, made all or none.
 *
 * @param version of the rows written
 */
record Commit(List<Change> changes, long version) {
    Commit {
        changes = List.copyOf(changes);
    }

    long size() {
        return changes.stream().mapToLong(Change::size).sum();
    }
}
