package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.server.Client;
import io.gramme.storage.Budget;
import io.gramme.storage.LogPosition;
import io.gramme.storage.VersionTime;
import io.gramme.tables.item.ItemStores;
import io.gramme.tables.item.PastItems;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.Table;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.export.DataFileReader;
import io.gramme.transfer.export.ExportManifest;
import io.gramme.transfer.export.ExportReader;
import io.gramme.transfer.format.ItemChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Exports, read back from their bucket, on a clock of the test's own. */
class ExportTest {
    private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/orders";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));

    /** Time passes by a microsecond with each look at the clock, so that versions have their order. */
    private final Client client = Client.at(() -> now.updateAndGet(before -> before.plusNanos(1_000)));

    private final Bucket bucket = client.buckets().create("exports");

    @BeforeEach
    void createTable() {
        client.call("CreateTable", """
                {TableName: 'orders', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}]}""");
        client.call(
                "UpdateContinuousBackups",
                "{TableName: 'orders', PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}");
        pass(Duration.ofMinutes(10));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DYNAMODB_JSON", "ION"})
    void aFullExportAndContiguousWindowsReplayToTheTable(String format) {
        var random = new Random(7);
        write(random, 60);
        pass(Duration.ofSeconds(1));
        Instant begin = moment();
        pass(Duration.ofMinutes(6));
        ExportReader full = exported("ExportFormat: '" + format + "', ExportTime: " + seconds(begin));
        Map<String, Item> replayed = new HashMap<>();
        items(full).forEach(item -> replayed.put(key(item), item));
        assertThat(replayed).isEqualTo(table(begin.minusNanos(1_000)));

        Instant from = begin;
        for (int window = 0; window < 4; window++) {
            write(random, 40);
            pass(Duration.ofMinutes(20));
            Instant to = moment();
            // Changes after the window that it must not have.
            write(random, 20);
            Map<String, Item> before = table(from.minusNanos(1_000));
            ExportReader reader = exported("ExportFormat: '" + format + "', ExportType: 'INCREMENTAL_EXPORT',"
                    + " IncrementalExportSpecification: {ExportFromTime: " + seconds(from) + ", ExportToTime: "
                    + seconds(to) + "}");
            for (ItemChange change : changes(reader)) {
                String key = key(change.keys());
                assertThat(change.before()).as("before %s", key).isEqualTo(Optional.ofNullable(before.get(key)));
                assertThat(change.writeTimestampMicros()).isBetween(micros(from), micros(to) - 1);
                change.after().ifPresentOrElse(item -> replayed.put(key, item), () -> replayed.remove(key));
            }
            from = to;
            assertThat(replayed).as("after window %s", window).isEqualTo(table(to.minusNanos(1_000)));
        }
    }

    @Test
    void anExportIsDescribedInEachState() {
        write(new Random(1), 10);
        pass(Duration.ofMinutes(6));
        JsonNode begun = client.call(
                        "ExportTableToPointInTime",
                        "{TableArn: '" + ARN + "', S3Bucket: 'exports', S3Prefix: 'some/where', ClientToken: 't'}")
                .get("ExportDescription");
        assertThat(begun.get("ExportStatus").asString()).isEqualTo("IN_PROGRESS");
        assertThat(begun.get("S3SseAlgorithm").asString()).isEqualTo("AES256");
        assertThat(begun.get("ExportFormat").asString()).isEqualTo("DYNAMODB_JSON");
        assertThat(begun.has("ExportType")).isFalse();
        assertThat(begun.has("ItemCount")).isFalse();
        String arn = begun.get("ExportArn").asString();
        JsonNode done = await(arn);
        assertThat(done.get("ExportStatus").asString()).isEqualTo("COMPLETED");
        assertThat(done.get("ItemCount").asInt()).isEqualTo(table(moment()).size());
        assertThat(done.get("ExportManifest").asString())
                .isEqualTo(
                        "some/where/AWSDynamoDB/" + arn.substring(arn.lastIndexOf('/') + 1) + "/manifest-summary.json");
        assertThat(client.call(
                                "ExportTableToPointInTime",
                                "{TableArn: '" + ARN
                                        + "', S3Bucket: 'exports', S3Prefix: 'some/where', ClientToken: 't'}")
                        .get("ExportDescription")
                        .get("ExportArn")
                        .asString())
                .isEqualTo(arn);
        client.refuses(
                "ExportTableToPointInTime",
                "{TableArn: '" + ARN + "', S3Bucket: 'others', ClientToken: 't'}",
                "Export conflict: Duplicate request detected with conflicting parameters");
        assertThat(client.call("ListExports", "{TableArn: '" + ARN + "'}")
                        .get("ExportSummaries")
                        .get(0)
                        .get("ExportType")
                        .asString())
                .isEqualTo("FULL_EXPORT");
    }

    @Test
    void aBucketThatIsMissingFailsTheExport() {
        String arn = client.call("ExportTableToPointInTime", "{TableArn: '" + ARN + "', S3Bucket: 'none'}")
                .get("ExportDescription")
                .get("ExportArn")
                .asString();
        JsonNode failed = await(arn);
        assertThat(failed.get("ExportStatus").asString()).isEqualTo("FAILED");
        assertThat(failed.get("FailureCode").asString()).isEqualTo("S3NoSuchBucket");
        assertThat(failed.get("FailureMessage").asString())
                .startsWith("The specified bucket does not exist (Service: Amazon S3; Status Code: 404;");
        assertThat(failed.has("EndTime")).isTrue();
        assertThat(failed.has("ExportManifest")).isFalse();
    }

    @Test
    void aFilterSelectsItemsAndAttributes() {
        for (int i = 0; i < 10; i++) {
            client.call(
                    "PutItem",
                    "{TableName: 'orders', Item: {pk: {S: 'k" + i + "'}, n: {N: '" + i + "'}, x: {S: 'y'}}}");
        }
        pass(Duration.ofMinutes(6));
        ExportReader some =
                exported("FilterSpecification: {FilterExpression: 'n >= :n', ProjectionExpression: 'pk, #n',"
                        + " ExpressionAttributeNames: {'#n': 'n'}, ExpressionAttributeValues: {':n': {N: '7'}}}");
        assertThat(items(some))
                .hasSize(3)
                .allSatisfy(item -> assertThat(item.attributes()).containsOnlyKeys("pk", "n"));
        ExportReader one = exported("FilterSpecification: {KeyConditionExpression: 'pk = :k',"
                + " ExpressionAttributeValues: {':k': {S: 'k3'}}}");
        assertThat(items(one)).extracting(ExportTest::key).containsExactly("k3");
        refused(
                ", FilterSpecification: {}",
                "Invalid Request: Invalid FilterSpecification: The specification can not be empty");
    }

    @Test
    void wrongRequestsHaveTheirTexts() {
        refused(
                ", IncrementalExportSpecification: {ExportFromTime: 1}",
                "Invalid Request: Export Type expected to be Incremental Export when incremental export specification is"
                        + " provided");
        refused(
                ", ExportType: 'FULL_EXPORT', IncrementalExportSpecification: {ExportFromTime: 1}",
                "Invalid Request: When Export Type is Full Export , Incremental Export Specification should not be"
                        + " provided");
        refused(
                ", ExportType: 'INCREMENTAL_EXPORT'",
                "Invalid Request: Incremental Export Specification expected when export type is set as Incremental Export");
        refused(
                ", ExportType: 'INCREMENTAL_EXPORT', IncrementalExportSpecification: {}",
                "Invalid Request: ExportFromTime must be provided in IncrementalExportSpecification");
        refused(", S3SseKmsKeyId: 'k'", "Invalid Request: KMS Key Id is not supported for this encryption type");
        refused(", ExportTime: " + seconds(moment().plusSeconds(60)), "Export Time is invalid");
        refused(", ExportTime: 1000", "Export Time is invalid");
        refused(
                ", ExportTime: " + seconds(moment().minusSeconds(60)),
                "Point in Time Recovery is not available for specified export time");
        String window = ", ExportType: 'INCREMENTAL_EXPORT', IncrementalExportSpecification: {ExportFromTime: ";
        refused(
                window + seconds(moment().minusSeconds(60)) + "}",
                "Difference between export period from time and export period to time is less than 15 minutes");
        client.refuses(
                "ExportTableToPointInTime",
                "{TableArn: 'orders', S3Bucket: 'exports'}",
                "One or more parameter values were invalid: tableArn is not a valid ARN");
        client.refuses(
                "ExportTableToPointInTime",
                "{TableArn: '" + ARN + "/index/x', S3Bucket: 'exports'}",
                "Invalid Request: Table ARN is invalid.");
        client.refuses(
                "ExportTableToPointInTime",
                "{TableArn: '" + ARN + "2', S3Bucket: 'exports'}",
                "Table not found: " + ARN + "2");
        client.refuses(
                "DescribeExport",
                "{ExportArn: '" + ARN + "/export/01700000000000-00000000'}",
                "Export not found: Export not found: " + ARN + "/export/01700000000000-00000000");
        client.refuses("DescribeExport", "{ExportArn: '" + ARN + "/stream/xyz0123456789'}", "Invalid Export ARN");
    }

    private void refused(String members, String message) {
        client.refuses(
                "ExportTableToPointInTime", "{TableArn: '" + ARN + "', S3Bucket: 'exports'" + members + "}", message);
    }

    private ExportReader exported(String members) {
        String arn = client.call(
                        "ExportTableToPointInTime", "{TableArn: '" + ARN + "', S3Bucket: 'exports', " + members + "}")
                .get("ExportDescription")
                .get("ExportArn")
                .asString();
        JsonNode done = await(arn);
        assertThat(done.get("ExportStatus").asString()).as("%s", done).isEqualTo("COMPLETED");
        String manifest = done.get("ExportManifest").asString();
        return ExportReader.open(bucket, manifest.substring(0, manifest.lastIndexOf('/')));
    }

    private JsonNode await(String arn) {
        Awaitility.await()
                .until(() -> !describe(arn).get("ExportStatus").asString().equals("IN_PROGRESS"));
        return describe(arn);
    }

    private JsonNode describe(String arn) {
        return client.call("DescribeExport", "{ExportArn: '" + arn + "'}").get("ExportDescription");
    }

    private static List<Item> items(ExportReader reader) {
        List<Item> items = new ArrayList<>();
        for (ExportManifest.File file : reader.files()) {
            try (DataFileReader<Item> lines = reader.items(file)) {
                for (Optional<Item> item = lines.next(); item.isPresent(); item = lines.next()) {
                    items.add(item.get());
                }
            }
        }
        return items;
    }

    private static List<ItemChange> changes(ExportReader reader) {
        List<ItemChange> changes = new ArrayList<>();
        for (ExportManifest.File file : reader.files()) {
            try (DataFileReader<ItemChange> lines = reader.changes(file)) {
                for (Optional<ItemChange> change = lines.next(); change.isPresent(); change = lines.next()) {
                    changes.add(change.get());
                }
            }
        }
        return changes;
    }

    /** The items that the table had at a time. */
    private Map<String, Item> table(Instant at) {
        Table table = client.tables().all().getFirst();
        LogPosition position = LogPosition.behind(VersionTime.versionAt(at));
        LogPosition latest = client.store().changes().latest();
        PastItems past = ItemStores.over(client.store(), client.tables())
                .past(new ReadTarget(table, Optional.empty()), position.compareTo(latest) < 0 ? position : latest);
        Map<String, Item> items = new HashMap<>();
        for (Partition partition : table.partitions().open()) {
            past.read(partition, Optional.empty(), new Budget(1_000, 1 << 20))
                    .items()
                    .forEach(item -> items.put(key(item), item));
        }
        return items;
    }

    private static String key(Item item) {
        return item.get("pk").orElseThrow() instanceof Value.S(String text) ? text : "";
    }

    private void write(Random random, int times) {
        for (int i = 0; i < times; i++) {
            String key = "k" + random.nextInt(30);
            if (random.nextInt(4) == 0) {
                client.call("DeleteItem", "{TableName: 'orders', Key: {pk: {S: '" + key + "'}}}");
            } else {
                client.call(
                        "PutItem",
                        "{TableName: 'orders', Item: {pk: {S: '" + key + "'}, n: {N: '" + random.nextInt(1000) + "'},"
                                + " l: {L: [{BOOL: true}, {NULL: true}, {M: {a: {B: 'AQID'}, s: {SS: ['x', 'y']}}}]}}}");
            }
        }
    }

    /** A whole millisecond. */
    private Instant moment() {
        return Instant.ofEpochMilli(now.get().toEpochMilli());
    }

    private static String seconds(Instant at) {
        return at.getEpochSecond() + "." + String.format("%03d", at.toEpochMilli() % 1000);
    }

    private static long micros(Instant at) {
        return at.toEpochMilli() * 1_000;
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
