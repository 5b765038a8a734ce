package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.CancellationReason;
import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactWriteItemsTest {
    private static final String CANCELLED =
            "Transaction cancelled, please refer cancellation reasons for specific reasons ";

    private final Client client = Client.inMemory();

    @BeforeEach
    void tables() {
        client.call(
                "CreateTable",
                "{TableName: 'Music', BillingMode: 'PAY_PER_REQUEST',"
                        + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'},"
                        + "{AttributeName: 'g', AttributeType: 'S'}],"
                        + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],"
                        + "GlobalSecondaryIndexes: [{IndexName: 'byG',"
                        + "KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}],"
                        + "Projection: {ProjectionType: 'ALL'}}]}");
        client.call(
                "CreateTable",
                "{TableName: 'Orders', BillingMode: 'PAY_PER_REQUEST',"
                        + "AttributeDefinitions: [{AttributeName: 'c', AttributeType: 'S'},"
                        + "{AttributeName: 'o', AttributeType: 'N'}, {AttributeName: 'l', AttributeType: 'N'}],"
                        + "KeySchema: [{AttributeName: 'c', KeyType: 'HASH'}, {AttributeName: 'o', KeyType: 'RANGE'}],"
                        + "LocalSecondaryIndexes: [{IndexName: 'byL',"
                        + "KeySchema: [{AttributeName: 'c', KeyType: 'HASH'}, {AttributeName: 'l', KeyType: 'RANGE'}],"
                        + "Projection: {ProjectionType: 'KEYS_ONLY'}}]}");
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void allFourActionsOverTwoTablesAreDoneTogether() {
        put("kept");
        put("gone");
        put("changed");
        write(
                "{Put: {TableName: 'Orders', Item: {c: {S: 'x'}, o: {N: '1'}, l: {N: '5'}}}}",
                "{Update: {TableName: 'Music', Key: {pk: {S: 'changed'}}, UpdateExpression: 'SET n = :n',"
                        + "ExpressionAttributeValues: {':n': {N: '1'}}}}",
                "{Delete: {TableName: 'Music', Key: {pk: {S: 'gone'}}}}",
                "{ConditionCheck: {TableName: 'Music', Key: {pk: {S: 'kept'}},"
                        + "ConditionExpression: 'attribute_exists(pk)'}}");
        client.answers("GetItem", get("Music", "{pk: {S: 'kept'}}"), "{Item: {pk: {S: 'kept'}}}");
        client.answers("GetItem", get("Music", "{pk: {S: 'gone'}}"), "{}");
        client.answers("GetItem", get("Music", "{pk: {S: 'changed'}}"), "{Item: {pk: {S: 'changed'}, n: {N: '1'}}}");
        client.answers(
                "Query",
                "{TableName: 'Orders', IndexName: 'byL', KeyConditionExpression: 'c = :c AND l = :l',"
                        + "ExpressionAttributeValues: {':c': {S: 'x'}, ':l': {N: '5'}}}",
                "{Items: [{c: {S: 'x'}, o: {N: '1'}, l: {N: '5'}}], Count: 1, ScannedCount: 1}");
    }

    @Test
    void oneFailedConditionLeavesEverythingAsItWas() {
        put("there");
        ApiException refusal = refuses(
                "[None, ConditionalCheckFailed]",
                "{Put: {TableName: 'Music', Item: {pk: {S: 'new'}}}}",
                "{Put: {TableName: 'Music', Item: {pk: {S: 'there'}, n: {N: '1'}},"
                        + "ConditionExpression: 'attribute_not_exists(pk)'}}");
        assertThat(refusal.code()).isEqualTo(ErrorCode.TRANSACTION_CANCELED);
        assertThat(refusal.reasons())
                .extracting(CancellationReason::code)
                .containsExactly("None", "ConditionalCheckFailed");
        assertThat(refusal.reasons())
                .extracting(reason -> reason.message().orElse("-"))
                .containsExactly("-", "The conditional request failed");
        client.answers("GetItem", get("Music", "{pk: {S: 'new'}}"), "{}");
        client.answers("GetItem", get("Music", "{pk: {S: 'there'}}"), "{Item: {pk: {S: 'there'}}}");
    }

    @Test
    void aReasonShowsTheStoredItemOnlyWhereItWasAskedForAndThereIsOne() {
        put("there");
        List<CancellationReason> reasons = refuses(
                        "[ConditionalCheckFailed, ConditionalCheckFailed]",
                        "{Delete: {TableName: 'Music', Key: {pk: {S: 'there'}},"
                                + "ConditionExpression: 'attribute_not_exists(pk)',"
                                + "ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}}",
                        "{ConditionCheck: {TableName: 'Music', Key: {pk: {S: 'none'}},"
                                + "ConditionExpression: 'attribute_exists(pk)',"
                                + "ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}}")
                .reasons();
        assertThat(reasons.get(0).item()).isPresent();
        assertThat(reasons.get(1).item()).isEmpty();
    }

    @Test
    void whatAnUpdateMeetsInTheItemIsAReason() {
        put("a");
        String update = "{Update: {TableName: 'Music', Key: {pk: {S: 'a'}}, UpdateExpression: '%s',"
                + "ExpressionAttributeValues: {':v': {N: '1'}}}}";
        assertThat(refuses("[ValidationError]", update.formatted("SET x.y = :v"))
                        .reasons())
                .extracting(reason -> reason.message().orElseThrow())
                .containsExactly("The document path provided in the update expression is invalid for update");
        refuses("[ValidationError]", update.formatted("SET pk = :v"));
        refuses("[ValidationError]", update.formatted("SET g = :v"));
        refuses("[ValidationError]", update.formatted("SET x = pk + :v"));
    }

    @Test
    void ofTwoKeysOfTheWrongTypeTheFirstIsTheReason() {
        String put = "{Put: {TableName: 'Music', Item: {pk: {N: '%d'}}}}";
        refuses("[ValidationError, None]", put.formatted(1), put.formatted(2));
        refuses(
                "[None, ValidationError, None]",
                "{ConditionCheck: {TableName: 'Music', Key: {pk: {S: 'x'}}, ConditionExpression: 'attribute_exists(pk)'}}",
                "{Delete: {TableName: 'Music', Key: {pk: {N: '1'}}}}",
                "{Update: {TableName: 'Music', Key: {pk: {S: 'y'}}, UpdateExpression: 'REMOVE pk'}}");
    }

    @Test
    void aKeyOfTheWrongTypeIsAReasonAndAnEmptyOneRefusesTheRequest() {
        refuses(
                "[ValidationError, None]",
                "{Delete: {TableName: 'Music', Key: {pk: {N: '1'}}}}",
                "{Put: {TableName: 'Music', Item: {pk: {S: 'x'}}}}");
        refuses("[ValidationError]", "{Put: {TableName: 'Music', Item: {pk: {N: '1'}}}}");
        refusesRequest(
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
                        + "empty string value. Key: pk",
                "{Put: {TableName: 'Music', Item: {pk: {S: ''}}}}");
        refusesRequest(
                "One or more parameter values are not valid. A value specified for a secondary index key is not "
                        + "supported. The AttributeValue for a key attribute cannot contain an empty string value. "
                        + "IndexName: byG, IndexKey: g",
                "{Put: {TableName: 'Music', Item: {pk: {S: 'a'}, g: {S: ''}}}}");
        refusesRequest(
                "One or more parameter values are not valid. The update expression attempted to update a secondary "
                        + "index key to a value that is not supported. The AttributeValue for a key attribute cannot "
                        + "contain an empty string value.",
                "{Update: {TableName: 'Music', Key: {pk: {S: 'a'}}, UpdateExpression: 'SET g = :v',"
                        + "ExpressionAttributeValues: {':v': {S: ''}}}}");
    }

    @Test
    void anOversizedPutRefusesTheRequestAndAnOversizedUpdateIsAReason() {
        String big = "x".repeat(409_600);
        refusesRequest(
                "Item size has exceeded the maximum allowed size",
                "{Put: {TableName: 'Music', Item: {pk: {S: 'a'}, b: {S: '" + big + "'}}}}");
        write("{Put: {TableName: 'Music', Item: {pk: {S: 'a'}, b: {S: '" + "x".repeat(409_000) + "'}}}}");
        assertThat(refuses(
                                "[ValidationError]",
                                "{Update: {TableName: 'Music', Key: {pk: {S: 'a'}}, UpdateExpression: 'SET c = :v',"
                                        + "ExpressionAttributeValues: {':v': {S: '" + "x".repeat(600) + "'}}}}")
                        .reasons())
                .extracting(reason -> reason.message().orElseThrow())
                .containsExactly("Item size to update has exceeded the maximum allowed size");
    }

    @Test
    void anUpdateExpressionThatIsTooLargeByItselfRefusesTheRequestBeforeItsTableIsLookedFor() {
        String update = "{Update: {TableName: '%s', Key: {pk: {S: 'a'}}, UpdateExpression: 'SET b = :v',"
                + "ExpressionAttributeValues: {':v': {S: '%s'}}}}";
        int largest = 409_600 - (3 + 19 + "b".length());
        write(update.formatted("Music", "x".repeat(largest)));
        refusesRequest(
                "Item size to update has exceeded the maximum allowed size",
                update.formatted("nowhere", "x".repeat(largest + 1)));
    }

    @Test
    void anItemMayStandInATransactionOnce() {
        refusesRequest(
                "Transaction request cannot include multiple operations on one item",
                "{Put: {TableName: 'Music', Item: {pk: {S: 'a'}}}}",
                "{ConditionCheck: {TableName: 'arn:aws:dynamodb:us-east-1:000000000000:table/Music',"
                        + "Key: {pk: {S: 'a'}}, ConditionExpression: 'attribute_exists(pk)'}}");
    }

    @Test
    void keysAreTheSameByTheirValues() {
        client.call("CreateTable", """
                {TableName: 'Numbers', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'n', KeyType: 'HASH'}],
                 AttributeDefinitions: [{AttributeName: 'n', AttributeType: 'N'}]}""");
        refusesRequest(
                "Transaction request cannot include multiple operations on one item",
                "{Put: {TableName: 'Numbers', Item: {n: {N: '1000'}}}}",
                "{Delete: {TableName: 'Numbers', Key: {n: {N: '1e3'}}}}");
    }

    @Test
    void anElementIsExactlyOneAction() {
        refusesRequest("Invalid Request: TransactWriteRequest should contain Delete or Put or Update request", "{}");
        refusesRequest(
                "TransactItems can only contain one of Check, Put, Update or Delete",
                "{Put: {TableName: 'Music', Item: {pk: {S: 'a'}}},"
                        + "Delete: {TableName: 'Music', Key: {pk: {S: 'b'}}}}");
    }

    @Test
    void expressionsAreRefusedBeforeTablesAreLookedFor() {
        refusesRequest(
                "Invalid ConditionExpression: Syntax error; token: \"=\", near: \"= = b\"",
                "{Put: {TableName: 'nowhere', Item: {pk: {S: 'a'}}, ConditionExpression: 'a = = b'}}");
        refusesRequest(
                "Value provided in ExpressionAttributeValues unused in expressions: keys: {:u}",
                "{Delete: {TableName: 'nowhere', Key: {pk: {S: 'a'}}, ConditionExpression: 'attribute_exists(pk)',"
                        + "ExpressionAttributeValues: {':u': {N: '1'}}}}");
        assertThat(refusesRequest(
                                "Requested resource not found",
                                "{Put: {TableName: 'Music', Item: {pk: {S: 'a'}}}}",
                                "{Put: {TableName: 'nowhere', Item: {pk: {S: 'a'}}}}",
                                "{Put: {TableName: 'Music', Item: {pk: {S: 'a'}}}}")
                        .code())
                .isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
    }

    @Test
    void aBadValueIsNamedAsTheOlderOperationsDo() {
        refusesRequest(
                "ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value:"
                        + " abc for key :v",
                "{Update: {TableName: 'Music', Key: {pk: {S: 'a'}}, UpdateExpression: 'SET b = :v',"
                        + "ExpressionAttributeValues: {':v': {N: 'abc'}}}}");
        refusesRequest(
                "Number overflow. Attempting to store a number with magnitude larger than supported range",
                "{Put: {TableName: 'Music', Item: {pk: {S: 'a'}, n: {N: '1e200'}}}}");
    }

    /** Each fault comes first once, with each fault behind it. */
    @Test
    void whatIsWrongWithTheFirstActionIsToldBeforeWhatIsWrongWithTheSecond() {
        var faults = new LinkedHashMap<String, String>();
        faults.put("{}", "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request");
        faults.put(
                "{Put: {TableName: 'Music', Item: {pk: {S: 'a'}}, ConditionExpression: 'a = = b'}}",
                "Invalid ConditionExpression: Syntax error; token: \"=\", near: \"= = b\"");
        faults.put("{Put: {TableName: 'Music', Item: {pk: {S: 'b'}, '': {S: 'x'}}}}", "Empty attribute name");
        faults.put(
                "{Put: {TableName: 'Music', Item: {pk: {S: 'c'}, deep: " + "{L: [".repeat(40) + "]}".repeat(40) + "}}}",
                "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond"
                        + " supported limit");
        faults.put(
                "{Delete: {TableName: 'Music', Key: {pk: {S: 'd'}}, ConditionExpression: 'a = :v',"
                        + " ExpressionAttributeValues: {':v': {N: 'abc'}}}}",
                "ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value:"
                        + " abc for key :v");
        faults.put(
                "{Update: {TableName: 'Music', Key: {pk: {S: 'e'}}, UpdateExpression: 'SET a = :v',"
                        + " ExpressionAttributeValues: {':v': {S: 'x'}, ':u': {S: 'x'}}}}",
                "Value provided in ExpressionAttributeValues unused in expressions: keys: {:u}");
        faults.forEach((first, words) -> {
            for (String second : faults.keySet()) {
                refusesRequest(words, first, second);
                refusesRequest(words, "{Put: {TableName: 'nowhere', Item: {pk: {N: '1'}}}}", first, second);
            }
        });
    }

    @Test
    void exponentsAreCalculatedIn32Bits() {
        String put = "{Put: {TableName: 'Music', Item: {pk: {S: 'a'}, n: {N: '%s'}}}}";
        refusesRequest(
                "Number underflow. Attempting to store a number with magnitude smaller than supported range",
                put.formatted("1e2147483647"));
        refusesRequest(
                "Number overflow. Attempting to store a number with magnitude larger than supported range",
                put.formatted("1e2147483646"));
    }

    @Test
    void aTransactionCarriesAtMostFourMegabytes() {
        var puts = new StringBuilder();
        for (int i = 0; i < 11; i++) {
            puts.append(i == 0 ? "" : ",")
                    .append("{Put: {TableName: 'Music', Item: {pk: {S: 'k" + i + "'}, b: {S: '" + "x".repeat(390_000)
                            + "'}}}}");
        }
        assertThat(client.refuses(
                                "TransactWriteItems",
                                "{TransactItems: [" + puts + "]}",
                                "Transaction payload size cannot exceed 4MB. Payload Size: 4290056")
                        .code())
                .isEqualTo(ErrorCode.VALIDATION);
    }

    @Test
    void theTableIsChargedTwiceAndItsIndexesOnce() {
        client.answers(
                "TransactWriteItems",
                "{ReturnConsumedCapacity: 'INDEXES', TransactItems: ["
                        + "{Put: {TableName: 'Music', Item: {pk: {S: 'a'}, g: {S: 'x'}}}},"
                        + "{ConditionCheck: {TableName: 'Music', Key: {pk: {S: 'b'}},"
                        + "ConditionExpression: 'attribute_not_exists(pk)'}},"
                        + "{Put: {TableName: 'Orders', Item: {c: {S: 'a'}, o: {N: '1'}}}}]}",
                "{ConsumedCapacity: [{TableName: 'Music', CapacityUnits: 5.0, WriteCapacityUnits: 5.0,"
                        + "Table: {CapacityUnits: 4.0, WriteCapacityUnits: 4.0},"
                        + "GlobalSecondaryIndexes: {byG: {CapacityUnits: 1.0, WriteCapacityUnits: 1.0}}},"
                        + "{TableName: 'Orders', CapacityUnits: 2.0, WriteCapacityUnits: 2.0,"
                        + "Table: {CapacityUnits: 2.0, WriteCapacityUnits: 2.0}}]}");
    }

    @Test
    void collectionsAreMeasuredWhereATableHasLocalIndexes() {
        client.answers(
                "TransactWriteItems",
                "{ReturnItemCollectionMetrics: 'SIZE', TransactItems: ["
                        + "{Put: {TableName: 'Orders', Item: {c: {S: 'a'}, o: {N: '1'}}}},"
                        + "{Put: {TableName: 'Orders', Item: {c: {S: 'a'}, o: {N: '2'}}}},"
                        + "{Put: {TableName: 'Music', Item: {pk: {S: 'a'}}}}]}",
                "{ItemCollectionMetrics: {Orders: [{ItemCollectionKey: {c: {S: 'a'}}, SizeEstimateRangeGB: [0.0, 1.0]}]}}");
    }

    @Test
    void aCollectionThatWouldGrowTooLargeIsAReason() {
        try (Client small = Client.withCollectionLimit(100)) {
            small.call(
                    "CreateTable",
                    "{TableName: 'Orders', BillingMode: 'PAY_PER_REQUEST',"
                            + "AttributeDefinitions: [{AttributeName: 'c', AttributeType: 'S'},"
                            + "{AttributeName: 'o', AttributeType: 'N'}, {AttributeName: 'l', AttributeType: 'N'}],"
                            + "KeySchema: [{AttributeName: 'c', KeyType: 'HASH'}, {AttributeName: 'o', KeyType: 'RANGE'}],"
                            + "LocalSecondaryIndexes: [{IndexName: 'byL', KeySchema: [{AttributeName: 'c',"
                            + "KeyType: 'HASH'}, {AttributeName: 'l', KeyType: 'RANGE'}],"
                            + "Projection: {ProjectionType: 'KEYS_ONLY'}}]}");
            ApiException refusal = small.refuses(
                    "TransactWriteItems",
                    "{TransactItems: [{Put: {TableName: 'Orders', Item: {c: {S: 'a'}, o: {N: '1'}}}},"
                            + "{Put: {TableName: 'Orders', Item: {c: {S: 'a'}, o: {N: '2'}, x: {S: '" + "x".repeat(100)
                            + "'}}}}]}",
                    CANCELLED + "[None, ItemCollectionSizeLimitExceeded]");
            assertThat(refusal.reasons().get(1).message()).contains("Collection size exceeded.");
        }
    }

    private void put(String key) {
        client.call("PutItem", "{TableName: 'Music', Item: {pk: {S: '" + key + "'}}}");
    }

    private static String get(String table, String key) {
        return "{TableName: '" + table + "', Key: " + key + "}";
    }

    private static String request(String... actions) {
        return "{TransactItems: [" + String.join(",", actions) + "]}";
    }

    private void write(String... actions) {
        client.answers("TransactWriteItems", request(actions), "{}");
    }

    private ApiException refuses(String reasons, String... actions) {
        return client.refuses("TransactWriteItems", request(actions), CANCELLED + reasons);
    }

    private ApiException refusesRequest(String message, String... actions) {
        ApiException refusal = client.refuses("TransactWriteItems", request(actions), message);
        assertThat(refusal.code()).isNotEqualTo(ErrorCode.TRANSACTION_CANCELED);
        return refusal;
    }
}
