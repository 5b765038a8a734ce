package io.gramme.server.operation;

import io.gramme.api.DescribeTimeToLiveInput;
import io.gramme.api.DescribeTimeToLiveOutput;
import io.gramme.api.TimeToLiveDescription;
import io.gramme.api.TimeToLiveStatus;
import io.gramme.core.error.TimeToLiveErrors;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import io.gramme.tables.table.TimeToLive;

/**
 * DescribeTimeToLive: shows whether the items of a table expire. A disabled setting is shown without its attribute
 * (measured).
 */
public final class DescribeTimeToLive implements Handler<DescribeTimeToLiveInput, DescribeTimeToLiveOutput> {
    private final Tables tables;

    public DescribeTimeToLive(Tables tables) {
        this.tables = tables;
    }

    @Override
    public DescribeTimeToLiveOutput handle(DescribeTimeToLiveInput request, RequestContext context) {
        Table table = tables.describeSettled(context.accountRegion(), request.tableName());
        switch (table.status()) {
            case CREATING, DELETING ->
                throw TimeToLiveErrors.notDescribed(table.status().name());
            case ACTIVE, UPDATING, INACCESSIBLE_ENCRYPTION_CREDENTIALS, ARCHIVING, ARCHIVED -> {}
        }
        TimeToLiveStatus status =
                table.timeToLive().map(DescribeTimeToLive::shown).orElse(TimeToLiveStatus.DISABLED);
        return DescribeTimeToLiveOutput.builder()
                .timeToLiveDescription(TimeToLiveDescription.builder()
                        .attributeName(table.timeToLive()
                                .filter(_ -> status != TimeToLiveStatus.DISABLED)
                                .map(TimeToLive::attribute))
                        .timeToLiveStatus(status)
                        .build())
                .build();
    }

    private static TimeToLiveStatus shown(TimeToLive timeToLive) {
        return switch (timeToLive.status()) {
            case ENABLING, FILLING -> TimeToLiveStatus.ENABLING;
            case ENABLED -> TimeToLiveStatus.ENABLED;
            case DISABLING -> TimeToLiveStatus.DISABLING;
            case DISABLED -> TimeToLiveStatus.DISABLED;
        };
    }
}
