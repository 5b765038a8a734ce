package io.gramme.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.error.ThrottlingReason;
import io.gramme.tables.fault.FaultRules;
import io.gramme.tables.item.Admission;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FaultRulesTest {
    private static final String ITEM = "{'TableName': 'orders', 'Item': {'id': {'S': '%s'}, 'day': {'S': 'd1'}}}";
    private static final String KEY = "{'TableName': 'orders', 'Key': {'id': {'S': 'a'}}}";

    private final List<Duration> pauses = new ArrayList<>();
    private final FaultRules rules = new FaultRules(true, pauses::add);
    private final Client client = Client.underFaults(Clock.systemUTC(), Admission.UNLIMITED, rules);

    @BeforeEach
    void createTables() {
        create("orders", "'BillingMode': 'PAY_PER_REQUEST'", "");
        create(
                "stock",
                "'ProvisionedThroughput': {'ReadCapacityUnits': 5, 'WriteCapacityUnits': 5}",
                ", 'ProvisionedThroughput': {'ReadCapacityUnits': 5, 'WriteCapacityUnits': 5}");
    }

    private void create(String table, String billing, String ofIndex) {
        client.call("CreateTable", json("""
                {'TableName': '%s', %s,
                 'AttributeDefinitions': [{'AttributeName': 'id', 'AttributeType': 'S'},
                                          {'AttributeName': 'day', 'AttributeType': 'S'}],
                 'KeySchema': [{'AttributeName': 'id', 'KeyType': 'HASH'}],
                 'GlobalSecondaryIndexes': [{'IndexName': 'byDay', 'Projection': {'ProjectionType': 'ALL'}%s,
                     'KeySchema': [{'AttributeName': 'day', 'KeyType': 'HASH'}]}]}""".formatted(table, billing, ofIndex)));
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private JsonNode rule(String members) {
        return client.callGramme("PutFaultRule", json("{" + members + "}")).get("Rule");
    }

    private ApiException refused(String operation, String request) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> client.call(operation, json(request)));
        assertThat(refusal).as("%s %s", operation, request).isNotNull();
        return refusal;
    }

    private JsonNode call(String operation, String request) {
        return client.call(operation, json(request));
    }

    private String invalid(String members) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> rule(members));
        assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION);
        return refusal.text().replace("One or more parameter values were invalid: ", "");
    }

    @Test
    void aThrottleHasTheErrorAndTheReasonOfTheTablesBillingMode() {
        rule("'Effect': 'THROTTLE', 'Operations': ['GetItem']");
        ApiException onDemand = refused("GetItem", KEY);
        assertThat(onDemand.code()).isEqualTo(ErrorCode.THROTTLING);
        assertThat(onDemand.throttling())
                .extracting(ThrottlingReason::reason)
                .containsExactly("TableReadKeyRangeThroughputExceeded");
        ApiException provisioned = refused("GetItem", KEY.replace("orders", "stock"));
        assertThat(provisioned.code()).isEqualTo(ErrorCode.PROVISIONED_THROUGHPUT_EXCEEDED);
        assertThat(provisioned.throttling())
                .extracting(ThrottlingReason::reason)
                .containsExactly("TableReadProvisionedThroughputExceeded");
    }

    @Test
    void eachCauseOfAThrottleHasItsError() {
        rule("'RuleId': 'one', 'Effect': 'THROTTLE', 'Cause': 'ON_DEMAND_MAXIMUM'");
        assertThat(refused("GetItem", KEY).text()).contains("maximum OnDemandThroughput");
        rule("'RuleId': 'one', 'Effect': 'THROTTLE', 'Cause': 'ACCOUNT'");
        assertThat(refused("GetItem", KEY).code()).isEqualTo(ErrorCode.REQUEST_LIMIT_EXCEEDED);
        rule("'RuleId': 'one', 'Effect': 'THROTTLE', 'Cause': 'KEY_RANGE'");
        assertThat(refused("GetItem", KEY.replace("orders", "stock")).throttling())
                .extracting(ThrottlingReason::reason)
                .containsExactly("TableReadKeyRangeThroughputExceeded");
    }

    @Test
    void aRuleOfAnIndexMatchesItsReadsAndTheWritesThatChangeItsEntries() {
        rule("'Effect': 'THROTTLE', 'TableName': 'orders', 'IndexName': 'byDay', 'PartitionKey': {'S': 'd1'}");
        assertThat(refused("PutItem", ITEM.formatted("a")).throttling())
                .extracting(ThrottlingReason::reason)
                .containsExactly("IndexWriteKeyRangeThroughputExceeded");
        call("PutItem", "{'TableName': 'orders', 'Item': {'id': {'S': 'a'}, 'day': {'S': 'd2'}}}");
        call("PutItem", "{'TableName': 'orders', 'Item': {'id': {'S': 'b'}}}");
        String query = """
                {'TableName': 'orders', 'IndexName': 'byDay', 'KeyConditionExpression': '#d = :d',
                 'ExpressionAttributeNames': {'#d': 'day'},
                 'ExpressionAttributeValues': {':d': {'S': '%s'}}}""";
        ApiException refusal = refused("Query", query.formatted("d1"));
        assertThat(refusal.throttling().getFirst().resource()).endsWith(":table/orders/index/byDay");
        assertThat(call("Query", query.formatted("d2")).get("Count").asInt()).isEqualTo(1);
        assertThat(refused("UpdateItem", """
                {'TableName': 'orders', 'Key': {'id': {'S': 'b'}}, 'UpdateExpression': 'SET #d = :d',
                 'ExpressionAttributeNames': {'#d': 'day'}, 'ExpressionAttributeValues': {':d': {'S': 'd1'}}}""").throttling()).isNotEmpty();
    }

    @Test
    void aRuleOfAKeyLeavesOtherKeysAlone() {
        rule("'Effect': 'ERROR', 'TableName': 'orders', 'PartitionKey': {'S': 'a'}");
        assertThat(refused("GetItem", KEY).code()).isEqualTo(ErrorCode.INTERNAL);
        call("GetItem", "{'TableName': 'orders', 'Key': {'id': {'S': 'b'}}}");
        assertThat(refused("PutItem", ITEM.formatted("a")).code().status()).isEqualTo(500);
        call("PutItem", ITEM.formatted("b"));
    }

    @Test
    void aRuleHasItsEffectSoManyTimesAfterSoManyMatches() {
        rule("'Effect': 'ERROR', 'ErrorName': 'ServiceUnavailableException', 'SkipFirst': 1, 'Times': 2,"
                + " 'Operations': ['GetItem'], 'Message': 'again'");
        call("GetItem", KEY);
        ApiException refusal = refused("GetItem", KEY);
        assertThat(refusal.code().status()).isEqualTo(503);
        assertThat(refusal.text()).isEqualTo("again");
        refused("GetItem", KEY);
        call("GetItem", KEY);
        JsonNode listed = client.callGramme("ListFaultRules", "{}");
        assertThat(listed.get("InducedFaults").asInt()).isEqualTo(2);
        assertThat(listed.get("Rules").get(0).get("Matches").asInt()).isEqualTo(4);
        assertThat(listed.get("Rules").get(0).get("InducedFaults").asInt()).isEqualTo(2);
    }

    private List<Boolean> refusals(int requests) {
        var refusals = new ArrayList<Boolean>();
        for (int i = 0; i < requests; i++) {
            refusals.add(!client.outcome("GetItem", json(KEY)).startsWith("{"));
        }
        return refusals;
    }

    @Test
    void aProbabilityWithASeedIsTheSameEachTime() {
        String members = "'RuleId': 'p', 'Effect': 'ERROR', 'Probability': 0.3, 'Seed': ";
        rule(members + "7");
        List<Boolean> first = refusals(100);
        assertThat(first.stream().filter(refused -> refused).count()).isBetween(15L, 45L);
        rule(members + "7");
        assertThat(refusals(100)).isEqualTo(first);
        rule(members + "8");
        assertThat(refusals(100)).isNotEqualTo(first);
    }

    @Test
    void aDelayWaitsOnceForARequestAndNoLongerThanTheLongestDelay() {
        rule("'RuleId': 'one', 'Effect': 'DELAY', 'DelayMilliseconds': 40000, 'Operations': ['BatchWriteItem']");
        rule("'RuleId': 'two', 'Effect': 'DELAY', 'DelayMilliseconds': 40000, 'Operations': ['BatchWriteItem']");
        call("BatchWriteItem", """
                {'RequestItems': {'orders': [{'PutRequest': {'Item': {'id': {'S': 'a'}}}}],
                                  'stock': [{'PutRequest': {'Item': {'id': {'S': 'a'}}}}]}}""");
        assertThat(pauses).containsExactly(Duration.ofSeconds(40), Duration.ofSeconds(20));
    }

    @Test
    void anErrorAfterExecutionHidesWhatWasDone() {
        rule("'Effect': 'ERROR', 'AfterExecution': true, 'Operations': ['PutItem']");
        assertThat(refused("PutItem", ITEM.formatted("a")).code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(call("GetItem", KEY).has("Item")).isTrue();
    }

    private static final String BATCH = """
            {'RequestItems': {'orders': [{'PutRequest': {'Item': {'id': {'S': 'a'}}}},
                                         {'PutRequest': {'Item': {'id': {'S': 'b'}}}},
                                         {'PutRequest': {'Item': {'id': {'S': 'c'}}}}]}}""";

    private static final String BATCH_OF_KEYS = """
            {'RequestItems': {'orders': {'Keys': [{'id': {'S': 'a'}}, {'id': {'S': 'b'}}, {'id': {'S': 'c'}}]}}}""";

    @Test
    void someItemsOfABatchOrAllOfThemStayUnprocessed() {
        rule("'RuleId': 'u', 'Effect': 'UNPROCESSED', 'TableName': 'orders', 'PartitionKey': {'S': 'b'}");
        JsonNode left = call("BatchWriteItem", BATCH).get("UnprocessedItems").get("orders");
        assertThat(left).hasSize(1);
        assertThat(left.toString()).contains("{\"S\":\"b\"}");
        assertThat(call("BatchGetItem", BATCH_OF_KEYS)
                        .get("UnprocessedKeys")
                        .get("orders")
                        .get("Keys")
                        .toString())
                .isEqualTo("[{\"id\":{\"S\":\"b\"}}]");
        rule("'RuleId': 'u', 'Effect': 'UNPROCESSED'");
        assertThat(call("BatchWriteItem", BATCH).get("UnprocessedItems").get("orders"))
                .hasSize(3);
        assertThat(call("BatchGetItem", BATCH_OF_KEYS)
                        .get("UnprocessedKeys")
                        .get("orders")
                        .get("Keys"))
                .hasSize(3);
        call("PutItem", ITEM.formatted("z"));
    }

    @Test
    void aBatchOfThrottledItemsAloneIsRefused() {
        rule("'Effect': 'THROTTLE', 'Times': 4");
        assertThat(refused("BatchWriteItem", BATCH).code()).isEqualTo(ErrorCode.THROTTLING);
        assertThat(call("BatchWriteItem", BATCH).get("UnprocessedItems").get("orders"))
                .hasSize(1);
    }

    private static final String TRANSACTION = """
            {'TransactItems': [{'Put': {'TableName': 'orders', 'Item': {'id': {'S': 'a'}}}},
                               {'Put': {'TableName': 'orders', 'Item': {'id': {'S': 'b'}}}}]}""";

    @Test
    void aTransactionIsCancelledForTheReasonOfEachItem() {
        rule("'RuleId': 'c', 'Effect': 'TRANSACTION_CONFLICT', 'TableName': 'orders', 'PartitionKey': {'S': 'b'}");
        assertThat(refused("TransactWriteItems", TRANSACTION).text()).endsWith("[None, TransactionConflict]");
        assertThat(refused("TransactGetItems", TRANSACTION.replace("Put", "Get").replace("Item'", "Key'"))
                        .text())
                .endsWith("[None, TransactionConflict]");
        assertThat(refused("PutItem", ITEM.formatted("b")).code()).isEqualTo(ErrorCode.TRANSACTION_CONFLICT);
        call("GetItem", KEY.replace("'a'", "'b'"));
        rule("'RuleId': 'c', 'Effect': 'THROTTLE', 'SkipFirst': 1, 'Times': 1");
        assertThat(refused("TransactWriteItems", TRANSACTION).text()).endsWith("[None, ThrottlingError]");
        call("TransactWriteItems", TRANSACTION);
    }

    @Test
    void statementsOfABatchFailOneByOne() {
        rule("'Effect': 'ERROR', 'TableName': 'orders', 'PartitionKey': {'S': 'b'}");
        JsonNode answers = client.call("BatchExecuteStatement", """
                        {"Statements": [{"Statement": "SELECT * FROM orders WHERE id = 'a'"},
                                        {"Statement": "SELECT * FROM orders WHERE id = 'b'"}]}""").get("Responses");
        assertThat(answers.get(0).has("Error")).isFalse();
        assertThat(answers.get(1).get("Error").get("Code").asString()).isEqualTo("InternalServerError");
    }

    @Test
    void callsOnTablesAreThrottledWithoutReasons() {
        rule("'Effect': 'THROTTLE', 'TableName': 'orders', 'Operations': ['DescribeTable', 'ListTagsOfResource']");
        ApiException refusal = refused("DescribeTable", "{'TableName': 'orders'}");
        assertThat(refusal.text()).isEqualTo("Rate exceeded");
        assertThat(refusal.throttling()).isEmpty();
        JsonNode other = call("DescribeTable", "{'TableName': 'stock'}");
        String arn = other.get("Table").get("TableArn").asString().replace("stock", "orders");
        assertThat(refused("ListTagsOfResource", "{'ResourceArn': '" + arn + "'}")
                        .text())
                .isEqualTo("Rate exceeded");
        call("ListTables", "{}");
    }

    @Test
    void aRuleIsReplacedListedAndDeleted() {
        assertThat(rule("'RuleId': 'one', 'Effect': 'DELAY', 'DelayMilliseconds': 5, 'Operations': ['Scan', 'Query']"))
                .isEqualTo(Client.json(json("""
                        {'RuleId': 'one', 'Effect': 'DELAY', 'DelayMilliseconds': 5, 'Operations': ['Query', 'Scan'],
                         'Probability': 1.0, 'Seed': 0, 'SkipFirst': 0, 'Matches': 0, 'InducedFaults': 0}""")));
        rule("'RuleId': 'one', 'Effect': 'UNPROCESSED'");
        rule("'RuleId': 'two', 'Effect': 'UNPROCESSED'");
        rule("'Effect': 'UNPROCESSED'");
        JsonNode listed = client.callGramme("ListFaultRules", "{}").get("Rules");
        assertThat(listed).hasSize(3);
        assertThat(listed.get(0).get("Effect").asString()).isEqualTo("UNPROCESSED");
        assertThat(client.callGramme("DeleteFaultRules", json("{'RuleIds': ['two', 'none']}"))
                        .get("Deleted")
                        .asInt())
                .isEqualTo(1);
        assertThat(client.callGramme("DeleteFaultRules", "{}").get("Deleted").asInt())
                .isEqualTo(2);
        assertThat(rules.areThere()).isFalse();
    }

    @Test
    void aServerHasNoMoreRulesThanItCanCompareWithEachRequest() {
        for (int i = 0; i < FaultRules.MOST; i++) {
            rule("'Effect': 'UNPROCESSED', 'RuleId': 'r" + i + "'");
        }
        rule("'Effect': 'UNPROCESSED', 'RuleId': 'r0'");
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> rule("'Effect': 'UNPROCESSED'"));
        assertThat(refusal.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    }

    @Test
    void aRuleThatCouldHaveNoEffectIsRefused() {
        assertThat(invalid("'Effect': 'DELAY'")).isEqualTo("DelayMilliseconds is required for the effect DELAY");
        assertThat(invalid("'Effect': 'THROTTLE', 'Message': 'm'")).isEqualTo("Message belongs to the effect ERROR");
        assertThat(invalid("'Effect': 'ERROR', 'Cause': 'ACCOUNT'")).isEqualTo("Cause belongs to the effect THROTTLE");
        assertThat(invalid("'Effect': 'ERROR', 'Operations': ['PutFaultRule']"))
                .startsWith("Operations: PutFaultRule is not an operation of DynamoDB");
        assertThat(invalid("'Effect': 'ERROR', 'ErrorName': 'Nonsense'"))
                .startsWith("ErrorName: Nonsense is not an error that a rule can induce");
        assertThat(invalid("'Effect': 'ERROR', 'ErrorName': 'TransactionCanceledException'"))
                .startsWith("ErrorName: ");
        assertThat(invalid("'Effect': 'ERROR', 'Probability': 0"))
                .isEqualTo("Probability is more than 0 and at most 1");
        assertThat(invalid("'Effect': 'ERROR', 'PartitionKey': {'S': 'a'}"))
                .isEqualTo("PartitionKey requires TableName");
        assertThat(invalid("'Effect': 'ERROR', 'TableName': 'orders', 'PartitionKey': {'BOOL': true}"))
                .isEqualTo("PartitionKey is of type S, N or B");
        String longest = "k".repeat(2_048);
        assertThat(invalid("'Effect': 'ERROR', 'TableName': 'orders', 'PartitionKey': {'S': '" + longest + "k'}"))
                .isEqualTo("PartitionKey has at most 2048 bytes");
        rule("'RuleId': 'long', 'Effect': 'ERROR', 'TableName': 'orders', 'PartitionKey': {'S': '" + longest + "'}");
        call("GetItem", KEY);
        assertThat(invalid(
                        "'Effect': 'ERROR', 'TableName': 'orders', 'IndexName': 'abc', 'Operations': ['ListTables']"))
                .isEqualTo("IndexName selects items, and ListTables has none");
        assertThat(invalid("'Effect': 'UNPROCESSED', 'Operations': ['PutItem']"))
                .isEqualTo("The effect UNPROCESSED cannot occur in PutItem");
        assertThat(invalid("'Effect': 'TRANSACTION_CONFLICT', 'Operations': ['Query']"))
                .isEqualTo("The effect TRANSACTION_CONFLICT cannot occur in Query");
    }

    @Test
    void aServerThatWasNotStartedForTestsRefusesRules() {
        try (Client plain = Client.inMemory()) {
            for (String operation : List.of("PutFaultRule", "ListFaultRules", "DeleteFaultRules")) {
                ApiException refusal = catchThrowableOfType(
                        ApiException.class, () -> plain.callGramme(operation, json("{'Effect': 'UNPROCESSED'}")));
                assertThat(refusal.text())
                        .isEqualTo(
                                "Fault rules are for tests: this server was started without --fault-rules, and has none");
            }
        }
    }
}
