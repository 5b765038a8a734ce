package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.CancellationReason;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.error.ThrottlingReason;
import io.gramme.server.Client;
import io.gramme.tables.access.Access;
import io.gramme.tables.capacity.Meters;
import io.gramme.tables.capacity.ThroughputMode;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.table.Throughput;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What requests beyond the throughput of a table, an index or a partition are answered, in a time of the test's own. */
class ThrottlingTest {
    private static final long SECOND = 1_000_000_000;
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/Tab";

    private long now;
    private final Meters meters = Meters.alone(ThroughputMode.AWS, Optional.empty(), () -> now, () -> 0);
    private final Client client = Client.behind(Clock.systemUTC(), Access.UNRESTRICTED, meters);

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aProvisionedTableServesItsRateAndWhatItSavedInFiveMinutes() {
        provisioned("Tab", 5, 5, "");
        put("k", 1);
        assertThat(reads()).as("begins with one second").isEqualTo(5);
        now += 1_000 * SECOND;
        assertThat(reads()).isEqualTo(1_500);
        now += SECOND;
        assertThat(reads()).isEqualTo(5);
        assertThat(refused(() -> get("k")))
                .satisfies(
                        is(ErrorCode.PROVISIONED_THROUGHPUT_EXCEEDED, "TableReadProvisionedThroughputExceeded", TABLE));
    }

    @Test
    void aChangedLimitAppliesToTheNextRequest() {
        provisioned("Tab", 5, 5, "");
        put("k", 1);
        assertThat(reads()).isEqualTo(5);
        client.call(
                "UpdateTable",
                "{TableName: 'Tab', ProvisionedThroughput: {ReadCapacityUnits: 20, WriteCapacityUnits: 5}}");
        now += SECOND;
        assertThat(reads()).isEqualTo(20);
    }

    @Test
    void aLargeWritePassesAndIsWaitedFor() {
        provisioned("Tab", 5, 5, "");
        put("k", 390_000);
        assertThat(refused(() -> put("k", 1)))
                .satisfies(is(
                        ErrorCode.PROVISIONED_THROUGHPUT_EXCEEDED, "TableWriteProvisionedThroughputExceeded", TABLE));
        now += 75 * SECOND;
        refused(() -> put("k", 1));
        now += 2 * SECOND;
        // It costs as much as the item that it replaces.
        put("k", 1);
    }

    @Test
    void aStarvingIndexRefusesTheWriteAndNothingIsConsumed() {
        provisioned("Tab", 50, 50, index("5", "1"));
        client.call("PutItem", "{TableName: 'Tab', Item: {pk: {S: 'a'}, g: {S: 'x'}}}");
        client.call("PutItem", "{TableName: 'Tab', Item: {pk: {S: 'sparse'}}}");
        double before = consumed();
        assertThat(refused(() -> client.call("PutItem", "{TableName: 'Tab', Item: {pk: {S: 'b'}, g: {S: 'y'}}}")))
                .satisfies(is(
                        ErrorCode.PROVISIONED_THROUGHPUT_EXCEEDED,
                        "IndexWriteProvisionedThroughputExceeded",
                        TABLE + "/index/by-g"));
        assertThat(consumed()).isEqualTo(before);
        client.call("PutItem", "{TableName: 'Tab', Item: {pk: {S: 'sparse'}}}");
        now += SECOND;
        client.call("PutItem", "{TableName: 'Tab', Item: {pk: {S: 'b'}, g: {S: 'y'}}}");
    }

    @Test
    void anIndexIsReadFromItsOwnUnits() {
        provisioned("Tab", 1, 50, index("2", "50"));
        put("k", 1);
        assertThat(times(() -> client.call("Scan", "{TableName: 'Tab', IndexName: 'by-g'}")))
                .isEqualTo(4);
        get("k");
    }

