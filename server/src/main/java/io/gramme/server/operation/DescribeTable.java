package io.gramme.server.operation;

import io.gramme.api.DescribeTableInput;
import io.gramme.api.DescribeTableOutput;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Tables;

/** DescribeTable: shows the current definition and status of a table. */
public final class DescribeTable implements Handler<DescribeTableInput, DescribeTableOutput> {
    private final Tables tables;
    private final TableDescriptions descriptions;

    public DescribeTable(Tables tables, MillisecondClock clock) {
        this.tables = tables;
        this.descriptions = new TableDescriptions(tables, clock);
    }

    @Override
    public DescribeTableOutput handle(DescribeTableInput request, RequestContext context) {
        return DescribeTableOutput.builder()
                .table(descriptions.of(tables.describeSettled(context.accountRegion(), request.tableName())))
                .build();
    }
}
