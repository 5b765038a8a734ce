package io.gramme.server.operation;

import io.gramme.api.ListTablesInput;
import io.gramme.api.ListTablesOutput;
import io.gramme.tables.table.Tables;
import java.util.List;
import java.util.Optional;

/** ListTables: lists the names of the tables of the caller's account and region, in order. */
public final class ListTables implements Handler<ListTablesInput, ListTablesOutput> {
    private static final int MOST = 100;

    private final Tables tables;

    public ListTables(Tables tables) {
        this.tables = tables;
    }

    @Override
    public ListTablesOutput handle(ListTablesInput request, RequestContext context) {
        int limit = request.limit().orElse(MOST);
        // One name beyond the limit shows whether this page is the last: then LastEvaluatedTableName is absent.
        List<String> names = tables.names(context.accountRegion(), request.exclusiveStartTableName(), limit + 1);
        List<String> page = names.subList(0, Math.min(limit, names.size()));
        return ListTablesOutput.builder()
                .tableNames(page)
                .lastEvaluatedTableName(names.size() > limit ? Optional.of(page.getLast()) : Optional.empty())
                .build();
    }
}
