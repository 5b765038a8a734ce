package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StreamsTest {
    private Instant now = Instant.parse("2026-03-04T05:06:07.890Z");
    private final Client client = Client.at(() -> now);

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aStreamIsListedAndDescribed() {
        String arn = table("NEW_IMAGE");
        client.answersFromStreams(
                "ListStreams",
                "{TableName: 'Music'}",
                "{Streams: [{StreamArn: '" + arn + "', TableName: 'Music', StreamLabel: '2026-03-04T05:06:07.890'}]}");
        JsonNode described = describe(arn);
        assertThat(described.get("StreamStatus").asString()).isEqualTo("ENABLED");
        assertThat(described.get("StreamViewType").asString()).isEqualTo("NEW_IMAGE");
        assertThat(described.get("TableName").asString()).isEqualTo("Music");
        assertThat(described.get("CreationRequestDateTime").asDouble()).isEqualTo(1772600767.890);
        assertThat(described.get("KeySchema").toString())
                .isEqualTo("[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}]");
        assertThat(described.get("Shards")).hasSize(4).allSatisfy(shard -> {
            assertThat(shard.get("ShardId").asString()).matches("shardId-[0-9]{20}-[0-9a-f]{8}");
            assertThat(shard.at("/SequenceNumberRange/StartingSequenceNumber").asString())
                    .matches("[0-9]{21,40}");
            assertThat(shard.at("/SequenceNumberRange/EndingSequenceNumber").isMissingNode())
                    .isTrue();
            assertThat(shard.has("ParentShardId")).isFalse();
        });
        assertThat(described.has("LastEvaluatedShardId")).isFalse();
    }

    @Test
    void shardsArePaged() {
        String arn = table("NEW_IMAGE");
        JsonNode first = client.callStreams("DescribeStream", "{StreamArn: '" + arn + "', Limit: 3}")
                .get("StreamDescription");
        assertThat(first.get("Shards")).hasSize(3);
        String last = first.get("LastEvaluatedShardId").asString();
        assertThat(first.get("Shards").get(2).get("ShardId").asString()).isEqualTo(last);
        JsonNode second = client.callStreams(
                        "DescribeStream", "{StreamArn: '" + arn + "', ExclusiveStartShardId: '" + last + "'}")
                .get("StreamDescription");
        assertThat(second.get("Shards")).hasSize(1);
        assertThat(second.has("LastEvaluatedShardId")).isFalse();
    }

    @Test
    void eachKindOfChangeIsARecordWithBothImages() {
        String arn = table("NEW_AND_OLD_IMAGES");
        put("a", "1");
        put("a", "2");
        client.call("DeleteItem", "{TableName: 'Music', Key: {pk: {S: 'a'}}}");
        List<JsonNode> records = all(arn);
        assertThat(records)
                .extracting(record -> record.get("eventName").asString())
                .containsExactly("INSERT", "MODIFY", "REMOVE");
        JsonNode insert = records.getFirst();
        assertThat(insert.get("eventVersion").asString()).isEqualTo("1.1");
        assertThat(insert.get("eventSource").asString()).isEqualTo("aws:dynamodb");
        assertThat(insert.get("awsRegion").asString()).isEqualTo("us-east-1");
        assertThat(insert.get("eventID").asString()).matches("[0-9a-f]{32}");
        assertThat(insert.has("userIdentity")).isFalse();
        assertThat(insert.at("/dynamodb/ApproximateCreationDateTime").asDouble())
                .isEqualTo(1772600767.0);
        assertThat(insert.at("/dynamodb/SequenceNumber").asString()).matches("[0-9]{21,40}");
        assertThat(insert.at("/dynamodb/Keys")).isEqualTo(Client.json("{pk: {S: 'a'}}"));
        assertThat(insert.at("/dynamodb/NewImage")).isEqualTo(Client.json("{pk: {S: 'a'}, n: {N: '1'}}"));
        assertThat(insert.at("/dynamodb").has("OldImage")).isFalse();
        assertThat(insert.at("/dynamodb/SizeBytes").asInt()).isEqualTo(9);
        assertThat(insert.at("/dynamodb/StreamViewType").asString()).isEqualTo("NEW_AND_OLD_IMAGES");
        JsonNode modify = records.get(1);
        assertThat(modify.at("/dynamodb/OldImage")).isEqualTo(Client.json("{pk: {S: 'a'}, n: {N: '1'}}"));
        assertThat(modify.at("/dynamodb/NewImage")).isEqualTo(Client.json("{pk: {S: 'a'}, n: {N: '2'}}"));
        assertThat(modify.at("/dynamodb/SizeBytes").asInt()).isEqualTo(15);
        JsonNode remove = records.get(2);
        assertThat(remove.at("/dynamodb").has("NewImage")).isFalse();
        assertThat(remove.at("/dynamodb/OldImage")).isEqualTo(Client.json("{pk: {S: 'a'}, n: {N: '2'}}"));
    }

    @Test
    void aViewShowsItsImagesAndNoOthers() {
        for (String view : List.of("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES")) {
            try (Client other = Client.at(() -> now)) {
                String arn = table(other, view);
                other.call("PutItem", "{TableName: 'Music', Item: {pk: {S: 'a'}, n: {N: '1'}}}");
                other.call("PutItem", "{TableName: 'Music', Item: {pk: {S: 'a'}, n: {N: '2'}}}");
                JsonNode record = all(other, arn).get(1).get("dynamodb");
                assertThat(record.has("NewImage")).as(view).isEqualTo(view.startsWith("NEW"));
                assertThat(record.has("OldImage")).as(view).isEqualTo(view.contains("OLD"));
                assertThat(record.get("Keys")).isEqualTo(Client.json("{pk: {S: 'a'}}"));
            }
        }
    }

    @Test
    void whatChangesNothingLeavesNoRecord() {
        String arn = table("NEW_AND_OLD_IMAGES");
        client.call(
                "PutItem",
                "{TableName: 'Music', Item: {pk: {S: 'a'}, s: {SS: ['x', 'y']}, m: {M: {a: {N: '1'},"
                        + "b: {N: '2'}}}}}");
        client.call(
                "PutItem",
                "{TableName: 'Music', Item: {pk: {S: 'a'}, m: {M: {b: {N: '2.0'}, a: {N: '1'}}},"
                        + "s: {SS: ['y', 'x']}}}");
        client.call("DeleteItem", "{TableName: 'Music', Key: {pk: {S: 'none'}}}");
        client.call("UpdateItem", "{TableName: 'Music', Key: {pk: {S: 'a'}}}");
        client.call("BatchWriteItem", "{RequestItems: {Music: [{DeleteRequest: {Key: {pk: {S: 'none'}}}}]}}");
        client.refuses(
                "PutItem",
                "{TableName: 'Music', Item: {pk: {S: 'a'}}, ConditionExpression: 'attribute_not_exists(pk)'}",
                "The conditional request failed");
        assertThat(all(arn)).hasSize(1);
    }

    @Test
    void recordsOfOneTransactionNameIt() {
        String arn = table("KEYS_ONLY");
        put("single", "1");
        client.call(
                "TransactWriteItems",
                "{TransactItems: [{Put: {TableName: 'Music', Item: {pk: {S: 'a'}}}},"
                        + "{Put: {TableName: 'Music', Item: {pk: {S: 'b'}}}},"
                        + "{ConditionCheck: {TableName: 'Music', Key: {pk: {S: 'single'}},"
                        + "ConditionExpression: 'attribute_exists(pk)'}}]}");
        List<String> transactions = all(arn).stream()
                .map(record -> record.at("/dynamodb/TransactionId").asString("-"))
                .toList();
        assertThat(transactions).hasSize(3).contains("-");
        assertThat(transactions.stream().filter(id -> !id.equals("-")).distinct())
                .as("the two writes of the transaction; a check is no change")
                .hasSize(1);
    }

    @Test
    void iteratorsBeginWhereTheyAreAskedTo() {
        String arn = table("KEYS_ONLY");
        for (int i = 1; i <= 3; i++) {
            put("a", Integer.toString(i));
        }
        String shard = shardOf(arn, "a");
        List<JsonNode> records = read(iterator(arn, shard, "TRIM_HORIZON", ""));
        String second = records.get(1).at("/dynamodb/SequenceNumber").asString();
        assertThat(read(iterator(arn, shard, "AT_SEQUENCE_NUMBER", second))).isEqualTo(records.subList(1, 3));
        assertThat(read(iterator(arn, shard, "AFTER_SEQUENCE_NUMBER", second))).isEqualTo(records.subList(2, 3));
        String latest = iterator(arn, shard, "LATEST", "");
        assertThat(read(latest)).isEmpty();
        put("a", "4");
        assertThat(read(latest)).hasSize(1);
        assertThat(read(latest)).as("an iterator may be used again").hasSize(1);
    }

    @Test
    void aLimitEndsAPageAndTheNextIteratorGoesOn() {
        String arn = table("KEYS_ONLY");
        for (int i = 1; i <= 5; i++) {
            put("a", Integer.toString(i));
        }
        JsonNode page = client.callStreams(
                "GetRecords",
                "{Limit: 2, ShardIterator: '" + iterator(arn, shardOf(arn, "a"), "TRIM_HORIZON", "") + "'}");
        assertThat(page.get("Records")).hasSize(2);
        assertThat(read(page.get("NextShardIterator").asString())).hasSize(3);
    }

    @Test
    void anEmptyAnswerHasAnEmptyListAndGoesOn() {
        String arn = table("KEYS_ONLY");
        JsonNode page = client.callStreams(
                "GetRecords", "{ShardIterator: '" + iterator(arn, shards(arn).getFirst(), "TRIM_HORIZON", "") + "'}");
        assertThat(page.get("Records")).isEmpty();
        assertThat(page.get("NextShardIterator").asString()).startsWith(arn);
    }

    @Test
    void aDisabledStreamIsReadToItsEndAndAnotherIsMade() {
        String first = table("NEW_IMAGE");
        put("a", "1");
        client.call("UpdateTable", "{TableName: 'Music', StreamSpecification: {StreamEnabled: false}}");
        put("a", "2");
        now = now.plusSeconds(1);
        client.call(
                "UpdateTable",
                "{TableName: 'Music', StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}}");
        put("a", "3");
        assertThat(client.callStreams("ListStreams", "{}").get("Streams")).hasSize(2);
        JsonNode described = describe(first);
        assertThat(described.get("StreamStatus").asString()).isEqualTo("DISABLED");
        assertThat(described.get("Shards"))
                .allSatisfy(shard -> assertThat(shard.at("/SequenceNumberRange/EndingSequenceNumber")
                                .asString())
                        .matches("[0-9]{21,40}"));
        assertThat(all(first))
                .extracting(record -> record.at("/dynamodb/NewImage/n/N").asString())
                .containsExactly("1");
        String second = client.callStreams("ListStreams", "{}")
                .at("/Streams/1/StreamArn")
                .asString();
        assertThat(all(second)).hasSize(1);
        JsonNode end = client.callStreams(
                "GetRecords", "{ShardIterator: '" + iterator(first, shardOf(first, "a"), "TRIM_HORIZON", "") + "'}");
        assertThat(end.get("Records")).hasSize(1);
        assertThat(end.has("NextShardIterator"))
                .as("at the end of a closed shard")
                .isFalse();
    }

    @Test
    void theStreamOfATableThatIsGoneStaysForADay() {
        String arn = table("NEW_IMAGE");
        put("a", "1");
        client.call("DeleteTable", "{TableName: 'Music'}");
        assertThat(describe(arn).get("StreamStatus").asString()).isEqualTo("DISABLED");
        assertThat(all(arn)).hasSize(1);
    }

    @Test
    void anIteratorExpiresAfterAQuarterOfAnHour() {
        String arn = table("KEYS_ONLY");
        put("a", "1");
        String iterator = iterator(arn, shardOf(arn, "a"), "TRIM_HORIZON", "");
        now = now.plus(Duration.ofMinutes(15));
        assertThat(read(iterator)).hasSize(1);
        now = now.plusMillis(1);
        assertThat(refuses("GetRecords", "{ShardIterator: '" + iterator + "'}").code())
                .isEqualTo(ErrorCode.EXPIRED_ITERATOR);
    }

    @Test
    void whatIsOlderThanADayIsTrimmed() {
        String arn = table("KEYS_ONLY");
        put("a", "1");
        String shard = shardOf(arn, "a");
        String number = read(iterator(arn, shard, "TRIM_HORIZON", ""))
                .getFirst()
                .at("/dynamodb/SequenceNumber")
                .asString();
        now = now.plus(Duration.ofHours(24)).plus(Duration.ofMinutes(16));
        assertThat(read(iterator(arn, shard, "TRIM_HORIZON", ""))).isEmpty();
        assertThat(refuses(
                                "GetShardIterator",
                                "{StreamArn: '" + arn + "', ShardId: '" + shard
                                        + "', ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: '" + number
                                        + "'}")
                        .code())
                .isEqualTo(ErrorCode.TRIMMED_DATA_ACCESS);
    }

    @Test
    void aReaderOfAQuietShardIsNotTrimmed() {
        String arn = table("KEYS_ONLY");
        String iterator = iterator(arn, shardOf(arn, "a"), "LATEST", "");
        for (int quarter = 0; quarter < 4 * 30; quarter++) {
            now = now.plus(Duration.ofMinutes(15));
            // Something happens elsewhere, so that time goes on in the log.
            put("elsewhere" + quarter % 50, Integer.toString(quarter));
            iterator = client.callStreams("GetRecords", "{ShardIterator: '" + iterator + "'}")
                    .get("NextShardIterator")
                    .asString();
        }
        put("a", "1");
        assertThat(read(iterator)).hasSize(1);
    }

    @Test
    void whatDoesNotExistIsNotFoundAndWhatIsWrongIsRefused() {
        String arn = table("KEYS_ONLY");
        String shard = shards(arn).getFirst();
        refuses(
                "DescribeStream",
                "{StreamArn: '" + arn + "0'}",
                "Requested resource not found: Stream: " + arn + "0 not found");
        refuses("GetRecords", "{ShardIterator: 'abc'}", "Invalid ShardIterator");
        refuses("GetRecords", "{ShardIterator: '" + arn + "|1|AAAA'}", "Invalid ShardIterator");
        refuses(
                "GetRecords",
                "{Limit: 1001, ShardIterator: 'abc'}",
                "One or more parameter values were invalid: Limit should be less than or equal to 1000");
        refuses(
                "GetShardIterator",
                "{StreamArn: '" + arn + "', ShardId: '" + shard + "', ShardIteratorType: 'AT_SEQUENCE_NUMBER'}",
                "One or more parameter values were invalid: Invalid SequenceNumber");
        refuses(
                "GetShardIterator",
                "{StreamArn: '" + arn + "', ShardId: '" + shard + "', ShardIteratorType: 'AT_SEQUENCE_NUMBER',"
                        + "SequenceNumber: '999999999999999999999'}",
                "One or more parameter values were invalid: Invalid SequenceNumber");
        refuses(
                "DescribeStream",
                "{StreamArn: '" + arn + "', Limit: 101}",
                "One or more parameter values were invalid: Limit cannot be greater than the maximum: 100");
        refuses(
                "ListStreams",
                "{Limit: 101}",
                "One or more parameter values were invalid: Limit cannot be greater than the maximum allowed size: 100");
    }

    @Test
    void anotherRegionsStreamIsNotFound() {
        String arn = table("KEYS_ONLY");
        String abroad = arn.replace("us-east-1", "eu-west-1");
        refuses(
                "DescribeStream",
                "{StreamArn: '" + abroad + "'}",
                "Requested resource not found: Stream: " + abroad + " not found");
    }

    private String table(String view) {
        return table(client, view);
    }

    private static String table(Client client, String view) {
        return client.call(
                        "CreateTable",
                        "{TableName: 'Music', BillingMode: 'PAY_PER_REQUEST',"
                                + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],"
                                + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],"
                                + "StreamSpecification: {StreamEnabled: true, StreamViewType: '" + view + "'}}")
                .at("/TableDescription/LatestStreamArn")
                .asString();
    }

    private void put(String key, String number) {
        client.call("PutItem", "{TableName: 'Music', Item: {pk: {S: '" + key + "'}, n: {N: '" + number + "'}}}");
    }

    private JsonNode describe(String arn) {
        return client.callStreams("DescribeStream", "{StreamArn: '" + arn + "'}")
                .get("StreamDescription");
    }

    private List<String> shards(String arn) {
        return shards(client, arn);
    }

    private static List<String> shards(Client client, String arn) {
        var ids = new ArrayList<String>();
        client.callStreams("DescribeStream", "{StreamArn: '" + arn + "'}")
                .at("/StreamDescription/Shards")
                .forEach(shard -> ids.add(shard.get("ShardId").asString()));
        return ids;
    }

    /** The shard in which an item's changes stand. */
    private String shardOf(String arn, String key) {
        boolean fresh = all(arn).isEmpty();
        if (fresh) {
            put(key, "0");
        }
        return shards(arn).stream()
                .filter(shard -> read(iterator(arn, shard, "TRIM_HORIZON", "")).stream()
                        .anyMatch(record ->
                                record.at("/dynamodb/Keys/pk/S").asString().equals(key)))
                .findFirst()
                .orElseThrow();
    }

    private String iterator(String arn, String shard, String type, String number) {
        return iterator(client, arn, shard, type, number);
    }

    private static String iterator(Client client, String arn, String shard, String type, String number) {
        String sequence = number.isEmpty() ? "" : ", SequenceNumber: '" + number + "'";
        return client.callStreams(
                        "GetShardIterator",
                        "{StreamArn: '" + arn + "', ShardId: '" + shard + "', ShardIteratorType: '" + type + "'"
                                + sequence + "}")
                .get("ShardIterator")
                .asString();
    }

    private List<JsonNode> read(String iterator) {
        return read(client, iterator);
    }

    private static List<JsonNode> read(Client client, String iterator) {
        var records = new ArrayList<JsonNode>();
        client.callStreams("GetRecords", "{ShardIterator: '" + iterator + "'}")
                .get("Records")
                .forEach(records::add);
        return records;
    }

    private List<JsonNode> all(String arn) {
        return all(client, arn);
    }

    /** The records of all shards, one shard after the other. */
    private static List<JsonNode> all(Client client, String arn) {
        var records = new ArrayList<JsonNode>();
        for (String shard : shards(client, arn)) {
            records.addAll(read(client, iterator(client, arn, shard, "TRIM_HORIZON", "")));
        }
        return records;
    }

    private ApiException refuses(String operation, String request) {
        return catchThrowableOfType(ApiException.class, () -> client.callStreams(operation, request));
    }

    private void refuses(String operation, String request, String message) {
        ApiException refusal = refuses(operation, request);
        assertThat(refusal).as(request).isNotNull();
        assertThat(refusal.text()).isEqualTo(message);
    }
}
