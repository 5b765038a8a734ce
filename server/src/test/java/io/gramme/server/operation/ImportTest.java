package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.error.Errors;
import io.gramme.recovery.load.Imports;
import io.gramme.server.Client;
import io.gramme.storage.RowKey;
import io.gramme.storage.Transition;
import io.gramme.storage.engine.ForwardingStore;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.transfer.bucket.Bucket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Imports from a bucket, with their counts, their errors and their tables. */
class ImportTest {
    private static final String TABLE = "TableCreationParameters: {TableName: 'orders', BillingMode: 'PAY_PER_REQUEST',"
            + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],"
            + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'n', AttributeType: 'N'}],"
            + "GlobalSecondaryIndexes: [{IndexName: 'by-n', Projection: {ProjectionType: 'ALL'},"
            + "KeySchema: [{AttributeName: 'n', KeyType: 'HASH'}]}]}";

    private final Client client = Client.inMemory();
    private final Bucket bucket = client.buckets().create("imports");

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void jsonLinesOfManyObjectsBecomeATable() {
        int objects = 30;
        int lines = 400;
        for (int object = 0; object < objects; object++) {
            var text = new StringBuilder();
            for (int line = 0; line < lines; line++) {
                text.append(line(object * lines + line)).append('\n');
            }
            put("data/part-" + object + ".json", text.toString());
        }
        put("other/ignored.json", line(-1));
        JsonNode begun =
                begin("InputFormat: 'DYNAMODB_JSON', S3BucketSource: {S3Bucket: 'imports', S3KeyPrefix: 'data/'}");
        assertThat(begun.get("ImportStatus").asString()).isEqualTo("IN_PROGRESS");
        assertThat(begun.get("S3BucketSource").get("S3BucketOwner").asString()).isEqualTo("000000000000");
        JsonNode done = await(begun);
        assertThat(done.get("ImportStatus").asString()).isEqualTo("COMPLETED");
        assertThat(done.get("ProcessedItemCount").asInt()).isEqualTo(objects * lines);
        assertThat(done.get("ImportedItemCount").asInt()).isEqualTo(objects * lines);
        assertThat(done.get("ErrorCount").asInt()).isZero();
        assertThat(scanned("orders", "")).isEqualTo(objects * lines);
        assertThat(scanned("orders", ", IndexName: 'by-n'")).isEqualTo(objects * lines);
    }

    @Test
    void badLinesAreCountedAndTheGoodOnesAreIn() {
        put("a.json", line(1) + "\n{\"Item\":{\"n\":{\"N\":\"2\"}}}\n" + line(3) + "\nno json\n" + line(4) + "\n");
        put("b.json", line(5));
        JsonNode done = await(begin("InputFormat: 'DYNAMODB_JSON', S3BucketSource: {S3Bucket: 'imports'}"));
        assertThat(done.get("ImportStatus").asString()).isEqualTo("FAILED");
        assertThat(done.get("FailureCode").asString()).isEqualTo("ItemValidationError");
        assertThat(done.get("ProcessedItemCount").asInt()).isEqualTo(5);
        assertThat(done.get("ImportedItemCount").asInt()).isEqualTo(3);
        assertThat(done.get("ErrorCount").asInt()).isEqualTo(2);
        assertThat(scanned("orders", "")).isEqualTo(3);
        String arn = done.get("ImportArn").asString();
        JsonNode first = client.callGramme("ListImportErrors", "{MaxResults: 1, ImportArn: '" + arn + "'}");
        assertThat(first.get("Errors").size()).isOne();
        assertThat(first.get("Errors").get(0).get("S3Key").asString()).isEqualTo("a.json");
        assertThat(first.get("Errors").get(0).get("ItemIndex").asLong()).isOne();
        assertThat(first.get("Errors").get(0).get("ErrorMessage").asString())
                .isEqualTo("One or more parameter values were invalid: Missing the key pk in the item");
        JsonNode second = client.callGramme(
                "ListImportErrors",
                "{ImportArn: '" + arn + "', NextToken: '"
                        + first.get("NextToken").asString() + "'}");
        assertThat(second.has("NextToken")).isFalse();
        assertThat(second.get("Errors").size()).isOne();
        assertThat(second.get("Errors").get(0).get("ItemIndex").asLong()).isEqualTo(3);
        for (String token : List.of("!", "AAAA", "FQ")) {
            client.refusesGramme(
                    "ListImportErrors",
                    "{ImportArn: '" + arn + "', NextToken: '" + token + "'}",
                    "One or more parameter values were invalid: NextToken is not one that ListImportErrors has returned");
        }
    }

    @Test
    void anItemWithoutAPlaceIsReportedAndAStoreThatRefusesForAWhileIsTriedAgain() {
        var text = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            text.append(i == 30 ? line(i).replace("k30", "unwanted") : line(i)).append('\n');
        }
        try (Client other = Client.over(new RefusingStore(), Clock.systemUTC())) {
            other.buckets().create("imports").put("a.json", Bytes.utf8(text.toString()));
            String arn = other.call(
                            "ImportTable",
                            "{InputFormat: 'DYNAMODB_JSON', S3BucketSource: {S3Bucket: 'imports'}, " + TABLE + "}")
                    .get("ImportTableDescription")
                    .get("ImportArn")
                    .asString();
            String request = "{ImportArn: '" + arn + "'}";
            JsonNode done = Awaitility.await()
                    .until(
                            () -> other.call("DescribeImport", request).get("ImportTableDescription"),
                            now -> !now.get("ImportStatus").asString().equals("IN_PROGRESS"));
            assertThat(done.get("ProcessedItemCount").asInt()).isEqualTo(600);
            assertThat(done.get("ImportedItemCount").asInt()).isEqualTo(599);
            assertThat(other.callGramme("ListImportErrors", request).get("Errors"))
                    .isEqualTo(Client.json(
                            "[{S3Key: 'a.json', ItemIndex: 30, ErrorMessage: 'Collection size exceeded.'}]"));
        }
    }

    /** Refuses the first batch for a while, and then each one in which an item has no place. */
    private static final class RefusingStore extends ForwardingStore {
        private final AtomicBoolean refused = new AtomicBoolean();

        RefusingStore() {
            super(new MemoryStore(Clock.systemUTC()));
        }

        @Override
        public <R> R transact(Set<RowKey> reads, Transition<R> transition) {
            if (reads.size() > 100 && !refused.getAndSet(true)) {
                throw Errors.conditionFailed();
            }
            if (reads.stream().anyMatch(RefusingStore::isUnwanted)) {
                throw Errors.collectionTooLarge();
            }
            return super.transact(reads, transition);
        }

        private static boolean isUnwanted(RowKey key) {
            return new String(key.partition().key().toArray(), StandardCharsets.ISO_8859_1).contains("unwanted");
        }
    }

    @Test
    void csvWithCompressionIsTypedByTheKeys() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(zipped)) {
            zip.write("pk;n;note\nk1;5;\"a;b\"\nk2;6;\nk3;x;bad\n".getBytes(StandardCharsets.UTF_8));
        }
        bucket.put("table.csv", Bytes.wrap(zipped.toByteArray()));
        JsonNode done = await(begin("InputFormat: 'CSV', InputCompressionType: 'GZIP',"
                + "InputFormatOptions: {Csv: {Delimiter: ';'}}, S3BucketSource: {S3Bucket: 'imports'}"));
        assertThat(done.get("ErrorCount").asInt()).isOne();
        client.answers(
                "GetItem",
                "{TableName: 'orders', Key: {pk: {S: 'k1'}}}",
                "{Item: {pk: {S: 'k1'}, n: {N: '5'}, note: {S: 'a;b'}}}");
        client.answers(
                "GetItem", "{TableName: 'orders', Key: {pk: {S: 'k2'}}}", "{Item: {pk: {S: 'k2'}, n: {N: '6'}}}");
    }

    @Test
    void anExportIsImported() {
        client.call(
                "CreateTable",
                "{TableName: 'source', BillingMode: 'PAY_PER_REQUEST',"
                        + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],"
                        + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}]}");
        client.call(
                "UpdateContinuousBackups",
                "{TableName: 'source', PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}");
        for (int i = 0; i < 50; i++) {
            client.call("PutItem", "{TableName: 'source', Item: {pk: {S: 'k" + i + "'}, n: {N: '" + i + "'}}}");
        }
        JsonNode export = client.call(
                        "ExportTableToPointInTime",
                        "{TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/source', S3Bucket: 'imports'}")
                .get("ExportDescription");
        String arn = export.get("ExportArn").asString();
        Awaitility.await()
                .until(() -> client.call("DescribeExport", "{ExportArn: '" + arn + "'}")
                        .get("ExportDescription")
                        .get("ExportStatus")
                        .asString()
                        .equals("COMPLETED"));
        String folder = "AWSDynamoDB/" + arn.substring(arn.lastIndexOf('/') + 1) + "/data/";
        JsonNode done = await(begin("InputFormat: 'DYNAMODB_JSON', InputCompressionType: 'GZIP',"
                + "S3BucketSource: {S3Bucket: 'imports', S3KeyPrefix: '" + folder + "'}"));
        assertThat(done.get("ImportedItemCount").asInt()).isEqualTo(50);
        assertThat(scanned("orders", ", IndexName: 'by-n'")).isEqualTo(50);
    }

    @Test
    void everyOneOfManyObjectsIsImportedOnce() {
        for (int i = 0; i < 2_500; i++) {
            put("many/" + i, line(i));
        }
        JsonNode done = await(
                begin("InputFormat: 'DYNAMODB_JSON', S3BucketSource: {S3Bucket: 'imports', S3KeyPrefix: 'many/'}"));
        assertThat(done.get("ImportStatus").asString()).isEqualTo("COMPLETED");
        assertThat(done.get("ProcessedItemCount").asInt()).isEqualTo(2_500);
        assertThat(done.get("ImportedItemCount").asInt()).isEqualTo(2_500);
        assertThat(scanned("orders", "")).isEqualTo(2_500);
    }

    @Test
    void aMissingBucketLeavesNoTable() {
        JsonNode done = await(begin("InputFormat: 'DYNAMODB_JSON', S3BucketSource: {S3Bucket: 'none'}"));
        assertThat(done.get("ImportStatus").asString()).isEqualTo("FAILED");
        assertThat(done.get("FailureCode").asString()).isEqualTo("S3NoSuchBucket");
        Awaitility.await()
                .untilAsserted(() -> assertThat(client.outcome("DescribeTable", "{TableName: 'orders'}"))
                        .startsWith("RESOURCE_NOT_FOUND"));
    }

    @Test
    void anEmptyPrefixMakesAnEmptyTable() {
        JsonNode done = await(begin("InputFormat: 'ION', S3BucketSource: {S3Bucket: 'imports', S3KeyPrefix: 'none/'}"));
        assertThat(done.get("ImportStatus").asString()).isEqualTo("COMPLETED");
        assertThat(scanned("orders", "")).isZero();
    }

    @Test
    void wrongRequestsHaveTheirTexts() {
        client.refuses(
                "ImportTable",
                "{InputFormat: 'DYNAMODB_JSON', InputFormatOptions: {Csv: {}}, S3BucketSource: {S3Bucket: 'imports'}, "
                        + TABLE + "}",
                "Invalid Request: Unsupported InputFormatOptions for the given input format: DYNAMODB_JSON.");
        client.refuses(
                "ImportTable",
                "{InputFormat: 'ION', S3BucketSource: {S3Bucket: 'imports'}, "
                        + TABLE.replace(", BillingMode: 'PAY_PER_REQUEST'", "") + "}",
                "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be"
                        + " specified when BillingMode is PROVISIONED");
        await(begin("InputFormat: 'ION', S3BucketSource: {S3Bucket: 'imports'}"));
        assertThat(client.refuses(
                                "ImportTable",
                                "{InputFormat: 'ION', S3BucketSource: {S3Bucket: 'imports'}, " + TABLE + "}",
                                "Table already exists: orders")
                        .code())
                .isEqualTo(ErrorCode.RESOURCE_IN_USE);
        assertThat(client.call("ListImports", "{}").get("ImportSummaryList").size())
                .isOne();
    }

    @Test
    void theErrorsOfSmallObjectsNameTheirObjects() {
        int objects = 40;
        for (int i = 0; i < objects; i++) {
            put("small/" + i, line(i) + "\n{\"Item\":{\"n\":{\"N\":\"2\"}}}\n");
        }
        JsonNode done = await(
                begin("InputFormat: 'DYNAMODB_JSON', S3BucketSource: {S3Bucket: 'imports', S3KeyPrefix: 'small/'}"));
        assertThat(done.get("ProcessedItemCount").asInt()).isEqualTo(2 * objects);
        assertThat(done.get("ErrorCount").asInt()).isEqualTo(objects);
        assertThat(scanned("orders", "")).isEqualTo(objects);
        assertThat(client.imports()
                        .errors(
                                client.imports()
                                        .of(client.tables().all().getFirst().accountRegion())
                                        .getFirst(),
                                Optional.empty(),
                                2 * objects)
                        .errors())
                .extracting(Imports.ItemError::object, Imports.ItemError::index)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, objects)
                        .mapToObj(i -> tuple("small/" + i, 1L))
                        .toList());
    }

    private static String line(int number) {
        return "{\"Item\":{\"pk\":{\"S\":\"k" + number + "\"},\"n\":{\"N\":\"" + number + "\"}}}";
    }

    private void put(String key, String content) {
        bucket.put(key, Bytes.utf8(content));
    }

    private JsonNode begin(String members) {
        return client.call("ImportTable", "{" + members + ", " + TABLE + "}").get("ImportTableDescription");
    }

    private JsonNode await(JsonNode begun) {
        String arn = begun.get("ImportArn").asString();
        Awaitility.await()
                .until(() -> !describe(arn).get("ImportStatus").asString().equals("IN_PROGRESS"));
        return describe(arn);
    }

    private JsonNode describe(String arn) {
        return client.call("DescribeImport", "{ImportArn: '" + arn + "'}").get("ImportTableDescription");
    }

    private int scanned(String table, String members) {
        int count = 0;
        String start = "";
        do {
            JsonNode page = client.call("Scan", "{TableName: '" + table + "', Select: 'COUNT'" + members + start + "}");
            count += page.get("Count").asInt();
            start = page.has("LastEvaluatedKey") ? ", ExclusiveStartKey: " + page.get("LastEvaluatedKey") : "";
        } while (!start.isEmpty());
        return count;
    }
}
