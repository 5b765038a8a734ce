package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Client;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that an index cannot take in its key: items that were there before it stay out of it, writes are refused. */
class IndexKeyTest {
    private static final String INVALID = "One or more parameter values were invalid: ";

    private final Client client = Client.inMemory();

    @BeforeEach
    void table() {
        client.call("CreateTable", """
                {TableName: 'Music', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}]}""");
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aNewIndexLeavesOutItemsWhoseKeyIsTooLong() {
        put("longest", "x".repeat(2_048), "y".repeat(1_024));
        put("long partition key", "x".repeat(2_049), "y");
        put("long sort key", "x", "y".repeat(1_025));
        index("a", "S", "b", "S");

        assertThat(indexed()).containsExactly("longest");
    }

    @Test
    void aNewIndexLeavesOutItemsWhoseKeyIsEmptyOrOfAnotherType() {
        put("sound", "x", "y");
        put("empty", "x", "");
        client.call("PutItem", "{TableName: 'Music', Item: {pk: {S: 'number'}, a: {S: 'x'}, b: {N: '1'}}}");
        index("a", "S", "b", "S");

        assertThat(indexed()).containsExactly("sound");
    }

    @Test
    void aWriteOfAKeyThatIsTooLongIsRefused() {
        index("a", "S", "b", "S");
        String tooLong = INVALID + "Size limit exceeded for Index Key b Actual Size: 1025 bytes Max Size: 1024 bytes"
                + " IndexName: by-a";
        String value = "{S: '" + "y".repeat(1_025) + "'}";

        client.refuses("PutItem", "{TableName: 'Music', Item: {pk: {S: 'p'}, a: {S: 'x'}, b: " + value + "}}", tooLong);
        client.refuses("UpdateItem", update("SET b = :v", value), tooLong);
        client.refuses(
                "BatchWriteItem",
                "{RequestItems: {Music: [{PutRequest: {Item: {pk: {S: 'p'}, a: {S: 'x'}, b: " + value + "}}}]}}",
                tooLong);
    }

    @Test
    void anItemThatWasLeftOutComesInWhenItsKeyIsMended() {
        put("p", "x", "y".repeat(1_025));
        index("a", "S", "b", "S");
        client.call("UpdateItem", update("SET b = :v", "{S: 'y'}"));

        assertThat(indexed()).containsExactly("p");
        client.call("DeleteItem", "{TableName: 'Music', Key: {pk: {S: 'p'}}}");
        assertThat(indexed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UpdateExpression: 'SET a = :v', ExpressionAttributeValues: {':v': {N: '1'}}",
                "AttributeUpdates: {a: {Value: {N: '1'}}}",
                "AttributeUpdates: {a: {Value: {N: '1'}, Action: 'PUT'}}"
            })
    void aValueOfAnotherTypeInTheRequestIsToldWithItsTypes(String update) {
        index("a", "S", "b", "S");

        client.refuses(
                "UpdateItem",
                "{TableName: 'Music', Key: {pk: {S: 'p'}}, " + update + "}",
                INVALID + "Type mismatch for Index Key a Expected: S Actual: N IndexName: by-a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UpdateExpression: 'SET a = n', ",
                "UpdateExpression: 'SET a = n + n', ",
                "UpdateExpression: 'SET a = if_not_exists(a, n)', ",
                "UpdateExpression: 'ADD a :one', ExpressionAttributeValues: {':one': {N: '1'}}, ",
                "AttributeUpdates: {a: {Value: {N: '1'}, Action: 'ADD'}}, "
            })
    void aComputedValueOfAnotherTypeIsTold(String update) {
        client.call("PutItem", "{TableName: 'Music', Item: {pk: {S: 'p'}, n: {N: '1'}}}");
        index("a", "S", "b", "S");

        client.refuses(
                "UpdateItem",
                "{" + update + "TableName: 'Music', Key: {pk: {S: 'p'}}}",
                "The update expression attempted to update the secondary index key to unsupported type");
    }

    @Test
    void aTransactionTellsTheSameOfItsUpdate() {
        index("a", "S", "b", "S");

        assertThat(client.refuses(
                                "TransactWriteItems",
                                "{TransactItems: [{Update: " + update("SET a = :v", "{N: '1'}") + "}]}",
                                "Transaction cancelled, please refer cancellation reasons for specific reasons"
                                        + " [ValidationError]")
                        .reasons()
                        .getFirst()
                        .message())
                .contains(INVALID + "Type mismatch for Index Key a Expected: S Actual: N IndexName: by-a");
    }

    @Test
    void aNewIndexCannotGiveAnAttributeOfAKeyAnotherType() {
        index("a", "S", "b", "S");
        String redefined =
                INVALID + "Attributes cannot be redefined. Please check that your attribute has the same type as"
                        + " previously defined. Existing schema: ";

        client.refuses(
                "UpdateTable",
                create("other", "b", "N"),
                redefined + "Schema:[SchemaElement: key{a:S:HASH}, SchemaElement: key{b:S:RANGE}]"
                        + " New schema: Schema:[SchemaElement: key{b:N:HASH}]");
        client.refuses(
                "UpdateTable",
                create("other", "c", "S", "pk", "B"),
                redefined + "Schema:[SchemaElement: key{pk:S:HASH}]"
                        + " New schema: Schema:[SchemaElement: key{c:S:HASH}, SchemaElement: key{pk:B:RANGE}]");
        client.call("UpdateTable", create("other", "b", "S"));
    }

    @Test
    void anAttributeMayHaveAnotherTypeOnceNoKeyHasIt() {
        put("p", "x", "y");
        index("a", "S", "b", "S");
        client.call(
                "UpdateTable", "{TableName: 'Music', GlobalSecondaryIndexUpdates: [{Delete: {IndexName: 'by-a'}}]}");
        client.call("PutItem", "{TableName: 'Music', Item: {pk: {S: 'q'}, a: {N: '1'}, b: {S: 'y'}}}");
        index("a", "N", "b", "S");

        assertThat(indexed()).containsExactly("q");
    }

    @Test
    void aDefinitionThatNoKeyOfTheRequestUsesChangesNothing() {
        index("a", "S", "b", "S");
        String more = create("other", "c", "S")
                .replace(
                        "AttributeDefinitions: [", "AttributeDefinitions: [{AttributeName: 'a', AttributeType: 'N'}, ");

        assertThat(client.call("UpdateTable", more).at("/TableDescription/AttributeDefinitions"))
                .isEqualTo(Client.json("""
                        [{AttributeName: 'a', AttributeType: 'S'}, {AttributeName: 'b', AttributeType: 'S'},
                         {AttributeName: 'c', AttributeType: 'S'}, {AttributeName: 'pk', AttributeType: 'S'}]"""));
    }

    private void put(String pk, String a, String b) {
        client.call(
                "PutItem",
                "{TableName: 'Music', Item: {pk: {S: '" + pk + "'}, a: {S: '" + a + "'}, b: {S: '" + b + "'}}}");
    }

    private static String update(String expression, String value) {
        return "{TableName: 'Music', Key: {pk: {S: 'p'}}, UpdateExpression: '" + expression
                + "', ExpressionAttributeValues: {':v': " + value + "}}";
    }

    private void index(String hash, String hashType, String range, String rangeType) {
        client.call("UpdateTable", create("by-a", hash, hashType, range, rangeType));
    }

    /** @param key names and types, the HASH attribute first */
    private static String create(String name, String... key) {
        var definitions = new ArrayList<String>();
        var elements = new ArrayList<String>();
        for (int i = 0; i < key.length; i += 2) {
            definitions.add("{AttributeName: '" + key[i] + "', AttributeType: '" + key[i + 1] + "'}");
            elements.add("{AttributeName: '" + key[i] + "', KeyType: '" + (i == 0 ? "HASH" : "RANGE") + "'}");
        }
        return "{TableName: 'Music', AttributeDefinitions: [" + String.join(", ", definitions)
                + "], GlobalSecondaryIndexUpdates: [{Create: {IndexName: '" + name
                + "', Projection: {ProjectionType: 'ALL'}, KeySchema: [" + String.join(", ", elements) + "]}}]}";
    }

    private List<String> indexed() {
        var keys = new ArrayList<String>();
        client.call("Scan", "{TableName: 'Music', IndexName: 'by-a'}")
                .get("Items")
                .forEach(item -> keys.add(item.at("/pk/S").asString()));
        return keys;
    }
}
