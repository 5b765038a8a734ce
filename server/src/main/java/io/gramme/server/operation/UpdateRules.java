package io.gramme.server.operation;

import io.gramme.api.BillingMode;
import io.gramme.api.GlobalSecondaryIndexUpdate;
import io.gramme.api.OnDemandThroughput;
import io.gramme.api.UpdateTableInput;
import io.gramme.api.WarmThroughput;
import io.gramme.core.error.CapacityErrors;
import io.gramme.core.error.SchemaErrors;
import io.gramme.core.error.TableErrors;
import io.gramme.tables.table.AccountRegion;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checks of an UpdateTable request that need no table. One request makes one change; the few permitted
 * combinations, and which of several changes an error names, were measured.
 */
final class UpdateRules {
    private final UpdateTableInput request;
    private final AccountRegion accountRegion;
    private final boolean throughput;
    private final boolean billing;
    private final boolean stream;
    private final List<GlobalSecondaryIndexUpdate> indexes;
    private final boolean remakesIndexes;
    private final boolean several;

    private UpdateRules(UpdateTableInput request, AccountRegion accountRegion) {
        this.request = request;
        this.accountRegion = accountRegion;
        this.throughput = request.provisionedThroughput().isPresent();
        this.billing = request.billingMode().isPresent();
        this.stream = request.streamSpecification().isPresent();
        this.indexes = request.globalSecondaryIndexUpdates().orElse(List.of());
        this.remakesIndexes = indexes.stream()
                .anyMatch(
                        update -> update.create().isPresent() || update.delete().isPresent());
        this.several = changes() > 1;
    }

    /** The checks in the service's order. */
    static void require(UpdateTableInput request, AccountRegion accountRegion) {
        var rules = new UpdateRules(request, accountRegion);
        rules.requireSupported();
        ReplicaRules.require(request, accountRegion, rules.changes() > 0);
        rules.requireSomething();
        rules.requireEncryptionAlone();
        rules.requireTableClassAlone();
        rules.requireNoEmptyList();
        rules.requireDeletionProtectionAlone();
        rules.requireWarmThroughputAlone();
        rules.requireMaximaAloneOrWithBilling();
        rules.requireStreamWithoutThroughput();
        rules.requireIndexesWithoutThroughput();
        rules.requireIndexesWithoutStream();
        rules.requireOneUpdateOfEachIndex();
        rules.requireThroughputAsBilled();
        rules.requireThroughputInBounds();
        request.streamSpecification().ifPresent(SettingsRules::requireShape);
        request.sseSpecification().ifPresent(SettingsRules::requireShape);
    }

    private void requireSupported() {
        NewTable.requireAbsent("GlobalTableSettingsReplicationMode", request.globalTableSettingsReplicationMode());
        NewTable.requireAbsent("VectorIndexUpdates", request.vectorIndexUpdates());
    }

    /** An empty list of index updates counts as none here. So does an empty structure, for which the service fails. */
    private void requireSomething() {
        boolean something = throughput
                || billing
                || stream
                || request.sseSpecification().isPresent()
                || request.deletionProtectionEnabled().isPresent()
                || request.tableClass().isPresent()
                || hasMaxima(request)
                || hasWarm(request)
                || ReplicaRules.concerns(request)
                || !indexes.isEmpty();
        if (!something) {
            throw TableErrors.nothingToUpdate();
        }
    }

    static boolean hasMaxima(UpdateTableInput request) {
        return request.onDemandThroughput()
                .filter(maxima -> !maxima.equals(new OnDemandThroughput(Optional.empty(), Optional.empty())))
                .isPresent();
    }

    static boolean hasWarm(UpdateTableInput request) {
        return request.warmThroughput().filter(warm -> !isEmpty(warm)).isPresent();
    }

    private static boolean isEmpty(WarmThroughput warm) {
        return warm.readUnitsPerSecond().isEmpty() && warm.writeUnitsPerSecond().isEmpty();
    }

    private void requireEncryptionAlone() {
        if (several && request.sseSpecification().isPresent()) {
            throw TableErrors.notTheOnlyUpdate("Server-Side Encryption modification");
        }
    }

