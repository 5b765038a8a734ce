package io.gramme.server.operation;

import io.gramme.api.ListExportsInput;
import io.gramme.api.ListExportsOutput;
import io.gramme.core.error.ExportErrors;
import io.gramme.recovery.ResourceId;
import io.gramme.recovery.export.Export;
import io.gramme.recovery.export.Exports;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.util.List;
import java.util.Optional;

/**
 * ListExports: the exports of an account and region, the newest first. Those of a table are those of the table that has
 * the name now (measured).
 */
public final class ListExports implements Handler<ListExportsInput, ListExportsOutput> {
    private static final int MOST = 25;

    private final Tables tables;
    private final Exports exports;

    public ListExports(Tables tables, Exports exports) {
        this.tables = tables;
        this.exports = exports;
    }

    @Override
    public ListExportsOutput handle(ListExportsInput request, RequestContext context) {
        Optional<ResourceId> after = request.nextToken()
                .map(token -> ResourceId.parse(token).orElseThrow(() -> ExportErrors.badToken(token)));
        Optional<String> table = request.tableArn()
                .map(given -> TableName.parse(context.accountRegion(), given))
                .map(name -> tables.lookUp(name).map(Table::id).orElse(""));
        List<Export> found = exports.of(context.accountRegion()).stream()
                .filter(export -> table.isEmpty() || export.source().id().equals(table.get()))
                .filter(export -> after.isEmpty() || export.id().compareTo(after.get()) < 0)
                .toList();
        List<Export> page = found.subList(0, Math.min(request.maxResults().orElse(MOST), found.size()));
        return ListExportsOutput.builder()
                .exportSummaries(page.stream().map(ExportDescriptions::summary).toList())
                .nextToken(
                        page.size() < found.size()
                                ? Optional.of(page.getLast().id().text())
                                : Optional.empty())
                .build();
    }
}