    @Test
    void aBatchLeavesUnprocessedWhatThereAreNoUnitsForAndIsRefusedIfThatIsAll() {
        provisioned("Tab", 2, 2, "");
        String batch = "{RequestItems: {Tab: [{PutRequest: {Item: {pk: {S: 'a'}}}},"
                + "{PutRequest: {Item: {pk: {S: 'b'}}}}, {PutRequest: {Item: {pk: {S: 'c'}}}}]}}";
        JsonNode answer = client.call("BatchWriteItem", batch);
        assertThat(answer.get("UnprocessedItems").get("Tab")).hasSize(1);
        assertThat(answer.get("UnprocessedItems").toString()).contains("\"c\"");
        refused(() -> client.call("BatchWriteItem", batch));
        String keys = "{RequestItems: {Tab: {ConsistentRead: true, Keys: [{pk: {S: 'a'}}, {pk: {S: 'b'}},"
                + "{pk: {S: 'c'}}, {pk: {S: 'd'}}, {pk: {S: 'e'}}]}}}";
        answer = client.call("BatchGetItem", keys);
        assertThat(answer.get("Responses").get("Tab")).hasSize(2);
        assertThat(answer.get("UnprocessedKeys").get("Tab").get("Keys")).hasSize(1);
        refused(() -> client.call("BatchGetItem", keys));
    }

    @Test
    void aRefusedTransactionNamesItsActionAndPaysNothing() {
        provisioned("Tab", 50, 50, "");
        provisioned("Poor", 1, 1, "");
        client.call("PutItem", "{TableName: 'Poor', Item: {pk: {S: 'a'}}}");
        double before = consumed();
        ApiException refusal = refused(() -> client.call(
                "TransactWriteItems",
                "{TransactItems: [{Put: {TableName: 'Tab', Item: {pk: {S: 'a'}}}},"
                        + "{Put: {TableName: 'Poor', Item: {pk: {S: 'a'}}}}]}"));
        assertThat(refusal.code()).isEqualTo(ErrorCode.TRANSACTION_CANCELED);
        assertThat(refusal.reasons())
                .extracting(CancellationReason::code)
                .containsExactly("None", "ProvisionedThroughputExceeded");
        assertThat(consumed()).isEqualTo(before);
    }

    @Test
    void aStatementOfABatchIsRefusedByItself() {
        provisioned("Tab", 50, 1, "");
        JsonNode answer = client.call(
                "BatchExecuteStatement",
                "{Statements: [{Statement: \"INSERT INTO Tab VALUE {'pk': 'a'}\"},"
                        + "{Statement: \"INSERT INTO Tab VALUE {'pk': 'b'}\"}]}");
        assertThat(answer.get("Responses").get(0).has("Error")).isFalse();
        assertThat(answer.get("Responses").get(1).get("Error").get("Code").asString())
                .isEqualTo("ProvisionedThroughputExceeded");
    }

    @Test
    void aFalseConditionCostsAWriteAndWithoutUnitsItIsNotEvenChecked() {
        provisioned("Tab", 5, 1, "");
        String request = "{TableName: 'Tab', Item: {pk: {S: 'a'}}, ConditionExpression: 'attribute_exists(pk)'}";
        assertThat(refused(() -> client.call("PutItem", request)).code()).isEqualTo(ErrorCode.CONDITION_FAILED);
        assertThat(refused(() -> client.call("PutItem", request)).code())
                .isEqualTo(ErrorCode.PROVISIONED_THROUGHPUT_EXCEEDED);
    }

