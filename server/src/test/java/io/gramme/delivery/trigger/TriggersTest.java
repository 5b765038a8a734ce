package io.gramme.delivery.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TriggersTest {
    private static final String LETTERS = "http://letters.example/";

    @TempDir
    Path directory;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(Optional.of(directory));
        shop.table("NEW_AND_OLD_IMAGES");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void anEventHasTheFormThatFunctionsGet() {
        String id = shop.trigger("");
        shop.put("a", 1);
        shop.put("a", 2);
        shop.delete("a");
        shop.steps.settle();
        assertThat(shop.web.posts).hasSize(1);
        FakeWeb.Post post = shop.web.posts.getFirst();
        assertThat(post.url()).hasToString(Shop.HOOK);
        JsonNode modify = post.records().get(1);
        String arn = shop.get(id).get("EventSourceArn").asString();
        String number = modify.at("/dynamodb/SequenceNumber").asString();
        assertThat(modify.get("eventID").asString()).matches("[0-9a-f]{32}");
        assertThat(number).matches("[0-9]{21,40}");
        assertThat(modify)
                .isEqualTo(Client.json("{eventID: '" + modify.get("eventID").asString()
                        + "', eventName: 'MODIFY', eventVersion: '1.1', eventSource: 'aws:dynamodb',"
                        + "awsRegion: 'us-east-1', dynamodb: {ApproximateCreationDateTime: 1772600767,"
                        + "Keys: {pk: {S: 'a'}}, NewImage: {pk: {S: 'a'}, n: {N: '2'}},"
                        + "OldImage: {pk: {S: 'a'}, n: {N: '1'}}, SequenceNumber: '" + number
                        + "', SizeBytes: 15, StreamViewType: 'NEW_AND_OLD_IMAGES'}, eventSourceARN: '" + arn + "'}"));
        assertThat(post.numbers()).containsExactly("1", "2", "REMOVE");
        assertThat(shop.counted(id, "DeliveredRecords")).isEqualTo(3);
        assertThat(shop.get(id).get("LastProcessingResult").asString()).isEqualTo("OK");
    }

    @Test
    void whatExpiredNamesTheService() {
        shop.client.call(
                "UpdateTimeToLive",
                "{TableName: 'Orders', TimeToLiveSpecification: {AttributeName: 'n', Enabled: true}}");
        shop.put("a", (int) shop.now.getEpochSecond() - 10);
        shop.client.sweep();
        shop.trigger(
                ", FilterCriteria: {Filters: [{Pattern: '{\\\"userIdentity\\\": {\\\"type\\\": [\\\"Service\\\"]}}'}]}");
        shop.steps.settle();
        assertThat(shop.web.numbers()).containsExactly(List.of("REMOVE"));
        assertThat(shop.web.posts.getFirst().records().getFirst().get("userIdentity"))
                .isEqualTo(Client.json("{type: 'Service', principalId: 'dynamodb.amazonaws.com'}"));
    }

    @Test
    void aFunctionIsInvokedByItsName() {
        shop.client.callGramme(
                "CreateEventSourceMapping",
                "{EventSourceArn: 'Orders', StartingPosition: 'TRIM_HORIZON', FunctionName: 'index',"
                        + "Endpoint: 'http://127.0.0.1:9000/'}");
        shop.web.site = _ -> FakeWeb.ok("null");
        shop.put("a", 1);
        shop.steps.settle();
        assertThat(shop.web.posts.getFirst().url())
                .hasToString("http://127.0.0.1:9000/2015-03-31/functions/index/invocations");
        assertThat(shop.client
                        .callGramme("ListEventSourceMappings", "{FunctionName: 'index'}")
                        .at("/EventSourceMappings/0/FunctionArn")
                        .asString())
                .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:index");
    }

    @Test
    void aTableMayBeCalledStream() {
        String arn = shop.client
                .call(
                        "CreateTable",
                        "{TableName: 'stream', BillingMode: 'PAY_PER_REQUEST',"
                                + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],"
                                + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],"
                                + "StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_IMAGE'}}")
                .at("/TableDescription/LatestStreamArn")
                .asString();
        JsonNode created = shop.client.callGramme(
                "CreateEventSourceMapping",
                "{EventSourceArn: '" + arn + "', StartingPosition: 'TRIM_HORIZON', WebhookUrl: '" + Shop.HOOK + "'}");
        assertThat(created.get("EventSourceArn").asString()).isEqualTo(arn);
    }

    @Test
    void batchesAreAsLargeAsTheyMayBe() {
        shop.trigger(", BatchSize: 4");
        shop.puts("a", 1, 10);
        shop.steps.settle();
        assertThat(shop.web.numbers())
                .containsExactly(List.of("1", "2", "3", "4"), List.of("5", "6", "7", "8"), List.of("9", "10"));
    }

    @Test
    void aWindowGathersUntilItEndsOrTheBatchIsFull() {
        shop.trigger(", BatchSize: 4, MaximumBatchingWindowInSeconds: 10");
        shop.put("a", 1);
        shop.steps.settle();
        shop.pass(Duration.ofSeconds(9));
        shop.put("a", 2);
        shop.steps.settle();
        assertThat(shop.web.posts).isEmpty();
        shop.pass(Duration.ofSeconds(1));
        shop.steps.settle();
        assertThat(shop.web.numbers()).containsExactly(List.of("1", "2"));
        shop.puts("a", 3, 7);
        shop.steps.settle();
        assertThat(shop.web.numbers()).as("full at once").hasSize(2).contains(List.of("3", "4", "5", "6"));
    }

    @Test
    void onlyWhatMatchesIsSentAndTheRestIsCounted() {
        String id = shop.trigger(", BatchSize: 3, FilterCriteria: {Filters: [" + Shop.filter("numeric: [\\\">\\\", 5]")
                + ", " + Shop.filter("numeric: [\\\"=\\\", 2]") + "]}");
        shop.puts("a", 1, 10);
        shop.steps.settle();
        assertThat(shop.web.numbers()).containsExactly(List.of("2", "6", "7"), List.of("8", "9", "10"));
        assertThat(shop.counted(id, "FilteredRecords")).isEqualTo(4);
        assertThat(shop.counted(id, "DeliveredRecords")).isEqualTo(6);
    }

    @Test
    void aTriggerBeginsWhereItIsAskedTo() {
        shop.put("a", 1);
        Instant between = shop.now.plusSeconds(5);
        shop.pass(Duration.ofSeconds(10));
        shop.put("a", 2);
        shop.pass(Duration.ofSeconds(1));
        shop.trigger("");
        shop.start("LATEST", "", "http://latest.example");
        shop.start("AT_TIMESTAMP", ", StartingPositionTimestamp: " + between.getEpochSecond(), "http://timed.example");
        shop.start("AT_TIMESTAMP", ", StartingPositionTimestamp: 1000000000000", "http://future.example");
        shop.put("a", 3);
        shop.steps.settle();
        assertThat(numbersAt(Shop.HOOK)).containsExactly("1", "2", "3");
        assertThat(numbersAt("http://latest.example")).containsExactly("3");
        assertThat(numbersAt("http://timed.example")).containsExactly("2", "3");
        assertThat(numbersAt("http://future.example")).containsExactly("3");
    }

    private List<String> numbersAt(String url) {
        return shop.web.posts.stream()
                .filter(post -> post.url().toString().equals(url))
                .flatMap(post -> post.numbers().stream())
                .toList();
    }

    @Test
    void aBatchThatFailsIsSentAgainUntilItIsTaken() {
        String id = shop.trigger("");
        shop.web.site = _ -> FakeWeb.answer(500, "no");
        shop.puts("a", 1, 3);
        shop.steps.settle();
        int tries = shop.web.posts.size();
        assertThat(tries).isGreaterThan(2);
        assertThat(shop.web.numbers()).containsOnly(List.of("1", "2", "3"));
        assertThat(shop.get(id).get("LastProcessingResult").asString())
                .isEqualTo("PROBLEM: the call failed: status 500");
        shop.pass(Duration.ofSeconds(30));
        assertThat(shop.counted(id, "IteratorAgeInMilliseconds")).isBetween(29_999L, 30_000L);
        shop.web.site = _ -> FakeWeb.ok("");
        shop.steps.settle();
        assertThat(shop.counted(id, "DeliveredRecords")).isEqualTo(3);
        assertThat(shop.counted(id, "FailedInvocations")).isEqualTo(tries);
        assertThat(shop.counted(id, "IteratorAgeInMilliseconds")).isZero();
    }

    @Test
    void afterSoManyRetriesABatchIsGivenUpAndToldAbout() throws IOException {
        String id = shop.trigger(
                ", BatchSize: 2, MaximumRetryAttempts: 2, DestinationConfig: {OnFailure: {Destination: 'file:lost.jsonl'}}");
        shop.web.site = post -> post.numbers().contains("2") ? FakeWeb.answer(500, "") : FakeWeb.ok("");
        shop.puts("a", 1, 4);
        shop.steps.settle();
        List<String> first = List.of("1", "2");
        assertThat(shop.web.numbers()).containsExactly(first, first, first, List.of("3", "4"));
        assertThat(shop.counted(id, "DiscardedRecords")).isEqualTo(2);
        List<String> letters = Files.readAllLines(directory.resolve("lost.jsonl"));
        assertThat(letters).hasSize(1);
        JsonNode letter = Client.json(letters.getFirst());
        List<JsonNode> records = shop.web.posts.getFirst().records();
        String arn = shop.get(id).get("EventSourceArn").asString();
        String request = letter.at("/requestContext/requestId").asString();
        String shard = letter.at("/DDBStreamBatchInfo/shardId").asString();
        assertThat(request).matches("[0-9a-f-]{36}");
        assertThat(shard).matches("shardId-[0-9]{20}-[0-9a-f]{8}");
        assertThat(letter)
                .isEqualTo(Client.json("{requestContext: {requestId: '" + request + "', functionArn: '" + Shop.HOOK
                        + "', condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3},"
                        + "responseContext: {statusCode: 500, executedVersion: '$LATEST', functionError: 'Unhandled'},"
                        + "version: '1.0', timestamp: '2026-03-04T05:06:07.890Z',"
                        + "DDBStreamBatchInfo: {shardId: '" + shard + "', startSequenceNumber: '"
                        + records.getFirst().at("/dynamodb/SequenceNumber").asString() + "', endSequenceNumber: '"
                        + records.get(1).at("/dynamodb/SequenceNumber").asString()
                        + "', approximateArrivalOfFirstRecord: '2026-03-04T05:06:07Z',"
                        + "approximateArrivalOfLastRecord: '2026-03-04T05:06:07Z', batchSize: 2, streamArn: '" + arn
                        + "'}}"));
    }

    @Test
    void halvingABatchGivesUpWhatIsBadAndNothingElse() {
        String id = shop.trigger(", MaximumRetryAttempts: 1, BisectBatchOnFunctionError: true");
        shop.web.site = post -> post.numbers().contains("6") ? FakeWeb.answer(500, "") : FakeWeb.ok("");
        shop.puts("a", 1, 10);
        shop.steps.settle();
        assertThat(shop.counted(id, "DeliveredRecords")).isEqualTo(9);
        assertThat(shop.counted(id, "DiscardedRecords")).isEqualTo(1);
        List<String> taken = shop.web.numbers().stream()
                .filter(numbers -> !numbers.contains("6"))
                .flatMap(List::stream)
                .toList();
        assertThat(taken).containsExactly("1", "2", "3", "4", "5", "7", "8", "9", "10");
        assertThat(shop.web.numbers().stream().filter(numbers -> numbers.equals(List.of("6"))))
                .as("alone, and once more")
                .hasSize(2);
    }

    @Test
    void whatWasTakenOfABatchIsNotSentAgain() {
        String id = shop.trigger(", FunctionResponseTypes: ['ReportBatchItemFailures']");
        shop.web.site = post -> {
            int at = post.numbers().indexOf("4");
            return shop.web.posts.size() < 3 && at >= 0 ? failing(post, at) : FakeWeb.ok("{\"batchItemFailures\": []}");
        };
        shop.puts("a", 1, 6);
        shop.steps.settle();
        assertThat(shop.web.numbers())
                .containsExactly(List.of("1", "2", "3", "4", "5", "6"), List.of("4", "5", "6"), List.of("4", "5", "6"));
        assertThat(shop.counted(id, "DeliveredRecords")).isEqualTo(6);
    }

    private static Http.Answer failing(FakeWeb.Post post, int... failed) {
        List<String> items = IntStream.of(failed)
                .mapToObj(at -> "{\"itemIdentifier\": \""
                        + post.records().get(at).at("/dynamodb/SequenceNumber").asString() + "\"}")
                .toList();
        return FakeWeb.ok("{\"batchItemFailures\": [" + String.join(",", items) + "]}");
    }

    @Test
    void ofSeveralFailuresTheFirstCountsAndWithRetriesThatAloneIsGivenUp() {
        String id = shop.trigger(", MaximumRetryAttempts: 0, BisectBatchOnFunctionError: true,"
                + "FunctionResponseTypes: ['ReportBatchItemFailures']");
        shop.web.site = post -> {
            int[] failed = IntStream.range(0, post.numbers().size())
                    .filter(at -> Integer.parseInt(post.numbers().get(at)) % 4 == 0)
                    .toArray();
            return failing(post, failed);
        };
        shop.puts("a", 1, 11);
        shop.steps.settle();
        assertThat(shop.counted(id, "DeliveredRecords")).isEqualTo(9);
        assertThat(shop.counted(id, "DiscardedRecords")).as("4 and 8").isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504, 0})
    void whoIsNotThereGetsEverythingLater(int status) {
        String id = shop.trigger(", MaximumRetryAttempts: 0, BisectBatchOnFunctionError: true");
        shop.web.site = _ -> {
            if (status == 0) {
                throw new Http.Unreachable("no connection");
            }
            return FakeWeb.answer(status, "");
        };
        shop.puts("a", 1, 5);
        shop.steps.settle();
        assertThat(shop.counted(id, "DiscardedRecords")).isZero();
        assertThat(shop.get(id).get("LastProcessingResult").asString())
                .startsWith("PROBLEM: the target is unavailable: ");
        shop.web.posts.clear();
        shop.web.site = _ -> FakeWeb.ok("");
        shop.steps.settle();
        assertThat(shop.web.numbers()).containsExactly(List.of("1", "2", "3", "4", "5"));
    }

    @Test
    void whatIsTooOldIsGivenUp() {
        String id = shop.trigger(", MaximumRecordAgeInSeconds: 60," + "DestinationConfig: {OnFailure: {Destination: '"
                + LETTERS + "'}}");
        shop.web.site = post -> post.url().toString().equals(LETTERS) ? FakeWeb.ok("") : FakeWeb.answer(503, "");
        shop.puts("a", 1, 2);
        shop.steps.settle();
        shop.pass(Duration.ofSeconds(40));
        shop.put("a", 3);
        shop.steps.settle();
        shop.pass(Duration.ofSeconds(30));
        shop.steps.settle();
        assertThat(shop.counted(id, "DiscardedRecords")).isEqualTo(2);
        JsonNode letter = shop.web.posts.stream()
                .filter(post -> post.url().toString().equals(LETTERS))
                .map(FakeWeb.Post::json)
                .findFirst()
                .orElseThrow();
        assertThat(letter.at("/requestContext/condition").asString()).isEqualTo("RecordAgeExceeded");
        assertThat(letter.at("/DDBStreamBatchInfo/batchSize").asInt()).isEqualTo(2);
        assertThat(letter.has("responseContext")).as("nobody answered").isFalse();
        shop.web.site = _ -> FakeWeb.ok("");
        shop.steps.settle();
        assertThat(shop.web.posts.getLast().numbers()).containsExactly("3");
    }

    @Test
    void nothingIsGivenUpBeforeItIsTold() {
        String id = shop.trigger(
                ", MaximumRetryAttempts: 0, DestinationConfig: {OnFailure: {Destination: '" + LETTERS + "'}}");
        shop.web.site = _ -> FakeWeb.answer(500, "");
        shop.puts("a", 1, 2);
        shop.steps.settle();
        assertThat(shop.counted(id, "DiscardedRecords")).isZero();
        assertThat(numbersSent()).as("it is not sent again meanwhile").containsExactly(List.of("1", "2"));
        assertThat(shop.get(id).get("LastProcessingResult").asString()).contains("status 500");
        shop.web.site = post -> post.url().toString().equals(LETTERS) ? FakeWeb.ok("") : FakeWeb.answer(500, "");
        shop.steps.settle();
        assertThat(shop.counted(id, "DiscardedRecords")).isEqualTo(2);
    }

    private List<List<String>> numbersSent() {
        return shop.web.posts.stream()
                .filter(post -> post.json().has("Records"))
                .map(FakeWeb.Post::numbers)
                .toList();
    }

    @Test
    void itemsKeepTheirOrderThoughLanesFailAtRandom() {
        var random = new SplittableRandom(20_261_127);
        shop.trigger(", ParallelizationFactor: 7, BatchSize: 5, BisectBatchOnFunctionError: true,"
                + "FunctionResponseTypes: ['ReportBatchItemFailures']");
        Map<String, List<Integer>> taken = new HashMap<>();
        shop.web.site = post -> switch (random.nextInt(5)) {
            case 0 -> FakeWeb.answer(500, "");
            case 1 -> FakeWeb.answer(503, "");
            case 2 -> {
                int failed = random.nextInt(post.records().size());
                take(taken, post, failed);
                yield failing(post, failed);
            }
            default -> {
                take(taken, post, post.records().size());
                yield FakeWeb.ok("");
            }
        };
        for (int round = 1; round <= 15; round++) {
            for (int item = 0; item < 12; item++) {
                shop.put("item" + item, round);
            }
            var _ = shop.steps.round();
            if (round == 5) {
                shop.client.splitPartitions(1);
            }
        }
        for (int round = 0; round < 400; round++) {
            var _ = shop.steps.round();
        }
        List<Integer> all = IntStream.rangeClosed(1, 15).boxed().toList();
        assertThat(taken).hasSize(12);
        assertThat(taken.values()).allSatisfy(numbers -> assertThat(numbers).isEqualTo(all));
    }

    private static void take(Map<String, List<Integer>> taken, FakeWeb.Post post, int count) {
        post.records()
                .subList(0, count)
                .forEach(record -> taken.computeIfAbsent(
                                record.at("/dynamodb/Keys/pk/S").asString(), _ -> new ArrayList<>())
                        .add(record.at("/dynamodb/NewImage/n/N").asInt()));
    }

    @Test
    void anEventIsNoLargerThanFunctionsTake() {
        shop.trigger("");
        // Six characters of JSON for each byte of the item.
        String text = "\\u0001".repeat(300_000);
        for (int i = 0; i < 5; i++) {
            shop.client.call(
                    "PutItem",
                    "{TableName: 'Orders', Item: {pk: {S: 'a'}, n: {N: '" + i + "'}, text: {S: '" + text + "'}}}");
        }
        shop.steps.settle();
        assertThat(shop.web.posts.stream().flatMap(post -> post.numbers().stream()))
                .containsExactly("0", "1", "2", "3", "4");
        assertThat(shop.web.posts)
                .hasSizeGreaterThan(1)
                .allSatisfy(post -> assertThat(post.bytes()).isLessThanOrEqualTo(6 << 20));
    }
}
