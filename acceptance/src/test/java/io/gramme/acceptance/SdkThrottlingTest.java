package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.s;
import static io.gramme.acceptance.Schemas.attribute;
import static io.gramme.acceptance.Schemas.hash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.S;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** How the SDK meets its first throttles. Tables choose their throttling by a tag. */
@Timeout(60)
class SdkThrottlingTest {
    private static final String LARGE = "x".repeat(200_000);

    @AutoClose
    private static final InMemoryGramme GRAMME = new InMemoryGramme();

    private final DynamoDbClient patient = GRAMME.client;

    @Test
    void aTableBeyondItsThroughputRefusesWithReasonsAndServesAClientThatRetries() {
        String arn = provisioned("refusing");
        try (DynamoDbClient once = Clients.withoutRetry(GRAMME.url())) {
            // Each costs what the table gains in four seconds.
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            put(once, "refusing", Map.of("id", s("a"), "v", s("x".repeat(20_000))));
                        }
                    })
                    .isInstanceOfSatisfying(ProvisionedThroughputExceededException.class, refusal -> {
                        assertThat(refusal.throttlingReasons()).hasSize(1);
                        assertThat(refusal.throttlingReasons().getFirst().reason())
                                .isEqualTo("TableWriteProvisionedThroughputExceeded");
                        assertThat(refusal.throttlingReasons().getFirst().resource())
                                .isEqualTo(arn);
                        assertThat(refusal.isThrottlingException()).isTrue();
                    });
        }
        var served = new AtomicReference<PutItemResponse>();
        Awaitility.await()
                .atMost(Duration.ofSeconds(50))
                .ignoreException(ProvisionedThroughputExceededException.class)
                .until(() -> {
                    served.set(put(patient, "refusing", Map.of("id", s("b"))));
                    return true;
                });
        assertThat(served.get().sdkHttpResponse().isSuccessful()).isTrue();
    }

    @Test
    void aBatchReturnsWhatItHasNoUnitsFor() {
        provisioned("batched");
        List<WriteRequest> writes = List.of(write("a", LARGE), write("b", LARGE));
        var answer = patient.batchWriteItem(request -> request.requestItems(Map.of("batched", writes)));
        assertThat(answer.unprocessedItems().get("batched")).containsExactly(writes.getLast());
    }

    private static WriteRequest write(String id, String value) {
        return WriteRequest.builder()
                .putRequest(PutRequest.builder()
                        .item(Map.of("id", s(id), "v", s(value)))
                        .build())
                .build();
    }

    private static PutItemResponse put(DynamoDbClient client, String table, Map<String, AttributeValue> item) {
        return client.putItem(request -> request.tableName(table).item(item));
    }

    private String provisioned(String name) {
        patient.createTable(request -> request.tableName(name)
                .attributeDefinitions(attribute("id", S))
                .keySchema(hash("id"))
                .provisionedThroughput(units -> units.readCapacityUnits(5L).writeCapacityUnits(5L))
                .tags(Tag.builder().key("gramme:throughput").value("limits").build()));
        return patient.waiter()
                .waitUntilTableExists(request -> request.tableName(name))
                .matched()
                .response()
                .orElseThrow()
                .table()
                .tableArn();
    }
}
