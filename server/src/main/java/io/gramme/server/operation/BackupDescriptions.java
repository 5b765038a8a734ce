package io.gramme.server.operation;

import io.gramme.api.BackupDescription;
import io.gramme.api.BackupDetails;
import io.gramme.api.BackupStatus;
import io.gramme.api.BackupSummary;
import io.gramme.api.BackupType;
import io.gramme.api.BillingMode;
import io.gramme.api.GlobalSecondaryIndexInfo;
import io.gramme.api.LocalSecondaryIndexInfo;
import io.gramme.api.ProvisionedThroughput;
import io.gramme.api.SourceTableDetails;
import io.gramme.api.SourceTableFeatureDetails;
import io.gramme.api.TimeToLiveDescription;
import io.gramme.api.TimeToLiveStatus;
import io.gramme.recovery.Backup;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Settings;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Throughput;
import io.gramme.tables.table.TimeToLive;
import java.util.List;
import java.util.Optional;

/** Makes the descriptions of backups that the service shows. A feature that is off has no member (measured). */
final class BackupDescriptions {
    private BackupDescriptions() {}

    static BackupStatus status(Backup backup) {
        return backup.isAvailable() ? BackupStatus.AVAILABLE : BackupStatus.CREATING;
    }

    /** @param arn as it is shown: as the request gave it */
    static BackupDetails details(Backup backup, String arn, BackupStatus status) {
        return BackupDetails.builder()
                .backupArn(arn)
                .backupCreationDateTime(backup.created())
                .backupExpiryDateTime(backup.expiry())
                .backupName(backup.name())
                .backupSizeBytes(backup.bytes())
                .backupStatus(status)
                .backupType(type(backup))
                .build();
    }

    static BackupSummary summary(Backup backup) {
        return BackupSummary.builder()
                .backupArn(backup.arn())
                .backupCreationDateTime(backup.created())
                .backupExpiryDateTime(backup.expiry())
                .backupName(backup.name())
                .backupSizeBytes(backup.bytes())
                .backupStatus(status(backup))
                .backupType(type(backup))
                .tableArn(backup.source().arn())
                .tableId(backup.source().id())
                .tableName(backup.source().name())
                .build();
    }

    private static BackupType type(Backup backup) {
        return BackupType.valueOf(backup.type().name());
    }

    static BackupDescription of(Backup backup, String arn, BackupStatus status) {
        return BackupDescription.builder()
                .backupDetails(details(backup, arn, status))
                .sourceTableDetails(source(backup))
                .sourceTableFeatureDetails(features(backup))
                .build();
    }

    private static SourceTableDetails source(Backup backup) {
        Table table = backup.source();
        return SourceTableDetails.builder()
                .billingMode(BillingMode.valueOf(table.billing().mode().name()))
                .itemCount(backup.items())
                .keySchema(TableDescriptions.key(table.key()))
                .onDemandThroughput(TableDescriptions.maxima(table.capacity().maxima()))
                .provisionedThroughput(throughput(table.capacity().throughput()))
                .tableArn(table.arn())
                .tableCreationDateTime(table.created())
                .tableId(table.id())
                .tableName(table.name())
                .tableSizeBytes(backup.bytes())
                .build();
    }

    private static ProvisionedThroughput throughput(Throughput units) {
        return new ProvisionedThroughput(units.readUnits(), units.writeUnits());
    }

    /** A system backup shows no features at all (measured). */
    private static SourceTableFeatureDetails features(Backup backup) {
        if (backup.type() == Backup.Type.SYSTEM) {
            return SourceTableFeatureDetails.builder().build();
        }
        Table table = backup.source();
        Settings settings = table.settings();
        return SourceTableFeatureDetails.builder()
                .globalSecondaryIndexes(some(table.globalIndexes().stream()
                        .map(BackupDescriptions::global)
                        .toList()))
                .localSecondaryIndexes(some(table.localIndexes().stream()
                        .map(BackupDescriptions::local)
                        .toList()))
                .sseDescription(settings.encryption().map(TableDescriptions::encryption))
                .streamDescription(
                        settings.stream().filter(Settings.Stream::isEnabled).map(TableDescriptions::stream))
                .timeToLiveDescription(
                        table.timeToLive().filter(TimeToLive::isEnabled).map(BackupDescriptions::timeToLive))
                .build();
    }

    private static <T> Optional<List<T>> some(List<T> elements) {
        return elements.isEmpty() ? Optional.empty() : Optional.of(elements);
    }

    private static TimeToLiveDescription timeToLive(TimeToLive timeToLive) {
        return TimeToLiveDescription.builder()
                .attributeName(timeToLive.attribute())
                .timeToLiveStatus(TimeToLiveStatus.ENABLED)
                .build();
    }

    private static GlobalSecondaryIndexInfo global(SecondaryIndex index) {
        return GlobalSecondaryIndexInfo.builder()
                .indexName(index.name())
                .keySchema(TableDescriptions.key(index.index().key()))
                .onDemandThroughput(TableDescriptions.maxima(index.capacity().maxima()))
                .projection(TableDescriptions.projection(index))
                .provisionedThroughput(throughput(index.throughput()))
                .build();
    }

    private static LocalSecondaryIndexInfo local(SecondaryIndex index) {
        return LocalSecondaryIndexInfo.builder()
                .indexName(index.name())
                .keySchema(TableDescriptions.key(index.index().key()))
                .projection(TableDescriptions.projection(index))
                .build();
    }
}
