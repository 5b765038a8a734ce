package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.n;
import static io.gramme.acceptance.Attributes.s;
import static io.gramme.acceptance.Schemas.attribute;
import static io.gramme.acceptance.Schemas.hash;
import static io.gramme.acceptance.Schemas.keysOnly;
import static io.gramme.acceptance.Schemas.local;
import static io.gramme.acceptance.Schemas.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.S;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.ReturnItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What goes over the wire between the SDK and the server, as an interceptor of the SDK sees it. */
@Timeout(60)
class SdkWireTest {
    @AutoClose
    private static final InMemoryGramme GRAMME = new InMemoryGramme();

    private final Tap tap = new Tap();

    /** Sees every attempt, of which there must be one for each call. */
    private static final class Tap implements ExecutionInterceptor {
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger attempts = new AtomicInteger();
        private final Queue<SdkHttpResponse> responses = new ConcurrentLinkedQueue<>();

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            calls.incrementAndGet();
        }

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            attempts.incrementAndGet();
        }

        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            responses.add(context.httpResponse());
        }

        void checkNothingWasRetried() {
            assertThat(attempts).hasValue(calls.get());
            assertThat(responses).hasSize(calls.get());
        }
    }

    private DynamoDbClient client(UnaryOperator<DynamoDbClientBuilder> more) {
        return more.apply(DynamoDbClient.builder()
                        .endpointOverride(GRAMME.url())
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("111111111111", "secret")))
                        .overrideConfiguration(configuration -> configuration.addExecutionInterceptor(tap)))
                .build();
    }

    @BeforeAll
    static void makeTables() {
        GRAMME.table(
                "plain",
                request -> request.attributeDefinitions(attribute("id", S)).keySchema(hash("id")));
        GRAMME.table(
                "collections",
                request -> request.attributeDefinitions(attribute("id", S), attribute("at", S), attribute("k", S))
                        .keySchema(hash("id"), range("at"))
                        .localSecondaryIndexes(local("local", keysOnly(), hash("id"), range("k"))));
    }

    @Test
    void noCallIsMadeTwice() {
        List<Consumer<DynamoDbClient>> calls = List.of(
                client -> client.putItem(request ->
                        request.tableName("plain").item(Map.of("id", s("x"), "text", s("x".repeat(200_000))))),
                client -> client.getItem(request -> request.tableName("plain").key(Map.of("id", s("x")))),
                client -> client.getItem(request -> request.tableName("plain").key(Map.of("id", s("none")))),
                client -> client.scan(request -> request.tableName("plain")),
                client -> client.describeTable(request -> request.tableName("plain")),
                client -> client.tagResource(
                        request -> request.resourceArn("arn:aws:dynamodb:eu-west-1:111111111111:table/plain")
                                .tags(Tag.builder().key("a").value("b").build())),
                client -> refused(
                        "ValidationException",
                        () -> client.putItem(
                                request -> request.tableName("plain").item(Map.of("id", n(1))))),
                client -> refused(
                        "ResourceNotFoundException",
                        () -> client.getItem(
                                request -> request.tableName("none").key(Map.of("id", s("x"))))),
                client -> refused(
                        "ConditionalCheckFailedException",
                        () -> client.deleteItem(request -> request.tableName("plain")
                                .key(Map.of("id", s("none")))
                                .conditionExpression("attribute_exists(id)"))));
        try (DynamoDbClient client = client(builder -> builder)) {
            calls.forEach(call -> call.accept(client));
        }
        tap.checkNothingWasRetried();
        assertThat(tap.responses).allSatisfy(response -> {
            assertThat(response.firstMatchingHeader("x-amzn-RequestId"))
                    .get()
                    .asString()
                    .matches("[0-9A-Z]{52}");
            assertThat(response.firstMatchingHeader("x-amz-crc32")).isPresent();
            assertThat(response.firstMatchingHeader("Content-Type")).hasValue("application/x-amz-json-1.0");
        });
    }

    private static AwsServiceException refused(String code, Runnable call) {
        var refusal = catchThrowableOfType(DynamoDbException.class, call::run);
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(refusal.requestId()).matches("[0-9A-Z]{52}");
        assertThat(refusal.isThrottlingException()).isFalse();
        assertThat(refusal.isClockSkewException()).isFalse();
        return refusal;
    }

    @Test
    void headersOfTheClientsOwnChangeWhatTheyName() {
        try (DynamoDbClient client = client(builder -> builder)) {
            client.listTables(request -> request.overrideConfiguration(raw -> raw.putHeader("X-Custom", "é ü")
                    .putHeader("Content-Type", "application/json; charset=UTF-8")
                    .putHeader("Origin", GRAMME.url().toString())));
            SdkHttpResponse response = tap.responses.element();
            assertThat(response.firstMatchingHeader("Content-Type")).hasValue("application/json");
            assertThat(response.firstMatchingHeader("Access-Control-Allow-Origin"))
                    .hasValue(GRAMME.url().toString());
            var foreign = catchThrowableOfType(
                    DynamoDbException.class,
                    () -> client.listTables(request ->
                            request.overrideConfiguration(raw -> raw.putHeader("Origin", "http://example.com"))));
            assertThat(foreign.statusCode()).isEqualTo(403);
            assertThat(foreign.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
            assertThat(foreign.awsErrorDetails().errorMessage()).contains("http://example.com", "--allow-origin");
            var bare = catchThrowableOfType(
                    DynamoDbException.class,
                    () -> client.listTables(request ->
                            request.overrideConfiguration(raw -> raw.putHeader("Content-Type", "text/plain"))));
            assertThat(bare.statusCode()).isEqualTo(404);
        }
        tap.checkNothingWasRetried();
    }

    @Test
    void answersAreCompressedForAClientThatAsks() {
        try (DynamoDbClient client = client(builder -> builder)) {
            var item = Map.of("id", s("long"), "text", s("é".repeat(50_000)));
            client.putItem(request -> request.tableName("plain").item(item));
            var found = client.getItem(request -> request.tableName("plain")
                    .key(Map.of("id", s("long")))
                    .overrideConfiguration(raw -> raw.putHeader("Accept-Encoding", "gzip")));
            // The SDK checks the checksum, then inflates.
            assertThat(found.item()).isEqualTo(item);
        }
        SdkHttpResponse last = List.copyOf(tap.responses).getLast();
        assertThat(last.firstMatchingHeader("Content-Encoding")).hasValue("gzip");
        assertThat(last.firstMatchingHeader("Content-Length").map(Integer::parseInt))
                .get()
                .satisfies(length -> assertThat(length).isLessThan(5_000));
        tap.checkNothingWasRetried();
    }

    @Test
    void whoDiscoversEndpointsStaysHere() {
        String address =
                GRAMME.client.describeEndpoints().endpoints().getFirst().address();
        assertThat(GRAMME.url().toString()).isEqualTo("http://" + address);
        try (DynamoDbClient client = client(builder -> builder.endpointDiscoveryEnabled(true))) {
            for (int i = 0; i < 3; i++) {
                client.putItem(request -> request.tableName("plain").item(Map.of("id", s("discovered"))));
            }
            // The SDK discovers in the background.
            await().untilAsserted(tap::checkNothingWasRetried);
        }
    }

    @Test
    void collectionsAreMeasured() {
        try (DynamoDbClient client = client(builder -> builder)) {
            var key = Map.of("id", s("c"), "at", s("1"));
            ItemCollectionMetrics expected = ItemCollectionMetrics.builder()
                    .itemCollectionKey(Map.of("id", s("c")))
                    .sizeEstimateRangeGB(0.0, 1.0)
                    .build();
            assertThat(client.putItem(request -> request.tableName("collections")
                                    .item(key)
                                    .returnItemCollectionMetrics(ReturnItemCollectionMetrics.SIZE))
                            .itemCollectionMetrics())
                    .isEqualTo(expected);
            assertThat(client.updateItem(request -> request.tableName("collections")
                                    .key(key)
                                    .updateExpression("SET k = :k")
                                    .expressionAttributeValues(Map.of(":k", s("k")))
                                    .returnItemCollectionMetrics(ReturnItemCollectionMetrics.SIZE))
                            .itemCollectionMetrics())
                    .isEqualTo(expected);
            var batch = client.batchWriteItem(request -> request.requestItems(Map.of(
                            "collections",
                            List.of(WriteRequest.builder()
                                    .deleteRequest(delete -> delete.key(key))
                                    .build())))
                    .returnItemCollectionMetrics(ReturnItemCollectionMetrics.SIZE));
            assertThat(batch.itemCollectionMetrics()).isEqualTo(Map.of("collections", List.of(expected)));
            // A table without local indexes has no collections.
            assertThat(client.putItem(request -> request.tableName("plain")
                                    .item(Map.of("id", s("c")))
                                    .returnItemCollectionMetrics(ReturnItemCollectionMetrics.SIZE))
                            .itemCollectionMetrics())
                    .isNull();
        }
        tap.checkNothingWasRetried();
    }
}
