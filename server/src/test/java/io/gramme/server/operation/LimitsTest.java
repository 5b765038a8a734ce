package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the operations on items take, at each limit and one past it. Expressions and numbers have theirs in core. */
class LimitsTest {
    private static final int MAX_ITEM = 409_600;
    private static final String ITEM_TOO_LARGE = "Item size has exceeded the maximum allowed size";
    private static final String UPDATE_TOO_LARGE = "Item size to update has exceeded the maximum allowed size";

    private static final String TOO_DEEP = "Nesting Levels have exceeded supported limits: Attributes in the item have"
            + " nested levels beyond supported limit";

    private final Client client = Faults.client();

    @AfterEach
    void close() {
        client.close();
    }

    private static String text(int length) {
        return "{S: '" + "x".repeat(length) + "'}";
    }

    private static String put(String attributes) {
        return "{TableName: 'Orders', Item: {pk: {S: 'a'}, sk: {N: '1'}" + attributes + "}}";
    }

    @Test
    void anItemCountsItsNamesAndItsValues() {
        // pk + a, sk + 2 bytes of number, and 1,000 bytes of name.
        int rest = MAX_ITEM - (2 + 1) - (2 + 2) - 1_000;
        String name = "n".repeat(1_000);
        client.call("PutItem", put(", " + name + ": " + text(rest)));
        client.refuses("PutItem", put(", " + name + ": " + text(rest + 1)), ITEM_TOO_LARGE);
    }

    @Test
    void anItemCountsItsEntriesInLocalIndexesToo() {
        // The entry of the local index holds pk, sk and l: 3 + 4 + 1 + the length of l.
        int rest = MAX_ITEM - (3 + 4 + 1 + 500) - (3 + 4 + 1 + 500) - 1;
        String local = ", l: " + text(500);
        client.call("PutItem", put(local + ", v: " + text(rest)));
        client.refuses("PutItem", put(local + ", v: " + text(rest + 1)), ITEM_TOO_LARGE);
        client.call("PutItem", put(", v: " + text(rest + 500)));
        client.refuses("UpdateItem", update("SET l = :l", "':l': " + text(500)), UPDATE_TOO_LARGE);
    }

    private static String update(String expression, String values) {
        return "{TableName: 'Orders', Key: {pk: {S: 'a'}, sk: {N: '1'}}, UpdateExpression: '" + expression + "'"
                + (values.isEmpty() ? "" : ", ExpressionAttributeValues: {" + values + "}") + "}";
    }

    @Test
    void anUpdateExpressionHasASizeOfItsOwnThatTheKeyIsNoPartOf() {
        int largest = MAX_ITEM - (3 + 19 + 1);
        client.call("UpdateItem", update("SET v = :v", "':v': " + text(largest)));
        client.refuses("UpdateItem", update("SET v = :v", "':v': " + text(largest + 1)), UPDATE_TOO_LARGE);
        // One byte more of a name, and one more step of a path.
        client.refuses("UpdateItem", update("SET vw = :v", "':v': " + text(largest)), UPDATE_TOO_LARGE);
        client.call("UpdateItem", update("SET v = :m", "':m': {M: {}}"));
        client.refuses("UpdateItem", update("SET v.w = :v", "':v': " + text(largest - 4)), UPDATE_TOO_LARGE);
        client.call("UpdateItem", update("SET v.w = :v", "':v': " + text(largest - 5)));
    }

    @Test
    void aValueCountsAtEachUseAndAResultNotAtAll() {
        int half = (MAX_ITEM - 3) / 2 - 19 - 1;
        client.call("UpdateItem", update("SET v = :v, w = :v", "':v': " + text(half)));
        client.refuses("UpdateItem", update("SET v = :v, w = :v", "':v': " + text(half + 1)), UPDATE_TOO_LARGE);
        client.call("UpdateItem", update("SET v = :l REMOVE w", "':l': {L: [" + text(200_000) + "]}"));
        client.call("UpdateItem", update("SET v = list_append(v, :l)", "':l': {L: [" + text(200_000) + "]}"));
        client.refuses(
                "UpdateItem",
                update("SET v = list_append(v, :l)", "':l': {L: [" + text(20_000) + "]}"),
                UPDATE_TOO_LARGE);
    }

