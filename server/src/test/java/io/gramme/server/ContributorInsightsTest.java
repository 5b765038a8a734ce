package io.gramme.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.tables.fault.FaultRules;
import io.gramme.tables.item.Admission;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ContributorInsightsTest {
    private final Client client =
            Client.underFaults(Clock.systemUTC(), Admission.UNLIMITED, new FaultRules(true, _ -> {}));

    @AfterEach
    void close() {
        client.close();
    }

    private static void create(Client client, String table) {
        client.call("CreateTable", """
                {'TableName': '%s', 'BillingMode': 'PAY_PER_REQUEST',
                 'AttributeDefinitions': [{'AttributeName': 'customer', 'AttributeType': 'S'},
                                          {'AttributeName': 'number', 'AttributeType': 'N'},
                                          {'AttributeName': 'state', 'AttributeType': 'S'}],
                 'KeySchema': [{'AttributeName': 'customer', 'KeyType': 'HASH'},
                               {'AttributeName': 'number', 'KeyType': 'RANGE'}],
                 'GlobalSecondaryIndexes': [{'IndexName': 'byState', 'Projection': {'ProjectionType': 'ALL'},
                     'KeySchema': [{'AttributeName': 'state', 'KeyType': 'HASH'}]}]}""".formatted(table));
    }

    private JsonNode update(String members) {
        return client.call("UpdateContributorInsights", "{'TableName': 'orders', " + members + "}");
    }

    private JsonNode describe(String members) {
        return client.call("DescribeContributorInsights", "{'TableName': 'orders'" + members + "}");
    }

    private JsonNode topKeys(String members) {
        return client.callGramme("DescribeTopKeys", "{'TableName': 'orders'" + members + "}")
                .get("Rules");
    }

    @Test
    void insightsThatWereNeverSetAreDisabledAndNothingElse() {
        create(client, "orders");
        assertThat(describe(""))
                .isEqualTo(Client.json("{'TableName': 'orders', 'ContributorInsightsStatus': 'DISABLED'}"));
        assertThat(update("'ContributorInsightsAction': 'DISABLE'")
                        .get("ContributorInsightsStatus")
                        .asString())
                .isEqualTo("DISABLED");
        assertThat(describe("")).hasSize(2);
    }

    @Test
    void aTableHasFourRulesAndAnIndexWithoutSortKeyTwo() {
        create(client, "orders");
        assertThat(update("'ContributorInsightsAction': 'ENABLE'")).isEqualTo(Client.json("""
                {'TableName': 'orders', 'ContributorInsightsStatus': 'ENABLING',
                 'ContributorInsightsMode': 'ACCESSED_AND_THROTTLED_KEYS'}"""));
        JsonNode table = describe("");
        assertThat(table.get("ContributorInsightsStatus").asString()).isEqualTo("ENABLED");
        assertThat(table.get("ContributorInsightsMode").asString()).isEqualTo("ACCESSED_AND_THROTTLED_KEYS");
        assertThat(table.get("LastUpdateDateTime").asDouble()).isPositive();
        var rules = new ArrayList<String>();
        table.get("ContributorInsightsRuleList").forEach(rule -> rules.add(rule.asString()));
        assertThat(rules)
                .extracting(rule -> rule.replaceAll("-\\d{13}$", ""))
                .containsExactly(
                        "DynamoDBContributorInsights-PKC-orders",
                        "DynamoDBContributorInsights-SKC-orders",
                        "DynamoDBContributorInsights-PKT-orders",
                        "DynamoDBContributorInsights-SKT-orders");
        update(
                "'IndexName': 'byState', 'ContributorInsightsAction': 'ENABLE', 'ContributorInsightsMode': 'THROTTLED_KEYS'");
        JsonNode index = describe(", 'IndexName': 'byState'");
        assertThat(index.get("IndexName").asString()).isEqualTo("byState");
        assertThat(index.get("ContributorInsightsRuleList")).hasSize(1);
        assertThat(index.get("ContributorInsightsRuleList").get(0).asString())
                .startsWith("DynamoDBContributorInsights-PKT-orders-byState-");
        // Without a mode it is the default again.
        update("'IndexName': 'byState', 'ContributorInsightsAction': 'ENABLE'");
        assertThat(describe(", 'IndexName': 'byState'").get("ContributorInsightsRuleList"))
                .hasSize(2);
        assertThat(update("'ContributorInsightsAction': 'DISABLE'")
                        .get("ContributorInsightsStatus")
                        .asString())
                .isEqualTo("DISABLING");
        JsonNode disabled = describe("");
        assertThat(disabled.get("ContributorInsightsStatus").asString()).isEqualTo("DISABLED");
        assertThat(disabled.has("ContributorInsightsRuleList")).isFalse();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        create(client, "orders");
        ApiException refusal = client.refuses(
                "DescribeContributorInsights",
                "{'TableName': 'orders', 'IndexName': 'none'}",
                "Requested resource not found: Index none for table orders");
        assertThat(refusal.code()).isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
        for (String operation : List.of("DescribeContributorInsights", "ListContributorInsights")) {
            assertThat(client.outcome(operation, "{'TableName': 'none'}")).startsWith("RESOURCE_NOT_FOUND");
        }
        assertThat(client.outcome(
                        "UpdateContributorInsights", "{'TableName': 'none', 'ContributorInsightsAction': 'ENABLE'}"))
                .startsWith("RESOURCE_NOT_FOUND");
        assertThat(client.outcome("ListContributorInsights", "{'NextToken': 'nonsense'}"))
                .isEqualTo("VALIDATION: Invalid NextToken");
        assertThat(client.outcome("ListContributorInsights", "{'MaxResults': 0}"))
                .startsWith("VALIDATION: 1 validation");
    }

    @Test
    void insightsAreListedInPagesWithoutTheDisabled() {
        for (String table : List.of("orders", "stock", "plain")) {
            create(client, table);
        }
        update("'ContributorInsightsAction': 'ENABLE'");
        update("'IndexName': 'byState', 'ContributorInsightsAction': 'ENABLE'");
        client.call("UpdateContributorInsights", "{'TableName': 'stock', 'ContributorInsightsAction': 'ENABLE'}");
        client.call("UpdateContributorInsights", "{'TableName': 'plain', 'ContributorInsightsAction': 'ENABLE'}");
        client.call("UpdateContributorInsights", "{'TableName': 'plain', 'ContributorInsightsAction': 'DISABLE'}");
        var seen = new ArrayList<String>();
        String token = "";
        for (int page = 0; page < 4; page++) {
            JsonNode answer = client.call("ListContributorInsights", "{'MaxResults': 1" + token + "}");
            JsonNode one = answer.get("ContributorInsightsSummaries").get(0);
            seen.add(one.get("TableName").asString()
                    + (one.has("IndexName") ? "/" + one.get("IndexName").asString() : ""));
            if (!answer.has("NextToken")) {
                break;
            }
            token = ", 'NextToken': '" + answer.get("NextToken").asString() + "'";
        }
        assertThat(seen).containsExactly("orders", "orders/byState", "stock");
        assertThat(client.call("ListContributorInsights", "{'TableName': 'orders'}")
                        .get("ContributorInsightsSummaries"))
                .hasSize(2);
    }

    @Test
    void aRegionHasAtMostAHundredRules() {
        for (int i = 0; i < 26; i++) {
            create(client, "table" + i);
            client.call(
                    "UpdateContributorInsights",
                    "{'TableName': 'table" + i + "', 'ContributorInsightsAction': 'ENABLE'}");
        }
        JsonNode failed = client.call("DescribeContributorInsights", "{'TableName': 'table25'}");
        assertThat(failed.get("ContributorInsightsStatus").asString()).isEqualTo("FAILED");
        assertThat(failed.get("FailureException").get("ExceptionName").asString())
                .isEqualTo("LimitExceededException");
        client.call("UpdateContributorInsights", "{'TableName': 'table3', 'ContributorInsightsAction': 'DISABLE'}");
        client.call("UpdateContributorInsights", "{'TableName': 'table25', 'ContributorInsightsAction': 'ENABLE'}");
        assertThat(client.call("DescribeContributorInsights", "{'TableName': 'table25'}")
                        .get("ContributorInsightsStatus")
                        .asString())
                .isEqualTo("ENABLED");
    }

    @Test
    void insightsAreStoredWithTheTable(@TempDir Path directory) {
        JsonNode before;
        try (Client first = Client.onDisk(directory)) {
            create(first, "orders");
            first.call("UpdateContributorInsights", "{'TableName': 'orders', 'ContributorInsightsAction': 'ENABLE'}");
            before = first.call("DescribeContributorInsights", "{'TableName': 'orders'}");
        }
        try (Client second = Client.onDisk(directory)) {
            assertThat(second.call("DescribeContributorInsights", "{'TableName': 'orders'}"))
                    .isEqualTo(before);
        }
    }

    @Test
    void aRestoredTableHasNone() {
        create(client, "orders");
        update("'ContributorInsightsAction': 'ENABLE'");
        String arn = client.call("CreateBackup", "{'TableName': 'orders', 'BackupName': 'first'}")
                .get("BackupDetails")
                .get("BackupArn")
                .asString();
        client.call("RestoreTableFromBackup", "{'TargetTableName': 'again', 'BackupArn': '" + arn + "'}");
        client.recover();
        Awaitility.await()
                .untilAsserted(() -> assertThat(client.outcome("DescribeContributorInsights", "{'TableName': 'again'}"))
                        .isEqualTo("{\"ContributorInsightsStatus\":\"DISABLED\",\"TableName\":\"again\"}"));
    }

    private void put(String customer, int number, String state) {
        client.call("PutItem", """
                {'TableName': 'orders', 'Item': {'customer': {'S': '%s'}, 'number': {'N': '%d'}, 'state': {'S': '%s'}}}""".formatted(customer, number, state));
    }

    private static String shown(JsonNode rule) {
        var text = new StringBuilder(
                rule.get("RuleName").asString().replaceAll("DynamoDBContributorInsights-(...)-.*", "$1"));
        for (JsonNode one : rule.get("Keys")) {
            text.append(" ")
                    .append(one.get("Key").toString().replaceAll("[\"{}]", ""))
                    .append("=")
                    .append(one.get("Value").asDouble());
        }
        return text.toString();
    }

    @Test
    void keysAreCountedByTheirUnits() {
        create(client, "orders");
        put("before", 1, "new");
        update("'ContributorInsightsAction': 'ENABLE'");
        update("'IndexName': 'byState', 'ContributorInsightsAction': 'ENABLE'");
        put("a", 1, "new");
        put("a", 2, "new");
        put("b", 1, "new");
        // Moves the entry, which costs a write unit at both of its keys.
        put("a", 1, "done");
        client.call("GetItem", "{'TableName': 'orders', 'Key': {'customer': {'S': 'b'}, 'number': {'N': '1'}}}");
        client.call("BatchGetItem", """
                {'RequestItems': {'orders': {'ConsistentRead': true,
                    'Keys': [{'customer': {'S': 'b'}, 'number': {'N': '1.0'}}]}}}""");
        client.call("Query", """
                {'TableName': 'orders', 'KeyConditionExpression': 'customer = :c',
                 'ExpressionAttributeValues': {':c': {'S': 'a'}}}""");
        client.call("Query", """
                {'TableName': 'orders', 'IndexName': 'byState', 'KeyConditionExpression': '#s = :s',
                 'ExpressionAttributeNames': {'#s': 'state'}, 'ExpressionAttributeValues': {':s': {'S': 'done'}}}""");
        client.call("TransactWriteItems", """
                {'TransactItems': [{'Delete': {'TableName': 'orders', 'Key': {'customer': {'S': 'b'}, 'number': {'N': '1'}}}}]}""");
        JsonNode rules = topKeys("");
        assertThat(shown(rules.get(0))).isEqualTo("PKC customer:S:b=10.5 customer:S:a=9.5");
        assertThat(shown(rules.get(1)))
                .isEqualTo("SKC customer:S:b,number:N:1=10.5 customer:S:a,number:N:1=6.0 customer:S:a,number:N:2=3.0");
        assertThat(rules.get(0).get("Total").asDouble()).isEqualTo(20.0);
        assertThat(rules.get(0).get("Counts").asString()).isEqualTo("CONSUMED_THROUGHPUT_UNITS");
        assertThat(rules.get(0).get("Keys").get(0).get("MaximumError").asDouble())
                .isZero();
        assertThat(shown(rules.get(2))).isEqualTo("PKT");
        assertThat(shown(topKeys(", 'IndexName': 'byState', 'MaxResults': 1").get(0)))
                .isEqualTo("PKC state:S:new=15.0");
        assertThat(shown(topKeys(", 'IndexName': 'byState'").get(0)))
                .isEqualTo("PKC state:S:new=15.0 state:S:done=3.5");
    }

    private void throttle(String members) {
        client.callGramme(
                "PutFaultRule", "{'RuleId': 'one', 'Effect': 'THROTTLE', 'TableName': 'orders'" + members + "}");
    }

    @Test
    void keysAreCountedByTheRequestsThatWereThrottled() {
        create(client, "orders");
        update("'ContributorInsightsAction': 'ENABLE', 'ContributorInsightsMode': 'THROTTLED_KEYS'");
        update("'IndexName': 'byState', 'ContributorInsightsAction': 'ENABLE'");
        throttle("");
        String item = "{'customer': {'S': 'a'}, 'number': {'N': '1'}, 'state': {'S': 'new'}}";
        String key = "{'customer': {'S': 'a'}, 'number': {'N': '2'}}";
        assertThat(client.outcome("PutItem", "{'TableName': 'orders', 'Item': " + item + "}"))
                .startsWith("THROTTLING");
        assertThat(client.outcome("GetItem", "{'TableName': 'orders', 'Key': " + key + "}"))
                .startsWith("THROTTLING");
        assertThat(client.outcome("BatchGetItem", "{'RequestItems': {'orders': {'Keys': [" + key + "]}}}"))
                .startsWith("THROTTLING");
        assertThat(client.outcome(
                        "BatchWriteItem", "{'RequestItems': {'orders': [{'PutRequest': {'Item': " + item + "}}]}}"))
                .startsWith("THROTTLING");
        assertThat(client.outcome(
                        "TransactGetItems",
                        "{'TransactItems': [{'Get': {'TableName': 'orders', 'Key': " + key + "}}]}"))
                .startsWith("TRANSACTION_CANCELED");
        assertThat(client.outcome(
                        "TransactWriteItems",
                        "{'TransactItems': [{'Put': {'TableName': 'orders', 'Item': " + item + "}}]}"))
                .startsWith("TRANSACTION_CANCELED");
        throttle(", 'IndexName': 'byState'");
        assertThat(client.outcome("PutItem", "{'TableName': 'orders', 'Item': " + item + "}"))
                .startsWith("THROTTLING");
        JsonNode rules = topKeys("");
        assertThat(shown(rules.get(0))).isEqualTo("PKT customer:S:a=6.0");
        assertThat(rules.get(1).get("Keys")).hasSize(2);
        assertThat(rules.get(1).get("Keys").get(0).get("Value").asDouble()).isEqualTo(3);
        assertThat(shown(topKeys(", 'IndexName': 'byState'").get(1))).isEqualTo("PKT state:S:new=1.0");
    }

    @Test
    void keysThatAreNotCountedAreNotShown() {
        create(client, "orders");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> topKeys("")))
                .hasMessage("Keys of table orders are not counted: enable Contributor Insights by"
                        + " UpdateContributorInsights");
        update("'ContributorInsightsAction': 'ENABLE'");
        put("a", 1, "new");
        update("'ContributorInsightsAction': 'DISABLE'");
        update("'ContributorInsightsAction': 'ENABLE'");
        assertThat(topKeys("").get(0).get("Keys")).isEmpty();
    }
}
