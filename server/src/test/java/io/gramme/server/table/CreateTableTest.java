package io.gramme.server.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.AttributeDefinition;
import io.gramme.api.BillingMode;
import io.gramme.api.GlobalSecondaryIndexDescription;
import io.gramme.api.IndexStatus;
import io.gramme.api.ProjectionType;
import io.gramme.api.TableDescription;
import io.gramme.api.TableStatus;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateTableTest extends CreateTableCase {
    @Test
    void theAnswerShowsATableOnDemandThatIsBeingCreated() {
        TableDescription table = create(ON_DEMAND, PK);

        assertThat(table.tableStatus()).contains(TableStatus.CREATING);
        assertThat(table.tableName()).contains("orders");
        assertThat(table.tableArn()).contains("arn:aws:dynamodb:us-east-1:000000000000:table/orders");
        assertThat(table.tableId().orElseThrow()).hasSize(36);
        assertThat(table.creationDateTime()).contains(Samples.START);
        assertThat(table.itemCount()).contains(0L);
        assertThat(table.tableSizeBytes()).contains(0L);
        assertThat(table.deletionProtectionEnabled()).contains(false);
        assertThat(table.billingModeSummary().orElseThrow().billingMode()).contains(BillingMode.PAY_PER_REQUEST);
        assertThat(table.billingModeSummary().orElseThrow().lastUpdateToPayPerRequestDateTime())
                .isEmpty();
        var throughput = table.provisionedThroughput().orElseThrow();
        assertThat(throughput.readCapacityUnits()).contains(0L);
        assertThat(throughput.writeCapacityUnits()).contains(0L);
        assertThat(throughput.numberOfDecreasesToday()).contains(0L);
        assertThat(table.warmThroughput()).isEmpty();
        assertThat(table.globalSecondaryIndexes()).isEmpty();
        assertThat(table.localSecondaryIndexes()).isEmpty();
        assertThat(table.streamSpecification()).isEmpty();
        assertThat(table.latestStreamArn()).isEmpty();
        assertThat(table.sseDescription()).isEmpty();
        assertThat(table.tableClassSummary()).isEmpty();
        assertThat(table.onDemandThroughput()).isEmpty();
        assertThat(table.restoreSummary()).isEmpty();
        assertThat(table.replicas()).isEmpty();
        assertThat(table.globalTableVersion()).isEmpty();
    }

    @Test
    void aTableOnDemandShowsSinceWhenAndHowWarmItIsOnceItIsActive() {
        create(ON_DEMAND, PK);
        control.settle();

        TableDescription table = control.describe("orders");
        assertThat(table.tableStatus()).contains(TableStatus.ACTIVE);
        assertThat(table.billingModeSummary().orElseThrow().lastUpdateToPayPerRequestDateTime())
                .contains(Samples.START);
        var warm = table.warmThroughput().orElseThrow();
        assertThat(warm.readUnitsPerSecond()).contains(12_000L);
        assertThat(warm.writeUnitsPerSecond()).contains(4_000L);
        assertThat(warm.status()).contains(TableStatus.ACTIVE);
    }

    @Test
    void aProvisionedTableIsTheDefaultAndHasNoBillingModeSummary() {
        TableDescription created = create(PROVISIONED, PK);
        control.settle();

        assertThat(created.billingModeSummary()).isEmpty();
        assertThat(created.provisionedThroughput().orElseThrow().readCapacityUnits())
                .contains(5L);
        assertThat(created.provisionedThroughput().orElseThrow().writeCapacityUnits())
                .contains(6L);
        var warm = control.describe("orders").warmThroughput().orElseThrow();
        assertThat(warm.readUnitsPerSecond()).contains(5L);
        assertThat(warm.writeUnitsPerSecond()).contains(6L);
    }

    @Test
    void indexesAreShownAsTheyWereGivenAndDefinitionsByName() {
        TableDescription table = create(
                ON_DEMAND,
                PK_SK_A,
                local(key("pk", "HASH", "a", "RANGE"), "Projection: {ProjectionType: 'KEYS_ONLY'}"),
                global(
                        key("a", "HASH", "pk", "RANGE"),
                        "Projection: {ProjectionType: 'INCLUDE', NonKeyAttributes: ['z', 'b']}"));

        assertThat(table.attributeDefinitions().orElseThrow())
                .extracting(AttributeDefinition::attributeName)
                .containsExactly("a", "pk", "sk");
        var local = table.localSecondaryIndexes().orElseThrow().getFirst();
        assertThat(local.indexName()).contains("local-a");
        assertThat(local.indexArn()).contains(table.tableArn().orElseThrow() + "/index/local-a");
        assertThat(local.projection().orElseThrow().projectionType()).contains(ProjectionType.KEYS_ONLY);
        assertThat(local.itemCount()).contains(0L);
        GlobalSecondaryIndexDescription global =
                table.globalSecondaryIndexes().orElseThrow().getFirst();
        assertThat(global.indexStatus()).contains(IndexStatus.CREATING);
        assertThat(global.backfilling()).isEmpty();
        assertThat(global.keySchema().orElseThrow()).hasSize(2);
        assertThat(global.projection().orElseThrow().nonKeyAttributes().orElseThrow())
                .containsExactly("b", "z");
        assertThat(global.provisionedThroughput().orElseThrow().readCapacityUnits())
                .contains(0L);
        assertThat(global.warmThroughput()).isEmpty();
    }

    @Test
    void settingsAreShownAsTheyWereGiven() {
        TableDescription table = create(
                ON_DEMAND,
                PK,
                "DeletionProtectionEnabled: true",
                "TableClass: 'STANDARD_INFREQUENT_ACCESS'",
                "SSESpecification: {Enabled: true, SSEType: 'KMS', KMSMasterKeyId: '1234'}",
                "StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}",
                "OnDemandThroughput: {MaxReadRequestUnits: 100}",
                "WarmThroughput: {ReadUnitsPerSecond: 13000}",
                "Tags: [{Key: 'team', Value: 'blue'}]");

        assertThat(table.deletionProtectionEnabled()).contains(true);
        assertThat(table.tableClassSummary()
                        .orElseThrow()
                        .tableClass()
                        .orElseThrow()
                        .wire())
                .isEqualTo("STANDARD_INFREQUENT_ACCESS");
        assertThat(table.sseDescription().orElseThrow().kmsMasterKeyArn())
                .contains("arn:aws:kms:us-east-1:000000000000:key/1234");
        assertThat(table.latestStreamLabel()).contains("2026-11-23T10:00:00.123");
        assertThat(table.latestStreamArn())
                .contains("arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-11-23T10:00:00.123");
        assertThat(table.streamSpecification().orElseThrow().streamEnabled()).isTrue();
        assertThat(table.onDemandThroughput().orElseThrow().maxReadRequestUnits())
                .contains(100L);
        assertThat(table.onDemandThroughput().orElseThrow().maxWriteRequestUnits())
                .isEmpty();
        var warm = table.warmThroughput().orElseThrow();
        assertThat(warm.readUnitsPerSecond()).contains(13_000L);
        assertThat(warm.writeUnitsPerSecond()).contains(4_000L);
        assertThat(warm.status()).contains(TableStatus.UPDATING);
        assertThat(control.tags(table.tableArn().orElseThrow())).containsEntry("team", "blue");
    }

    @Test
    void aNameInUseIsRefusedInTwoWays() {
        create(ON_DEMAND, PK);
        assertThat(refused(ON_DEMAND, PK))
                .isEqualTo("RESOURCE_IN_USE: Attempt to change a resource which is still in use: "
                        + "Table is being created: orders");
        control.settle();
        assertThat(refused(PROVISIONED, PK)).isEqualTo("RESOURCE_IN_USE: Table already exists: orders");
        control.delete("orders");
        assertThat(refused(ON_DEMAND, PK)).isEqualTo("RESOURCE_IN_USE: Table already exists: orders");
        control.settle();
        create(ON_DEMAND, PK);
    }

    @Test
    void aBadRequestIsReportedEvenWhereTheNameIsInUse() {
        create(ON_DEMAND, PK);

        assertThat(refused(ON_DEMAND, definitions("pk"), key("pk", "RANGE")))
                .isEqualTo("VALIDATION: Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }

    @Test
    void aTableMadeAnewHasTheSameArnAndAnotherId() {
        TableDescription first = create(ON_DEMAND, PK);
        control.settle();
        control.delete("orders");
        control.settle();
        TableDescription second = create(ON_DEMAND, PK);

        assertThat(second.tableArn()).isEqualTo(first.tableArn());
        assertThat(second.tableId()).isNotEqualTo(first.tableId());
    }

    @Test
    void keyAndDefinitionsAreNeeded() {
        assertThat(refused(ON_DEMAND, definitions("pk")))
                .isEqualTo("VALIDATION: 1 validation error detected: Value null at 'keySchema' failed to satisfy "
                        + "constraint: Member must not be null");
        assertThat(refused(ON_DEMAND))
                .isEqualTo("VALIDATION: 2 validation errors detected: Value null at 'attributeDefinitions' failed to "
                        + "satisfy constraint: Member must not be null; Value null at 'keySchema' failed to satisfy "
                        + "constraint: Member must not be null");
    }

    @Test
    void theTableKeyIsHashThenRange() {
        assertThat(refused(ON_DEMAND, definitions("pk", "sk"), key("sk", "RANGE", "pk", "HASH")))
                .isEqualTo("VALIDATION: Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        assertThat(refused(ON_DEMAND, definitions("pk", "sk"), key("pk", "HASH", "sk", "HASH")))
                .isEqualTo("VALIDATION: Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        assertThat(refused(ON_DEMAND, definitions("pk", "sk"), key("pk", "HASH", "pk", "RANGE")))
                .isEqualTo(
                        "VALIDATION: Both the Hash Key and the Range Key element in the KeySchema have the same name");
        assertThat(refused(ON_DEMAND, definitions("a", "b", "c"), key("a", "HASH", "b", "RANGE", "c", "RANGE")))
                .isEqualTo(
                        "VALIDATION: 1 validation error detected: Value '[a, b, c]' at 'keySchema' failed to satisfy "
                                + "constraint: Member must have length less than or equal to 2");
    }

    @Test
    void definitionsAreExactlyTheAttributesOfKeys() {
        assertThat(refused(ON_DEMAND, definitions(), key("pk", "HASH")))
                .isEqualTo("VALIDATION: Invalid KeySchema: Some index key attribute have no definition");
        assertThat(refused(ON_DEMAND, definitions("pk", "x"), key("pk", "HASH", "sk", "RANGE")))
                .isEqualTo("VALIDATION: Invalid KeySchema: Some index key attribute have no definition");
        assertThat(refused(ON_DEMAND, definitions("other"), key("pk", "HASH")))
                .isEqualTo(INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: [pk], "
                        + "AttributeDefinitions: [other]");
        assertThat(refused(ON_DEMAND, definitions("pk", "pk"), key("pk", "HASH")))
                .isEqualTo("VALIDATION: Attribute Name is duplicated: pk");
        assertThat(refused(ON_DEMAND, definitions("pk", "extra"), key("pk", "HASH")))
                .isEqualTo(INVALID + "Number of attributes in KeySchema does not exactly match number of attributes "
                        + "defined in AttributeDefinitions");
        assertThat(refused(ON_DEMAND, definitions("pk", "a", "x"), key("pk", "HASH"), global(key("a", "HASH"), ALL)))
                .isEqualTo(INVALID + "Some AttributeDefinitions are not used. AttributeDefinitions: [pk, a, x], "
                        + "keys used: [pk, a]");
    }

    @Test
    void anUnusedDefinitionIsReportedBeforeTheRestOfAnIndex() {
        assertThat(refused(
                        ON_DEMAND,
                        definitions("pk", "a", "x"),
                        key("pk", "HASH"),
                        global(key("a", "HASH"), "Projection: {}")))
                .startsWith(INVALID + "Some AttributeDefinitions are not used.");
    }

    @Test
    void localIndexesNeedATableWithARangeKeyAndItsHashKey() {
        assertThat(refused(
                        ON_DEMAND,
                        definitions("pk", "a"),
                        key("pk", "HASH"),
                        local(key("pk", "HASH", "a", "RANGE"), ALL)))
                .isEqualTo(INVALID + "Table KeySchema does not have a range key, which is required when specifying a "
                        + "LocalSecondaryIndex");
        assertThat(refused(ON_DEMAND, PK_SK_A, local(key("pk", "HASH"), ALL)))
                .isEqualTo(INVALID + "Index KeySchema does not have a range key for index: local-a");
        assertThat(refused(ON_DEMAND, PK_SK_A, local(key("a", "HASH", "pk", "RANGE"), ALL)))
                .isEqualTo(INVALID + "Index KeySchema does not have the same leading hash key as table KeySchema for "
                        + "index: local-a. index hash key: a, table hash key: pk");
        assertThat(refused(ON_DEMAND, PK_SK_A, local(key("pk", "HASH", "a", "RANGE", "sk", "RANGE"), ALL)))
                .isEqualTo("VALIDATION: 1 validation error detected: Value '[pk, a, sk]' at "
                        + "'localSecondaryIndexes.1.member.keySchema' failed to satisfy constraint: "
                        + "Member must have length less than or equal to 2");
        assertThat(refused(ON_DEMAND, PK, "LocalSecondaryIndexes: []"))
                .isEqualTo(INVALID + "List of LocalSecondaryIndexes is empty");
    }

    @Test
    void globalIndexesMayHaveFourAttributesOfEachKind() {
        String definitions = definitions("pk", "b", "c", "d", "e", "f", "g", "h", "i");
        assertThat(create(
                                ON_DEMAND,
                                definitions,
                                key("pk", "HASH"),
                                global(
                                        key(
                                                "b", "HASH", "c", "HASH", "d", "HASH", "e", "HASH", "f", "RANGE", "g",
                                                "RANGE", "h", "RANGE", "i", "RANGE"),
                                        ALL))
                        .globalSecondaryIndexes()
                        .orElseThrow()
                        .getFirst()
                        .keySchema()
                        .orElseThrow())
                .hasSize(8);
        assertThat(refused(
                        ON_DEMAND,
                        definitions("pk", "b", "c", "d", "e"),
                        key("pk", "HASH"),
                        global(key("pk", "HASH", "b", "HASH", "c", "HASH", "d", "HASH", "e", "HASH"), ALL)))
                .isEqualTo(INVALID + "The KeySchema exceeds the maximum allowed number of HASH key attributes");
        assertThat(refused(
                        ON_DEMAND,
                        definitions("pk", "b", "c", "d", "e", "f"),
                        key("pk", "HASH"),
                        global(
                                key("pk", "HASH", "b", "RANGE", "c", "RANGE", "d", "RANGE", "e", "RANGE", "f", "RANGE"),
                                ALL)))
                .isEqualTo(INVALID + "The KeySchema exceeds the maximum allowed number of RANGE key attributes");
    }

    @Test
    void theKeyOfAGlobalIndexIsHashesThenRanges() {
        assertThat(refused(ON_DEMAND, PK_SK_A, global(key("a", "RANGE"), ALL)))
                .isEqualTo("VALIDATION: Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        assertThat(refused(ON_DEMAND, PK_SK_A, global(key("a", "HASH", "sk", "RANGE", "pk", "HASH"), ALL)))
                .isEqualTo(INVALID + "All HASH key attributes must precede RANGE key attributes in the KeySchema");
        assertThat(refused(ON_DEMAND, PK_SK_A, global(key("a", "HASH", "a", "RANGE"), ALL)))
                .isEqualTo("VALIDATION: The KeySchema contains multiple key attributes with the same name");
        assertThat(refused(ON_DEMAND, PK_SK_A, global(key("q", "HASH"), ALL)))
                .isEqualTo(INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: [q], "
                        + "AttributeDefinitions: [sk, pk, a]");
        assertThat(refused(ON_DEMAND, PK, "GlobalSecondaryIndexes: []"))
                .isEqualTo(INVALID + "List of GlobalSecondaryIndexes is empty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|Unknown ProjectionType: null",
                "{ProjectionType: 'INCLUDE'}|ProjectionType is INCLUDE, but NonKeyAttributes is not specified",
                "{ProjectionType: 'ALL', NonKeyAttributes: ['x']}|ProjectionType is ALL, but NonKeyAttributes is specified",
                "{ProjectionType: 'KEYS_ONLY', NonKeyAttributes: ['x']}|ProjectionType is KEYS_ONLY, but NonKeyAttributes is specified",
                "{ProjectionType: 'INCLUDE', NonKeyAttributes: ['x', 'x']}|Duplicate element in NonKeyAttributes: x"
            })
    void aProjectionSaysWhatItNeedsAndNothingElse(String projection, String message) {
        // In CSV a quote within a column is itself.
        assertThat(refused(ON_DEMAND, PK_SK_A, global(key("a", "HASH"), "Projection: " + projection)))
                .isEqualTo(INVALID + message);
    }

    @Test
    void indexNamesAreUnique() {
        assertThat(refused(
                        ON_DEMAND,
                        PK_SK_A,
                        "LocalSecondaryIndexes: [{IndexName: 'same', " + key("pk", "HASH", "a", "RANGE") + ", " + ALL
                                + "}]",
                        "GlobalSecondaryIndexes: [{IndexName: 'same', " + key("a", "HASH") + ", " + ALL + "}]"))
                .isEqualTo(INVALID + "Duplicate index name: same");
    }

    @Test
    void indexesAreCounted() {
        assertThat(refused(
                        ON_DEMAND,
                        PK_SK_A,
                        "LocalSecondaryIndexes: ["
                                + IntStream.range(0, 6)
                                        .mapToObj(i -> "{IndexName: 'local" + i + "', "
                                                + key("pk", "HASH", "a", "RANGE") + ", " + ALL + "}")
                                        .collect(Collectors.joining(", "))
                                + "]"))
                .isEqualTo(INVALID + "Number of LocalSecondaryIndexes exceeds per-table limit of 5");
        assertThat(refused(ON_DEMAND, PK_SK_A, globals(21, ALL)))
                .isEqualTo(INVALID + "GlobalSecondaryIndex count exceeds the per-table limit of 20");
        create(ON_DEMAND, PK_SK_A, globals(20, ALL));
    }

    private static String globals(int count, String projection) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{IndexName: 'global" + i + "', " + key("a", "HASH") + ", " + projection + "}")
                .collect(Collectors.joining(", ", "GlobalSecondaryIndexes: [", "]"));
    }

    @Test
    void projectedAttributesAreCountedOverAllIndexes() {
        String twenty = "Projection: {ProjectionType: 'INCLUDE', NonKeyAttributes: ["
                + IntStream.range(0, 20).mapToObj(i -> "'x" + i + "'").collect(Collectors.joining(", ")) + "]}";

        assertThat(refused(ON_DEMAND, PK_SK_A, globals(6, twenty)))
                .isEqualTo(INVALID + "Number of NonKeyAttributes exceeds the per-table limit of 100");
        create(ON_DEMAND, PK_SK_A, globals(5, twenty));
    }
}
