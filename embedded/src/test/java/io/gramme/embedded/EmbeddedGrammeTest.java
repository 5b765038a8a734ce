package io.gramme.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;

/** What a program does with a Gramme inside. There is no HTTP client on the path of this module's tests. */
@Timeout(60)
class EmbeddedGrammeTest {
    private static final String LARGEST = "x".repeat(400 * 1024 - 100);

    @Test
    void anItemIsWrittenReadAndDeleted() {
        try (var gramme = EmbeddedGramme.start()) {
            DynamoDbClient client = gramme.client();
            Tables.create(client, "items");
            client.putItem(put -> put.tableName("items").item(Tables.item("a", "one")));
            assertThat(Tables.get(client, "items", "a")).isEqualTo(Tables.item("a", "one"));
            client.deleteItem(delete -> delete.tableName("items").key(Tables.key("a")));
            assertThat(Tables.get(client, "items", "a")).isEmpty();
        }
    }

    @Test
    void refusalsAreTheServicesOwn() {
        try (var gramme = EmbeddedGramme.start()) {
            DynamoDbClient client = gramme.client();
            Tables.create(client, "items");
            assertThatThrownBy(() -> Tables.get(client, "none", "a"))
                    .isInstanceOf(ResourceNotFoundException.class)
                    .hasMessageContaining("Requested resource not found");
            assertThatThrownBy(() -> client.putItem(put -> put.tableName("items")
                            .item(Tables.item("a", "one"))
                            .conditionExpression("attribute_exists(id)")))
                    .isInstanceOf(ConditionalCheckFailedException.class);
            assertThatThrownBy(() -> client.putItem(put ->
                            put.tableName("items").item(Tables.item("a", LARGEST + "x".repeat(200)))))
                    .isInstanceOfSatisfying(DynamoDbException.class, refusal -> {
                        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
                        assertThat(refusal.getMessage()).contains("Item size has exceeded the maximum allowed size");
                        assertThat(refusal.requestId()).matches("[0-9A-V]{52}");
                    });
        }
    }

    @Test
    void theLargestItemAndTheLargestPageComeBackWhole() {
        try (var gramme = EmbeddedGramme.start()) {
            DynamoDbClient client = gramme.client();
            Tables.create(client, "items");
            for (int i = 0; i < 6; i++) {
                String id = "id" + i;
                client.putItem(put -> put.tableName("items").item(Tables.item(id, LARGEST)));
            }
            assertThat(Tables.get(client, "items", "id3")).isEqualTo(Tables.item("id3", LARGEST));
            // More than a megabyte, so on several pages.
            assertThat(client.scanPaginator(scan -> scan.tableName("items")).stream())
                    .hasSizeGreaterThan(1);
            assertThat(client.scanPaginator(scan -> scan.tableName("items")).items())
                    .hasSize(6);
        }
    }

    @Test
    void pagesArePublishedToAsynchronousClients() {
        try (var gramme = EmbeddedGramme.start()) {
            Tables.create(gramme.client(), "items");
            var puts = IntStream.range(0, 100)
                    .mapToObj(i -> gramme.asyncClient()
                            .putItem(put -> put.tableName("items").item(Tables.item("id" + i, "x"))))
                    .toList();
            puts.forEach(CompletableFuture::join);
            List<Map<String, AttributeValue>> found = new ArrayList<>();
            gramme.asyncClient()
                    .scanPaginator(scan -> scan.tableName("items").limit(7))
                    .items()
                    .subscribe(found::add)
                    .join();
            assertThat(found).hasSize(100).doesNotHaveDuplicates();
        }
    }

