package io.gramme.server.table;

import io.gramme.api.BillingMode;
import io.gramme.api.CreateTableInput;
import io.gramme.api.GlobalSecondaryIndex;
import io.gramme.api.LocalSecondaryIndex;
import io.gramme.api.ProvisionedThroughput;
import io.gramme.core.error.CapacityErrors;
import io.gramme.core.error.SchemaErrors;
import io.gramme.core.error.TableErrors;
import io.gramme.core.index.Index;
import io.gramme.core.key.KeySchema;
import io.gramme.server.table.CapacityRules.Asked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The table that a CreateTable request asks for. What is wrong with the request is reported in the service's order: the
 * table's throughput, its key, the keys of indexes, definitions that nobody uses, and only then the rest of the indexes.
 */
public final class NewTable {
    private static final int MOST_LOCAL_INDEXES = 5;
    static final int MOST_GLOBAL_INDEXES = 20;

    private final CreateTableInput request;
    private final World world;
    private final Billing.Mode mode;
    private final Definitions definitions;
    private final KeySchema key;
    private final List<KeySchema> localKeys;
    private final List<KeySchema> globalKeys;

    /** Checks what can be checked without a look at other tables. */
    public NewTable(CreateTableInput request, World world) {
        requireMembers(request);
        requireSupported(request);
        this.request = request;
        this.world = world;
        this.mode = request.billingMode().orElse(BillingMode.PROVISIONED) == BillingMode.PROVISIONED
                ? Billing.Mode.PROVISIONED
                : Billing.Mode.PAY_PER_REQUEST;
        requireThroughput();
        this.definitions = Definitions.of(request.attributeDefinitions().orElseThrow());
        this.key = KeySchemas.ofTable(request.keySchema().orElseThrow(), definitions);
        this.localKeys = localKeys();
        this.globalKeys = globalKeys();
        definitions.requireUsed(
                usedNames(),
                request.localSecondaryIndexes().isPresent()
                        || request.globalSecondaryIndexes().isPresent());
    }

    private static void requireMembers(CreateTableInput request) {
        List<String> missing = Stream.of(
                        request.attributeDefinitions().isEmpty() ? "attributeDefinitions" : "",
                        request.keySchema().isEmpty() ? "keySchema" : "")
                .filter(member -> !member.isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw SchemaErrors.missing(missing);
        }
    }

    private static void requireSupported(CreateTableInput request) {
        requireAbsent("VectorIndexes", request.vectorIndexes());
        requireAbsent("ResourcePolicy", request.resourcePolicy());
        requireAbsent("GlobalTableSourceArn", request.globalTableSourceArn());
        requireAbsent("GlobalTableSettingsReplicationMode", request.globalTableSettingsReplicationMode());
    }

    static void requireAbsent(String parameter, Optional<?> given) {
        if (given.isPresent()) {
            throw TableErrors.notSupported(parameter);
        }
    }

    private void requireThroughput() {
        boolean given = request.provisionedThroughput().isPresent();
        if (mode == Billing.Mode.PAY_PER_REQUEST && given) {
            throw CapacityErrors.throughputOnDemand();
        }
        if (mode == Billing.Mode.PROVISIONED && !given) {
            throw CapacityErrors.throughputMissing();
        }
    }

    private List<KeySchema> localKeys() {
        List<LocalSecondaryIndex> indexes = given("LocalSecondaryIndexes", request.localSecondaryIndexes());
        if (!indexes.isEmpty() && key.sort().isEmpty()) {
            throw SchemaErrors.tableWithoutRangeKey();
        }
        var keys = new ArrayList<KeySchema>();
        for (LocalSecondaryIndex index : indexes) {
            keys.add(KeySchemas.ofLocalIndex(keys.size() + 1, index.indexName(), index.keySchema(), key, definitions));
        }
        return keys;
    }

    private List<KeySchema> globalKeys() {
        return given("GlobalSecondaryIndexes", request.globalSecondaryIndexes()).stream()
                .map(index -> KeySchemas.ofGlobalIndex(index.keySchema(), definitions))
                .toList();
    }

    private static <T> List<T> given(String member, Optional<List<T>> list) {
        if (list.isPresent() && list.get().isEmpty()) {
            throw SchemaErrors.emptyList(member);
        }
        return list.orElse(List.of());
    }

    private Set<String> usedNames() {
        var names = new LinkedHashSet<>(key.names());
        localKeys.forEach(local -> names.addAll(local.names()));
        globalKeys.forEach(global -> names.addAll(global.names()));
        return names;
    }

