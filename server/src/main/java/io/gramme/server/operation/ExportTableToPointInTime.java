package io.gramme.server.operation;

import io.gramme.api.ExportTableToPointInTimeInput;
import io.gramme.api.ExportTableToPointInTimeOutput;
import io.gramme.api.ExportType;
import io.gramme.api.IncrementalExportSpecification;
import io.gramme.api.S3SseAlgorithm;
import io.gramme.core.error.BackupErrors;
import io.gramme.core.error.EncryptionErrors;
import io.gramme.core.error.ExportErrors;
import io.gramme.recovery.RecoveryWindow;
import io.gramme.recovery.export.Export;
import io.gramme.recovery.export.ExportFilter;
import io.gramme.recovery.export.Exports;
import io.gramme.storage.LogPosition;
import io.gramme.storage.RowStore;
import io.gramme.storage.VersionTime;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableHistory.Keeper;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ExportTableToPointInTime: writes the items of a table, or what became of them in a window of time, as files into a
 * bucket. The bucket is not looked at before the job begins.
 */
public final class ExportTableToPointInTime
        implements Handler<ExportTableToPointInTimeInput, ExportTableToPointInTimeOutput> {
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:dynamodb:([^:/]+):([^:/]+):table/([^/]+)(/.*)?");
    private static final Duration SHORTEST = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofHours(24);

    private final RowStore store;
    private final Tables tables;
    private final Exports exports;
    private final Duration lag;
    private final InstantSource clock;

    /** @param lag how far the end of a recovery window lies back */
    public ExportTableToPointInTime(RowStore store, Tables tables, Exports exports, Duration lag, InstantSource clock) {
        this.store = store;
        this.tables = tables;
        this.exports = exports;
        this.lag = lag;
        this.clock = clock;
    }

    @Override
    public ExportTableToPointInTimeOutput handle(ExportTableToPointInTimeInput request, RequestContext context) {
        requireShape(request);
        Optional<Export> earlier =
                request.clientToken().flatMap(token -> exports.ofToken(context.accountRegion(), token));
        if (earlier.isPresent()) {
            if (!earlier.get().request().equals(request)) {
                throw ExportErrors.conflict();
            }
            return answer(earlier.get());
        }
        Table table = table(request, context.accountRegion());
        ExportFilter filter = request.filterSpecification()
                .map(given -> ExportFilter.of(given, table.key()))
                .orElse(ExportFilter.NONE);
        boolean incremental = request.exportType().equals(Optional.of(ExportType.INCREMENTAL_EXPORT));
        return answer(incremental ? incremental(request, table, filter) : full(request, table, filter));
    }

    private static ExportTableToPointInTimeOutput answer(Export export) {
        return new ExportTableToPointInTimeOutput(Optional.of(ExportDescriptions.of(export)));
    }

    private static void requireShape(ExportTableToPointInTimeInput request) {
        boolean incremental = request.exportType().equals(Optional.of(ExportType.INCREMENTAL_EXPORT));
        Optional<IncrementalExportSpecification> window = request.incrementalExportSpecification();
        if (window.isPresent() && request.exportType().isEmpty()) {
            throw ExportErrors.windowWithoutType();
        }
        if (window.isPresent() && !incremental) {
            throw ExportErrors.windowOfFullExport();
        }
        if (incremental && window.isEmpty()) {
            throw ExportErrors.windowMissing();
        }
        if (incremental && window.get().exportFromTime().isEmpty()) {
            throw ExportErrors.windowWithoutBegin();
        }
        if (request.s3SseKmsKeyId().isPresent() && !request.s3SseAlgorithm().equals(Optional.of(S3SseAlgorithm.KMS))) {
            throw ExportErrors.keyWithoutKms();
        }
    }

    private Table table(ExportTableToPointInTimeInput request, AccountRegion caller) {
        String arn = request.tableArn();
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches() || !TableName.isPlain(parts.group(3))) {
            throw ExportErrors.badTableArn();
        }
        if (parts.group(4) != null) {
            throw ExportErrors.arnOfOtherResource();
        }
        if (!parts.group(2).equals(caller.account())) {
            throw BackupErrors.accessDenied();
        }
        if (!parts.group(1).equals(caller.region())) {
            throw BackupErrors.tableNotFound(arn);
        }
        Table found = tables.lookUp(new TableName(caller, parts.group(3)))
                .filter(table -> table.status() != Table.Status.CREATING)
                .orElseThrow(() -> BackupErrors.tableNotFound(arn));
        if (found.isInaccessible()) {
            throw EncryptionErrors.keyAccessDenied();
        }
        return found;
    }

    private Export full(ExportTableToPointInTimeInput request, Table table, ExportFilter filter) {
        Keeper keeper = RecoveryWindow.keeper(table).orElseThrow(() -> BackupErrors.recoveryDisabled(table.name()));
        Instant now = clock.instant();
        Instant time =
                request.exportTime().map(ExportTableToPointInTime::milliseconds).orElse(now);
        RecoveryWindow window = RecoveryWindow.of(keeper, now, lag);
        if (time.isAfter(now) || time.isBefore(window.earliest())) {
            throw ExportErrors.timeInvalid();
        }
        if (request.exportTime().isPresent() && time.isAfter(window.latest().plusSeconds(1))) {
            throw ExportErrors.timeNotAvailable();
        }
        LogPosition latest = LogPosition.behind(store.changes().latest().version());
        LogPosition wanted = request.exportTime().isPresent() ? before(time) : latest;
        LogPosition begin = LogPosition.behind(keeper.isStarting() ? latest.version() : keeper.since());
        return exports.begin(
                table,
                request,
                filter,
                Optional.empty(),
                later(begin, wanted.compareTo(latest) < 0 ? wanted : latest),
                time);
    }

    private Export incremental(ExportTableToPointInTimeInput request, Table table, ExportFilter filter) {
        IncrementalExportSpecification given =
                request.incrementalExportSpecification().orElseThrow();
        Instant now = clock.instant();
        Instant from = milliseconds(given.exportFromTime().orElseThrow());
        // A table without recovery is told so by its window (measured).
        Keeper keeper = RecoveryWindow.keeper(table).orElseThrow(() -> ExportErrors.beforeTable(from));
        Instant to =
                given.exportToTime().map(ExportTableToPointInTime::milliseconds).orElse(now);
        if (to.isAfter(now)) {
            throw ExportErrors.endInFuture(now);
        }
        if (from.isBefore(table.created().truncatedTo(ChronoUnit.SECONDS))) {
            throw ExportErrors.beforeTable(from);
        }
        if (Duration.between(from, to).compareTo(SHORTEST) < 0) {
            throw ExportErrors.windowTooShort();
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw ExportErrors.windowTooLong();
        }
        if (from.isBefore(RecoveryWindow.of(keeper, now, lag).earliest())) {
            throw ExportErrors.timeInvalid();
        }
        LogPosition latest = LogPosition.behind(store.changes().latest().version());
        LogPosition begin =
                later(LogPosition.behind(keeper.isStarting() ? latest.version() : keeper.since()), before(from));
        LogPosition end = before(to).compareTo(latest) < 0 ? before(to) : latest;
        return exports.begin(table, request, filter, Optional.of(begin), later(begin, end), to);
    }

    private static Instant milliseconds(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The position behind every change before a time. */
    private static LogPosition before(Instant time) {
        return LogPosition.behind(Math.max(0, VersionTime.versionAt(time) - 1));
    }

    private static LogPosition later(LogPosition one, LogPosition other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
