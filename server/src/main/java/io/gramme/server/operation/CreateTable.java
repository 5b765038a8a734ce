package io.gramme.server.operation;

import io.gramme.api.CreateTableInput;
import io.gramme.api.CreateTableOutput;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.RandomIds;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;

/**
 * CreateTable: creates a table. The answer says CREATING, even if the table is ACTIVE by the time that the client reads
 * it.
 */
public final class CreateTable implements Handler<CreateTableInput, CreateTableOutput> {
    private final Tables tables;
    private final TableLifecycle life;
    private final MillisecondClock clock;
    private final RandomIds ids;
    private final TableDescriptions descriptions;

    public CreateTable(Tables tables, TableLifecycle life, MillisecondClock clock, RandomIds ids) {
        this.tables = tables;
        this.life = life;
        this.clock = clock;
        this.ids = ids;
        this.descriptions = new TableDescriptions(tables, clock);
    }

    @Override
    public CreateTableOutput handle(CreateTableInput request, RequestContext context) {
        TableName name = TableName.parse(context.accountRegion(), request.tableName());
        var wanted = new NewTable(request, context.accountRegion());
        tables.requireFree(name);
        wanted.requireWithinQuotas();
        Table table = tables.create(wanted.create(name, ids.next(), clock.instant(), tables::newTablespace));

        var answer = CreateTableOutput.builder()
                .tableDescription(descriptions.of(table))
                .build();
        life.settle(table);
        return answer;
    }
}