    private void requireTableClassAlone() {
        if (several && request.tableClass().isPresent()) {
            throw TableErrors.notTheOnlyUpdate("TableClass modification");
        }
    }

    private void requireNoEmptyList() {
        if (request.globalSecondaryIndexUpdates().isPresent() && indexes.isEmpty()) {
            throw SchemaErrors.emptyList("GlobalSecondaryIndexUpdates");
        }
    }

    private void requireDeletionProtectionAlone() {
        if (several && request.deletionProtectionEnabled().isPresent()) {
            throw TableErrors.notTheOnlyUpdate("DeletionProtection modification");
        }
    }

    private void requireWarmThroughputAlone() {
        if (hasWarm(request) && remakesIndexes) {
            throw TableErrors.indexWithWarmThroughput();
        }
        if (hasWarm(request) && several) {
            throw TableErrors.notTheOnlyUpdate("WarmThroughput");
        }
    }

    private void requireMaximaAloneOrWithBilling() {
        boolean more = throughput || stream || !indexes.isEmpty();
        if (hasMaxima(request) && more) {
            throw TableErrors.maximaWithOtherUpdate();
        }
    }

    private void requireStreamWithoutThroughput() {
        boolean setsThroughput = throughput || (billing && !becomesOnDemand());
        if (stream && setsThroughput) {
            throw TableErrors.streamWithThroughput();
        }
    }

    private void requireIndexesWithoutThroughput() {
        if (remakesIndexes && throughput && !billing) {
            throw TableErrors.indexWithThroughput();
        }
    }

    private void requireIndexesWithoutStream() {
        if (remakesIndexes && stream) {
            throw TableErrors.indexWithStream();
        }
    }

    /** The number of changes; a billing mode and its throughput are one. */
    private long changes() {
        return Stream.of(
                        throughput || billing,
                        stream,
                        request.sseSpecification().isPresent(),
                        request.deletionProtectionEnabled().isPresent(),
                        request.tableClass().isPresent(),
                        hasMaxima(request),
                        hasWarm(request),
                        request.globalSecondaryIndexUpdates().isPresent())
                .filter(given -> given)
                .count();
    }

    private boolean becomesOnDemand() {
        return request.billingMode()
                .filter(mode -> mode == BillingMode.PAY_PER_REQUEST)
                .isPresent();
    }

    private void requireThroughputAsBilled() {
        if (becomesOnDemand() && throughput) {
            throw CapacityErrors.throughputWithOnDemand();
        }
        if (billing && !becomesOnDemand() && !throughput) {
            throw CapacityErrors.throughputMissingInUpdate();
        }
    }

    private void requireThroughputInBounds() {
        CapacityRules.table(accountRegion).requireInBounds(request.provisionedThroughput());
        for (GlobalSecondaryIndexUpdate update : indexes) {
            update.create()
                    .ifPresent(action -> CapacityRules.index(action.indexName(), accountRegion)
                            .requireInBounds(action.provisionedThroughput()));
            update.update()
                    .ifPresent(action -> CapacityRules.index(action.indexName(), accountRegion)
                            .requireInBounds(action.provisionedThroughput()));
        }
    }

    private void requireOneUpdateOfEachIndex() {
        var names = new HashSet<String>();
        for (GlobalSecondaryIndexUpdate update : indexes) {
            String name = indexName(update);
            if (!names.add(name)) {
                throw SchemaErrors.indexUpdatedTwice(name);
            }
            update.update().flatMap(action -> action.warmThroughput()).ifPresent(warm -> {
                if (isEmpty(warm)) {
                    throw CapacityErrors.warmEmpty(name);
                }
            });
        }
    }

    private static String indexName(GlobalSecondaryIndexUpdate update) {
        List<String> names = Stream.of(
                        update.create().map(action -> action.indexName()),
                        update.update().map(action -> action.indexName()),
                        update.delete().map(action -> action.indexName()))
                .flatMap(Optional::stream)
                .toList();
        if (names.isEmpty()) {
            throw SchemaErrors.noIndexAction();
        }
        if (names.size() > 1) {
            throw SchemaErrors.severalIndexActions();
        }
        return names.getFirst();
    }
}
