package io.gramme.server.scaling;

import io.gramme.api.GlobalSecondaryIndexUpdate;
import io.gramme.api.ProvisionedThroughput;
import io.gramme.api.UpdateGlobalSecondaryIndexAction;
import io.gramme.api.UpdateTableInput;
import io.gramme.scaling.ThroughputChange;
import io.gramme.server.operation.UpdateTable;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Throughput;
import java.util.List;
import java.util.Optional;

/** Changes provisioned throughput by the operation that clients use for it. */
public final class TableThroughput implements ThroughputChange {
    private final UpdateTable updateTable;

    public TableThroughput(UpdateTable updateTable) {
        this.updateTable = updateTable;
    }

    @Override
    public void start(TableName table, Optional<String> index, Throughput wanted) {
        var throughput = new ProvisionedThroughput(wanted.readUnits(), wanted.writeUnits());
        var request = UpdateTableInput.builder().tableName(table.name());
        if (index.isPresent()) {
            var update = UpdateGlobalSecondaryIndexAction.builder()
                    .indexName(index.get())
                    .provisionedThroughput(throughput)
                    .build();
            request.globalSecondaryIndexUpdates(
                    List.of(GlobalSecondaryIndexUpdate.builder().update(update).build()));
        } else {
            request.provisionedThroughput(throughput);
        }
        updateTable.make(request.build(), table.accountRegion());
    }
}
