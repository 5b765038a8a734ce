package io.gramme.server.table;

import java.util.Map;

/** One operation's hold on several tables. */
public final class TableUses implements AutoCloseable {
    private final Map<String, TableUse> uses;

    TableUses(Map<String, TableUse> uses) {
        this.uses = uses;
    }

    /** @param asGiven a name or ARN in the words that the hold was asked for with */
    public Table table(String asGiven) {
        TableUse use = uses.get(asGiven);
        if (use == null) {
            throw new IllegalStateException("a table that was not asked for: " + asGiven);
        }
        return use.table();
    }

    @Override
    public void close() {
        uses.values().forEach(TableUse::close);
    }
}
