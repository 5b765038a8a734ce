package io.gramme.server.encryption;

import io.gramme.api.ListTableKeysInput;
import io.gramme.api.ListTableKeysOutput;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.util.List;
import java.util.Optional;

/** Gramme extension: lists the tables of an account and region with their keys. A page begins behind the table of its token. */
public final class ListTableKeys implements Handler<ListTableKeysInput, ListTableKeysOutput> {
    private static final int MOST = 100;

    private final Tables tables;
    private final Optional<SealedTables> sealed;

    /** @param sealed empty if rows are not sealed */
    public ListTableKeys(Tables tables, Optional<SealedTables> sealed) {
        this.tables = tables;
        this.sealed = sealed;
    }

    @Override
    public ListTableKeysOutput handle(ListTableKeysInput request, RequestContext context) {
        int limit = request.limit().orElse(MOST);
        List<String> names = tables.names(context.accountRegion(), request.nextToken(), limit + 1);
        List<String> page = names.subList(0, Math.min(limit, names.size()));
        return ListTableKeysOutput.builder()
                .tableKeys(page.stream()
                        .flatMap(name -> tables.find(new TableName(context.accountRegion(), name)).stream())
                        .map(table -> TableKeyDescriptions.of(table, sealed))
                        .toList())
                .nextToken(page.size() < names.size() ? Optional.of(page.getLast()) : Optional.empty())
                .build();
    }
}
