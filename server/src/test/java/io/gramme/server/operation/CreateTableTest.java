package io.gramme.server.operation;

import static io.gramme.server.operation.ControlPlane.refusal;
import static io.gramme.server.operation.CreateTableRequests.ALL;
import static io.gramme.server.operation.CreateTableRequests.INVALID;
import static io.gramme.server.operation.CreateTableRequests.ON_DEMAND;
import static io.gramme.server.operation.CreateTableRequests.PK;
import static io.gramme.server.operation.CreateTableRequests.PK_SK_A;
import static io.gramme.server.operation.CreateTableRequests.PROVISIONED;
import static io.gramme.server.operation.CreateTableRequests.definitions;
import static io.gramme.server.operation.CreateTableRequests.global;
import static io.gramme.server.operation.CreateTableRequests.key;
import static io.gramme.server.operation.CreateTableRequests.local;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.AttributeDefinition;
import io.gramme.api.BillingMode;
import io.gramme.api.GlobalSecondaryIndexDescription;
import io.gramme.api.IndexStatus;
import io.gramme.api.ProjectionType;
import io.gramme.api.TableDescription;
import io.gramme.api.TableStatus;
import io.gramme.tables.table.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What CreateTable makes and shows, and what it refuses about names, capacities and settings. */
class CreateTableTest {
    private final ControlPlane control = ControlPlane.slow();

    private TableDescription create(String... members) {
        return control.create("{TableName: 'orders', " + String.join(", ", members) + "}");
    }

