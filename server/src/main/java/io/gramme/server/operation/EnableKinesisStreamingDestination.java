package io.gramme.server.operation;

import io.gramme.api.DestinationStatus;
import io.gramme.api.EnableKinesisStreamingConfiguration;
import io.gramme.api.KinesisStreamingDestinationInput;
import io.gramme.api.KinesisStreamingDestinationOutput;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.table.KinesisChange;
import io.gramme.tables.table.KinesisDestination.Precision;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.RandomIds;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.time.Instant;
import java.util.Optional;

/**
 * EnableKinesisStreamingDestination: starts sending the changes of a table to a Kinesis data stream. The destination's
 * final status shows whether that is possible.
 */
public final class EnableKinesisStreamingDestination
        implements Handler<KinesisStreamingDestinationInput, KinesisStreamingDestinationOutput> {
    private static final EnableKinesisStreamingConfiguration DEFAULTS =
            EnableKinesisStreamingConfiguration.builder().build();

    private final Tables tables;
    private final TableLifecycle life;
    private final MillisecondClock clock;
    private final RandomIds ids;
    private final Optional<String> obstacle;

    /** @param obstacle the reason why this server cannot enable any destination, if there is one */
    public EnableKinesisStreamingDestination(
            Tables tables, TableLifecycle life, MillisecondClock clock, RandomIds ids, Optional<String> obstacle) {
        this.tables = tables;
        this.life = life;
        this.clock = clock;
        this.ids = ids;
        this.obstacle = obstacle;
    }

    @Override
    public KinesisStreamingDestinationOutput handle(KinesisStreamingDestinationInput request, RequestContext context) {
        TableName name = TableName.parse(context.accountRegion(), request.tableName());
        Optional<Precision> precision = request.enableKinesisStreamingConfiguration()
                .flatMap(EnableKinesisStreamingConfiguration::approximateCreationDateTimePrecision)
                .map(KinesisPrecisions::of);
        var change = new KinesisChange(request.streamArn());
        String id = ids.next();
        Instant now = clock.instant();
        // Tried before a tablespace number is spent on it.
        var _ = change.enable(
                tables.describe(context.accountRegion(), request.tableName()),
                id,
                precision,
                obstacle,
                TablespaceId.CATALOG,
                now);
        TablespaceId newTablespace = tables.newTablespace();
        Table table = tables.change(name, before -> change.enable(before, id, precision, obstacle, newTablespace, now));
        life.settle(table);
        return KinesisStreamingDestinationOutput.builder()
                .tableName(name.name())
                .streamArn(request.streamArn())
                .destinationStatus(DestinationStatus.ENABLING)
                .enableKinesisStreamingConfiguration(
                        request.enableKinesisStreamingConfiguration().orElse(DEFAULTS))
                .build();
    }
}
