package io.gramme.server.operation;

import io.gramme.api.DescribeKinesisStreamingDestinationInput;
import io.gramme.api.DescribeKinesisStreamingDestinationOutput;
import io.gramme.api.DestinationStatus;
import io.gramme.api.KinesisDataStreamDestination;
import io.gramme.tables.table.KinesisChange;
import io.gramme.tables.table.KinesisDestination;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;

/**
 * DescribeKinesisStreamingDestination: shows the Kinesis data streams that receive the changes of a table, or did so
 * recently.
 */
public final class DescribeKinesisStreamingDestination
        implements Handler<DescribeKinesisStreamingDestinationInput, DescribeKinesisStreamingDestinationOutput> {
    private final Tables tables;
    private final MillisecondClock clock;

    public DescribeKinesisStreamingDestination(Tables tables, MillisecondClock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    @Override
    public DescribeKinesisStreamingDestinationOutput handle(
            DescribeKinesisStreamingDestinationInput request, RequestContext context) {
        Table table = tables.describe(context.accountRegion(), request.tableName());
        KinesisChange.requireThere(table);
        return DescribeKinesisStreamingDestinationOutput.builder()
                .tableName(table.name())
                .kinesisDataStreamDestinations(table.settings().destinations().stream()
                        .filter(destination -> destination.isShown(clock.instant()))
                        .map(DescribeKinesisStreamingDestination::shown)
                        .toList())
                .build();
    }

    private static KinesisDataStreamDestination shown(KinesisDestination destination) {
        return KinesisDataStreamDestination.builder()
                .streamArn(destination.streamArn())
                .destinationStatus(
                        DestinationStatus.valueOf(destination.status().name()))
                .destinationStatusDescription(destination
                        .failure()
                        .filter(_ -> destination.status() == KinesisDestination.Status.ENABLE_FAILED))
                .approximateCreationDateTimePrecision(destination.precision().map(KinesisPrecisions::shown))
                .build();
    }
}
