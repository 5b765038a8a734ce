package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.TableDescription;
import io.gramme.server.Client;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whole descriptions of a table in each of its states: what is shown, and what is not. */
class TableShapesTest {
    private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/orders";
    private static final String ALWAYS = """
            TableName: 'orders', TableArn: '%s', ItemCount: 0, TableSizeBytes: 0""".formatted(ARN);
    private static final String PLAIN = ALWAYS + """
            , CreationDateTime: 1795428000.123, DeletionProtectionEnabled: false,
            AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],
            KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]""";
    private static final String NO_UNITS =
            "ProvisionedThroughput: {NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0}";
    private static final String BECOMING = "BillingModeSummary: {BillingMode: 'PAY_PER_REQUEST'}";
    private static final String ON_DEMAND = "BillingModeSummary: {BillingMode: 'PAY_PER_REQUEST', "
            + "LastUpdateToPayPerRequestDateTime: 1795428000.123}";
    private static final String WARM =
            "WarmThroughput: {ReadUnitsPerSecond: 12000, WriteUnitsPerSecond: 4000, Status: 'ACTIVE'}";
    private static final String SETTLED =
            PLAIN + ", TableStatus: 'ACTIVE', " + NO_UNITS + ", " + ON_DEMAND + ", " + WARM;
    private static final String LABEL = "2026-11-23T10:00:10.123";
    private static final String LATEST_STREAM =
            "LatestStreamLabel: '" + LABEL + "', LatestStreamArn: '" + ARN + "/stream/" + LABEL + "'";

    private final ControlPlane control = ControlPlane.slow();

