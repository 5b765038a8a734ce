package io.gramme.server.operation;

import io.gramme.api.RestoreTableToPointInTimeInput;
import io.gramme.api.RestoreTableToPointInTimeOutput;
import io.gramme.core.error.BackupErrors;
import io.gramme.core.error.TableErrors;
import io.gramme.recovery.RecoveryWindow;
import io.gramme.recovery.Restores;
import io.gramme.storage.LogPosition;
import io.gramme.storage.RowStore;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.RandomIds;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableHistory.Keeper;
import io.gramme.tables.table.TableLoad.Restore;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RestoreTableToPointInTime: creates a table with the items that another had at the end of a second. */
public final class RestoreTableToPointInTime
        implements Handler<RestoreTableToPointInTimeInput, RestoreTableToPointInTimeOutput> {
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:dynamodb:([^:/]+):([^:/]+):table/([^/]+)");

    private final RowStore store;
    private final Tables tables;
    private final MillisecondClock clock;
    private final RandomIds ids;
    private final RootKeys keys;
    private final Restores restores;
    private final Duration lag;
    private final TableDescriptions descriptions;

    /** @param lag how far the end of a recovery window lies back */
    public RestoreTableToPointInTime(
            RowStore store,
            Tables tables,
            Restores restores,
            Duration lag,
            MillisecondClock clock,
            RandomIds ids,
            RootKeys keys) {
        this.keys = keys;
        this.clock = clock;
        this.ids = ids;
        this.store = store;
        this.tables = tables;
        this.restores = restores;
        this.lag = lag;
        this.descriptions = new TableDescriptions(tables, clock);
    }

    @Override
    public RestoreTableToPointInTimeOutput handle(RestoreTableToPointInTimeInput request, RequestContext context) {
        requireShape(request);
        TableName from = source(request, context.accountRegion());
        Table source = tables.lookUp(from)
                .filter(table -> table.status() != Table.Status.CREATING)
                .orElseThrow(() -> BackupErrors.tableNotFound(from.name()));
        Keeper keeper = RecoveryWindow.keeper(source).orElseThrow(() -> BackupErrors.recoveryDisabled(source.name()));
        RecoveryWindow window = RecoveryWindow.of(keeper, clock.instant(), lag);
        Instant second = request.restoreDateTime()
                .map(given -> given.truncatedTo(ChronoUnit.SECONDS))
                .orElse(window.latest());
        if (!window.contains(second)) {
            throw BackupErrors.outsideWindow(second, window.earliest(), window.latest());
        }
        TableName target = TableName.parse(context.accountRegion(), request.targetTableName());
        RestoreTargets.requireFree(tables, target);
        boolean otherRegion = !from.accountRegion().equals(target.accountRegion());
        if (otherRegion && request.sseSpecificationOverride().isEmpty()) {
            throw BackupErrors.noEncryptionAcrossRegions();
        }
        Table wanted = RestoredTable.of(
                tables,
                clock,
                ids,
                keys,
                source,
                target,
                new RestoredTable.Overrides(
                        request.billingModeOverride(),
                        request.provisionedThroughputOverride(),
                        request.onDemandThroughputOverride(),
                        request.globalSecondaryIndexOverride(),
                        request.localSecondaryIndexOverride(),
                        request.sseSpecificationOverride()));
        var restore =
                new Restore(Optional.empty(), from, source.id(), position(second, keeper), second, Optional.empty());
        Table created = restores.toPointInTime(source, restore, wanted);
        var answer = RestoreTableToPointInTimeOutput.builder()
                .tableDescription(descriptions.of(created))
                .build();
        restores.await(created);
        return answer;
    }

    /** The end of the second, or the present if the second is not over; not before the history begins. */
    private LogPosition position(Instant second, Keeper keeper) {
        LogPosition latest = LogPosition.behind(store.changes().latest().version());
        LogPosition end = RecoveryWindow.position(second);
        LogPosition wanted = end.compareTo(latest) < 0 ? end : latest;
        LogPosition oldest = LogPosition.behind(keeper.isStarting() ? latest.version() : keeper.since());
        return wanted.compareTo(oldest) > 0 ? wanted : oldest;
    }

    private static void requireShape(RestoreTableToPointInTimeInput request) {
        if (request.vectorIndexOverride().filter(list -> !list.isEmpty()).isPresent()) {
            throw TableErrors.notSupported("VectorIndexOverride");
        }
        if (request.sourceTableArn().isPresent() && request.sourceTableName().isPresent()) {
            throw BackupErrors.twoSources();
        }
        if (request.sourceTableArn().isEmpty() && request.sourceTableName().isEmpty()) {
            throw BackupErrors.noSource();
        }
        boolean latest = request.useLatestRestorableTime().orElse(false);
        if (latest && request.restoreDateTime().isPresent()) {
            throw BackupErrors.twoTimes();
        }
        if (!latest && request.restoreDateTime().isEmpty()) {
            throw BackupErrors.noTime();
        }
    }

    /** The source may be in another region of the account, if it is given by its ARN. */
    private static TableName source(RestoreTableToPointInTimeInput request, AccountRegion caller) {
        if (request.sourceTableName().isPresent()) {
            return new TableName(caller, request.sourceTableName().get());
        }
        Matcher parts = ARN.matcher(request.sourceTableArn().orElseThrow());
        if (!parts.matches() || !TableName.isPlain(parts.group(3))) {
            throw BackupErrors.badSourceArn();
        }
        if (!parts.group(2).equals(caller.account())) {
            throw BackupErrors.sourceOfOtherAccount();
        }
        return new TableName(new AccountRegion(caller.account(), parts.group(1)), parts.group(3));
    }
}
