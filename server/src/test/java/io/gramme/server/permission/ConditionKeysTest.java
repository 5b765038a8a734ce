package io.gramme.server.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.Operations;
import io.gramme.api.wire.Operation;
import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Principal;
import io.gramme.core.identity.Source;
import io.gramme.security.CompiledPolicies;
import io.gramme.security.PolicyAuthorizer;
import io.gramme.security.RefusalListener;
import io.gramme.security.ResourcePolicyRules;
import io.gramme.security.identity.IdentityPolicies;
import io.gramme.security.identity.IdentityPolicies.PolicyText;
import io.gramme.server.Client;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What conditions of policies see of every operation on items: a row for each operation, and for each key its values or
 * that it has none. Each is proved by policies that allow by it, that allow by another value, and that deny by it.
 */
class ConditionKeysTest {
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/Games";
    private static final List<String> KEYS = List.of(
            "dynamodb:LeadingKeys",
            "dynamodb:FirstPartitionKeyValues",
            "dynamodb:SecondPartitionKeyValues",
            "dynamodb:Attributes",
            "dynamodb:Select",
            "dynamodb:ReturnValues",
            "dynamodb:ReturnConsumedCapacity",
            "dynamodb:EnclosingOperation",
            "dynamodb:FullTableScan");

    /**
     * A request and what it is to policies.
     *
     * @param keys without those that have no values
     */
    private record Row(
            String operation, String request, String action, String resource, Map<String, List<String>> keys) {
        String name() {
            return operation + " as " + action + " on " + resource.substring(TABLE.length());
        }
    }

    private static Row row(String operation, String request, String action, String suffix, Object... keys) {
        var values = new java.util.LinkedHashMap<String, List<String>>();
        for (int i = 0; i < keys.length; i += 2) {
            List<String> list = keys[i + 1] instanceof List<?> all
                    ? all.stream().map(String::valueOf).toList()
                    : List.of(String.valueOf(keys[i + 1]));
            values.put("dynamodb:" + keys[i], list);
            if (keys[i].equals("LeadingKeys")) {
                values.put("dynamodb:FirstPartitionKeyValues", list);
            }
        }
        return new Row(operation, request, "dynamodb:" + action, TABLE + suffix, values);
    }