    private TableDescription create(String members) {
        return control.create(
                "{TableName: 'orders', AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}], "
                        + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}], " + members + "}");
    }

    private TableDescription update(String members) {
        return control.update("{TableName: 'orders', " + members + "}");
    }

    private TableDescription settled() {
        control.settle();
        return control.describe("orders");
    }

    /** Compares all but the table's id, which is any UUID. */
    private static void assertShown(TableDescription table, String... members) {
        JsonNode shown = ControlPlane.shown(table);
        assertThat(((ObjectNode) shown).remove("TableId").asString())
                .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(shown).isEqualTo(Client.json("{" + String.join(", ", members) + "}"));
    }

    @Test
    void aTableOnDemandFromItsMakingToItsDeletion() {
        assertShown(create("BillingMode: 'PAY_PER_REQUEST'"), PLAIN, "TableStatus: 'CREATING'", NO_UNITS, BECOMING);
        assertShown(control.describe("orders"), PLAIN, "TableStatus: 'CREATING'", NO_UNITS, BECOMING);
        assertShown(settled(), SETTLED);
        assertShown(
                control.delete("orders"),
                ALWAYS,
                "DeletionProtectionEnabled: false, TableStatus: 'DELETING'",
                NO_UNITS,
                ON_DEMAND);
        assertShown(control.describe("orders"), PLAIN, "TableStatus: 'DELETING'", NO_UNITS, ON_DEMAND, WARM);
    }

    @Test
    void aProvisionedTableBeforeAndAfterAChange() {
        String five = "ProvisionedThroughput: {NumberOfDecreasesToday: 0, ReadCapacityUnits: 5, WriteCapacityUnits: 5}";
        String warm = "WarmThroughput: {ReadUnitsPerSecond: 5, WriteUnitsPerSecond: 5, Status: 'ACTIVE'}";
        assertShown(
                create("ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}"),
                PLAIN,
                "TableStatus: 'CREATING'",
                five);
        assertShown(settled(), PLAIN, "TableStatus: 'ACTIVE'", five, warm);
        assertShown(
                update("ProvisionedThroughput: {ReadCapacityUnits: 7, WriteCapacityUnits: 4}"),
                PLAIN,
                "TableStatus: 'UPDATING'",
                five,
                warm);
        assertShown(
                settled(),
                PLAIN,
                "TableStatus: 'ACTIVE'",
                "ProvisionedThroughput: {NumberOfDecreasesToday: 1, ReadCapacityUnits: 7, WriteCapacityUnits: 4, "
                        + "LastIncreaseDateTime: 1795428020.123, LastDecreaseDateTime: 1795428020.123}",
                "WarmThroughput: {ReadUnitsPerSecond: 7, WriteUnitsPerSecond: 5, Status: 'ACTIVE'}");
        control.fixture.pass(Duration.ofDays(1));
        assertThat(ControlPlane.shown(control.describe("orders"))
                        .path("ProvisionedThroughput")
                        .path("NumberOfDecreasesToday")
                        .asInt())
                .isZero();
    }

    @Test
    void aTableThatBecomesOnDemandAndProvisionedAgain() {
        create("ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}");
        control.settle();
        assertShown(
                update("BillingMode: 'PAY_PER_REQUEST'"),
                PLAIN,
                "TableStatus: 'UPDATING'",
                NO_UNITS,
                BECOMING,
                "WarmThroughput: {ReadUnitsPerSecond: 5, WriteUnitsPerSecond: 5, Status: 'ACTIVE'}");
        String since = "LastUpdateToPayPerRequestDateTime: 1795428010.123}";
        assertShown(
                settled(),
                PLAIN,
                "TableStatus: 'ACTIVE'",
                NO_UNITS,
                "BillingModeSummary: {BillingMode: 'PAY_PER_REQUEST', " + since,
                WARM);
        update("BillingMode: 'PROVISIONED', ProvisionedThroughput: {ReadCapacityUnits: 3, WriteCapacityUnits: 2}");
        assertShown(
                settled(),
                PLAIN,
                "TableStatus: 'ACTIVE'",
                "ProvisionedThroughput: {NumberOfDecreasesToday: 0, ReadCapacityUnits: 3, WriteCapacityUnits: 2}",
                "BillingModeSummary: {BillingMode: 'PROVISIONED', " + since,
                WARM);
    }

    @Test
    void indexesThatAreMadeWithTheirTable() {
        TableDescription created = control.create("""
                {TableName: 'orders', BillingMode: 'PAY_PER_REQUEST',
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'a', AttributeType: 'N'}],
                 KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'a', KeyType: 'RANGE'}],
                 LocalSecondaryIndexes: [{IndexName: 'local-a', Projection: {ProjectionType: 'KEYS_ONLY'},
                   KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'a', KeyType: 'RANGE'}]}],
                 GlobalSecondaryIndexes: [{IndexName: 'by-a', KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}],
                   Projection: {ProjectionType: 'INCLUDE', NonKeyAttributes: ['y', 'x']},
                   OnDemandThroughput: {MaxReadRequestUnits: 9}}]}""");
        String table = ALWAYS + """
                , CreationDateTime: 1795428000.123, DeletionProtectionEnabled: false,
                AttributeDefinitions: [{AttributeName: 'a', AttributeType: 'N'}, {AttributeName: 'pk', AttributeType: 'S'}],
                KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'a', KeyType: 'RANGE'}],
                LocalSecondaryIndexes: [{IndexName: 'local-a', IndexArn: '%s/index/local-a', IndexSizeBytes: 0,
                  ItemCount: 0, Projection: {ProjectionType: 'KEYS_ONLY'},
                  KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'a', KeyType: 'RANGE'}]}]""".formatted(ARN);
        String index = """
                IndexName: 'by-a', IndexArn: '%s/index/by-a', IndexSizeBytes: 0, ItemCount: 0,
                KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}],
                Projection: {ProjectionType: 'INCLUDE', NonKeyAttributes: ['x', 'y']},
                OnDemandThroughput: {MaxReadRequestUnits: 9}, %s""".formatted(ARN, NO_UNITS);

        assertShown(
                created,
                table,
                "TableStatus: 'CREATING'",
                NO_UNITS,
                BECOMING,
                "GlobalSecondaryIndexes: [{IndexStatus: 'CREATING', " + index + "}]");
        assertShown(
                settled(),
                table,
                "TableStatus: 'ACTIVE'",
                NO_UNITS,
                ON_DEMAND,
                WARM,
                "GlobalSecondaryIndexes: [{IndexStatus: 'ACTIVE', " + index + ", " + WARM + "}]");
    }

    @Test
    void anIndexThatIsAddedFilledAndDeleted() {
        create("BillingMode: 'PAY_PER_REQUEST'");
        control.settle();
        String table =
                ALWAYS + ", CreationDateTime: 1795428000.123, DeletionProtectionEnabled: false, " + NO_UNITS + ", "
                        + ON_DEMAND + ", " + WARM + """
                , KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
                AttributeDefinitions: [{AttributeName: 'b', AttributeType: 'B'}, {AttributeName: 'pk', AttributeType: 'S'}]""";
        String index = """
                GlobalSecondaryIndexes: [{IndexName: 'by-b', IndexArn: '%s/index/by-b', IndexSizeBytes: 0, ItemCount: 0,
                  KeySchema: [{AttributeName: 'b', KeyType: 'HASH'}], Projection: {ProjectionType: 'ALL'},
                  %s, %s,
                """.formatted(ARN, NO_UNITS, WARM);

        TableDescription begun = update("""
                AttributeDefinitions: [{AttributeName: 'b', AttributeType: 'B'}],
                GlobalSecondaryIndexUpdates: [{Create: {IndexName: 'by-b', Projection: {ProjectionType: 'ALL'},
                  KeySchema: [{AttributeName: 'b', KeyType: 'HASH'}]}}]""");
        assertShown(begun, table, "TableStatus: 'UPDATING'", index + "IndexStatus: 'CREATING', Backfilling: false}]");
        control.fixture.pass(ControlPlane.DELAY);
        control.life.run();
        assertShown(
                control.describe("orders"),
                table,
                "TableStatus: 'ACTIVE'",
                index + "IndexStatus: 'CREATING', Backfilling: true}]");
        assertShown(settled(), table, "TableStatus: 'ACTIVE'", index + "IndexStatus: 'ACTIVE'}]");
        assertShown(
                update("GlobalSecondaryIndexUpdates: [{Delete: {IndexName: 'by-b'}}]"),
                table,
                "TableStatus: 'UPDATING'",
                index + "IndexStatus: 'DELETING'}]");
        assertShown(settled(), SETTLED);
    }

    @Test
    void aStreamThatIsEnabledAndDisabled() {
        create("BillingMode: 'PAY_PER_REQUEST'");
        control.settle();
        String enabled = "StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_IMAGE'}";

        TableDescription begun = update(enabled);
        assertShown(begun, PLAIN, "TableStatus: 'UPDATING'", NO_UNITS, ON_DEMAND, WARM, enabled, LATEST_STREAM);
        assertShown(settled(), SETTLED, enabled, LATEST_STREAM);
        update("StreamSpecification: {StreamEnabled: false}");
        assertShown(settled(), SETTLED, LATEST_STREAM);
    }

    @Test
    void settingsThatWereChosenWithTheTable() {
        String key = "SSEDescription: {Status: 'ENABLED', SSEType: 'KMS', "
                + "KMSMasterKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/mine'}";
        TableDescription created = create("""
                BillingMode: 'PAY_PER_REQUEST', DeletionProtectionEnabled: true, TableClass: 'STANDARD',
                SSESpecification: {Enabled: true, SSEType: 'KMS', KMSMasterKeyId: 'mine'},
                StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'},
                OnDemandThroughput: {MaxWriteRequestUnits: 7}, WarmThroughput: {WriteUnitsPerSecond: 5000}""");

        String shown = PLAIN.replace("DeletionProtectionEnabled: false", "DeletionProtectionEnabled: true") + ", "
                + LATEST_STREAM.replace("10:00:10", "10:00:00") + ", " + key + ", " + NO_UNITS + """
                , TableClassSummary: {TableClass: 'STANDARD'}, OnDemandThroughput: {MaxWriteRequestUnits: 7},
                StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}""";
        String warm = "WarmThroughput: {ReadUnitsPerSecond: 12000, WriteUnitsPerSecond: 5000, Status: ";
        assertShown(created, shown, "TableStatus: 'CREATING'", BECOMING, warm + "'UPDATING'}");
        assertShown(settled(), shown, "TableStatus: 'ACTIVE'", ON_DEMAND, warm + "'ACTIVE'}");
    }

    @Test
    void settingsThatChangeLater() {
        create("BillingMode: 'PAY_PER_REQUEST'");
        control.settle();
        String key = ", SSEType: 'KMS', KMSMasterKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/mine'}";

        assertShown(
                update("SSESpecification: {Enabled: true, SSEType: 'KMS', KMSMasterKeyId: 'mine'}"),
                PLAIN,
                "TableStatus: 'UPDATING'",
                NO_UNITS,
                ON_DEMAND,
                WARM,
                "SSEDescription: {Status: 'UPDATING'" + key);
        assertShown(settled(), SETTLED, "SSEDescription: {Status: 'ENABLED'" + key);
        update("SSESpecification: {Enabled: false}");
        assertShown(settled(), SETTLED);
        assertShown(
                update("DeletionProtectionEnabled: true"),
                SETTLED.replace("DeletionProtectionEnabled: false", "DeletionProtectionEnabled: true"));
        update("DeletionProtectionEnabled: false");
        assertShown(update("WarmThroughput: {ReadUnitsPerSecond: 13000}"), SETTLED.replace("'ACTIVE'}", "'UPDATING'}"));
        String warmer = SETTLED.replace("12000", "13000");
        assertShown(settled(), warmer);
        update("TableClass: 'STANDARD_INFREQUENT_ACCESS'");
        assertShown(
                settled(),
                warmer,
                "TableClassSummary: {TableClass: 'STANDARD_INFREQUENT_ACCESS', LastUpdateDateTime: 1795428040.123}");
    }
}
