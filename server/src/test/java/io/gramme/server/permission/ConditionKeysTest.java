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
import io.gramme.server.permission.ConditionRows.Row;
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
        return "{\"Effect\": \"" + effect + "\", \"Action\": \"" + row.action() + "\", \"Resource\": \""
                + row.resource() + "\"" + condition + "}";
    }

    private static String condition(String operator, String key, List<String> values) {
        return ", \"Condition\": {\"" + operator + "\": {\"" + key + "\": [\"" + String.join("\", \"", values)
                + "\"]}}";
    }

    private boolean isAllowed(Row row) {
        client.actAs(alice);
        String outcome = client.outcome(row.operation(), row.request());
        client.actAs(root);
        boolean denied = outcome.contains("is not authorized to perform: " + row.action() + " on resource: ");
        assertThat(denied || !outcome.matches("[A-Z_]+: .*")).as(outcome).isTrue();
        return !denied;
    }

    @TestFactory
    Stream<DynamicTest> everyKeyHasItsValuesInEveryOperation() {
        return ConditionRows.ROWS.stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    allow(statement("Allow", row, ""));
                    assertThat(isAllowed(row)).isTrue();
                    for (String key : KEYS) {
                        List<String> values = row.keys().get(key);
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
        ConditionRows.ROWS.forEach(row -> covered.add(row.operation()));
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