    private String refused(String... members) {
        return refusal(() -> create(members));
    }

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
        control.settle();
        assertThat(control.tags(table.tableArn().orElseThrow())).containsEntry("team", "blue");
    }

    @Test
    void aNameInUseIsRefusedInThreeWays() {
        create(ON_DEMAND, PK);
        assertThat(refused(ON_DEMAND, PK))
                .isEqualTo("RESOURCE_IN_USE: Attempt to change a resource which is still in use: "
                        + "Table is being created: orders");
        control.settle();
        assertThat(refused(PROVISIONED, PK)).isEqualTo("RESOURCE_IN_USE: Table already exists: orders");
        control.delete("orders");
        assertThat(refused(ON_DEMAND, PK))
                .isEqualTo("RESOURCE_IN_USE: Attempt to change a resource which is still in use: "
                        + "Table is being deleted: orders");
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
    void quotasAreLookedAtWhereTheNameIsFree() {
        String much = "ProvisionedThroughput: {ReadCapacityUnits: 40001, WriteCapacityUnits: 1}";
        assertThat(refused(PK, much)).startsWith("LIMIT_EXCEEDED: The requested ReadCapacityUnits, 40001,");
        create(ON_DEMAND, PK);
        control.settle();

        assertThat(refused(PK, much)).isEqualTo("RESOURCE_IN_USE: Table already exists: orders");
    }

    @Test
    void throughputBeyondEveryAccountIsOutOfBounds() {
        String much = "ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1000000000001}";

        assertThat(refused(PK, much))
                .isEqualTo("VALIDATION: Given value 1000000000001 for WriteCapacityUnits is out of bounds");
        assertThat(refused(PROVISIONED, PK_SK_A, global(key("a", "HASH"), ALL, much)))
                .isEqualTo(
                        "VALIDATION: Given value 1000000000001 for WriteCapacityUnits is out of bounds for index by-a");
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
    void throughputGoesWithTheBillingMode() {
        assertThat(refused(PK))
                .isEqualTo(INVALID + "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode "
                        + "is PROVISIONED");
        assertThat(refused(ON_DEMAND, PROVISIONED, PK))
                .isEqualTo(INVALID + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
                        + "BillingMode is PAY_PER_REQUEST");
        assertThat(refused(ON_DEMAND, PK_SK_A, global(key("a", "HASH"), ALL, PROVISIONED)))
                .isEqualTo(INVALID + "ProvisionedThroughput should not be specified for index: by-a when BillingMode "
                        + "is PAY_PER_REQUEST");
        assertThat(refused(PROVISIONED, PK_SK_A, global(key("a", "HASH"), ALL)))
                .isEqualTo(INVALID + "ProvisionedThroughput is not specified for index: by-a");
    }

    @Test
    void throughputHasAQuotaForEachTableAndIndex() {
        String much = "ProvisionedThroughput: {ReadCapacityUnits: 40001, WriteCapacityUnits: 1}";
        String guide = " Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher "
                + "limits.";

        assertThat(refused(much, PK))
                .isEqualTo("LIMIT_EXCEEDED: The requested ReadCapacityUnits, 40001, is above the per table maximum for "
                        + "the account in us-east-1. Per table maximum: 40000." + guide);
        assertThat(refused(PROVISIONED, PK_SK_A, global(key("a", "HASH"), ALL, much)))
                .isEqualTo("LIMIT_EXCEEDED: The requested ReadCapacityUnits for index by-a, 40001, is above the per "
                        + "index maximum for the account in us-east-1. Per table maximum: 40000." + guide);
    }

    @Test
    void maximaAreForTablesOnDemand() {
        String maxima = "OnDemandThroughput: {MaxReadRequestUnits: 10, MaxWriteRequestUnits: 10}";
        assertThat(refused(PROVISIONED, PK, maxima))
                .isEqualTo(INVALID + "MaxReadRequestUnits for OnDemandThroughput cannot be specified when table "
                        + "BillingMode is PROVISIONED.");
        assertThat(refused(PROVISIONED, PK_SK_A, global(key("a", "HASH"), ALL, PROVISIONED, maxima)))
                .isEqualTo(INVALID + "MaxReadRequestUnits for OnDemandThroughput for index: by-a cannot be specified "
                        + "when table BillingMode is PROVISIONED.");
        assertThat(refused(ON_DEMAND, PK, "OnDemandThroughput: {MaxWriteRequestUnits: -1}"))
                .isEqualTo(INVALID + "Requested MaxWriteRequestUnits for OnDemandThroughput for table is outside of "
                        + "valid range");
        assertThat(refused(
                        ON_DEMAND,
                        PK_SK_A,
                        global(key("a", "HASH"), ALL, "OnDemandThroughput: {MaxReadRequestUnits: 0}")))
                .isEqualTo(INVALID + "Requested MaxReadRequestUnits for OnDemandThroughput for index : by-a is outside "
                        + "of valid range");
        assertThat(refused(ON_DEMAND, PK, "OnDemandThroughput: {MaxReadRequestUnits: 40001}"))
                .isEqualTo("LIMIT_EXCEEDED: Subscriber limit exceeded: Requested MaxReadRequestUnits for "
                        + "OnDemandThroughput for table exceeds TableMaxReadCapacityUnits of the account in region "
                        + "us-east-1");
        create(ON_DEMAND, PK, "OnDemandThroughput: {}");
    }

    @Test
    void warmThroughputBeginsAtWhatATableHasAnyway() {
        assertThat(refused(ON_DEMAND, PK, "WarmThroughput: {ReadUnitsPerSecond: 1}"))
                .isEqualTo(INVALID + "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than initial "
                        + "throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/"
                        + "developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial");
        assertThat(refused(PROVISIONED, PK, "WarmThroughput: {WriteUnitsPerSecond: 1}"))
                .isEqualTo(INVALID + "Requested WriteUnitsPerSecond for WarmThroughput for table is lower than "
                        + "WriteCapacityUnits of ProvisionedThroughput");
    }

    @Test
    void aStreamSaysWhatItShowsAndAnAbsentOneDoesNot() {
        assertThat(refused(ON_DEMAND, PK, "StreamSpecification: {StreamEnabled: true}"))
                .isEqualTo(INVALID + "Table is being created with a stream enabled, UpdateViewType is required");
        assertThat(refused(ON_DEMAND, PK, "StreamSpecification: {StreamEnabled: false, StreamViewType: 'KEYS_ONLY'}"))
                .isEqualTo(INVALID + "Table is being created with a stream disabled, UpdateViewType should not be "
                        + "specified");
        assertThat(create(ON_DEMAND, PK, "StreamSpecification: {StreamEnabled: false}")
                        .streamSpecification())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{Enabled: false, SSEType: 'KMS'}|SSEType can not be specified if Enabled is false",
                "{Enabled: false, KMSMasterKeyId: 'k'}|KMSMasterKeyId can not be specified if Enabled is false",
                "{Enabled: true, KMSMasterKeyId: 'k'}|SSEType KMS is required if KMSMasterKeyId is specified",
                "{Enabled: true, SSEType: 'AES256'}|SSEType AES256 is not supported"
            })
    void encryptionSettingsGoTogether(String specification, String message) {
        assertThat(refused(ON_DEMAND, PK, "SSESpecification: " + specification)).isEqualTo(INVALID + message);
    }

    @Test
    void encryptionIsShownOnlyWhereItWasAskedFor() {
        assertThat(create(ON_DEMAND, PK, "SSESpecification: {}").sseDescription())
                .isEmpty();
    }

    @Test
    void theKeyOfTheAccountIsShownAsAKey() {
        assertThat(create(ON_DEMAND, PK, "SSESpecification: {SSEType: 'KMS'}")
                        .sseDescription()
                        .orElseThrow()
                        .kmsMasterKeyArn()
                        .orElseThrow())
                .matches("arn:aws:kms:us-east-1:000000000000:key/[0-9a-f-]{36}");
    }

    @ParameterizedTest
    @CsvSource({
        "VectorIndexes, []",
        "GlobalTableSourceArn, '''arn:aws:dynamodb:us-east-1:000000000000:table/other'''",
        "GlobalTableSettingsReplicationMode, '''ENABLED'''"
    })
    void whatIsNotThereYetIsRefused(String member, String value) {
        assertThat(refused(ON_DEMAND, PK, member + ": " + value)).isEqualTo(INVALID + member + " is not supported yet");
    }

    @Test
    void withoutADelayTheTableIsActiveWhenTheAnswerIsOut() {
        ControlPlane quick = ControlPlane.quick();

        TableDescription created = quick.create("{TableName: 'orders', " + ON_DEMAND + ", " + PK + "}");

        assertThat(created.tableStatus()).contains(TableStatus.CREATING);
        assertThat(quick.describe("orders").tableStatus()).contains(TableStatus.ACTIVE);
        assertThat(quick.delete("orders").tableStatus()).contains(TableStatus.DELETING);
        assertThat(refusal(() -> quick.describe("orders")))
                .isEqualTo("RESOURCE_NOT_FOUND: Requested resource not found: Table: orders not found");
    }
}
