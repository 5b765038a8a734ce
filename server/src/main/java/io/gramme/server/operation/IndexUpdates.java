package io.gramme.server.operation;

import io.gramme.api.CreateGlobalSecondaryIndexAction;
import io.gramme.api.GlobalSecondaryIndex;
import io.gramme.api.GlobalSecondaryIndexUpdate;
import io.gramme.api.UpdateGlobalSecondaryIndexAction;
import io.gramme.api.UpdateTableInput;
import io.gramme.core.error.CapacityErrors;
import io.gramme.core.error.SchemaErrors;
import io.gramme.core.error.TableErrors;
import io.gramme.core.key.KeySchema;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.table.Capacity;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.SecondaryIndex.Status;
import io.gramme.tables.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The effect of a request's GlobalSecondaryIndexUpdates on a table: one index created or deleted, any number updated.
 */
final class IndexUpdates {
    private final UpdateTableInput request;
    private final Instant now;
    private final TablespaceId tablespace;

    IndexUpdates(UpdateTableInput request, Instant now, TablespaceId tablespace) {
        this.request = request;
        this.now = now;
        this.tablespace = tablespace;
    }

    /**
     * @param before the table before the request
     * @param table the table with the request's other changes started
     */
    Table apply(Table before, Table table) {
        List<GlobalSecondaryIndexUpdate> updates =
                request.globalSecondaryIndexUpdates().orElseThrow();
        requireOneMade(before, updates);
        Table updated = table;
        for (GlobalSecondaryIndexUpdate update : updates) {
            if (update.create().isPresent()) {
                updated = withCreated(updated, update.create().get());
            } else if (update.delete().isPresent()) {
                updated = withDeleted(before, updated, update.delete().get().indexName());
            } else {
                updated = withUpdated(before, updated, update.update().orElseThrow());
            }
        }
        return updated;
    }

    /** An index in backfill counts: a second index has to wait until the first can be read. */
    private static void requireOneMade(Table before, List<GlobalSecondaryIndexUpdate> updates) {
        List<GlobalSecondaryIndexUpdate> remade =
                updates.stream().filter(update -> update.update().isEmpty()).toList();
        if (remade.isEmpty()) {
            return;
        }
        boolean another = before.globalIndexes().stream()
                .filter(index -> index.status() == Status.CREATING || index.status() == Status.DELETING)
                .anyMatch(index -> !index.name().equals(deleted(remade.getFirst())));
        if (remade.size() > 1 || another) {
            throw TableErrors.oneIndexAtATime();
        }
        if (before.capacity().next().isPresent()) {
            throw TableErrors.indexesWhileThroughputChanges(before.name());
        }
    }

    private static String deleted(GlobalSecondaryIndexUpdate update) {
        return update.delete().map(delete -> delete.indexName()).orElse("");
    }

    private Table withCreated(Table table, CreateGlobalSecondaryIndexAction given) {
        String name = given.indexName();
        if (table.index(name).isPresent()) {
            throw SchemaErrors.indexExists();
        }
        requireThroughput(table, given);
        Definitions offered =
                Definitions.of(request.attributeDefinitions().orElseThrow(() -> SchemaErrors.definitionsMissing(name)));
        // The request itself has to define every attribute of the key, each with its existing type.
        KeySchemas.requireDefined(given.keySchema(), offered);
        KeySchema key = KeySchemas.ofGlobalIndex(given.keySchema(), offered);
        requireNotRedefined(table, key);
        var definition = new GlobalSecondaryIndex(
                name,
                given.keySchema(),
                given.onDemandThroughput(),
                given.projection(),
                given.provisionedThroughput(),
                given.warmThroughput());
        SecondaryIndex index = NewTable.globalIndex(definition, key, table.key(), table.accountRegion())
                .placed(tablespace, now)
                .withBackfilling(Optional.of(false));
        List<SecondaryIndex> indexes =
                Stream.concat(table.indexes().stream(), Stream.of(index)).toList();
        IndexProjections.requireFew(indexes);
        if (table.globalIndexes().size() >= NewTable.MOST_GLOBAL_INDEXES) {
            throw SchemaErrors.tooManyGlobalIndexesInTable();
        }
        NewTable.requireWithinQuotas(definition, table.accountRegion());
        // Definitions in the request beyond the index's key are ignored.
        Definitions used = new Definitions(table.definitions()).and(offered.only(key.names()));
        return table.withIndexes(indexes).withDefinitions(used.attributes()).with(Table.Status.UPDATING, now);
    }

