package io.gramme.tables.table;

import io.gramme.core.error.ApiException;
import io.gramme.storage.TablespaceId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The keys that the tablespaces of tables get with a change, and lose when they are dropped. */
public final class TablespaceKeys {
    private final Catalog catalog;
    private final TableSealing sealing;
    private final PastStreams pastStreams;
    private final ClosedSubscriptions closedSubscriptions;

    TablespaceKeys(
            Catalog catalog, TableSealing sealing, PastStreams pastStreams, ClosedSubscriptions closedSubscriptions) {
        this.catalog = catalog;
        this.sealing = sealing;
        this.pastStreams = pastStreams;
        this.closedSubscriptions = closedSubscriptions;
    }

    /** Whether the rows of tables are sealed. */
    public boolean areSealed() {
        return sealing.isOn();
    }

    /** The keys of a new table. Calls the key service, so it comes before the transaction. */
    Catalog.Keys ofNew(Table table) {
        return new Catalog.Keys(table.allTablespaces(), sealing.create(table));
    }

    /** The keys of the tablespaces that an edit adds, as far as can be seen before it is made. */
    Catalog.Keys ofAdded(Optional<Table> before, UnaryOperator<Optional<Table>> edit) {
        if (!sealing.isOn()) {
            return Catalog.Keys.ANY;
        }
        Set<TablespaceId> added;
        try {
            added = Catalog.Keys.added(before, edit.apply(before));
        } catch (ApiException _) {
            // The stored table may be another; if it is not, the edit refuses it as well.
            added = Set.of();
        }
        return new Catalog.Keys(
                added, added.isEmpty() || before.isEmpty() ? List.of() : sealing.extend(before.get(), added));
    }

    /** Wraps the keys of everything that the rows of a table lie in under its present root key. */
    void rewrap(Table table) {
        Set<TablespaceId> all = table.allTablespaces();
        pastStreams.all().stream()
                .filter(past -> past.table().equals(table.address()))
                .forEach(past -> all.add(past.log().tablespace()));
        closedSubscriptions.all().stream()
                .filter(past -> past.tableId().equals(table.id()))
                .forEach(past -> all.add(past.log().tablespace()));
        sealing.rewrap(table, all);
    }

    /** Destroys the keys of dropped tablespaces. */
    public void destroy(Collection<TablespaceId> dropped) {
        catalog.write(sealing.destroy(dropped));
    }
}