    @Test
    void anAsynchronousRefusalIsTheCauseOfTheFailure() {
        try (var gramme = EmbeddedGramme.start()) {
            var call = gramme.asyncClient().getItem(get -> get.tableName("none").key(Tables.key("a")));
            assertThatThrownBy(call::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(ResourceNotFoundException.class);
        }
    }

    @Test
    void noUpdateOfManyThreadsIsLost() throws Exception {
        try (var gramme = EmbeddedGramme.start();
                var threads = Executors.newFixedThreadPool(16)) {
            Tables.create(gramme.client(), "items");
            var updates = IntStream.range(0, 800)
                    .mapToObj(_ -> threads.submit(() -> gramme.client()
                            .updateItem(update -> update.tableName("items")
                                    .key(Tables.key("counter"))
                                    .updateExpression("ADD hits :one")
                                    .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))))))
                    .toList();
            for (var update : updates) {
                update.get();
            }
            assertThat(Tables.get(gramme.client(), "items", "counter"))
                    .containsEntry("hits", AttributeValue.fromN("800"));
        }
    }

    @Test
    void whatIsWrittenComesInTheStream() {
        try (var gramme = EmbeddedGramme.start()) {
            Tables.createWithStream(gramme.client(), "items");
            gramme.client().putItem(put -> put.tableName("items").item(Tables.item("a", "one")));
            var streams = gramme.streamsClient();
            String stream = streams.listStreams(list -> list.tableName("items"))
                    .streams()
                    .getFirst()
                    .streamArn();
            String shard = streams.describeStream(describe -> describe.streamArn(stream))
                    .streamDescription()
                    .shards()
                    .getFirst()
                    .shardId();
            String iterator = streams.getShardIterator(get ->
                            get.streamArn(stream).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            assertThat(gramme.streamsAsyncClient()
                            .getRecords(get -> get.shardIterator(iterator))
                            .join()
                            .records())
                    .singleElement()
                    .satisfies(
                            record -> assertThat(record.dynamodb().newImage()).isEqualTo(Tables.item("a", "one")));
        }
    }

    @Test
    void twoInOneJvmKnowNothingOfEachOther() {
        try (var one = EmbeddedGramme.start();
                var other = EmbeddedGramme.start()) {
            Tables.create(one.client(), "items");
            Tables.create(other.client(), "others");
            assertThat(one.client().listTables().tableNames()).containsExactly("items");
            assertThat(other.client().listTables().tableNames()).containsExactly("others");
        }
    }

    @Test
    void aDirectoryIsEncryptedFromItsFirstUseOn(@TempDir Path directory) {
        EmbeddedOptions options = EmbeddedOptions.in(directory.resolve("data"));
        try (var first = EmbeddedGramme.start(options.withEncryption())) {
            Tables.create(first.client(), "items");
        }
        assertThat(directory.resolve("data.key")).isNotEmptyFile();
        try (var second = EmbeddedGramme.start(options)) {
            assertThat(second.client().listTables().tableNames()).hasSize(1);
        }
        assertThatThrownBy(() -> EmbeddedGramme.start(EmbeddedOptions.inMemory().withEncryption()))
                .hasMessageContaining("Tables in memory cannot be encrypted at rest");
    }

    @Test
    void tablesInADirectoryAreThereAgain(@TempDir Path directory) {
        try (var first = EmbeddedGramme.start(EmbeddedOptions.in(directory))) {
            Tables.create(first.client(), "items");
            first.client().putItem(put -> put.tableName("items").item(Tables.item("a", "kept")));
        }
        try (var second = EmbeddedGramme.start(EmbeddedOptions.in(directory))) {
            assertThat(Tables.get(second.client(), "items", "a")).isEqualTo(Tables.item("a", "kept"));
        }
    }

    @Test
    void accountAndRegionAreThoseChosen() {
        var options = EmbeddedOptions.inMemory().withAccount("123456789012").withRegion("eu-west-1");
        try (var gramme = EmbeddedGramme.start(options)) {
            assertThat(Tables.create(gramme.client(), "items").tableArn())
                    .isEqualTo("arn:aws:dynamodb:eu-west-1:123456789012:table/items");
        }
    }

    @Test
    void afterItIsClosedRequestsFailAtOnce() {
        var gramme = EmbeddedGramme.start();
        try (var own = gramme.connect(DynamoDbClient.builder()).build()) {
            own.listTables();
            gramme.close();
            assertThatThrownBy(own::listTables)
                    .isInstanceOfAny(SdkClientException.class, IllegalStateException.class)
                    .hasMessageContaining("this embedded Gramme is closed");
        }
    }
}
