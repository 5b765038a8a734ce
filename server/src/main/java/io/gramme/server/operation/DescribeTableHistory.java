package io.gramme.server.operation;

import io.gramme.api.DescribeTableHistoryInput;
import io.gramme.api.DescribeTableHistoryOutput;
import io.gramme.tables.table.HistorySizes;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.util.Optional;
import java.util.OptionalLong;

/** Gramme extension: reports how much disk space the earlier states of a table's items take. */
public final class DescribeTableHistory implements Handler<DescribeTableHistoryInput, DescribeTableHistoryOutput> {
    private final Tables tables;
    private final HistorySizes sizes;

    public DescribeTableHistory(Tables tables, HistorySizes sizes) {
        this.tables = tables;
        this.sizes = sizes;
    }

    @Override
    public DescribeTableHistoryOutput handle(DescribeTableHistoryInput request, RequestContext context) {
        Table table = BackupSources.table(tables, context.accountRegion(), request.tableName());
        OptionalLong bytes = sizes.of(table);
        return DescribeTableHistoryOutput.builder()
                .historySizeBytes(bytes.isPresent() ? Optional.of(bytes.getAsLong()) : Optional.empty())
                .build();
    }
}
