package io.gramme.server.table;

import io.gramme.api.BillingMode;
import io.gramme.api.GlobalSecondaryIndexUpdate;
import io.gramme.api.OnDemandThroughput;
import io.gramme.api.UpdateTableInput;
import io.gramme.api.WarmThroughput;
import io.gramme.core.error.CapacityErrors;
import io.gramme.core.error.SchemaErrors;
import io.gramme.core.error.TableErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is wrong with an UpdateTable request whatever its table is like. One request makes one change; the few pairs that
 * go together, and which of several changes an error names, were measured.
 */
final class UpdateRules {
    private UpdateRules() {}

    static void require(UpdateTableInput request) {
        requireSupported(request);
        requireSomething(request);
        requireAlone(request);
        requireIndexUpdates(request.globalSecondaryIndexUpdates());
        requireBilling(request);
        request.streamSpecification().ifPresent(SettingsRules::requireShape);
        request.sseSpecification().ifPresent(SettingsRules::requireShape);
    }

    private static void requireSupported(UpdateTableInput request) {
        NewTable.requireAbsent("ReplicaUpdates", request.replicaUpdates());
        NewTable.requireAbsent("GlobalTableWitnessUpdates", request.globalTableWitnessUpdates());
        NewTable.requireAbsent("MultiRegionConsistency", request.multiRegionConsistency());
        NewTable.requireAbsent("GlobalTableSettingsReplicationMode", request.globalTableSettingsReplicationMode());
        NewTable.requireAbsent("VectorIndexUpdates", request.vectorIndexUpdates());
    }

    /** An empty list of index updates counts as none here. So does an empty structure, for which the service fails. */
    private static void requireSomething(UpdateTableInput request) {
        boolean something = request.provisionedThroughput().isPresent()
                || request.billingMode().isPresent()
                || request.streamSpecification().isPresent()
                || request.sseSpecification().isPresent()
                || request.deletionProtectionEnabled().isPresent()
                || request.tableClass().isPresent()
                || hasMaxima(request)
                || hasWarm(request)
                || !request.globalSecondaryIndexUpdates().orElse(List.of()).isEmpty();
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

    private static void requireAlone(UpdateTableInput request) {
        boolean throughput = request.provisionedThroughput().isPresent();
        boolean billing = request.billingMode().isPresent();
        boolean stream = request.streamSpecification().isPresent();
        boolean indexes = request.globalSecondaryIndexUpdates().isPresent();
        boolean several = count(request) > 1;
        if (several && request.sseSpecification().isPresent()) {
            throw TableErrors.notTheOnlyUpdate("Server-Side Encryption modification");
        }
        if (several && request.tableClass().isPresent()) {
            throw TableErrors.notTheOnlyUpdate("TableClass modification");
        }
        if (indexes && request.globalSecondaryIndexUpdates().get().isEmpty()) {
            throw SchemaErrors.emptyList("GlobalSecondaryIndexUpdates");
        }
        if (several && request.deletionProtectionEnabled().isPresent()) {
            throw TableErrors.notTheOnlyUpdate("DeletionProtection modification");
        }
        boolean remakes = remakesIndexes(request);
        if (hasWarm(request)) {
            if (remakes) {
                throw TableErrors.indexWithWarmThroughput();
            }
            if (several) {
                throw TableErrors.notTheOnlyUpdate("WarmThroughput");
            }
        }
        if (hasMaxima(request) && (throughput || stream || indexes)) {
            throw TableErrors.maximaWithOtherUpdate();
        }
        if (stream && (throughput || (billing && !isOnDemand(request)))) {
            throw TableErrors.streamWithThroughput();
        }
        if (remakes && throughput && !billing) {
            throw TableErrors.indexWithThroughput();
        }
        if (remakes && stream) {
            throw TableErrors.indexWithStream();
        }
    }

    /** The number of changes; a billing mode and its throughput are one. */
    private static long count(UpdateTableInput request) {
        boolean units = request.billingMode().isPresent()
                || request.provisionedThroughput().isPresent();
        return List.of(
                        units,
                        request.streamSpecification().isPresent(),
                        request.sseSpecification().isPresent(),
                        request.deletionProtectionEnabled().isPresent(),
                        request.tableClass().isPresent(),
                        hasMaxima(request),
                        hasWarm(request),
                        request.globalSecondaryIndexUpdates().isPresent())
                .stream()
                .filter(given -> given)
                .count();
    }

    static boolean remakesIndexes(UpdateTableInput request) {
        return request.globalSecondaryIndexUpdates().orElse(List.of()).stream()
                .anyMatch(
                        update -> update.create().isPresent() || update.delete().isPresent());
    }

    private static boolean isOnDemand(UpdateTableInput request) {
        return request.billingMode()
                .filter(mode -> mode == BillingMode.PAY_PER_REQUEST)
                .isPresent();
    }

    private static void requireBilling(UpdateTableInput request) {
        boolean throughput = request.provisionedThroughput().isPresent();
        if (isOnDemand(request) && throughput) {
            throw CapacityErrors.throughputWithOnDemand();
        }
        if (request.billingMode().isPresent() && !isOnDemand(request) && !throughput) {
            throw CapacityErrors.throughputMissingInUpdate();
        }
    }

    private static void requireIndexUpdates(Optional<List<GlobalSecondaryIndexUpdate>> updates) {
        var names = new HashSet<String>();
        for (GlobalSecondaryIndexUpdate update : updates.orElse(List.of())) {
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
