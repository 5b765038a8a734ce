package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.error.CancellationReason;
import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactGetItemsTest {
    private static final String CANCELLED =
            "Transaction cancelled, please refer cancellation reasons for specific reasons ";

    private final Client client = Client.inMemory();

    @BeforeEach
    void table() {
        client.call(
                "CreateTable",
                "{TableName: 'Music', BillingMode: 'PAY_PER_REQUEST',"
                        + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],"
                        + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]}");
        client.call("PutItem", "{TableName: 'Music', Item: {pk: {S: 'a'}, n: {N: '1'}}}");
        client.call("PutItem", "{TableName: 'Music', Item: {pk: {S: 'b'}, x: {S: '" + "x".repeat(5_000) + "'}}}");
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void itemsComeInTheOrderTheyWereAskedForAndMissingOnesAreEmpty() {
        client.answers(
                "TransactGetItems",
                request("{pk: {S: 'none'}}", "{pk: {S: 'a'}}"),
                "{Responses: [{}, {Item: {pk: {S: 'a'}, n: {N: '1'}}}]}");
    }

    @Test
    void aProjectionThatShowsNothingLeavesTheItemOut() {
        client.answers(
                "TransactGetItems",
                "{TransactItems: [{Get: {TableName: 'Music', Key: {pk: {S: 'a'}}, ProjectionExpression: 'zzz'}},"
                        + "{Get: {TableName: 'Music', Key: {pk: {S: 'b'}}, ProjectionExpression: '#k',"
                        + "ExpressionAttributeNames: {'#k': 'pk'}}}]}",
                "{Responses: [{}, {Item: {pk: {S: 'b'}}}]}");
    }

    /** They are more than the two megabytes for which it is admitted at first. */
    @Test
    void threeMegabytesOfDecodedItemsAreAnsweredWhole() {
        String large = "x".repeat(390_000);
        String[] gets = new String[8];
        for (int i = 0; i < gets.length; i++) {
            client.call("PutItem", "{TableName: 'Music', Item: {pk: {S: 'large" + i + "'}, x: {S: '" + large + "'}}}");
            gets[i] = "{Get: {TableName: 'Music', Key: {pk: {S: 'large" + i + "'}}, ProjectionExpression: 'x'}}";
        }
        client.answers(
                "TransactGetItems",
                "{TransactItems: [" + String.join(",", gets) + "]}",
                "{Responses: ["
                        + String.join(",", Collections.nCopies(gets.length, "{Item: {x: {S: '" + large + "'}}}"))
                        + "]}");
    }

    @Test
    void readingCostsTwiceAStrongReadAndAMissingItemCostsTwo() {
        client.answers(
                "TransactGetItems",
                "{ReturnConsumedCapacity: 'INDEXES', TransactItems: ["
                        + "{Get: {TableName: 'Music', Key: {pk: {S: 'a'}}, ProjectionExpression: 'n'}},"
                        + "{Get: {TableName: 'Music', Key: {pk: {S: 'b'}}, ProjectionExpression: 'pk'}},"
                        + "{Get: {TableName: 'Music', Key: {pk: {S: 'none'}}}}]}",
                "{Responses: [{Item: {n: {N: '1'}}}, {Item: {pk: {S: 'b'}}}, {}],"
                        + "ConsumedCapacity: [{TableName: 'Music', CapacityUnits: 8.0, ReadCapacityUnits: 8.0,"
                        + "Table: {CapacityUnits: 8.0, ReadCapacityUnits: 8.0}}]}");
    }

    @Test
    void anItemMayBeReadOnce() {
        client.refuses(
                "TransactGetItems",
                request("{pk: {S: 'a'}}", "{pk: {S: 'a'}}"),
                "Transaction request cannot include multiple operations on one item");
    }

    @Test
    void aKeyThatDoesNotFitIsAReason() {
        assertThat(client.refuses(
                                "TransactGetItems",
                                request("{pk: {S: 'a'}}", "{pk: {N: '1'}}"),
                                CANCELLED + "[None, ValidationError]")
                        .reasons())
                .extracting(CancellationReason::message)
                .last()
                .asString()
                .contains("The provided key element does not match the schema");
    }

    @Test
    void ofTwoKeysThatDoNotFitTheFirstIsTheReason() {
        client.refuses(
                "TransactGetItems",
                request("{pk: {S: 'a'}}", "{pk: {N: '1'}}", "{pk: {N: '2'}}"),
                CANCELLED + "[None, ValidationError, None]");
    }

    @Test
    void keysAreTheSameByTheirValues() {
        client.call("CreateTable", """
                {TableName: 'Numbers', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'n', KeyType: 'HASH'}],
                 AttributeDefinitions: [{AttributeName: 'n', AttributeType: 'N'}]}""");
        client.refuses(
                "TransactGetItems",
                "{TransactItems: [{Get: {TableName: 'Numbers', Key: {n: {N: '1000'}}}},"
                        + "{Get: {TableName: 'Numbers', Key: {n: {N: '1e3'}}}}]}",
                "Transaction request cannot include multiple operations on one item");
    }

    @Test
    void whatIsWrongWithTheFirstItemIsToldBeforeWhatIsWrongWithTheSecond() {
        String badNumber = "{Get: {TableName: 'nowhere', Key: {pk: {N: 'abc'}}}}";
        String badExpression = "{Get: {TableName: 'nowhere', Key: {pk: {S: 'a'}}, ProjectionExpression: '!!'}}";
        client.refuses(
                "TransactGetItems",
                "{TransactItems: [" + badNumber + ", " + badExpression + "]}",
                "The parameter cannot be converted to a numeric value: abc");
        client.refuses(
                "TransactGetItems",
                "{TransactItems: [" + badExpression + ", " + badNumber + "]}",
                "Invalid ProjectionExpression: Syntax error; token: \"!\", near: \"!!\"");
    }

    @Test
    void expressionsAreRefusedBeforeTablesAreLookedFor() {
        client.refuses(
                "TransactGetItems",
                "{TransactItems: [{Get: {TableName: 'nowhere', Key: {pk: {S: 'a'}}, ProjectionExpression: '!!'}}]}",
                "Invalid ProjectionExpression: Syntax error; token: \"!\", near: \"!!\"");
        assertThat(client.refuses(
                                "TransactGetItems",
                                "{TransactItems: [{Get: {TableName: 'nowhere', Key: {pk: {S: 'a'}}}}]}",
                                "Requested resource not found")
                        .code())
                .isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
    }

    @Test
    void aBadNumberInAKeyIsNamedBeforeTheTableIsLookedFor() {
        client.refuses(
                "TransactGetItems",
                "{TransactItems: [{Get: {TableName: 'nowhere', Key: {pk: {N: 'abc'}}}}]}",
                "The parameter cannot be converted to a numeric value: abc");
    }

    @Test
    void anAnswerCarriesAtMostFourMegabytes() {
        var keys = new String[11];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = "{pk: {S: 'big" + i + "'}}";
            client.call(
                    "PutItem",
                    "{TableName: 'Music', Item: {pk: {S: 'big" + i + "'}, x: {S: '" + "x".repeat(390_000) + "'}}}");
        }
        assertThat(client.outcome("TransactGetItems", request(keys)))
                .isEqualTo("VALIDATION: Payload in response is too large.4290078");
    }

    private static String request(String... keys) {
        var gets = new String[keys.length];
        for (int i = 0; i < keys.length; i++) {
            gets[i] = "{Get: {TableName: 'Music', Key: " + keys[i] + "}}";
        }
        return "{TransactItems: [" + String.join(",", gets) + "]}";
    }
}
