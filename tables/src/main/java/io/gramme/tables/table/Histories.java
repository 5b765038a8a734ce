package io.gramme.tables.table;

import io.gramme.core.error.TableErrors;
import io.gramme.tables.table.TableHistory.Keeper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What tables keep of their earlier states, and for whom: the changes of their {@link TableHistory}, before and after
 * they are deleted. Safe for use by many threads.
 */
public final class Histories {
    private final Tables tables;
    private final Catalog catalog;

    Histories(Tables tables, Catalog catalog) {
        this.tables = tables;
        this.catalog = catalog;
    }

    /**
     * Makes a table keep its earlier states for a keeper, which replaces one of its name. A starting keeper has its first
     * position from the next settling on.
     *
     * @param id of the table
     */
    public Table keep(TableName name, String id, Keeper keeper) {
        return change(name, id, history -> history.with(keeper));
    }

    /**
     * The same for a keeper that needs the states from now on. If the table keeps its states already, all its writers
     * know that, and the keeper has started.
     *
     * @param version a current one
     */
    public Table keepFrom(TableName name, String id, String keeper, Duration retention, long version) {
        return change(name, id, history -> {
            boolean kept = history.keepers().stream().anyMatch(other -> !other.isStarting());
            return history.with(kept ? new Keeper(keeper, retention, version) : Keeper.start(keeper, retention));
        });
    }

    private Table change(TableName name, String id, UnaryOperator<TableHistory> edit) {
        return tables.change(name, before -> {
            if (!before.id().equals(id) || before.status() == Table.Status.DELETING) {
                throw TableErrors.tableNotFound(name.name());
            }
            return before.withHistory(Optional.of(edit.apply(before.history().orElse(new TableHistory(List.of())))));
        });
    }

    /**
     * Keeps the states of a table that it keeps already, be the table deleted or not, for one more reader.
     *
     * @param keeper not a starting one
     * @return whether the table's rows are still there
     */
    public boolean hold(TableName name, String id, Keeper keeper) {
        Optional<Table> live = tables.lookUp(name).filter(table -> table.id().equals(id));
        if (live.isPresent() && live.get().status() != Table.Status.DELETING) {
            var _ = keep(name, id, keeper);
            return true;
        }
        return catalog.changeDeparted(id, departed -> departed.with(keeper)).isPresent();
    }

    /** Removes a keeper from a table, if it has it, be the table deleted or not. */
    public void release(TableName name, String id, String keeper) {
        if (tables.find(name).filter(table -> table.id().equals(id)).isPresent()) {
            var _ = tables.store(
                    name,
                    before -> before.map(table -> table.id().equals(id)
                            ? table.withHistory(table.history().map(kept -> kept.without(keeper)))
                            : table));
        }
        var _ = catalog.changeDeparted(id, table -> table.without(keeper));
    }

    /** Forgets that a table had a history, unless it has a keeper again. */
    public void forget(Table table) {
        var _ = tables.store(
                table.address(),
                before -> before.map(found -> found.id().equals(table.id())
                        ? found.withHistory(
                                found.history().filter(kept -> !kept.keepers().isEmpty()))
                        : found));
    }

    /** The deleted tables whose items some keeper still needs. */
    public List<DepartedTable> departed() {
        return catalog.departed();
    }

    public Optional<DepartedTable> departed(String id) {
        return catalog.departed(id);
    }

    /** Changes a departed table, if it is there. */
    public void changeDeparted(String id, UnaryOperator<DepartedTable> edit) {
        var _ = catalog.changeDeparted(id, edit);
    }

    /**
     * Forgets a table that no request uses any more, and keeps its rows.
     *
     * @param version the highest that was written
     */
    void depart(Table table, long version) {
        TableStatistics.Size size = tables.statistics().of(table);
        catalog.put(new DepartedTable(table, version, tables.now(), size.items(), size.bytes()));
        tables.remove(table);
    }

    /** Forgets a departed table whose rows have been dropped. */
    void forget(DepartedTable table) {
        catalog.forget(table);
    }
}
