package io.gramme.server.operation;

import io.gramme.api.UpdateTimeToLiveInput;
import io.gramme.api.UpdateTimeToLiveOutput;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.time.Instant;

/** UpdateTimeToLive: enables or disables the expiry of a table's items. The answer repeats the request. */
public final class UpdateTimeToLive implements Handler<UpdateTimeToLiveInput, UpdateTimeToLiveOutput> {
    private final Tables tables;
    private final TableLifecycle life;
    private final MillisecondClock clock;

    public UpdateTimeToLive(Tables tables, TableLifecycle life, MillisecondClock clock) {
        this.tables = tables;
        this.life = life;
        this.clock = clock;
    }

    @Override
    public UpdateTimeToLiveOutput handle(UpdateTimeToLiveInput request, RequestContext context) {
        TableName name = TableName.parse(context.accountRegion(), request.tableName());
        var update = new TimeToLiveUpdate(request.timeToLiveSpecification());
        Instant now = clock.instant();
        // Tried before a tablespace number is spent on it.
        var _ = update.apply(tables.describe(context.accountRegion(), request.tableName()), now, TablespaceId.CATALOG);
        TablespaceId tablespace = update.needsTablespace() ? tables.newTablespace() : TablespaceId.CATALOG;
        Table table = tables.change(name, before -> update.apply(before, now, tablespace));
        life.settle(table);
        return UpdateTimeToLiveOutput.builder()
                .timeToLiveSpecification(request.timeToLiveSpecification())
                .build();
    }
}
