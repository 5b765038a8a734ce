package io.gramme.tables.table;

import java.util.Map;

/** The pinned tables of one operation that uses several. */
public final class PinnedTables implements AutoCloseable {
    private final Map<String, PinnedTable> uses;

    PinnedTables(Map<String, PinnedTable> uses) {
        this.uses = uses;
    }

    /** @param asGiven a name or ARN, exactly as the caller gave it to pin the table */
    public Table table(String asGiven) {
        PinnedTable use = uses.get(asGiven);
        if (use == null) {
            throw new IllegalStateException("table is not pinned: " + asGiven);
        }
        return use.table();
    }

    @Override
    public void close() {
        uses.values().forEach(PinnedTable::close);
    }
}
