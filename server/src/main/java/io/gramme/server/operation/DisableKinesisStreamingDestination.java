package io.gramme.server.operation;

import io.gramme.api.DestinationStatus;
import io.gramme.api.KinesisStreamingDestinationInput;
import io.gramme.api.KinesisStreamingDestinationOutput;
import io.gramme.core.error.KinesisErrors;
import io.gramme.tables.table.KinesisChange;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;

/**
 * DisableKinesisStreamingDestination: stops sending the changes of a table to a Kinesis data stream. Earlier changes
 * are still sent.
 */
public final class DisableKinesisStreamingDestination
        implements Handler<KinesisStreamingDestinationInput, KinesisStreamingDestinationOutput> {
    private final Tables tables;
    private final TableLifecycle life;
    private final MillisecondClock clock;

    public DisableKinesisStreamingDestination(Tables tables, TableLifecycle life, MillisecondClock clock) {
        this.tables = tables;
        this.life = life;
        this.clock = clock;
    }

    @Override
    public KinesisStreamingDestinationOutput handle(KinesisStreamingDestinationInput request, RequestContext context) {
        if (request.enableKinesisStreamingConfiguration().isPresent()) {
            throw KinesisErrors.disabledWithConfiguration();
        }
        TableName name = TableName.parse(context.accountRegion(), request.tableName());
        var change = new KinesisChange(request.streamArn());
        Table table = tables.change(name, before -> change.disable(before, clock.instant()));
        life.settle(table);
        return KinesisStreamingDestinationOutput.builder()
                .tableName(name.name())
                .streamArn(request.streamArn())
                .destinationStatus(DestinationStatus.DISABLING)
                .build();
    }
}
