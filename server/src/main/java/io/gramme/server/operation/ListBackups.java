package io.gramme.server.operation;

import io.gramme.api.BackupTypeFilter;
import io.gramme.api.ListBackupsInput;
import io.gramme.api.ListBackupsOutput;
import io.gramme.core.error.BackupErrors;
import io.gramme.recovery.Backup;
import io.gramme.recovery.BackupArn;
import io.gramme.recovery.Backups;
import io.gramme.recovery.ResourceId;
import io.gramme.tables.table.TableName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** ListBackups: the backups of an account and region, the oldest first, whether their tables still exist or not. */
public final class ListBackups implements Handler<ListBackupsInput, ListBackupsOutput> {
    private static final int MOST = 100;

    private final Backups backups;

    public ListBackups(Backups backups) {
        this.backups = backups;
    }

    @Override
    public ListBackupsOutput handle(ListBackupsInput request, RequestContext context) {
        Optional<Instant> from = request.timeRangeLowerBound().map(ListBackups::milliseconds);
        Optional<Instant> to = request.timeRangeUpperBound().map(ListBackups::milliseconds);
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            throw BackupErrors.boundsReversed();
        }
        Optional<String> table = request.tableName()
                .map(given -> TableName.parse(context.accountRegion(), given).name());
        Optional<ResourceId> after = request.exclusiveStartBackupArn().map(given -> cursor(given, context));
        BackupTypeFilter type = request.backupType().orElse(BackupTypeFilter.USER);
        int limit = request.limit().orElse(MOST);
        List<Backup> found = backups.of(context.accountRegion()).stream()
                .filter(backup -> after.isEmpty() || backup.id().compareTo(after.get()) > 0)
                .filter(backup -> table.isEmpty() || backup.source().name().equals(table.get()))
                .filter(backup -> from.isEmpty() || !backup.created().isBefore(from.get()))
                .filter(backup -> to.isEmpty() || backup.created().isBefore(to.get()))
                .filter(backup -> isOf(backup, type))
                .limit(limit + 1L)
                .toList();
        List<Backup> page = found.size() > limit ? found.subList(0, limit) : found;
        return ListBackupsOutput.builder()
                .backupSummaries(page.stream().map(BackupDescriptions::summary).toList())
                .lastEvaluatedBackupArn(
                        found.size() > limit ? Optional.of(page.getLast().arn()) : Optional.empty())
                .build();
    }

    /** A position among the backups; the backup of that ARN need not exist. */
    private static ResourceId cursor(String given, RequestContext context) {
        BackupArn arn = BackupArn.parse(context.accountRegion(), given);
        if (!arn.region().equals(context.accountRegion().region())) {
            throw BackupErrors.cursorOfOtherRegion(given);
        }
        return arn.id();
    }

    private static boolean isOf(Backup backup, BackupTypeFilter type) {
        return switch (type) {
            case ALL -> true;
            case USER -> backup.type() == Backup.Type.USER;
            case SYSTEM -> backup.type() == Backup.Type.SYSTEM;
            case AWS_BACKUP -> false;
        };
    }

    private static Instant milliseconds(Instant given) {
        return given.truncatedTo(ChronoUnit.MILLIS);
    }
}