    /**
     * Checks the rest, and makes the table.
     *
     * @param stores gives out a store for the table and one for each global index
     */
    public Table create(TableName name, String id, Instant now, LongSupplier stores) {
        var indexNames = new HashSet<String>();
        List<SecondaryIndex> local = localIndexes(indexNames);
        List<SecondaryIndex> global = globalIndexes(indexNames);
        Projections.requireFew(Stream.concat(local.stream(), global.stream()).toList());
        Capacity capacity = CapacityRules.table(world)
                .ofNew(new Asked(
                        request.provisionedThroughput(), request.onDemandThroughput(), request.warmThroughput()));
        Settings settings = settings(now);
        // Nothing can go wrong any more, so no number is wasted.
        Stream<SecondaryIndex> placed = global.stream().map(index -> index.withPlace(stores.getAsLong()));
        return new Table(
                world,
                name.name(),
                id,
                stores.getAsLong(),
                now,
                Table.Status.CREATING,
                now,
                definitions.attributes(),
                key,
                Stream.concat(local.stream(), placed).toList(),
                mode == Billing.Mode.PROVISIONED ? Billing.PROVISIONED : Billing.onDemandSince(now),
                capacity,
                settings);
    }

    private List<SecondaryIndex> localIndexes(Set<String> names) {
        List<LocalSecondaryIndex> given = request.localSecondaryIndexes().orElse(List.of());
        var indexes = new ArrayList<SecondaryIndex>();
        for (int i = 0; i < given.size(); i++) {
            LocalSecondaryIndex index = given.get(i);
            var definition = new Index(
                    index.indexName(), Index.Scope.LOCAL, localKeys.get(i), key, Projections.of(index.projection()));
            requireNew(names, index.indexName());
            indexes.add(new SecondaryIndex(
                    definition, i, SecondaryIndex.Status.CREATING, Optional.empty(), Capacity.ON_DEMAND));
        }
        if (given.size() > MOST_LOCAL_INDEXES) {
            throw SchemaErrors.tooManyLocalIndexes();
        }
        return indexes;
    }

    private List<SecondaryIndex> globalIndexes(Set<String> names) {
        List<GlobalSecondaryIndex> given = request.globalSecondaryIndexes().orElse(List.of());
        var indexes = new ArrayList<SecondaryIndex>();
        for (int i = 0; i < given.size(); i++) {
            GlobalSecondaryIndex index = given.get(i);
            requireIndexThroughput(index.indexName(), index.provisionedThroughput());
            SecondaryIndex made = globalIndex(index, globalKeys.get(i), key, world, 0);
            requireNew(names, index.indexName());
            indexes.add(made);
        }
        if (given.size() > MOST_GLOBAL_INDEXES) {
            throw SchemaErrors.tooManyGlobalIndexes();
        }
        return indexes;
    }

    /** An index whose table is being created, in a store yet to be given out. */
    static SecondaryIndex globalIndex(
            GlobalSecondaryIndex given, KeySchema key, KeySchema tableKey, World world, long store) {
        var definition =
                new Index(given.indexName(), Index.Scope.GLOBAL, key, tableKey, Projections.of(given.projection()));
        Capacity capacity = CapacityRules.index(given.indexName(), world)
                .ofNew(new Asked(given.provisionedThroughput(), given.onDemandThroughput(), given.warmThroughput()));
        return new SecondaryIndex(definition, store, SecondaryIndex.Status.CREATING, Optional.empty(), capacity);
    }

    private void requireIndexThroughput(String index, Optional<ProvisionedThroughput> given) {
        if (mode == Billing.Mode.PAY_PER_REQUEST && given.isPresent()) {
            throw CapacityErrors.indexThroughputOnDemand(index);
        }
        if (mode == Billing.Mode.PROVISIONED && given.isEmpty()) {
            throw CapacityErrors.indexThroughputMissing(index);
        }
    }

    private static void requireNew(Set<String> names, String name) {
        if (!names.add(name)) {
            throw SchemaErrors.duplicateIndex(name);
        }
    }

    private Settings settings(Instant now) {
        return new Settings(
                request.deletionProtectionEnabled().orElse(false),
                request.tableClass()
                        .map(chosen ->
                                new Settings.ClassChoice(Settings.TableClass.valueOf(chosen.wire()), Optional.empty())),
                SettingsRules.encryptionOfNew(request.sseSpecification(), world),
                SettingsRules.streamOfNew(request.streamSpecification(), now),
                TagRules.with(Settings.DEFAULT.tags(), request.tags().orElse(List.of())));
    }
}
