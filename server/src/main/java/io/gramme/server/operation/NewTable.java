package io.gramme.server.operation;

import io.gramme.api.BillingMode;
import io.gramme.api.CreateTableInput;
import io.gramme.api.GlobalSecondaryIndex;
import io.gramme.api.KeySchemaElement;
import io.gramme.api.LocalSecondaryIndex;
import io.gramme.api.ProvisionedThroughput;
import io.gramme.core.error.CapacityErrors;
import io.gramme.core.error.SchemaErrors;
import io.gramme.core.error.TableErrors;
import io.gramme.core.index.Index;
import io.gramme.core.key.KeySchema;
import io.gramme.server.operation.CapacityRules.Asked;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.VersionTime;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Billing;
import io.gramme.tables.table.Capacity;
import io.gramme.tables.table.IndexLocation;
import io.gramme.tables.table.PartitionMap;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Settings;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLog;
import io.gramme.tables.table.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The table that a CreateTable request describes. */
final class NewTable {
    private static final int MOST_LOCAL_INDEXES = 5;
    static final int MOST_GLOBAL_INDEXES = 20;

    private final CreateTableInput request;
    private final AccountRegion accountRegion;
    private final Billing.Mode mode;
    private final Definitions definitions;
    private final KeySchema key;
    private final List<KeySchema> localKeys;
    private final List<KeySchema> globalKeys;
    private final List<SecondaryIndex> localIndexes;
    private final List<SecondaryIndex> globalIndexes;
    private final Capacity capacity;
    private final Map<String, String> tags;

    /** Runs the checks that need no other tables, in the service's order. */
    NewTable(CreateTableInput request, AccountRegion accountRegion) {
        this.request = request;
        this.accountRegion = accountRegion;
        this.mode = request.billingMode().orElse(BillingMode.PROVISIONED) == BillingMode.PROVISIONED
                ? Billing.Mode.PROVISIONED
                : Billing.Mode.PAY_PER_REQUEST;
        requireSupported();
        requireMembers();
        requireShortKeys();
        requireThroughputAsBilled();
        requireThroughputInBounds();
        this.definitions = Definitions.of(request.attributeDefinitions().orElseThrow());
        this.key = KeySchemas.ofTable(request.keySchema().orElseThrow(), definitions);
        this.localKeys = localKeys();
        this.globalKeys = globalKeys();
        requireUsedDefinitions();
        var indexNames = new HashSet<String>();
        this.localIndexes = localIndexes(indexNames);
        requireFewLocalIndexes();
        this.globalIndexes = globalIndexes(indexNames);
        requireFewGlobalIndexes();
        IndexProjections.requireFew(indexes());
        this.capacity = CapacityRules.table(accountRegion).ofNew(asked());
        request.streamSpecification().ifPresent(SettingsRules::requireShapeOfNew);
        request.sseSpecification().ifPresent(SettingsRules::requireShape);
        request.tags().ifPresent(TagRules::requireTags);
        this.tags = TagRules.with(Settings.DEFAULT.tags(), request.tags().orElse(List.of()));
    }

    private void requireMembers() {
        List<String> missing = Stream.of(
                        request.attributeDefinitions().isEmpty() ? "attributeDefinitions" : "",
                        request.keySchema().isEmpty() ? "keySchema" : "")
                .filter(member -> !member.isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw SchemaErrors.missing(missing);
        }
    }

    private void requireSupported() {
        requireAbsent("VectorIndexes", request.vectorIndexes());
        requireAbsent("GlobalTableSourceArn", request.globalTableSourceArn());
        requireAbsent("GlobalTableSettingsReplicationMode", request.globalTableSettingsReplicationMode());
    }

    static void requireAbsent(String parameter, Optional<?> given) {
        if (given.isPresent()) {
            throw TableErrors.notSupported(parameter);
        }
    }

    private void requireShortKeys() {
        KeySchemas.requireShort("keySchema", request.keySchema().orElseThrow());
        int number = 0;
        for (LocalSecondaryIndex index : request.localSecondaryIndexes().orElse(List.of())) {
            number++;
            List<KeySchemaElement> elements = index.keySchema();
            KeySchemas.requireShort("localSecondaryIndexes." + number + ".member.keySchema", elements);
        }
    }

    private void requireThroughputAsBilled() {
        boolean given = request.provisionedThroughput().isPresent();
        if (mode == Billing.Mode.PAY_PER_REQUEST && given) {
            throw CapacityErrors.throughputOnDemand();
        }
        if (mode == Billing.Mode.PROVISIONED && !given) {
            throw CapacityErrors.throughputMissing();
        }
    }

    private void requireThroughputInBounds() {
        CapacityRules.table(accountRegion).requireInBounds(request.provisionedThroughput());
        for (GlobalSecondaryIndex index : request.globalSecondaryIndexes().orElse(List.of())) {
            CapacityRules.index(index.indexName(), accountRegion).requireInBounds(index.provisionedThroughput());
        }
    }

