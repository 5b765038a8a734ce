package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.n;
import static io.gramme.acceptance.Attributes.s;
import static io.gramme.acceptance.Schemas.attribute;
import static io.gramme.acceptance.Schemas.hash;
import static io.gramme.acceptance.Schemas.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.N;
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.S;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The SDK's asynchronous client, which keeps a few connections busy with many calls. */
@Timeout(60)
class AsyncClientTest {
    private static final int ITEMS = 100;
    private static final int CONNECTIONS = 10;

    @AutoClose
    private static final InMemoryGramme GRAMME = new InMemoryGramme();

    @AutoClose
    private static final DynamoDbAsyncClient CLIENT = DynamoDbAsyncClient.builder()
            .endpointOverride(GRAMME.url())
            .region(Region.EU_WEST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("111111111111", "secret")))
            .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                    .maxConcurrency(CONNECTIONS)
                    .maxPendingConnectionAcquires(1_000)
                    .connectionAcquisitionTimeout(Duration.ofSeconds(30)))
            .build();

    @BeforeAll
    static void fill() {
        CLIENT.createTable(request -> request.tableName("async")
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(attribute("id", S), attribute("at", N))
                        .keySchema(hash("id"), range("at")))
                .join();
        CLIENT.waiter()
                .waitUntilTableExists(request -> request.tableName("async"))
                .join();
        List<WriteRequest> puts = IntStream.range(0, ITEMS)
                .mapToObj(i -> WriteRequest.builder()
                        .putRequest(put -> put.item(Map.of("id", s("many"), "at", n(i), "text", s("x".repeat(500)))))
                        .build())
                .toList();
        var batches = IntStream.range(0, ITEMS / 25)
                .mapToObj(i -> CLIENT.batchWriteItem(request ->
                        request.requestItems(Map.of("async", puts.subList(25 * i, 25 * (i + 1))))))
                .toList();
        assertThat(batches).allMatch(batch -> batch.join().unprocessedItems().isEmpty());
    }

    /** All that is published. */
    private static <T> List<T> all(SdkPublisher<T> published) {
        List<T> all = Collections.synchronizedList(new ArrayList<>());
        published.subscribe(all::add).join();
        return all;
    }

    private static QueryRequest many(int limit) {
        return QueryRequest.builder()
                .tableName("async")
                .limit(limit)
                .keyConditionExpression("id = :id")
                .expressionAttributeValues(Map.of(":id", s("many")))
                .build();
    }

    @Test
    void pagesArePublished() {
        List<Map<String, AttributeValue>> items =
                all(CLIENT.queryPaginator(many(7)).items());
        assertThat(items)
                .extracting(item -> Attributes.get(item, "at"))
                .containsExactlyElementsOf(
                        IntStream.range(0, ITEMS).mapToObj(Attributes::n).toList());
        assertThat(all(CLIENT.scanPaginator(
                                request -> request.tableName("async").limit(9))
                        .filter(page -> page.count() == 9)))
                .hasSizeGreaterThanOrEqualTo(ITEMS / 9);
        assertThat(all(CLIENT.listTablesPaginator().tableNames())).containsExactly("async");
        var keys = KeysAndAttributes.builder()
                .keys(items.stream()
                        .map(item -> Attributes.only(item, List.of("id", "at")))
                        .toList())
                .projectionExpression("at")
                .build();
        // The word is reserved: the failure comes through the publisher.
        assertThatThrownBy(
                        () -> all(CLIENT.batchGetItemPaginator(request -> request.requestItems(Map.of("async", keys)))))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("reserved keyword: at");
    }

    @Test
    void whoHasSeenEnoughMayStop() {
        var seen = new ArrayList<Map<String, AttributeValue>>();
        CLIENT.queryPaginator(many(1)).items().limit(3).subscribe(seen::add).join();
        assertThat(seen).hasSize(3);
    }

    @Test
    void callsBeyondTheConnectionsTakeTheirTurn() {
        List<CompletableFuture<UpdateItemResponse>> calls = IntStream.range(0, 500)
                .mapToObj(_ -> CLIENT.updateItem(request -> request.tableName("async")
                        .key(Map.of("id", s("counter"), "at", n(0)))
                        .updateExpression("ADD hits :one")
                        .expressionAttributeValues(Map.of(":one", n(1)))
                        .returnValues(ReturnValue.UPDATED_NEW)))
                .toList();
        assertThat(calls)
                .extracting(call -> Integer.parseInt(
                        Attributes.get(call.join().attributes(), "hits").n()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 500).boxed().toList());
    }

    @Test
    void aCancelledCallHarmsNoOther() {
        for (int i = 0; i < 3 * CONNECTIONS; i++) {
            var call = CLIENT.putItem(request -> request.tableName("async")
                    .item(Map.of("id", s("cancelled"), "at", n(0), "text", s("x".repeat(300_000)))));
            call.cancel(true);
        }
        assertThat(all(CLIENT.queryPaginator(many(50)).items())).hasSize(ITEMS);
    }

    @Test
    void aRefusalIsTheCauseOfTheFailure() {
        var call = CLIENT.deleteItem(request -> request.tableName("async")
                .key(Map.of("id", s("none"), "at", n(0)))
                .conditionExpression("attribute_exists(id)"));
        assertThatThrownBy(call::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(ConditionalCheckFailedException.class)
                .hasMessageContaining("The conditional request failed");
    }
}
