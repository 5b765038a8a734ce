package io.gramme.server.operation;

import io.gramme.api.ArchivalSummary;
import io.gramme.api.AttributeDefinition;
import io.gramme.api.BillingMode;
import io.gramme.api.BillingModeSummary;
import io.gramme.api.GlobalSecondaryIndexDescription;
import io.gramme.api.GlobalSecondaryIndexWarmThroughputDescription;
import io.gramme.api.IndexStatus;
import io.gramme.api.KeySchemaElement;
import io.gramme.api.KeyType;
import io.gramme.api.LocalSecondaryIndexDescription;
import io.gramme.api.OnDemandThroughput;
import io.gramme.api.Projection;
import io.gramme.api.ProvisionedThroughputDescription;
import io.gramme.api.RestoreSummary;
import io.gramme.api.SSEDescription;
import io.gramme.api.SSEStatus;
import io.gramme.api.SSEType;
import io.gramme.api.ScalarAttributeType;
import io.gramme.api.StreamSpecification;
import io.gramme.api.StreamViewType;
import io.gramme.api.TableClass;
import io.gramme.api.TableClassSummary;
import io.gramme.api.TableDescription;
import io.gramme.api.TableStatus;
import io.gramme.api.TableWarmThroughputDescription;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import io.gramme.tables.table.Billing;
import io.gramme.tables.table.Capacity;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.OnDemandMaxima;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Settings;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLoad;
import io.gramme.tables.table.TableStatistics.Size;
import io.gramme.tables.table.Tables;
import io.gramme.tables.table.Throughput;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Makes the descriptions of tables that the service shows. Which blocks are absent when was measured: an extra block
 * would make tools see a difference and try to repair it.
 */
final class TableDescriptions {
    private final Tables tables;
    private final MillisecondClock clock;

