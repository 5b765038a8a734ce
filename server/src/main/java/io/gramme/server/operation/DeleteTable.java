package io.gramme.server.operation;

import io.gramme.api.DeleteTableInput;
import io.gramme.api.DeleteTableOutput;
import io.gramme.tables.table.DeletionRules;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.time.Instant;

/** DeleteTable: deletes a table with its items and indexes. */
public final class DeleteTable implements Handler<DeleteTableInput, DeleteTableOutput> {
    private final Tables tables;
    private final TableLifecycle life;
    private final MillisecondClock clock;
    private final TableDescriptions descriptions;

    public DeleteTable(Tables tables, TableLifecycle life, MillisecondClock clock) {
        this.tables = tables;
        this.life = life;
        this.clock = clock;
        this.descriptions = new TableDescriptions(tables, clock);
    }

    @Override
    public DeleteTableOutput handle(DeleteTableInput request, RequestContext context) {
        TableName name = TableName.parse(context.accountRegion(), request.tableName());
        Instant now = clock.instant();
        Table table = tables.change(name, before -> DeletionRules.delete(before, now));

        var answer = DeleteTableOutput.builder()
                .tableDescription(descriptions.ofDeleted(table))
                .build();
        life.settle(table);
        return answer;
    }
}
