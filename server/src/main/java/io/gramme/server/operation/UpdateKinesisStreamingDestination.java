package io.gramme.server.operation;

import io.gramme.api.DestinationStatus;
import io.gramme.api.UpdateKinesisStreamingConfiguration;
import io.gramme.api.UpdateKinesisStreamingDestinationInput;
import io.gramme.api.UpdateKinesisStreamingDestinationOutput;
import io.gramme.core.error.KinesisErrors;
import io.gramme.tables.table.KinesisChange;
import io.gramme.tables.table.KinesisDestination.Precision;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;

/**
 * UpdateKinesisStreamingDestination: changes the precision of timestamps in the records that go to a Kinesis data
 * stream.
 */
public final class UpdateKinesisStreamingDestination
        implements Handler<UpdateKinesisStreamingDestinationInput, UpdateKinesisStreamingDestinationOutput> {
    private final Tables tables;
    private final TableLifecycle life;
    private final MillisecondClock clock;

    public UpdateKinesisStreamingDestination(Tables tables, TableLifecycle life, MillisecondClock clock) {
        this.tables = tables;
        this.life = life;
        this.clock = clock;
    }

    @Override
    public UpdateKinesisStreamingDestinationOutput handle(
            UpdateKinesisStreamingDestinationInput request, RequestContext context) {
        Precision precision = request.updateKinesisStreamingConfiguration()
                .flatMap(UpdateKinesisStreamingConfiguration::approximateCreationDateTimePrecision)
                .map(KinesisPrecisions::of)
                .orElseThrow(KinesisErrors::nothingToUpdate);
        TableName name = TableName.parse(context.accountRegion(), request.tableName());
        var change = new KinesisChange(request.streamArn());
        Table table = tables.change(name, before -> change.update(before, precision, clock.instant()));
        life.settle(table);
        return UpdateKinesisStreamingDestinationOutput.builder()
                .tableName(name.name())
                .streamArn(request.streamArn())
                .destinationStatus(DestinationStatus.UPDATING)
                .updateKinesisStreamingConfiguration(request.updateKinesisStreamingConfiguration())
                .build();
    }
}
