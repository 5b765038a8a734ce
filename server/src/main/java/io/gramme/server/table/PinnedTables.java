package io.gramme.server.table;

import java.util.Map;

/** One operation's hold on several tables. */
public final class PinnedTables implements AutoCloseable {
    private final Map<String, PinnedTable> uses;

    PinnedTables(Map<String, PinnedTable> uses) {
        this.uses = uses;
    }

    /** @param asGiven a name or ARN in the words that the hold was asked for with */
    public Table table(String asGiven) {
        PinnedTable use = uses.get(asGiven);
        if (use == null) {
            throw new IllegalStateException("a table that was not asked for: " + asGiven);
        }
        return use.table();
    }

    @Override
    public void close() {
        uses.values().forEach(PinnedTable::close);
    }
}
