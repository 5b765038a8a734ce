package io.gramme.server.operation;

import io.gramme.api.AttributeDefinition;
import io.gramme.api.BillingMode;
import io.gramme.api.CreateTableInput;
import io.gramme.api.GlobalSecondaryIndex;
import io.gramme.api.LocalSecondaryIndex;
import io.gramme.api.OnDemandThroughput;
import io.gramme.api.Projection;
import io.gramme.api.ProvisionedThroughput;
import io.gramme.api.SSESpecification;
import io.gramme.api.SSEType;
import io.gramme.api.ScalarAttributeType;
import io.gramme.core.error.BackupErrors;
import io.gramme.core.key.KeyAttribute;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.RandomIds;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Settings;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import io.gramme.tables.table.Throughput;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The table that a restore creates: the source's keys, indexes, billing, capacity and encryption, as far as the request
 * does not override them. Streams, time to live, tags, protection and everything else of the source are left out, as the
 * service leaves them out.
 */
final class RestoredTable {
    private final Table source;
    private final Overrides overrides;
    private final BillingMode billing;

    /** The members of a request that override settings of the source. */
    record Overrides(
            Optional<BillingMode> billing,
            Optional<ProvisionedThroughput> throughput,
            Optional<OnDemandThroughput> maxima,
            Optional<List<GlobalSecondaryIndex>> globalIndexes,
            Optional<List<LocalSecondaryIndex>> localIndexes,
            Optional<SSESpecification> encryption) {}

    private RestoredTable(Table source, Overrides overrides) {
        this.source = source;
        this.overrides = overrides;
        this.billing = overrides
                .billing()
                .orElse(BillingMode.valueOf(source.billing().mode().name()));
    }

    /**
     * The table, in CREATING, not stored yet.
     *
     * @throws io.gramme.core.error.ApiException if the root key of the source or of the table cannot be used
     */
    static Table of(
            Tables tables,
            MillisecondClock clock,
            RandomIds ids,
            RootKeys keys,
            Table source,
            TableName target,
            Overrides overrides) {
        CreateTableInput request = new RestoredTable(source, overrides).request(target);
        var wanted = new NewTable(request, target.accountRegion());
        wanted.requireWithinQuotas();
        keys.requireUsable(source);
        Optional<String> rootKey = wanted.rootKey(keys);
        Table table = wanted.create(target, ids.next(), clock.instant(), rootKey, tables::newTablespace);
        return BlindKeys.asWanted(table, source.blinding(), tables);
    }

    private CreateTableInput request(TableName target) {
        requireThroughputAsBilled();
        List<GlobalSecondaryIndex> global = globalIndexes();
        List<LocalSecondaryIndex> local = localIndexes();
        Optional<OnDemandThroughput> maxima = overrides
                .maxima()
                .filter(given -> given.maxReadRequestUnits().isPresent()
                        || given.maxWriteRequestUnits().isPresent())
                .or(() -> isOnDemand()
                        ? TableDescriptions.maxima(source.capacity().maxima())
                        : Optional.empty());
        return CreateTableInput.builder()
                .attributeDefinitions(definitions(global, local))
                .billingMode(billing)
                .globalSecondaryIndexes(some(global))
                .keySchema(TableDescriptions.key(source.key()))
                .localSecondaryIndexes(some(local))
                .onDemandThroughput(maxima)
                .provisionedThroughput(
                        isOnDemand()
                                ? Optional.empty()
                                : overrides
                                        .throughput()
                                        .or(() -> Optional.of(
                                                units(source.capacity().throughput()))))
                .sseSpecification(overrides.encryption().or(this::encryption))
                .tableName(target.name())
                .build();
    }

    private boolean isOnDemand() {
        return billing == BillingMode.PAY_PER_REQUEST;
    }

    private void requireThroughputAsBilled() {
        if (overrides.throughput().isPresent() && isOnDemand()) {
            throw BackupErrors.throughputWithoutProvisioning();
        }
        if (overrides.billing().equals(Optional.of(BillingMode.PROVISIONED))
                && overrides.throughput().isEmpty()) {
            throw BackupErrors.provisioningWithoutThroughput();
        }
    }

    private static <T> Optional<List<T>> some(List<T> elements) {
        return elements.isEmpty() ? Optional.empty() : Optional.of(elements);
    }

