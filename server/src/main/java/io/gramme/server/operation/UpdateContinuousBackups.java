package io.gramme.server.operation;

import io.gramme.api.PointInTimeRecoverySpecification;
import io.gramme.api.UpdateContinuousBackupsInput;
import io.gramme.api.UpdateContinuousBackupsOutput;
import io.gramme.core.error.BackupErrors;
import io.gramme.recovery.RecoveryWindow;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableHistory.Keeper;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * UpdateContinuousBackups: enables or disables the recovery of a table to a point in time, and sets its period. Each
 * request without a period sets it to 35 days (measured).
 */
public final class UpdateContinuousBackups
        implements Handler<UpdateContinuousBackupsInput, UpdateContinuousBackupsOutput> {
    private final Tables tables;
    private final MillisecondClock clock;
    private final TableLifecycle life;
    private final Duration lag;

    /** @param lag how far the end of a recovery window lies back */
    public UpdateContinuousBackups(Tables tables, TableLifecycle life, Duration lag, MillisecondClock clock) {
        this.clock = clock;
        this.tables = tables;
        this.life = life;
        this.lag = lag;
    }

    @Override
    public UpdateContinuousBackupsOutput handle(UpdateContinuousBackupsInput request, RequestContext context) {
        PointInTimeRecoverySpecification wanted = request.pointInTimeRecoverySpecification();
        if (!wanted.pointInTimeRecoveryEnabled()
                && wanted.recoveryPeriodInDays().isPresent()) {
            throw BackupErrors.periodWithoutRecovery();
        }
        Table table = BackupSources.table(tables, context.accountRegion(), request.tableName());
        if (wanted.pointInTimeRecoveryEnabled()) {
            enable(table, wanted.recoveryPeriodInDays().orElse(RecoveryWindow.DEFAULT_DAYS));
        } else {
            tables.histories().release(table.address(), table.id(), RecoveryWindow.KEEPER);
        }
        Table changed = tables.find(table.address()).orElse(table);
        return UpdateContinuousBackupsOutput.builder()
                .continuousBackupsDescription(DescribeContinuousBackups.description(changed, clock.instant(), lag))
                .build();
    }

    private void enable(Table table, int days) {
        Optional<Keeper> keeper = RecoveryWindow.keeper(table);
        Instant now = clock.instant();
        Keeper wanted = keeper.map(before -> before.withRetention(Duration.ofDays(days), now))
                .orElseGet(() -> RecoveryWindow.start(days));
        boolean same = keeper.filter(before -> before.retention().equals(wanted.retention()))
                .isPresent();
        if (!same) {
            life.settle(tables.histories().keep(table.address(), table.id(), wanted));
        }
    }
}