    private List<KeySchema> localKeys() {
        List<LocalSecondaryIndex> indexes = given("LocalSecondaryIndexes", request.localSecondaryIndexes());
        if (!indexes.isEmpty() && key.sort().isEmpty()) {
            throw SchemaErrors.tableWithoutRangeKey();
        }
        return indexes.stream()
                .map(index -> KeySchemas.ofLocalIndex(index.indexName(), index.keySchema(), key, definitions))
                .toList();
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

    private void requireUsedDefinitions() {
        var used = new LinkedHashSet<>(key.names());
        localKeys.forEach(local -> used.addAll(local.names()));
        globalKeys.forEach(global -> used.addAll(global.names()));
        definitions.requireUsed(used, !localKeys.isEmpty() || !globalKeys.isEmpty());
    }

    private List<SecondaryIndex> localIndexes(Set<String> names) {
        List<LocalSecondaryIndex> given = request.localSecondaryIndexes().orElse(List.of());
        var indexes = new ArrayList<SecondaryIndex>();
        for (int i = 0; i < given.size(); i++) {
            LocalSecondaryIndex index = given.get(i);
            var definition = new Index(
                    index.indexName(),
                    Index.Scope.LOCAL,
                    localKeys.get(i),
                    key,
                    IndexProjections.of(index.projection()));
            requireNew(names, index.indexName());
            indexes.add(new SecondaryIndex(
                    definition,
                    new IndexLocation.Local(i),
                    SecondaryIndex.Status.CREATING,
                    Optional.empty(),
                    Capacity.ON_DEMAND));
        }
        return indexes;
    }

    private void requireFewLocalIndexes() {
        if (localIndexes.size() > MOST_LOCAL_INDEXES) {
            throw SchemaErrors.tooManyLocalIndexes();
        }
    }

    private List<SecondaryIndex> globalIndexes(Set<String> names) {
        List<GlobalSecondaryIndex> given = request.globalSecondaryIndexes().orElse(List.of());
        var indexes = new ArrayList<SecondaryIndex>();
        for (int i = 0; i < given.size(); i++) {
            GlobalSecondaryIndex index = given.get(i);
            requireIndexThroughputAsBilled(index.indexName(), index.provisionedThroughput());
            SecondaryIndex made = globalIndex(index, globalKeys.get(i), key, accountRegion);
            requireNew(names, index.indexName());
            indexes.add(made);
        }
        return indexes;
    }

    private void requireFewGlobalIndexes() {
        if (globalIndexes.size() > MOST_GLOBAL_INDEXES) {
            throw SchemaErrors.tooManyGlobalIndexes();
        }
    }

    /**
     * An index of a table in CREATING. It has yet to be {@linkplain SecondaryIndex#placed placed}, and its quotas to
     * be checked.
     */
    static SecondaryIndex globalIndex(
            GlobalSecondaryIndex given, KeySchema key, KeySchema tableKey, AccountRegion accountRegion) {
        var definition = new Index(
                given.indexName(), Index.Scope.GLOBAL, key, tableKey, IndexProjections.of(given.projection()));
        Capacity capacity =
                CapacityRules.index(given.indexName(), accountRegion).ofNew(asked(given));
        return new SecondaryIndex(
                definition,
                new IndexLocation.Global(TablespaceId.CATALOG, PartitionMap.NONE),
                SecondaryIndex.Status.CREATING,
                Optional.empty(),
                capacity);
    }

    private void requireIndexThroughputAsBilled(String index, Optional<ProvisionedThroughput> given) {
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

    private List<SecondaryIndex> indexes() {
        return Stream.concat(localIndexes.stream(), globalIndexes.stream()).toList();
    }

    private Asked asked() {
        return new Asked(request.provisionedThroughput(), request.onDemandThroughput(), request.warmThroughput());
    }

    private static Asked asked(GlobalSecondaryIndex index) {
        return new Asked(index.provisionedThroughput(), index.onDemandThroughput(), index.warmThroughput());
    }

    /** Runs the checks that follow once the name is known to be free. */
    void requireWithinQuotas() {
        CapacityRules.table(accountRegion).requireWithinQuotas(asked());
        request.globalSecondaryIndexes().orElse(List.of()).forEach(index -> requireWithinQuotas(index, accountRegion));
    }

    static void requireWithinQuotas(GlobalSecondaryIndex index, AccountRegion accountRegion) {
        CapacityRules.index(index.indexName(), accountRegion).requireWithinQuotas(asked(index));
    }

    /** The ARN of the root key that the request asks for; empty if it is the one that the server owns. */
    Optional<String> rootKey(RootKeys keys) {
        return keys.asked(request.sseSpecification(), accountRegion);
    }

    /**
     * @param rootKey as {@link #rootKey} returned it
     * @param tablespaces gives out one for the table and one for each global index
     */
    Table create(TableName name, String id, Instant now, Optional<String> rootKey, Supplier<TablespaceId> tablespaces) {
        Settings settings = settings(now, rootKey);
        Stream<SecondaryIndex> placed = globalIndexes.stream().map(index -> index.placed(tablespaces.get(), now));
        return new Table(
                accountRegion,
                name.name(),
                id,
                tablespaces.get(),
                now,
                Table.Status.CREATING,
                now,
                definitions.attributes(),
                key,
                Stream.concat(localIndexes.stream(), placed).toList(),
                PartitionMap.create(capacity.warm(), VersionTime.versionAt(now)),
                mode == Billing.Mode.PROVISIONED ? Billing.PROVISIONED : Billing.onDemandSince(now),
                capacity,
                settings,
                settings.loggedImages()
                        .map(images -> TableLog.create(tablespaces.get(), images, VersionTime.versionAt(now))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Settings settings(Instant now, Optional<String> key) {
        return new Settings(
                request.deletionProtectionEnabled().orElse(false),
                request.tableClass()
                        .map(chosen -> new Settings.ClassChoice(Settings.TableClass.valueOf(chosen.wire()), List.of())),
                key.map(arn -> new Settings.Encryption(arn, false)),
                List.of(),
                SettingsRules.streamOfNew(request.streamSpecification(), now),
                tags,
                List.of());
    }
}
