package io.gramme.tables.partition;

import io.gramme.tables.table.Billing;
import io.gramme.tables.table.Capacity;
import io.gramme.tables.table.PartitionMap;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Throughput;

/** Tables with provisioned throughput. */
final class Provisioned {
    private Provisioned() {}

    static Table with(Table table, Throughput throughput) {
        return new Table(
                table.accountRegion(),
                table.name(),
                table.id(),
                table.tablespace(),
                table.created(),
                table.status(),
                table.since(),
                table.definitions(),
                table.key(),
                table.indexes(),
                PartitionMap.create(throughput, 1),
                Billing.PROVISIONED,
                Capacity.provisioned(throughput),
                table.settings(),
                table.log(),
                table.timeToLive(),
                table.history(),
                table.loading(),
                table.global(),
                table.blinding());
    }
}