    @Test
    void whatIsUntouchedIsNotChargedToTheExpression() {
        client.call("PutItem", put(", v: " + text(MAX_ITEM - 7 - 1)));
        client.call("UpdateItem", update("REMOVE nothing, a, b2, c2", ""));
        client.call("PutItem", put(", v: " + text(MAX_ITEM - 7 - 1 - 2)));
        client.call("UpdateItem", update("SET w = :w", "':w': {S: 'x'}"));
        client.refuses("UpdateItem", update("SET w = :w", "':w': {S: 'xx'}"), UPDATE_TOO_LARGE);
    }

    @Test
    void attributeUpdatesAreMeasuredByTheItemTheyMake() {
        String largest = "{TableName: 'Orders', Key: {pk: {S: 'a'}, sk: {N: '1'}}, AttributeUpdates: {v: {Value: %s}}}";
        client.call("UpdateItem", largest.formatted(text(MAX_ITEM - 7 - 1)));
        client.refuses("UpdateItem", largest.formatted(text(MAX_ITEM - 7)), UPDATE_TOO_LARGE);
    }

    @Test
    void aStatementIsMeasuredByTheItemItMakes() {
        client.call("PutItem", put(""));
        String statement = "{Statement: \"UPDATE Orders SET v = ? WHERE pk = 'a' AND sk = 1\", Parameters: [%s]}";
        client.call("ExecuteStatement", statement.formatted(text(MAX_ITEM - 7 - 1)));
        client.refuses("ExecuteStatement", statement.formatted(text(MAX_ITEM - 7)), UPDATE_TOO_LARGE);
    }

