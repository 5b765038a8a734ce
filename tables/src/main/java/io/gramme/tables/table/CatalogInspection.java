package io.gramme.tables.table;

import io.gramme.storage.Row;
import io.gramme.storage.TablespaceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The definitions in a catalog that is read row by row, so that one damaged row does not hide the others. For one
 * thread.
 */
public final class CatalogInspection {
    private final List<Table> tables = new ArrayList<>();
    private final Map<TablespaceId, String> owners = new LinkedHashMap<>();
    private final Map<TablespaceId, String> closedLogs = new LinkedHashMap<>();

    /** Adds what a row of tablespace 0 defines, if it defines anything. @throws RuntimeException if it is damaged */
    public void add(Row row) {
        switch (Catalog.definition(row)) {
            case Catalog.Definition.OfTable(Table table) -> {
                tables.add(table);
                own(table, "table " + table.name());
            }
            case Catalog.Definition.OfDeparted(DepartedTable departed) -> {
                own(departed.table(), "deleted table " + departed.table().name());
                departed.table().log().ifPresent(log -> owners.put(log.tablespace(), "deleted table"));
            }
            case Catalog.Definition.OfPastStream(PastStream stream) ->
                closed(
                        stream.log(),
                        "stream " + stream.stream().label() + " of "
                                + stream.table().name());
            case Catalog.Definition.OfSubscription(ClosedSubscription closed) ->
                closed(
                        closed.log(),
                        "subscription " + closed.subscription().name() + " of "
                                + closed.table().name());
            case Catalog.Definition.Other() -> {}
        }
    }

    private void own(Table table, String name) {
        owners.put(table.tablespace(), name);
        table.globalIndexes().forEach(index -> owners.put(index.tablespace(), name));
        table.timeToLive().ifPresent(timeToLive -> owners.put(timeToLive.tablespace(), name));
        table.log().ifPresent(log -> owners.put(log.tablespace(), name));
    }

    private void closed(TableLog log, String name) {
        if (owners.putIfAbsent(log.tablespace(), name) == null) {
            closedLogs.put(log.tablespace(), name);
        }
    }

    public List<Table> tables() {
        return List.copyOf(tables);
    }

    /** The owner of each tablespace that belongs to a table, an index or a log. */
    public Map<TablespaceId, String> owners() {
        return Map.copyOf(owners);
    }

    /** The logs that no table has any more. */
    public Map<TablespaceId, String> closedLogs() {
        var closed = new LinkedHashMap<>(closedLogs);
        tables.forEach(table -> table.log().ifPresent(log -> closed.remove(log.tablespace())));
        return closed;
    }
}