    @Test
    void aHotKeyIsRefusedWhileItsNeighboursAreServed() {
        onDemand("Tab", "");
        put("k", 1);
        assertThat(times(() -> getConsistently("k"))).isEqualTo(3_000);
        assertThat(refused(() -> getConsistently("k")))
                .satisfies(is(ErrorCode.THROTTLING, "TableReadKeyRangeThroughputExceeded", TABLE));
        var served = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            try {
                getConsistently("other" + i);
                served.add("other" + i);
            } catch (ApiException _) {
                // In the same partition as the hot one.
            }
        }
        assertThat(served).isNotEmpty();
    }

    @Test
    void anOnDemandMaximumRefusesInItsOwnWords() {
        onDemand("Tab", ", OnDemandThroughput: {MaxWriteRequestUnits: 2}");
        put("a", 1);
        put("b", 1);
        assertThat(refused(() -> put("c", 1)))
                .satisfies(is(ErrorCode.THROTTLING, "TableWriteMaxOnDemandThroughputExceeded", TABLE))
                .hasMessage("Throughput exceeds the maximum OnDemandThroughput configured on table or index");
    }

    @Test
    void theQuotaOfAnAccountIsSharedByItsTables() {
        var quota = Optional.of(new Throughput(100, 3));
        try (Client small = Client.behind(
                Clock.systemUTC(), Access.UNRESTRICTED, Meters.alone(ThroughputMode.AWS, quota, () -> now, () -> 0))) {
            for (String name : List.of("one", "two")) {
                small.call(
                        "CreateTable", "{TableName: '" + name + "', BillingMode: 'PAY_PER_REQUEST'" + schema("") + "}");
            }
            small.call("PutItem", "{TableName: 'one', Item: {pk: {S: 'a'}}}");
            small.call("PutItem", "{TableName: 'two', Item: {pk: {S: 'a'}}}");
            small.call("PutItem", "{TableName: 'one', Item: {pk: {S: 'b'}}}");
            assertThat(refused(() -> small.call("PutItem", "{TableName: 'two', Item: {pk: {S: 'b'}}}")))
                    .satisfies(is(
                            ErrorCode.REQUEST_LIMIT_EXCEEDED,
                            "TableWriteAccountLimitExceeded",
                            TABLE.replace("Tab", "two")));
        }
    }

    @Test
    void theTagOfATableOverridesTheMode() {
        provisioned("Tab", 1, 1, ", Tags: [{Key: 'gramme:throughput', Value: 'off'}]");
        for (int i = 0; i < 20; i++) {
            put("k", 1);
        }
        assertThat(consumed()).isEqualTo(20);
    }

    private void provisioned(String name, int reads, int writes, String more) {
        client.call(
                "CreateTable",
                "{TableName: '" + name + "', ProvisionedThroughput: {ReadCapacityUnits: " + reads
                        + ", WriteCapacityUnits: " + writes + "}" + schema(more) + more + "}");
    }

    private void onDemand(String name, String more) {
        client.call(
                "CreateTable",
                "{TableName: '" + name + "', BillingMode: 'PAY_PER_REQUEST'" + schema(more) + more + "}");
    }

    private static String schema(String more) {
        String g = more.contains("IndexName") ? ", {AttributeName: 'g', AttributeType: 'S'}" : "";
        return ", AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}" + g + "],"
                + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]";
    }

    private static String index(String reads, String writes) {
        return ", GlobalSecondaryIndexes: [{IndexName: 'by-g', KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}],"
                + "Projection: {ProjectionType: 'ALL'}, ProvisionedThroughput: {ReadCapacityUnits: " + reads
                + ", WriteCapacityUnits: " + writes + "}}]";
    }

    private void put(String key, int bytes) {
        client.call(
                "PutItem", "{TableName: 'Tab', Item: {pk: {S: '" + key + "'}, v: {S: '" + "x".repeat(bytes) + "'}}}");
    }

    private void get(String key) {
        client.call("GetItem", "{TableName: 'Tab', Key: {pk: {S: '" + key + "'}}}");
    }

    private void getConsistently(String key) {
        client.call("GetItem", "{TableName: 'Tab', Key: {pk: {S: '" + key + "'}}, ConsistentRead: true}");
    }

    /** How many strongly consistent reads of one item are served at this moment. */
    private int reads() {
        return times(() -> getConsistently("k"));
    }

    private static int times(Runnable request) {
        int times = 0;
        while (true) {
            try {
                request.run();
                times++;
            } catch (ApiException _) {
                return times;
            }
        }
    }

    private double consumed() {
        return client.tables().all().stream()
                        .filter(table -> table.name().equals("Tab"))
                        .mapToLong(table -> meters.of(table).consumed(Kind.WRITE))
                        .sum()
                / 2.0;
    }

    private static ApiException refused(Runnable request) {
        var caught = new ArrayList<ApiException>();
        assertThatThrownBy(request::run).isInstanceOfSatisfying(ApiException.class, caught::add);
        return caught.getFirst();
    }

    private static Consumer<ApiException> is(ErrorCode code, String reason, String resource) {
        return refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.throttling())
                    .extracting(ThrottlingReason::reason)
                    .isEqualTo(List.of(reason));
            assertThat(refusal.throttling())
                    .extracting(ThrottlingReason::resource)
                    .isEqualTo(List.of(resource));
        };
    }
}