    @Test
    void aPartitionKeyHas2048BytesAndASortKey1024() {
        client.call("CreateTable", """
                {TableName: 'Texts', BillingMode: 'PAY_PER_REQUEST',
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'sk', AttributeType: 'B'}],
                 KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}]}""");
        String longest = "{pk: {S: '" + "é".repeat(1_024) + "'}, sk: {B: '" + base64(1_024) + "'}}";
        client.call("PutItem", "{TableName: 'Texts', Item: " + longest + "}");
        client.answers("GetItem", "{TableName: 'Texts', Key: " + longest + "}", "{Item: " + longest + "}");
        client.refuses(
                "GetItem",
                "{TableName: 'Texts', Key: {pk: {S: '" + "é".repeat(1_024) + "x'}, sk: {B: 'AA=='}}}",
                "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048"
                        + " bytes");
        client.refuses(
                "GetItem",
                "{TableName: 'Texts', Key: {pk: {S: 'a'}, sk: {B: '" + base64(1_025) + "'}}}",
                "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit"
                        + " of 1024 bytes");
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    @Test
    void theKeysOfIndexesHaveTheSameLengths() {
        client.call("PutItem", put(", g: " + text(2_048) + ", l: " + text(1_024)));
        client.refuses(
                "PutItem",
                put(", g: " + text(2_049)),
                "One or more parameter values were invalid: Size limit exceeded for Index Key g Actual Size: 2049 bytes"
                        + " Max Size: 2048 bytes IndexName: include");
        client.refuses(
                "PutItem",
                put(", l: " + text(1_025)),
                "One or more parameter values were invalid: Size limit exceeded for Index Key l Actual Size: 1025 bytes"
                        + " Max Size: 1024 bytes IndexName: local");
    }

    @Test
    void anAttributeOfAnItemNests32Levels() {
        client.call("PutItem", put(", deep: " + nested(31)));
        client.refuses("PutItem", put(", deep: " + nested(32)), Faults.ONE + TOO_DEEP);
        client.call("UpdateItem", update("SET deeper = :v", "':v': " + nested(31)));
        client.refuses("UpdateItem", update("SET deeper = :v", "':v': " + nested(32)), Faults.ONE + TOO_DEEP);
    }

    @Test
    void anUpdateNestsNoDeeperThanAnItem() {
        client.call("PutItem", put(", m: {M: {}}"));
        client.call("UpdateItem", update("SET m.below = :v", "':v': " + nested(30)));
        client.refuses("UpdateItem", update("SET m.below = :v", "':v': " + nested(31)), TOO_DEEP);
    }

    /** {@code @} stands for a value; in front is what the operation says before the words. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            PutItem  | 1 validation error detected: | {TableName: 'Orders', Item: {pk: {S: 'a'}, sk: {N: '1'}, v: @}}
            PutItem  | 1 validation error detected: | {TableName: 'Orders', Item: {pk: {S: 'a'}, sk: {N: '1'}}, Expected: {v: {ComparisonOperator: 'NE', AttributeValueList: [@]}}}
            UpdateItem | 1 validation error detected: | {TableName: 'Orders', Key: {pk: {S: 'a'}, sk: {N: '1'}}, AttributeUpdates: {v: {Value: @}}}
            UpdateItem | 1 validation error detected: | {TableName: 'Orders', Key: {pk: {S: 'a'}, sk: {N: '1'}}, UpdateExpression: 'SET v = :v', ExpressionAttributeValues: {':v': @}}
            DeleteItem | 1 validation error detected: | {TableName: 'Orders', Key: {pk: {S: 'a'}, sk: {N: '1'}}, ConditionExpression: 'v <> :v', ExpressionAttributeValues: {':v': @}}
            Query | ~~ | {TableName: 'Orders', KeyConditionExpression: 'pk = :pk', FilterExpression: 'v = :v', ExpressionAttributeValues: {':pk': {S: 'a'}, ':v': @}}
            Scan | ~~ | {TableName: 'Orders', ScanFilter: {v: {ComparisonOperator: 'NE', AttributeValueList: [@]}}}
            BatchWriteItem | ~~ | {RequestItems: {Orders: [{PutRequest: {Item: {pk: {S: 'a'}, sk: {N: '1'}, v: @}}}]}}
            TransactWriteItems | ~~ | {TransactItems: [{Put: {TableName: 'Orders', Item: {pk: {S: 'a'}, sk: {N: '1'}, v: @}}}]}
            ExecuteStatement | ~~ | {Statement: "UPDATE Orders SET v = ? WHERE pk = 'a' AND sk = 1", Parameters: [@]}
            ExecuteTransaction | ~~ | {TransactStatements: [{Statement: "UPDATE Orders SET v = ? WHERE pk = 'a' AND sk = 1", Parameters: [@]}]}
            """)
    void aValueOf31LevelsIsTakenByEveryOperationAndOneOf32To100IsRefusedByItsRules(
            String operation, String prefix, String request) {
        client.call("PutItem", put(""));
        client.call(operation, request.replace("@", nested(31)));
        String words = (prefix.isEmpty() ? "" : prefix + " ") + TOO_DEEP;
        client.refuses(operation, request.replace("@", nested(32)), words);
        client.refuses(operation, request.replace("@", nested(100)), words);
        assertThat(client.refuses(operation, request.replace("@", nested(101)), "")
                        .code())
                .isEqualTo(ErrorCode.SERIALIZATION);
    }

    @Test
    void aKeyNestsAsDeepAsAnyValueBeforeItIsNoKey() {
        for (String operation : List.of("GetItem", "BatchGetItem", "TransactGetItems")) {
            String key = "{pk: %s, sk: {N: '1'}}";
            String request = switch (operation) {
                case "GetItem" -> "{TableName: 'Orders', Key: " + key + "}";
                case "BatchGetItem" -> "{RequestItems: {Orders: {Keys: [" + key + "]}}}";
                default -> "{TransactItems: [{Get: {TableName: 'Orders', Key: " + key + "}}]}";
            };
            client.refuses(operation, request.formatted(nested(100)), TOO_DEEP);
            client.refuses(operation, request.formatted(nested(101)), "");
        }
    }

    /** A value inside so many lists. */
    private static String nested(int lists) {
        return "{L: [".repeat(lists) + "{S: 'x'}" + "]}".repeat(lists);
    }

    @Test
    void aBatchReads100ItemsAndWrites25() {
        client.call("BatchGetItem", "{RequestItems: {Orders: {Keys: [" + keys(100, "%s") + "]}}}");
        client.refuses(
                "BatchGetItem",
                "{RequestItems: {Orders: {Keys: [" + keys(101, "%s") + "]}}}",
                Faults.ONE + "Value at 'RequestItems.Orders.member.Keys' failed to satisfy constraint: Member must have"
                        + " length less than or equal to 100");
        String delete = "{DeleteRequest: {Key: %s}}";
        client.call("BatchWriteItem", "{RequestItems: {Orders: [" + keys(25, delete) + "]}}");
        client.refuses(
                "BatchWriteItem",
                "{RequestItems: {Orders: [" + keys(26, delete) + "]}}",
                Faults.ONE + "Value '{Orders=[" + String.join(", ", Collections.nCopies(26, "WriteRequest"))
                        + "]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must"
                        + " have length less than or equal to 25, Member must have length greater than or equal to 1]");
    }

    private static String keys(int count, String wrapped) {
        return IntStream.range(0, count)
                .mapToObj(i -> wrapped.formatted("{pk: {S: 'a'}, sk: {N: '" + i + "'}}"))
                .collect(Collectors.joining(", "));
    }

    @Test
    void aScanHasAMillionSegments() {
        client.call("Scan", "{TableName: 'Orders', Segment: 999999, TotalSegments: 1000000}");
        client.refuses(
                "Scan",
                "{TableName: 'Orders', Segment: 0, TotalSegments: 1000001}",
                Faults.ONE
                        + "Value at 'TotalSegments' failed to satisfy constraint: Member must have value less than or"
                        + " equal to 1000000");
        client.refuses(
                "Scan",
                "{TableName: 'Orders', Segment: 0, TotalSegments: 0}",
                Faults.ONE
                        + "Value at 'TotalSegments' failed to satisfy constraint: Member must have value greater than"
                        + " or equal to 1");
    }

    @Test
    void aLimitIsAtLeastOne() {
        client.call("Scan", "{TableName: 'Orders', Limit: 1}");
        client.call("Scan", "{TableName: 'Orders', Limit: 2147483647}");
        client.refuses(
                "Scan",
                "{TableName: 'Orders', Limit: 0}",
                Faults.ONE
                        + "Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal"
                        + " to 1");
    }

    @Test
    void attributeNamesHave65535CharactersAndAtLeastOne() {
        client.call("PutItem", put(", " + "n".repeat(65_535) + ": {N: '1'}"));
        ApiException refusal = catchThrowableOfType(
                ApiException.class, () -> client.call("PutItem", put(", " + "n".repeat(65_536) + ": {N: '1'}")));
        assertThat(refusal.text()).contains("Member must have length less than or equal to 65535");
        client.refuses("PutItem", put(", '': {N: '1'}"), Faults.ONE + "Empty attribute name");
    }

    @Test
    void emptyStringsAndBinariesAreValuesButNotKeys() {
        client.call("PutItem", put(", s: {S: ''}, b2: {B: ''}, set: {SS: ['']}, list: {L: [{S: ''}]}"));
        client.refuses("PutItem", "{TableName: 'Orders', Item: {pk: {S: ''}, sk: {N: '1'}}}", Faults.EMPTY_KEY);
    }
}
