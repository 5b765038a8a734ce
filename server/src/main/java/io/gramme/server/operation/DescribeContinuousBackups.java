package io.gramme.server.operation;

import io.gramme.api.ContinuousBackupsDescription;
import io.gramme.api.ContinuousBackupsStatus;
import io.gramme.api.DescribeContinuousBackupsInput;
import io.gramme.api.DescribeContinuousBackupsOutput;
import io.gramme.api.PointInTimeRecoveryDescription;
import io.gramme.api.PointInTimeRecoveryStatus;
import io.gramme.core.error.TableErrors;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;

/**
 * DescribeContinuousBackups: shows a table without point-in-time recovery, which no table here can have yet. Continuous
 * backups themselves are enabled for every table from its creation on; a table in CREATING is reported as not found
 * (measured of the other operations on backups).
 */
public final class DescribeContinuousBackups
        implements Handler<DescribeContinuousBackupsInput, DescribeContinuousBackupsOutput> {
    private final Tables tables;

    public DescribeContinuousBackups(Tables tables) {
        this.tables = tables;
    }

    @Override
    public DescribeContinuousBackupsOutput handle(DescribeContinuousBackupsInput request, RequestContext context) {
        boolean there = tables.lookUp(TableName.parse(context.accountRegion(), request.tableName()))
                .filter(table -> table.status() != Table.Status.CREATING)
                .isPresent();
        if (!there) {
            throw TableErrors.noTableToBackUp(request.tableName());
        }
        return DescribeContinuousBackupsOutput.builder()
                .continuousBackupsDescription(ContinuousBackupsDescription.builder()
                        .continuousBackupsStatus(ContinuousBackupsStatus.ENABLED)
                        .pointInTimeRecoveryDescription(PointInTimeRecoveryDescription.builder()
                                .pointInTimeRecoveryStatus(PointInTimeRecoveryStatus.DISABLED)
                                .build())
                        .build())
                .build();
    }
}
