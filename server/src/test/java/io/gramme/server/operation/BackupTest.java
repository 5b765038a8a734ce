package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Backups, recovery to a point in time and restores, as clients see them, on a clock of the test's own. */
class BackupTest {
    private static final String ORDERS_ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/orders";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00.250Z"));
    private final Client client = Client.at(this::tick);

    /** Time passes by a microsecond with each look at the clock, so that versions have their order. */
    private Instant tick() {
        return now.updateAndGet(before -> before.plusNanos(1_000));
    }

    @BeforeEach
    void createTable() {
        client.call("CreateTable", """
                {TableName: 'orders', BillingMode: 'PAY_PER_REQUEST',
                 KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'sk', AttributeType: 'N'},
                  {AttributeName: 'a', AttributeType: 'S'}],
                 StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'},
                 Tags: [{Key: 'k', Value: 'v'}],
                 LocalSecondaryIndexes: [{IndexName: 'local', Projection: {ProjectionType: 'KEYS_ONLY'},
                  KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'a', KeyType: 'RANGE'}]}],
                 GlobalSecondaryIndexes: [{IndexName: 'by-a', Projection: {ProjectionType: 'ALL'},
                  KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}]}]}""");
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aBackupHasTheItemsOfItsMoment() {
        put("orders", 1, "before");
        put("orders", 2, "before");
        JsonNode details = backup("first");
        assertThat(details.get("BackupStatus").asString()).isEqualTo("CREATING");
        assertThat(details.get("BackupType").asString()).isEqualTo("USER");
        assertThat(details.has("BackupExpiryDateTime")).isFalse();
        String arn = details.get("BackupArn").asString();
        assertThat(arn).matches(ORDERS_ARN + "/backup/0\\d{13}-[0-9a-f]{8}");
        put("orders", 1, "after");
        put("orders", 3, "after");
        client.call("DeleteItem", "{TableName: 'orders', Key: {pk: {S: 'p'}, sk: {N: '2'}}}");

        assertThat(status(arn)).isEqualTo("AVAILABLE");
        JsonNode created = client.call("RestoreTableFromBackup", "{TargetTableName: 'again', BackupArn: '" + arn + "'}")
                .get("TableDescription");
        assertThat(created.get("TableStatus").asString()).isEqualTo("CREATING");
        assertThat(created.get("RestoreSummary").get("SourceBackupArn").asString())
                .isEqualTo(arn);
        assertThat(created.get("RestoreSummary").get("SourceTableArn").asString())
                .isEqualTo(ORDERS_ARN);
        JsonNode restored = await("again");
        assertThat(restored.has("RestoreSummary")).isFalse();
        assertThat(restored.has("StreamSpecification")).isFalse();
        assertThat(scan("again")).containsExactly("1 before", "2 before");
        assertThat(query("again", "by-a", "before")).isEqualTo(2);
        assertThat(query("again", "by-a", "after")).isZero();
        assertThat(scan("orders")).containsExactly("1 after", "3 after");
        client.answers(
                "Query",
                "{TableName: 'again', IndexName: 'local', Select: 'COUNT', KeyConditionExpression: 'pk = :p',"
                        + "ExpressionAttributeValues: {':p': {S: 'p'}}}",
                "{Count: 2, ScannedCount: 2}");
        client.answers("ListTagsOfResource", "{ResourceArn: '" + arn("again") + "'}", "{Tags: []}");
    }

    @Test
    void aBackupOutlivesItsTable() {
        put("orders", 1, "kept");
        String arn = backup("last").get("BackupArn").asString();
        client.call("DeleteTable", "{TableName: 'orders'}");
        client.recover();
        assertThat(status(arn)).isEqualTo("AVAILABLE");
        createTable();
        put("orders", 1, "other");
        client.call("RestoreTableFromBackup", "{TargetTableName: 'again', BackupArn: '" + arn + "'}");
        await("again");
        assertThat(scan("again")).containsExactly("1 kept");
        client.call("DeleteBackup", "{BackupArn: '" + arn + "'}");
        client.recover();
        assertThat(client.refuses("DescribeBackup", "{BackupArn: '" + arn + "'}", "Backup not found: " + arn)
                        .code())
                .isEqualTo(ErrorCode.BACKUP_NOT_FOUND);
        assertThat(client.tables().histories().departed()).isEmpty();
    }

    @Test
    void aDescriptionShowsTheTableAsItWas() {
        String arn = backup("first").get("BackupArn").asString();
        client.call(
                "UpdateTable", "{TableName: 'orders', GlobalSecondaryIndexUpdates: [{Delete: {IndexName: 'by-a'}}]}");
        JsonNode description =
                client.call("DescribeBackup", "{BackupArn: '" + arn + "'}").get("BackupDescription");
        JsonNode features = description.get("SourceTableFeatureDetails");
        assertThat(features.get("GlobalSecondaryIndexes")
                        .get(0)
                        .get("IndexName")
                        .asString())
                .isEqualTo("by-a");
        assertThat(features.get("StreamDescription").get("StreamViewType").asString())
                .isEqualTo("KEYS_ONLY");
        assertThat(features.has("TimeToLiveDescription")).isFalse();
        JsonNode source = description.get("SourceTableDetails");
        assertThat(source.get("TableName").asString()).isEqualTo("orders");
        assertThat(source.get("BillingMode").asString()).isEqualTo("PAY_PER_REQUEST");
        assertThat(source.get("ProvisionedThroughput").get("ReadCapacityUnits").asInt())
                .isZero();
    }

    @Test
    void backupsAreListedByTableTimeAndTypeInPages() {
        List<String> arns = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            arns.add(backup("b" + i).get("BackupArn").asString());
            pass(Duration.ofMinutes(1));
        }
        assertThat(listed("{}")).isEqualTo(arns);
        assertThat(listed("{TableName: 'orders'}")).isEqualTo(arns);
        assertThat(listed("{TableName: 'others'}")).isEmpty();
        assertThat(listed("{BackupType: 'SYSTEM'}")).isEmpty();
        JsonNode page = client.call("ListBackups", "{Limit: 2}");
        assertThat(page.get("LastEvaluatedBackupArn").asString()).isEqualTo(arns.get(1));
        assertThat(listed("{Limit: 3, ExclusiveStartBackupArn: '" + arns.get(1) + "'}"))
                .isEqualTo(arns.subList(2, 5));
        assertThat(client.call("ListBackups", "{Limit: 3, ExclusiveStartBackupArn: '" + arns.get(1) + "'}")
                        .has("LastEvaluatedBackupArn"))
                .isFalse();
        long second = created(arns.get(1));
        assertThat(listed("{TimeRangeLowerBound: " + second / 1e3 + "}")).isEqualTo(arns.subList(1, 5));
        assertThat(listed("{TimeRangeUpperBound: " + second / 1e3 + "}")).isEqualTo(arns.subList(0, 1));
        assertThat(listed("{TimeRangeLowerBound: " + (second + 1) / 1e3 + "}")).isEqualTo(arns.subList(2, 5));
        client.refuses(
                "ListBackups",
                "{TimeRangeLowerBound: 2, TimeRangeUpperBound: 1}",
                "Time range lower bound must be less than or equal to upper bound");
    }

    @Test
    void wrongArnsHaveTheirTexts() {
        String arn = backup("first").get("BackupArn").asString();
        client.refuses("DescribeBackup", "{BackupArn: '" + ORDERS_ARN + "'}", "Invalid Backup ARN");
        client.refuses(
                "DescribeBackup",
                "{BackupArn: '" + arn.replace("000000000000", "000000000001") + "'}",
                "Access is denied");
        client.refuses(
                "DescribeBackup", "{BackupArn: '" + arn.replace("dynamodb", "dynamo") + "'}", "BackupArn is not valid");
        String other = arn.substring(0, arn.length() - 8) + "ffffffff";
        client.refuses("DeleteBackup", "{BackupArn: '" + other + "'}", "Backup not found: " + other);
        String elsewhere = arn.replace("us-east-1", "eu-west-1");
        assertThat(client.call("DescribeBackup", "{BackupArn: '" + elsewhere + "'}")
                        .get("BackupDescription")
                        .get("BackupDetails")
                        .get("BackupArn")
                        .asString())
                .isEqualTo(elsewhere);
        client.refuses("CreateBackup", "{TableName: 'none', BackupName: 'abc'}", "Table not found: none");
        client.refuses(
                "RestoreTableFromBackup",
                "{TargetTableName: 'orders', BackupArn: '" + arn + "'}",
                "Table already exists: orders");
    }

    @Test
    void aRestoreMayOverrideBillingAndIndexes() {
        put("orders", 1, "x");
        String arn = backup("first").get("BackupArn").asString();
        client.call(
                "RestoreTableFromBackup",
                "{TargetTableName: 'again', BackupArn: '" + arn + "', BillingModeOverride: 'PROVISIONED',"
                        + "ProvisionedThroughputOverride: {ReadCapacityUnits: 3, WriteCapacityUnits: 4},"
                        + "GlobalSecondaryIndexOverride: [], LocalSecondaryIndexOverride: []}");
        JsonNode table = await("again");
        assertThat(table.get("ProvisionedThroughput").get("WriteCapacityUnits").asInt())
                .isEqualTo(4);
        assertThat(table.has("GlobalSecondaryIndexes")).isFalse();
        assertThat(table.has("LocalSecondaryIndexes")).isFalse();
        assertThat(table.get("AttributeDefinitions").size()).isEqualTo(2);
        client.call(
                "RestoreTableFromBackup",
                "{TargetTableName: 'renamed', BackupArn: '" + arn + "', GlobalSecondaryIndexOverride:"
                        + "[{IndexName: 'other', KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}],"
                        + "Projection: {ProjectionType: 'ALL'}}]}");
        await("renamed");
        assertThat(query("renamed", "other", "x")).isOne();
        String restore = "{TargetTableName: 'refused', BackupArn: '" + arn + "',";
        client.refuses(
                "RestoreTableFromBackup",
                restore + "GlobalSecondaryIndexOverride: [{IndexName: 'other',"
                        + "KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}], Projection: {ProjectionType: 'KEYS_ONLY'}}]}",
                "Index other does not match a secondary index that existed in the source table and cannot be created"
                        + " during the restore operation");
        client.refuses(
                "RestoreTableFromBackup",
                restore + "BillingModeOverride: 'PROVISIONED'}",
                "Must override ProvisionedThroughput if BillingMode is overridden to PROVISIONED");
        client.refuses(
                "RestoreTableFromBackup",
                restore + "ProvisionedThroughputOverride: {ReadCapacityUnits: 3, WriteCapacityUnits: 4}}",
                "Cannot override ProvisionedThroughput unless BillingMode is PROVISIONED");
        client.refuses(
                "DescribeTable", "{TableName: 'refused'}", "Requested resource not found: Table: refused not found");
    }

    @Test
    void theWindowOfRecoveryFollowsTheClock() {
        enableRecovery("");
        JsonNode window = window();
        assertThat(seconds(window, "EarliestRestorableDateTime"))
                .isEqualTo(seconds(window, "LatestRestorableDateTime"));
        long enabled = seconds(window, "EarliestRestorableDateTime");
        assertThat(window.get("RecoveryPeriodInDays").asInt()).isEqualTo(35);
        pass(Duration.ofSeconds(299));
        assertThat(seconds(window(), "LatestRestorableDateTime")).isEqualTo(enabled);
        pass(Duration.ofSeconds(11));
        assertThat(seconds(window(), "LatestRestorableDateTime")).isEqualTo(enabled + 10);
        pass(Duration.ofDays(3));
        assertThat(seconds(window(), "EarliestRestorableDateTime")).isEqualTo(enabled);
        enableRecovery(", RecoveryPeriodInDays: 1");
        long shortened = seconds(window(), "EarliestRestorableDateTime");
        assertThat(shortened).isEqualTo(nowSeconds() - 86_400);
        pass(Duration.ofSeconds(5));
        enableRecovery("");
        assertThat(seconds(window(), "EarliestRestorableDateTime")).isEqualTo(shortened + 5);
        pass(Duration.ofDays(36));
        assertThat(seconds(window(), "EarliestRestorableDateTime")).isEqualTo(nowSeconds() - 35 * 86_400);
        client.call(
                "UpdateContinuousBackups",
                "{TableName: 'orders', PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: false}}");
        assertThat(window().has("EarliestRestorableDateTime")).isFalse();
        enableRecovery("");
        assertThat(seconds(window(), "EarliestRestorableDateTime")).isEqualTo(nowSeconds());
    }

    @Test
    void aTableIsRestoredToTheEndOfASecond() {
        put("orders", 1, "first");
        enableRecovery("");
        pass(Duration.ofMinutes(10));
        put("orders", 1, "second");
        put("orders", 2, "second");
        long second = nowSeconds();
        pass(Duration.ofSeconds(1));
        put("orders", 1, "third");
        client.call("DeleteItem", "{TableName: 'orders', Key: {pk: {S: 'p'}, sk: {N: '2'}}}");
        pass(Duration.ofMinutes(10));
        restoreTo("earlier", "RestoreDateTime: " + (second - 1));
        restoreTo("then", "RestoreDateTime: " + second);
        restoreTo("later", "RestoreDateTime: " + (second + 1));
        restoreTo("latest", "UseLatestRestorableTime: true");
        assertThat(scan("earlier")).containsExactly("1 first");
        assertThat(scan("then")).containsExactly("1 second", "2 second");
        assertThat(scan("later")).containsExactly("1 third");
        assertThat(scan("latest")).containsExactly("1 third");
        assertThat(query("then", "by-a", "second")).isEqualTo(2);
    }

    @Test
    void aWrongRestoreTimeIsRefusedAndNothingIsCreated() {
        restoreRefused("RestoreDateTime: 1", "Point in time recovery is not enabled for table 'orders'");
        enableRecovery("");
        restoreRefused(
                "UseLatestRestorableTime: false",
                "Invalid Request: Either one of RestoreDateTime or UseLatestRestorableTime must be specified, but not both");
        restoreRefused(
                "RestoreDateTime: 1772359199",
                "RestoreDateTime '2026-03-01T09:59:59Z' must be within EarliestRestorableDateTime"
                        + " '2026-03-01T10:00:00Z' and LatestRestorableDateTime '2026-03-01T10:00:00Z'");
        client.refuses(
                "RestoreTableToPointInTime",
                "{TargetTableName: 'new', SourceTableName: 'none', UseLatestRestorableTime: true}",
                "Table not found: none");
        client.refuses(
                "RestoreTableToPointInTime",
                "{TargetTableName: 'orders', SourceTableName: 'orders', UseLatestRestorableTime: true}",
                "Table already exists: orders");
        client.refuses(
                "RestoreTableToPointInTime",
                "{TargetTableName: 'new', UseLatestRestorableTime: true}",
                "The parameter 'TableName' is required");
    }

    @Test
    void aDeletedTableWithRecoveryLeavesASystemBackup() {
        put("orders", 1, "kept");
        enableRecovery("");
        client.call("DeleteTable", "{TableName: 'orders'}");
        client.recover();
        assertThat(listed("{}")).isEmpty();
        JsonNode summary = client.call("ListBackups", "{BackupType: 'ALL'}")
                .get("BackupSummaries")
                .get(0);
        assertThat(summary.get("BackupName").asString()).isEqualTo("orders$DeletedTableBackup");
        assertThat(summary.get("BackupExpiryDateTime").asDouble()
                        - summary.get("BackupCreationDateTime").asDouble())
                .isEqualTo(35 * 86_400);
        String arn = summary.get("BackupArn").asString();
        assertThat(arn).endsWith("-00000000");
        assertThat(client.outcome("DeleteBackup", "{BackupArn: '" + arn + "'}"))
                .startsWith("VALIDATION: User is not allowed to delete the system backup with arn " + arn);
        client.call("RestoreTableFromBackup", "{TargetTableName: 'orders', BackupArn: '" + arn + "'}");
        await("orders");
        assertThat(scan("orders")).containsExactly("1 kept");
        pass(Duration.ofDays(35));
        client.recover();
        client.recover();
        assertThat(listed("{BackupType: 'ALL'}")).isEmpty();
        assertThat(client.tables().histories().departed()).isEmpty();
    }

    @Test
    void tablesDeletedInOneMillisecondEachLeaveTheirSystemBackup() {
        List<String> names = List.of("one", "two", "three");
        for (String name : names) {
            client.call(
                    "CreateTable",
                    "{TableName: '" + name + "', BillingMode: 'PAY_PER_REQUEST',"
                            + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],"
                            + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}]}");
            client.call(
                    "UpdateContinuousBackups",
                    "{TableName: '" + name
                            + "', PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}");
        }
        pass(Duration.ofMinutes(1));
        names.forEach(name -> client.call("DeleteTable", "{TableName: '" + name + "'}"));
        client.recover();
        List<String> tables = new ArrayList<>();
        client.call("ListBackups", "{BackupType: 'SYSTEM'}")
                .get("BackupSummaries")
                .forEach(summary -> tables.add(summary.get("TableName").asString()));
        assertThat(tables).containsExactlyInAnyOrderElementsOf(names);
        assertThat(listed("{BackupType: 'SYSTEM'}")).doesNotHaveDuplicates().hasSize(3);
    }

    @Test
    void aTableDeletedAfterRecoveryWasDisabledLeavesNothing() {
        enableRecovery("");
        client.call(
                "UpdateContinuousBackups",
                "{TableName: 'orders', PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: false}}");
        client.call("DeleteTable", "{TableName: 'orders'}");
        client.recover();
        assertThat(listed("{BackupType: 'ALL'}")).isEmpty();
        assertThat(client.tables().histories().departed()).isEmpty();
    }

    private void put(String table, int sk, String a) {
        client.call(
                "PutItem",
                "{TableName: '" + table + "', Item: {pk: {S: 'p'}, sk: {N: '" + sk + "'}, a: {S: '" + a + "'}}}");
    }

    private JsonNode backup(String name) {
        return client.call("CreateBackup", "{TableName: 'orders', BackupName: '" + name + "__'}")
                .get("BackupDetails");
    }

    private String status(String arn) {
        return client.call("DescribeBackup", "{BackupArn: '" + arn + "'}")
                .get("BackupDescription")
                .get("BackupDetails")
                .get("BackupStatus")
                .asString();
    }

    private static long created(String arn) {
        String id = arn.substring(arn.lastIndexOf('/') + 1);
        return Long.parseLong(id.substring(0, 14));
    }

    private List<String> listed(String request) {
        List<String> arns = new ArrayList<>();
        client.call("ListBackups", request)
                .get("BackupSummaries")
                .forEach(summary -> arns.add(summary.get("BackupArn").asString()));
        return arns;
    }

    private List<String> scan(String table) {
        List<String> items = new ArrayList<>();
        client.call("Scan", "{TableName: '" + table + "'}")
                .get("Items")
                .forEach(item -> items.add(item.get("sk").get("N").asString() + " "
                        + item.get("a").get("S").asString()));
        return items;
    }

    private int query(String table, String index, String a) {
        return client.call(
                        "Query",
                        "{TableName: '" + table + "', IndexName: '" + index
                                + "', KeyConditionExpression: 'a = :a', ExpressionAttributeValues: {':a': {S: '" + a
                                + "'}}}")
                .get("Count")
                .asInt();
    }

    private JsonNode await(String table) {
        JsonNode description = describe(table);
        while (!description.get("TableStatus").asString().equals("ACTIVE")) {
            Thread.onSpinWait();
            description = describe(table);
        }
        return description;
    }

    private JsonNode describe(String table) {
        return client.call("DescribeTable", "{TableName: '" + table + "'}").get("Table");
    }

    private static String arn(String table) {
        return ORDERS_ARN.replace("orders", table);
    }

    private void enableRecovery(String period) {
        client.call(
                "UpdateContinuousBackups",
                "{TableName: 'orders', PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true" + period
                        + "}}");
    }

    private JsonNode window() {
        return client.call("DescribeContinuousBackups", "{TableName: 'orders'}")
                .get("ContinuousBackupsDescription")
                .get("PointInTimeRecoveryDescription");
    }

    private static long seconds(JsonNode window, String member) {
        return window.get(member).asLong();
    }

    private long nowSeconds() {
        return now.get().getEpochSecond();
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private void restoreTo(String target, String time) {
        client.call(
                "RestoreTableToPointInTime",
                "{SourceTableName: 'orders', TargetTableName: '" + target + "', " + time + "}");
        await(target);
    }

    private void restoreRefused(String time, String message) {
        client.refuses(
                "RestoreTableToPointInTime",
                "{SourceTableName: 'orders', TargetTableName: 'refused', " + time + "}",
                message);
        client.refuses(
                "DescribeTable", "{TableName: 'refused'}", "Requested resource not found: Table: refused not found");
    }
}