    private List<AttributeDefinition> definitions(List<GlobalSecondaryIndex> global, List<LocalSecondaryIndex> local) {
        Set<String> used = new HashSet<>(source.key().names());
        Stream.concat(
                        global.stream().map(GlobalSecondaryIndex::keySchema),
                        local.stream().map(LocalSecondaryIndex::keySchema))
                .flatMap(List::stream)
                .forEach(element -> used.add(element.attributeName()));
        return source.definitions().stream()
                .filter(definition -> used.contains(definition.name()))
                .map(RestoredTable::definition)
                .toList();
    }

    private static AttributeDefinition definition(KeyAttribute attribute) {
        return new AttributeDefinition(
                attribute.name(), ScalarAttributeType.valueOf(attribute.type().name()));
    }

    private List<GlobalSecondaryIndex> globalIndexes() {
        List<GlobalSecondaryIndex> recorded = source.globalIndexes().stream()
                .filter(SecondaryIndex::isReadable)
                .map(this::global)
                .toList();
        if (overrides.globalIndexes().isEmpty()) {
            return recorded;
        }
        return overrides.globalIndexes().get().stream()
                .map(given -> {
                    if (given.warmThroughput().isPresent()) {
                        throw BackupErrors.warmThroughputOfIndex(given.indexName());
                    }
                    GlobalSecondaryIndex same = recorded.stream()
                            .filter(index -> index.keySchema().equals(given.keySchema())
                                    && isSame(index.projection(), given.projection()))
                            .findFirst()
                            .orElseThrow(() -> BackupErrors.indexNotInSource(given.indexName()));
                    return same.toBuilder()
                            .indexName(given.indexName())
                            .provisionedThroughput(given.provisionedThroughput().or(same::provisionedThroughput))
                            .onDemandThroughput(given.onDemandThroughput().or(same::onDemandThroughput))
                            .build();
                })
                .toList();
    }

    private List<LocalSecondaryIndex> localIndexes() {
        List<LocalSecondaryIndex> recorded =
                source.localIndexes().stream().map(RestoredTable::local).toList();
        if (overrides.localIndexes().isEmpty()) {
            return recorded;
        }
        return overrides.localIndexes().get().stream()
                .map(given -> recorded.stream()
                        .filter(index -> index.keySchema().equals(given.keySchema())
                                && isSame(index.projection(), given.projection()))
                        .findFirst()
                        .map(same -> new LocalSecondaryIndex(given.indexName(), same.keySchema(), same.projection()))
                        .orElseThrow(() -> BackupErrors.indexNotInSource(given.indexName())))
                .toList();
    }

    /** The order of the attributes in a projection does not matter. */
    private static boolean isSame(Projection one, Projection other) {
        return one.projectionType().equals(other.projectionType())
                && Set.copyOf(one.nonKeyAttributes().orElse(List.of()))
                        .equals(Set.copyOf(other.nonKeyAttributes().orElse(List.of())));
    }

    private GlobalSecondaryIndex global(SecondaryIndex index) {
        var builder = GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(TableDescriptions.key(index.index().key()))
                .projection(TableDescriptions.projection(index));
        return isOnDemand()
                ? builder.onDemandThroughput(
                                TableDescriptions.maxima(index.capacity().maxima()))
                        .build()
                : builder.provisionedThroughput(throughput(index)).build();
    }

    /** An index that was on demand has no units of its own: it gets those of the table. */
    private Optional<ProvisionedThroughput> throughput(SecondaryIndex index) {
        return index.throughput().equals(Throughput.ON_DEMAND)
                ? overrides.throughput()
                : Optional.of(units(index.throughput()));
    }

    private static LocalSecondaryIndex local(SecondaryIndex index) {
        return new LocalSecondaryIndex(
                index.name(), TableDescriptions.key(index.index().key()), TableDescriptions.projection(index));
    }

    private static ProvisionedThroughput units(Throughput throughput) {
        return new ProvisionedThroughput(throughput.readUnits(), throughput.writeUnits());
    }

    private Optional<SSESpecification> encryption() {
        return source.settings()
                .encryption()
                .map(Settings.Encryption::keyArn)
                .map(key -> SSESpecification.builder()
                        .enabled(true)
                        .sseType(SSEType.KMS)
                        .kmsMasterKeyId(key)
                        .build());
    }
}
