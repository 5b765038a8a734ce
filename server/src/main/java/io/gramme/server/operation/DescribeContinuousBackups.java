package io.gramme.server.operation;

import io.gramme.api.ContinuousBackupsDescription;
import io.gramme.api.ContinuousBackupsStatus;
import io.gramme.api.DescribeContinuousBackupsInput;
import io.gramme.api.DescribeContinuousBackupsOutput;
import io.gramme.api.PointInTimeRecoveryDescription;
import io.gramme.api.PointInTimeRecoveryStatus;
import io.gramme.recovery.RecoveryWindow;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableHistory.Keeper;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * DescribeContinuousBackups: shows whether a table has recovery to a point in time, and its window. Continuous backups
 * themselves are enabled for every table from its creation on.
 */
public final class DescribeContinuousBackups
        implements Handler<DescribeContinuousBackupsInput, DescribeContinuousBackupsOutput> {
    private final Tables tables;
    private final MillisecondClock clock;
    private final Duration lag;

    /** @param lag how far the end of a recovery window lies back */
    public DescribeContinuousBackups(Tables tables, Duration lag, MillisecondClock clock) {
        this.clock = clock;
        this.tables = tables;
        this.lag = lag;
    }

    @Override
    public DescribeContinuousBackupsOutput handle(DescribeContinuousBackupsInput request, RequestContext context) {
        Table table = BackupSources.table(tables, context.accountRegion(), request.tableName());
        return DescribeContinuousBackupsOutput.builder()
                .continuousBackupsDescription(description(table, clock.instant(), lag))
                .build();
    }

    static ContinuousBackupsDescription description(Table table, Instant now, Duration lag) {
        return ContinuousBackupsDescription.builder()
                .continuousBackupsStatus(ContinuousBackupsStatus.ENABLED)
                .pointInTimeRecoveryDescription(recovery(RecoveryWindow.keeper(table), now, lag))
                .build();
    }

    private static PointInTimeRecoveryDescription recovery(Optional<Keeper> keeper, Instant now, Duration lag) {
        if (keeper.isEmpty()) {
            return PointInTimeRecoveryDescription.builder()
                    .pointInTimeRecoveryStatus(PointInTimeRecoveryStatus.DISABLED)
                    .build();
        }
        RecoveryWindow window = RecoveryWindow.of(keeper.get(), now, lag);
        return PointInTimeRecoveryDescription.builder()
                .earliestRestorableDateTime(window.earliest())
                .latestRestorableDateTime(window.latest())
                .pointInTimeRecoveryStatus(PointInTimeRecoveryStatus.ENABLED)
                .recoveryPeriodInDays((int) keeper.get().retention().toDays())
                .build();
    }
}
