package io.gramme.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.embedded.junit.GrammeTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

@GrammeTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsTest {
    private final Faults faults;
    private final DynamoDbClient client;

    FaultsTest(Faults faults, DynamoDbClient client) {
        this.faults = faults;
        this.client = client;
    }

    @BeforeAll
    static void createTable(DynamoDbClient client) {
        var _ = Tables.create(client, "orders");
    }

    private DynamoDbClient withoutRetries(EmbeddedGramme gramme) {
        return gramme.connect(DynamoDbClient.builder()
                        .overrideConfiguration(options -> options.retryStrategy(
                                software.amazon.awssdk.retries.DefaultRetryStrategy.doNotRetry())))
                .build();
    }

    @Test
    void theSdkRetriesThroughAThrottle() {
        String id = faults.add(Fault.throttle().on("PutItem").ofTable("orders").times(2));
        client.putItem(put -> put.tableName("orders").item(Tables.item("a", "text")));
        assertThat(faults.induced(id)).isEqualTo(2);
        assertThat(Tables.get(client, "orders", "a")).isNotEmpty();
    }

    @Test
    void aClientWithoutRetriesSeesTheErrorAndItsReasons(EmbeddedGramme gramme) {
        var _ = faults.add(
                Fault.throttle(Fault.Cause.ON_DEMAND_MAXIMUM).ofTable("orders").ofKey("a"));
        try (DynamoDbClient once = withoutRetries(gramme)) {
            assertThatThrownBy(() -> once.getItem(get -> get.tableName("orders").key(Tables.key("a"))))
                    .isInstanceOfSatisfying(
                            ThrottlingException.class,
                            error -> assertThat(
                                            error.throttlingReasons().getFirst().reason())
                                    .isEqualTo("TableReadMaxOnDemandThroughputExceeded"));
            assertThat(Tables.get(once, "orders", "b")).isEmpty();
        }
    }

    @Test
    void itemsOfABatchStayUnprocessed() {
        var _ = faults.add(Fault.unprocessed().times(1).skipFirst(1));
        List<WriteRequest> writes = List.of(put("a"), put("b"), put("c"));
        assertThat(client.batchWriteItem(batch -> batch.requestItems(Map.of("orders", writes)))
                        .unprocessedItems())
                .isEqualTo(Map.of("orders", List.of(put("b"))));
    }

    private static WriteRequest put(String id) {
        return WriteRequest.builder()
                .putRequest(PutRequest.builder().item(Tables.item(id, "text")).build())
                .build();
    }

    @Test
    void anAnswerThatIsLostIsRetried() {
        String id = faults.add(
                Fault.internalServerError().afterExecution().on("UpdateItem").times(1));
        client.updateItem(update -> update.tableName("orders")
                .key(Tables.key("counted"))
                .updateExpression("ADD n :one")
                .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))));
        assertThat(faults.induced(id)).isEqualTo(1);
        assertThat(Tables.get(client, "orders", "counted")).containsEntry("n", AttributeValue.fromN("2"));
    }

    @Test
    void aRuleIsRemoved() {
        String id = faults.add(Fault.transactionConflict().ofTable("orders").ofKey(AttributeValue.fromS("a")));
        assertThatThrownBy(() ->
                        client.deleteItem(delete -> delete.tableName("orders").key(Tables.key("a"))))
                .isInstanceOf(TransactionConflictException.class);
        faults.remove(id);
        client.deleteItem(delete -> delete.tableName("orders").key(Tables.key("a")));
        assertThat(faults.induced(id)).isZero();
    }

    @Test
    void aRuleThatCouldHaveNoEffectIsRefused() {
        assertThatThrownBy(() -> faults.add(Fault.delay(Duration.ofMinutes(2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'delayMilliseconds' failed to satisfy constraint");
        assertThatThrownBy(() -> faults.add(Fault.unprocessed().on("Query")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("One or more parameter values were invalid: The effect UNPROCESSED cannot occur in Query");
    }

    @Test
    @Order(1)
    void aRuleEndsWithItsTest() {
        var _ = faults.add(
                Fault.error("ServiceUnavailableException").withProbability(1, 1).withMessage("later"));
    }

    @Test
    @Order(2)
    void theNextTestHasNoRule() {
        assertThat(client.listTables().tableNames()).containsExactly("orders");
    }
}