    TableDescriptions(Tables tables, MillisecondClock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    TableDescription of(Table table) {
        Size size = tables.statistics().of(table);
        Settings settings = table.settings();
        return TableDescription.builder()
                .archivalSummary(settings.encryption()
                        .flatMap(Settings.Encryption::archival)
                        .map(TableDescriptions::archival))
                .attributeDefinitions(definitions(table))
                .billingModeSummary(billing(table))
                .creationDateTime(table.created())
                .deletionProtectionEnabled(settings.deletionProtected())
                .globalSecondaryIndexes(some(table.globalIndexes().stream().map(index -> global(table, index))))
                .itemCount(size.items())
                .keySchema(key(table.key()))
                .latestStreamArn(settings.stream().map(stream -> table.arn() + "/stream/" + stream.label()))
                .latestStreamLabel(settings.stream().map(Settings.Stream::label))
                .localSecondaryIndexes(some(table.localIndexes().stream().map(index -> local(table, index))))
                .onDemandThroughput(maxima(table.capacity().maxima()))
                .provisionedThroughput(throughput(table.capacity()))
                .restoreSummary(table.loading().flatMap(TableLoad::restore).map(TableDescriptions::restore))
                .sseDescription(settings.encryption().map(TableDescriptions::encryption))
                .streamSpecification(
                        settings.stream().filter(Settings.Stream::isEnabled).map(TableDescriptions::stream))
                .tableArn(table.arn())
                .tableClassSummary(settings.tableClass().map(TableDescriptions::tableClass))
                .tableId(table.id())
                .tableName(table.name())
                .tableSizeBytes(size.bytes())
                .tableStatus(TableStatus.valueOf(table.status().name()))
                .warmThroughput(warm(table))
                .build();
    }

    /** The description in the answer of DeleteTable: it has fewer members than the others. */
    TableDescription ofDeleted(Table table) {
        TableDescription whole = of(table);
        return TableDescription.builder()
                .billingModeSummary(whole.billingModeSummary())
                .deletionProtectionEnabled(whole.deletionProtectionEnabled())
                .itemCount(whole.itemCount())
                .provisionedThroughput(whole.provisionedThroughput())
                .tableArn(whole.tableArn())
                .tableId(whole.tableId())
                .tableName(whole.tableName())
                .tableSizeBytes(whole.tableSizeBytes())
                .tableStatus(whole.tableStatus())
                .build();
    }

    /** Shown only while the restore runs. */
    private static RestoreSummary restore(TableLoad.Restore restore) {
        return RestoreSummary.builder()
                .restoreDateTime(restore.time())
                .restoreInProgress(true)
                .sourceBackupArn(restore.backupArn())
                .sourceTableArn(restore.source().arn())
                .build();
    }

    /** An empty list becomes an absent one: the two are not the same to a client. */
    private static <T> Optional<List<T>> some(Stream<T> elements) {
        return Optional.of(elements.toList()).filter(list -> !list.isEmpty());
    }

    private static List<AttributeDefinition> definitions(Table table) {
        return table.definitions().stream()
                .sorted(Comparator.comparing(KeyAttribute::name))
                .map(attribute -> new AttributeDefinition(
                        attribute.name(),
                        ScalarAttributeType.valueOf(attribute.type().name())))
                .toList();
    }

    static List<KeySchemaElement> key(KeySchema key) {
        return Stream.concat(
                        key.partition().stream().map(attribute -> new KeySchemaElement(attribute.name(), KeyType.HASH)),
                        key.sort().stream().map(attribute -> new KeySchemaElement(attribute.name(), KeyType.RANGE)))
                .toList();
    }

    /**
     * Absent from tables that never were on demand. The time is not shown before the change of mode has taken effect.
     */
    private static Optional<BillingModeSummary> billing(Table table) {
        Billing billing = table.billing();
        if (!billing.isOnDemand() && billing.becameOnDemand().isEmpty()) {
            return Optional.empty();
        }
        boolean becoming = billing.isOnDemand()
                && (table.status() == Table.Status.CREATING
                        || table.capacity().next().isPresent());
        return Optional.of(BillingModeSummary.builder()
                .billingMode(BillingMode.valueOf(billing.mode().name()))
                .lastUpdateToPayPerRequestDateTime(becoming ? Optional.empty() : billing.lastBecameOnDemand())
                .build());
    }

    private ProvisionedThroughputDescription throughput(Capacity capacity) {
        Instant now = clock.instant();
        return ProvisionedThroughputDescription.builder()
                .lastDecreaseDateTime(capacity.lastDecrease())
                .lastIncreaseDateTime(capacity.increased())
                .numberOfDecreasesToday(capacity.decreasesOn(now))
                .readCapacityUnits(capacity.throughput().readUnits())
                .writeCapacityUnits(capacity.throughput().writeUnits())
                .build();
    }

    public static Optional<OnDemandThroughput> maxima(OnDemandMaxima maxima) {
        return maxima.isEmpty()
                ? Optional.empty()
                : Optional.of(new OnDemandThroughput(boxed(maxima.readUnits()), boxed(maxima.writeUnits())));
    }

    private static Optional<Long> boxed(OptionalLong units) {
        return units.isPresent() ? Optional.of(units.getAsLong()) : Optional.empty();
    }

    public static SSEDescription encryption(Settings.Encryption encryption) {
        return SSEDescription.builder()
                .status(encryption.changing() ? SSEStatus.UPDATING : SSEStatus.ENABLED)
                .sseType(SSEType.KMS)
                .kmsMasterKeyArn(encryption.keyArn())
                .inaccessibleEncryptionDateTime(encryption.inaccessible())
                .build();
    }

    private static ArchivalSummary archival(Settings.Archival archival) {
        return ArchivalSummary.builder()
                .archivalBackupArn(archival.backupArn())
                .archivalDateTime(archival.time())
                .archivalReason(Table.Status.INACCESSIBLE_ENCRYPTION_CREDENTIALS.name())
                .build();
    }

    public static StreamSpecification stream(Settings.Stream stream) {
        return new StreamSpecification(
                true, Optional.of(StreamViewType.valueOf(stream.view().name())));
    }

    private static TableClassSummary tableClass(Settings.ClassChoice choice) {
        return TableClassSummary.builder()
                .tableClass(TableClass.valueOf(choice.tableClass().name()))
                .lastUpdateDateTime(choice.changed())
                .build();
    }

    /**
     * The requested value of an update is not shown before it takes effect; while a table is being created, only a
     * requested value is shown.
     */
    private static Optional<Throughput> shownWarm(Capacity capacity, boolean creating) {
        return creating ? capacity.nextWarm() : Optional.of(capacity.warm());
    }

    private static Optional<TableWarmThroughputDescription> warm(Table table) {
        Capacity capacity = table.capacity();
        return shownWarm(capacity, table.status() == Table.Status.CREATING)
                .map(warm -> TableWarmThroughputDescription.builder()
                        .readUnitsPerSecond(warm.readUnits())
                        .writeUnitsPerSecond(warm.writeUnits())
                        .status(isWarming(capacity) ? TableStatus.UPDATING : TableStatus.ACTIVE)
                        .build());
    }

    /** A table that becomes on demand gets its warm throughput without showing that. */
    private static boolean isWarming(Capacity capacity) {
        return capacity.nextWarm().isPresent() && capacity.next().isEmpty();
    }

    private GlobalSecondaryIndexDescription global(Table table, SecondaryIndex index) {
        Size size = tables.statistics().of(table, index);
        return GlobalSecondaryIndexDescription.builder()
                .backfilling(index.backfilling())
                .indexArn(arn(table, index))
                .indexName(index.name())
                .indexSizeBytes(size.bytes())
                .indexStatus(IndexStatus.valueOf(index.status().name()))
                .itemCount(size.items())
                .keySchema(key(index.index().key()))
                .onDemandThroughput(maxima(index.capacity().maxima()))
                .projection(IndexProjections.shown(index.index().projection()))
                .provisionedThroughput(throughput(index.capacity()))
                .warmThroughput(warm(table, index))
                .build();
    }

    private static Optional<GlobalSecondaryIndexWarmThroughputDescription> warm(Table table, SecondaryIndex index) {
        Capacity capacity = index.capacity();
        return shownWarm(capacity, table.status() == Table.Status.CREATING)
                .map(warm -> GlobalSecondaryIndexWarmThroughputDescription.builder()
                        .readUnitsPerSecond(warm.readUnits())
                        .writeUnitsPerSecond(warm.writeUnits())
                        .status(isWarming(capacity) ? IndexStatus.UPDATING : IndexStatus.ACTIVE)
                        .build());
    }

    private LocalSecondaryIndexDescription local(Table table, SecondaryIndex index) {
        Size size = tables.statistics().of(table, index);
        return LocalSecondaryIndexDescription.builder()
                .indexArn(arn(table, index))
                .indexName(index.name())
                .indexSizeBytes(size.bytes())
                .itemCount(size.items())
                .keySchema(key(index.index().key()))
                .projection(IndexProjections.shown(index.index().projection()))
                .build();
    }

    public static Projection projection(SecondaryIndex index) {
        return IndexProjections.shown(index.index().projection());
    }

    private static String arn(Table table, SecondaryIndex index) {
        return table.arn() + "/index/" + index.name();
    }
}