    /** An index that is being deleted counts until its deletion is complete. */
    private static void requireNotRedefined(Table table, KeySchema added) {
        Stream.concat(
                        Stream.of(table.key()),
                        table.indexes().stream().map(index -> index.index().key()))
                .filter(existing -> existing.attributes().stream()
                        .anyMatch(attribute -> added.attribute(attribute.name())
                                .filter(other -> other.type() != attribute.type())
                                .isPresent()))
                .findFirst()
                .ifPresent(existing -> {
                    throw SchemaErrors.attributeRedefined(existing, added);
                });
    }

    private static void requireThroughput(Table table, CreateGlobalSecondaryIndexAction given) {
        boolean onDemand = table.billing().isOnDemand();
        boolean throughput = given.provisionedThroughput().isPresent();
        if (onDemand && throughput) {
            throw CapacityErrors.newIndexThroughputOnDemand(given.indexName());
        }
        if (!onDemand && !throughput) {
            throw CapacityErrors.indexThroughputMissingInUpdate(given.indexName());
        }
    }

    private Table withDeleted(Table before, Table table, String name) {
        SecondaryIndex index = existing(before, name, "delete");
        switch (index.status()) {
            case DELETING -> throw TableErrors.indexBusy(table.name(), name, "deleted");
            case CREATING -> {
                if (index.isBeingAllocated()) {
                    throw TableErrors.indexBeingAllocated(table.name(), name);
                }
            }
            case ACTIVE, UPDATING -> {}
        }
        return table.mapIndexes(found -> found.name().equals(name)
                        ? found.with(Status.DELETING).withBackfilling(Optional.empty())
                        : found)
                .with(Table.Status.UPDATING, now);
    }

    private Table withUpdated(Table before, Table table, UpdateGlobalSecondaryIndexAction given) {
        SecondaryIndex index = existing(before, given.indexName(), "update");
        String busy = switch (index.status()) {
            case CREATING -> index.isBeingAllocated() ? "created" : "";
            case UPDATING -> "updated";
            case DELETING -> "deleted";
            case ACTIVE -> "";
        };
        if (!busy.isEmpty()) {
            throw TableErrors.indexBusy(table.name(), index.name(), busy);
        }
        boolean switched = before.billing().isOnDemand() != table.billing().isOnDemand();
        SecondaryIndex current = table.index(index.name()).orElseThrow();
        SecondaryIndex updated = updated(table, current, given, switched);
        return table.mapIndexes(found -> found.name().equals(index.name()) ? updated : found)
                .with(table.status(), now);
    }

    private SecondaryIndex updated(
            Table table, SecondaryIndex index, UpdateGlobalSecondaryIndexAction given, boolean switched) {
        CapacityRules rules = CapacityRules.index(index.name(), table.accountRegion());
        boolean onDemand = table.billing().isOnDemand();
        boolean maxima = given.onDemandThroughput()
                .filter(units -> units.maxReadRequestUnits().isPresent()
                        || units.maxWriteRequestUnits().isPresent())
                .isPresent();
        boolean useful = onDemand
                ? maxima || given.warmThroughput().isPresent()
                : given.provisionedThroughput().isPresent()
                        || given.warmThroughput().isPresent();
        if (onDemand && (!useful || given.provisionedThroughput().isPresent())) {
            throw CapacityErrors.indexUpdateOnDemand(index.name());
        }
        if (!onDemand) {
            rules.requireNoMaximaInUpdate(given.onDemandThroughput());
        }
        if (!useful) {
            throw CapacityErrors.indexThroughputMissingInUpdate(index.name());
        }
        Capacity capacity = index.capacity();
        SecondaryIndex updated = index;
        // A change of the billing mode has applied this throughput already.
        if (given.provisionedThroughput().isPresent() && !switched) {
            capacity =
                    rules.withThroughput(capacity, given.provisionedThroughput().get(), now);
            updated = updating(updated);
        }
        if (maxima) {
            capacity = rules.withMaxima(capacity, given.onDemandThroughput().orElseThrow());
            updated = updating(updated);
        }
        if (given.warmThroughput().isPresent()) {
            capacity = rules.withWarm(capacity, given.warmThroughput().get());
        }
        return updated.with(capacity);
    }

    /** An index in backfill keeps showing that status. */
    private static SecondaryIndex updating(SecondaryIndex index) {
        return index.status() == Status.CREATING ? index : index.with(Status.UPDATING);
    }

    private static SecondaryIndex existing(Table before, String name, String action) {
        SecondaryIndex index = before.index(name).orElseThrow(() -> TableErrors.indexNotFound(name, before.name()));
        if (index.isLocal()) {
            throw SchemaErrors.notAGlobalIndex(action, name);
        }
        return index;
    }
}