    private static final List<Row> ROWS = List.of(
            row(
                    "GetItem",
                    "{TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'g'}}, ProjectionExpression: '#w',"
                            + " ExpressionAttributeNames: {'#w': 'wins'}}",
                    "GetItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins"),
                    "Select",
                    "SPECIFIC_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "GetItem",
                    "{TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'g'}}, ReturnConsumedCapacity: 'TOTAL'}",
                    "GetItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game"),
                    "Select",
                    "ALL_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "TOTAL"),
            row(
                    "PutItem",
                    "{TableName: 'Games', Item: {user: {S: 'me'}, game: {S: 'g'}, wins: {N: '1'}},"
                            + " ConditionExpression: 'attribute_not_exists(losses)', ReturnValues: 'ALL_OLD'}",
                    "PutItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins", "losses"),
                    "ReturnValues",
                    "ALL_OLD",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "UpdateItem",
                    "{TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'g'}}, UpdateExpression: 'SET wins = if_not_exists(losses, wins)',"
                            + " ConditionExpression: 'attribute_exists(wins)',"
                            + " ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}",
                    "UpdateItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins", "losses"),
                    "ReturnValues",
                    "ALL_OLD",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "UpdateItem",
                    "{TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'g'}},"
                            + " AttributeUpdates: {wins: {Value: {N: '2'}, Action: 'PUT'}},"
                            + " Expected: {losses: {Exists: false}}}",
                    "UpdateItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins", "losses"),
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "DeleteItem",
                    "{TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'none'}}}",
                    "DeleteItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game"),
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "BatchGetItem",
                    "{RequestItems: {Games: {Keys: [{user: {S: 'me'}, game: {S: 'g'}}, {user: {S: 'you'}, game: {S: 'g'}}],"
                            + " ProjectionExpression: 'wins'}}}",
                    "BatchGetItem",
                    "",
                    "LeadingKeys",
                    List.of("me", "you"),
                    "Attributes",
                    List.of("user", "game", "wins"),
                    "Select",
                    "SPECIFIC_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "BatchWriteItem",
                    "{RequestItems: {Games: [{PutRequest: {Item: {user: {S: 'me'}, game: {S: 'h'}, wins: {N: '1'}}}},"
                            + " {DeleteRequest: {Key: {user: {S: 'you'}, game: {S: 'none'}}}}]}}",
                    "BatchWriteItem",
                    "",
                    "LeadingKeys",
                    List.of("me", "you"),
                    "Attributes",
                    List.of("user", "game", "wins"),
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "Query",
                    "{TableName: 'Games', KeyConditionExpression: '#u = :u', FilterExpression: 'wins > :n',"
                            + " ExpressionAttributeNames: {'#u': 'user'},"
                            + " ExpressionAttributeValues: {':u': {S: 'me'}, ':n': {N: '0'}}}",
                    "Query",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "wins"),
                    "Select",
                    "ALL_ATTRIBUTES",
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "Query",
                    "{TableName: 'Games', KeyConditions: {user: {ComparisonOperator: 'EQ',"
                            + " AttributeValueList: [{S: 'me'}]}}, Select: 'COUNT'}",
                    "Query",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user"),
                    "Select",
                    "COUNT",
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "Query",
                    "{TableName: 'Games', IndexName: 'by-place', KeyConditionExpression: 'city = :c AND zip = :z',"
                            + " ExpressionAttributeValues: {':c': {S: 'Ghent'}, ':z': {N: '9000'}}}",
                    "Query",
                    "/index/by-place",
                    "LeadingKeys",
                    "Ghent",
                    "SecondPartitionKeyValues",
                    "9000",
                    "Attributes",
                    List.of("city", "zip"),
                    "Select",
                    "ALL_PROJECTED_ATTRIBUTES",
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "Scan",
                    "{TableName: 'Games', FilterExpression: 'wins > :n', ExpressionAttributeValues: {':n': {N: '0'}}}",
                    "Scan",
                    "",
                    "Attributes",
                    List.of("wins"),
                    "Select",
                    "ALL_ATTRIBUTES",
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "TransactGetItems",
                    "{TransactItems: [{Get: {TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'g'}},"
                            + " ProjectionExpression: 'wins'}}]}",
                    "GetItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins"),
                    "Select",
                    "SPECIFIC_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "EnclosingOperation",
                    "TransactGetItems"),
            row(
                    "TransactWriteItems",
                    "{TransactItems: [{Put: {TableName: 'Games', Item: {user: {S: 'me'}, game: {S: 'i'}}}}]}",
                    "PutItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game"),
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "EnclosingOperation",
                    "TransactWriteItems"),
            row(
                    "TransactWriteItems",
                    "{TransactItems: [{Update: {TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'g'}},"
                            + " UpdateExpression: 'SET wins = :n', ExpressionAttributeValues: {':n': {N: '3'}},"
                            + " ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}}]}",
                    "UpdateItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins"),
                    "ReturnValues",
                    "ALL_OLD",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "EnclosingOperation",
                    "TransactWriteItems"),
            row(
                    "TransactWriteItems",
                    "{TransactItems: [{Delete: {TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'none'}}}}]}",
                    "DeleteItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game"),
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "EnclosingOperation",
                    "TransactWriteItems"),
            row(
                    "TransactWriteItems",
                    "{TransactItems: [{ConditionCheck: {TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'g'}},"
                            + " ConditionExpression: 'attribute_exists(game)'}}]}",
                    "ConditionCheckItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game"),
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "EnclosingOperation",
                    "TransactWriteItems"),
            row(
                    "ExecuteStatement",
                    "{Statement: \"SELECT wins FROM Games WHERE \\\"user\\\" = 'me'\"}",
                    "PartiQLSelect",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "wins"),
                    "Select",
                    "SPECIFIC_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "FullTableScan",
                    "false"),
            row(
                    "ExecuteStatement",
                    "{Statement: \"SELECT * FROM Games WHERE \\\"user\\\" IN ['me', 'you']\"}",
                    "PartiQLSelect",
                    "",
                    "LeadingKeys",
                    List.of("me", "you"),
                    "Attributes",
                    List.of("user"),
                    "Select",
                    "ALL_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "FullTableScan",
                    "false"),
            row(
                    "ExecuteStatement",
                    "{Statement: 'SELECT * FROM Games WHERE wins > 3'}",
                    "PartiQLSelect",
                    "",
                    "Attributes",
                    List.of("wins"),
                    "Select",
                    "ALL_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "FullTableScan",
                    "true"),
            row(
                    "ExecuteStatement",
                    "{Statement: \"UPDATE Games SET wins = 4 WHERE \\\"user\\\" = 'me' AND game = 'g' RETURNING ALL OLD *\"}",
                    "PartiQLUpdate",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins"),
                    "ReturnValues",
                    "ALL_OLD",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "ExecuteStatement",
                    "{Statement: \"DELETE FROM Games WHERE \\\"user\\\" = 'me' AND game = 'none'\"}",
                    "PartiQLDelete",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game"),
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "ExecuteTransaction",
                    "{TransactStatements: [{Statement:"
                            + " \"SELECT * FROM Games WHERE \\\"user\\\" = 'me' AND game = 'g'\"}]}",
                    "PartiQLSelect",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game"),
                    "Select",
                    "ALL_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "EnclosingOperation",
                    "ExecuteTransaction",
                    "FullTableScan",
                    "false"),
            row(
                    "ExecuteTransaction",
                    "{TransactStatements: [{Statement:"
                            + " \"UPDATE Games SET wins = 5 WHERE \\\"user\\\" = 'me' AND game = 'g'\"}]}",
                    "PartiQLUpdate",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins"),
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "EnclosingOperation",
                    "ExecuteTransaction"),
            row(
                    "BatchExecuteStatement",
                    "{Statements: [{Statement: \"SELECT * FROM Games WHERE \\\"user\\\" = 'me' AND game = 'g'\"}]}",
                    "PartiQLSelect",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game"),
                    "Select",
                    "ALL_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "FullTableScan",
                    "false"),
            row(
                    "BatchExecuteStatement",
                    "{Statements: [{Statement: \"UPDATE Games SET wins = 6 WHERE \\\"user\\\" = 'me' AND game = 'g'\"}]}",
                    "PartiQLUpdate",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins"),
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE"));

    private static final Principal USER = new Principal(
            Principal.Kind.USER,
            "000000000000",
            "arn:aws:iam::000000000000:user/alice",
            "AIDAALICE",
            Map.of(),
            Optional.empty());

    private final Caller root = Caller.root("000000000000", "us-east-1");
    private final Caller alice = new Caller(USER, "us-east-1", Source.HERE);
    private IdentityPolicies policies = IdentityPolicies.NONE;
    private long version;
    private final CompiledPolicies compiled = new CompiledPolicies(_ -> policies);
    private final PolicyAuthorizer authorizer =
            new PolicyAuthorizer(compiled, InstantSource.system(), true, RefusalListener.NONE);
    private final Client client = Client.guarded(
            InstantSource.system(),
            new Guard(authorizer, new ResourcePolicyRules(compiled, InstantSource.system()), Duration.ZERO),
            authorizer);

    ConditionKeysTest() {
        client.actAs(root);
        client.call(
                "CreateTable",
                "{TableName: 'Games', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions:"
                        + " [{AttributeName: 'user', AttributeType: 'S'}, {AttributeName: 'game', AttributeType: 'S'},"
                        + " {AttributeName: 'city', AttributeType: 'S'}, {AttributeName: 'zip', AttributeType: 'N'}],"
                        + " KeySchema: [{AttributeName: 'user', KeyType: 'HASH'}, {AttributeName: 'game', KeyType: 'RANGE'}],"
                        + " GlobalSecondaryIndexes: [{IndexName: 'by-place', KeySchema:"
                        + " [{AttributeName: 'city', KeyType: 'HASH'}, {AttributeName: 'zip', KeyType: 'HASH'}],"
                        + " Projection: {ProjectionType: 'ALL'}}]}");
        client.call("PutItem", "{TableName: 'Games', Item: {user: {S: 'me'}, game: {S: 'g'}, wins: {N: '1'}}}");
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void allow(String statements) {
        version++;
        policies = new IdentityPolicies(
                List.of(new PolicyText(
                        "own", "", "{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}")),
                Optional.empty(),
                version);
    }

    private static String statement(String effect, Row row, String condition) {
        return "{\"Effect\": \"" + effect + "\", \"Action\": \"" + row.action + "\", \"Resource\": \"" + row.resource
                + "\"" + condition + "}";
    }

    private static String condition(String operator, String key, List<String> values) {
        return ", \"Condition\": {\"" + operator + "\": {\"" + key + "\": [\"" + String.join("\", \"", values)
                + "\"]}}";
    }

    private boolean isAllowed(Row row) {
        client.actAs(alice);
        String outcome = client.outcome(row.operation, row.request);
        client.actAs(root);
        boolean denied = outcome.contains("is not authorized to perform: " + row.action + " on resource: ");
        assertThat(denied || !outcome.matches("[A-Z_]+: .*")).as(outcome).isTrue();
        return !denied;
    }

    @TestFactory
    Stream<DynamicTest> everyKeyHasItsValuesInEveryOperation() {
        return ROWS.stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    allow(statement("Allow", row, ""));
                    assertThat(isAllowed(row)).isTrue();
                    for (String key : KEYS) {
                        List<String> values = row.keys.get(key);
                        if (values == null) {
                            requireAbsent(row, key);
                        } else {
                            requirePresent(row, key, values);
                        }
                    }
                }));
    }

    private void requireAbsent(Row row, String key) {
        allow(statement("Allow", row, condition("StringEquals", key, List.of("anything"))));
        assertThat(isAllowed(row)).as(key + " is absent").isFalse();
        allow(statement("Allow", row, condition("Null", key, List.of("true"))));
        assertThat(isAllowed(row)).as(key + " is absent").isTrue();
        allow(statement("Allow", row, "") + ","
                + statement("Deny", row, condition("StringNotEquals", key, List.of("a"))));
        assertThat(isAllowed(row)).as("a negated denial fires without " + key).isFalse();
    }

    private void requirePresent(Row row, String key, List<String> values) {
        allow(statement("Allow", row, condition("ForAllValues:StringEquals", key, values)) + ","
                + statement("Deny", row, condition("Null", key, List.of("true"))));
        assertThat(isAllowed(row)).as(key + " is among " + values).isTrue();
        for (String value : values) {
            List<String> others = new ArrayList<>(values);
            others.remove(value);
            others.add("another");
            allow(statement("Allow", row, condition("ForAllValues:StringEquals", key, others)));
            assertThat(isAllowed(row)).as(key + " holds " + value).isFalse();
            allow(statement("Allow", row, "") + ","
                    + statement("Deny", row, condition("ForAnyValue:StringEquals", key, List.of(value))));
            assertThat(isAllowed(row)).as(key + " holds " + value).isFalse();
        }
        allow(statement("Allow", row, "") + ","
                + statement("Deny", row, condition("ForAnyValue:StringEquals", key, List.of("another"))));
        assertThat(isAllowed(row)).as(key + " is not another").isTrue();
    }

    @Test
    void everyOperationOnItemsHasRows() {
        Set<String> covered = new HashSet<>();
        ROWS.forEach(row -> covered.add(row.operation));
        Set<String> onItems = Set.of(
                "GetItem",
                "PutItem",
                "UpdateItem",
                "DeleteItem",
                "BatchGetItem",
                "BatchWriteItem",
                "Query",
                "Scan",
                "TransactGetItems",
                "TransactWriteItems",
                "ExecuteStatement",
                "ExecuteTransaction",
                "BatchExecuteStatement");
        assertThat(covered).isEqualTo(onItems);
        assertThat(Operations.all()).extracting(Operation::name).containsAll(onItems);
    }
}
