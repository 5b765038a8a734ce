package io.gramme.api.wire;

import static io.gramme.api.wire.OperationTest.refused;
import static io.gramme.api.wire.OperationTest.utf8;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.api.Operations;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that cannot be read: not JSON at all, or of the wrong types. */
class SerializationTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"TableName\"",
                "{",
                "{\"TableName\"}",
                "{\"TableName\": \"ttt\"",
                "{\"TableName\": \"ttt\",}",
                "{'TableName': 't'}",
                "{\"TableName\": \"ttt\"} {}",
                "{\"TableName\": \"ttt\"} x",
                "{\"TableName\": 0x1}",
                "{\"Limit\": NaN}",
                "{\"Limit\": 01}",
                "{\"TableName\": \"\u0001\"}",
                "{\"Unknown\": [1, }"
            })
    void aBodyThatIsNotOneJsonObjectIsRefusedWithoutWords(String body) {
        var error = refused(Operations.SCAN, body);

        assertThat(error.code()).isEqualTo(ErrorCode.SERIALIZATION);
        assertThat(error.text()).isEmpty();
        assertThat(catchThrowableOfType(ApiException.class, () -> Json.requireWellFormed(utf8(body)))
                        .text())
                .isEmpty();
    }

    @Test
    void brokenJsonIsAnsweredForBeforeAnEarlierWrongType() {
        assertThat(refused(Operations.SCAN, "{\"TableName\": 1, \"Limit\": }").text())
                .isEmpty();
        assertThat(refused(Operations.SCAN, "{\"TableName\": 1} 2").text()).isEmpty();
        assertThat(refused(Operations.SCAN, "{\"TableName\": {\"a\": [1").text())
                .isEmpty();
    }

    @Test
    void aWrongTypeIsAnsweredForBeforeABrokenConstraint() {
        assertThat(refused(Operations.SCAN, "{\"TableName\": \"\", \"Limit\": \"1\"}")
                        .text())
                .isEqualTo("STRING_VALUE cannot be converted to Integer");
    }

    @Test
    void invalidUtf8IsNotJson() {
        byte[] body = utf8("{\"TableName\": \"t?\"}");
        body[16] = (byte) 0xff;

        assertThat(refused(Operations.SCAN, body).text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'TableName': 1} | NUMBER_VALUE cannot be converted to String",
                "{'TableName': 1.5} | DECIMAL_VALUE cannot be converted to String",
                "{'TableName': true} | TRUE_VALUE cannot be converted to String",
                "{'TableName': false} | FALSE_VALUE cannot be converted to String",
                "{'TableName': {}} | Start of structure or map found where not expected",
                "{'TableName': ['t']} | Unrecognized collection type class java.lang.String",
                "{'ReturnConsumedCapacity': 1} | NUMBER_VALUE cannot be converted to String",
                "{'Limit': '1'} | STRING_VALUE cannot be converted to Integer",
                "{'Limit': true} | TRUE_VALUE cannot be converted to Integer",
                "{'Limit': 2147483648} | NUMBER_VALUE cannot be converted to Integer",
                "{'Limit': 99999999999999999999} | NUMBER_VALUE cannot be converted to Integer",
                "{'Limit': 1e300} | DECIMAL_VALUE cannot be converted to Integer",
                "{'Limit': []} | Unrecognized collection type class java.lang.Integer",
                "{'ConsistentRead': 'true'} | STRING_VALUE cannot be converted to Boolean",
                "{'ConsistentRead': 0} | NUMBER_VALUE cannot be converted to Boolean",
                "{'AttributesToGet': 'a'} | Unexpected field type",
                "{'AttributesToGet': {}} | Start of structure or map found where not expected",
                "{'AttributesToGet': [1]} | NUMBER_VALUE cannot be converted to String",
                "{'ExpressionAttributeNames': 'a'} | Unexpected field type",
                "{'ExpressionAttributeNames': []} | Start of list found where not expected",
                "{'ExpressionAttributeValues': {':a': 'a'}} | Unexpected field type",
                "{'ExpressionAttributeValues': {':a': {'N': 1}}} | NUMBER_VALUE cannot be converted to String",
                "{'ExpressionAttributeValues': {':a': {'NS': [1]}}} | NUMBER_VALUE cannot be converted to String",
                "{'ExpressionAttributeValues': {':a': {'BOOL': 'true'}}} | STRING_VALUE cannot be converted to Boolean",
                "{'ExpressionAttributeValues': {':a': {'L': {}}}} | Start of structure or map found where not expected",
                "{'ExpressionAttributeValues': {':a': {'M': []}}} | Start of list found where not expected",
                "{'ExpressionAttributeValues': {':a': {'SS': 'a'}}} | Unexpected field type",
                "{'ExpressionAttributeValues': {':a': {'B': 1}}} | only base-64-encoded strings are convertible to bytes",
                "{'ExpressionAttributeValues': {':a': {'B': []}}} | Unrecognized collection type class java.nio.ByteBuffer",
                "{'ExpressionAttributeValues': {':a': {'B': 'abcde'}}}"
                        + "| Base64 encoded length is expected a multiple of 4 bytes but found: 5",
                "{'ExpressionAttributeValues': {':a': {'B': 'a?=='}}}"
                        + "| Invalid last non-pad Base64 character dectected",
                "{'ExpressionAttributeValues': {':a': {'BS': ['AB==']}}}"
                        + "| Invalid last non-pad Base64 character dectected"
            })
    void aMemberOfTheWrongTypeIsRefused(String body, String text) {
        var error = refused(Operations.SCAN, body.replace('\'', '"'));

        assertThat(error.code()).isEqualTo(ErrorCode.SERIALIZATION);
        assertThat(error.text()).isEqualTo(text);
    }

    @Test
    void aTimestampIsANumber() {
        assertThat(refused(Operations.EXPORT_TABLE_TO_POINT_IN_TIME, "{\"ExportTime\": \"2020-01-01\"}")
                        .text())
                .isEqualTo("STRING_VALUE cannot be converted to Date");
        assertThat(refused(Operations.EXPORT_TABLE_TO_POINT_IN_TIME, "{\"ExportTime\": 1e40}")
                        .text())
                .isEqualTo("DECIMAL_VALUE cannot be converted to Date");
    }

    @Test
    void aFractionIsCutOffWhereAnIntegerIsWanted() {
        assertThat(Operations.SCAN
                        .read(utf8("{\"TableName\": \"ttt\", \"Limit\": 2.9}"))
                        .request()
                        .limit())
                .contains(2);
    }

    // Hostile sizes.

    @Test
    void jsonNestedTooDeepIsNotReadAnywhere() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThat(refused(Operations.SCAN, "{\"TableName\": \"ttt\", \"Unknown\": " + deep + "}")
                        .text())
                .isEmpty();
        assertThat(refused(Operations.SCAN, "{\"TableName\": " + deep + "}").text())
                .isEmpty();
    }

    @Test
    void unknownMembersMayNestWithinTheBound() {
        String deep = "[".repeat(100) + "]".repeat(100);

        assertThatCode(() -> Operations.SCAN.read(utf8("{\"TableName\": \"ttt\", \"Unknown\": " + deep + "}")))
                .doesNotThrowAnyException();
    }

    @Test
    void aLargeValueIsRead() {
        String large = "x".repeat(15_000_000);

        assertThat(Operations.PUT_ITEM
                        .read(utf8("{\"TableName\": \"ttt\", \"Item\": {\"a\": {\"S\": \"" + large + "\"}}}"))
                        .faults()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aNumberOfManyDigitsIsNotRead() {
        assertThat(refused(Operations.SCAN, "{\"Unknown\": " + "1".repeat(100_000) + "}")
                        .text())
                .isEmpty();
    }

    @Test
    void aMillionViolationsAreOneAnswer() {
        String requests = "{\"PutRequest\":{}},".repeat(500_000);
        String body = "{\"RequestItems\": {\"ttt\": [" + requests + "{}]}}";

        assertThat(refused(Operations.BATCH_WRITE_ITEM, body).text())
                .startsWith(
                        "10 validation errors detected: Value '{ttt=null}' at 'requestItems' failed to satisfy constraint:"
                                + " Map value must satisfy constraint: [Member must have length less than or equal to 25,")
                .contains("Value null at 'requestItems.ttt.member.9.member.putRequest.item' failed")
                .doesNotContain("member.10.member");
    }

    @Test
    void membersRepeatedAfterHundredsOfViolationsAreStillAnAnswer() {
        String broken = "[" + "{\"PutRequest\":{}},".repeat(300) + "{}]";
        String body = "{\"RequestItems\": {\"a\": " + broken + ", \"b\": " + broken + ", \"a\": [{}]}}";

        assertThat(refused(Operations.BATCH_WRITE_ITEM, body)).isNotNull();
    }

    @Test
    void aMapOfManyRepeatedEntriesIsReadInLinearTime() {
        var names = new StringBuilder();
        for (int i = 0; i < 400_000; i++) {
            names.append("\"#").append(i % 200_000).append("\":\"a\",");
        }
        String body = "{\"TableName\": \"ttt\", \"ExpressionAttributeNames\": {" + names + "\"#x\": \"a\"}}";

        assertThat(Operations.SCAN
                        .read(utf8(body))
                        .request()
                        .expressionAttributeNames()
                        .orElseThrow())
                .hasSize(200_001);
    }

    /** {@code @} stands for the string. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'TableName': '@', 'Item': {}}",
                "{'TableName': 'ttt', 'Item': {'a': {'S': '@'}}}",
                "{'TableName': 'ttt', 'Item': {'a': {'N': '@'}}}",
                "{'TableName': 'ttt', 'Item': {'a': {'B': '@'}}}",
                "{'TableName': 'ttt', 'Item': {'a': {'SS': ['x', '@']}}}",
                "{'TableName': 'ttt', 'Item': {'a': {'L': [{'M': {'x': {'S': '@'}}}]}}}",
                "{'TableName': 'ttt', 'Item': {'a': {'M': {'@': {'S': 'x'}}}}}",
                "{'TableName': 'ttt', 'Item': {'@': {'S': 'x'}}}",
                "{'TableName': 'ttt', 'Item': {'a': {'@': 'x'}}}",
                "{'TableName': 'ttt', 'Item': {}, 'ConditionExpression': '@'}",
                "{'TableName': 'ttt', 'Item': {}, 'ExpressionAttributeNames': {'#a': '@'}}",
                "{'TableName': 'ttt', 'Item': {}, 'ExpressionAttributeNames': {'@': 'a'}}",
                "{'TableName': 'ttt', 'Item': {}, 'ExpressionAttributeValues': {':a': {'S': '@'}}}",
                "{'TableName': 'ttt', 'Item': {}, 'ReturnValues': '@'}",
                "{'TableName': 'ttt', 'Item': {}, 'Unknown': [{'@': '@'}]}"
            })
    void halfASurrogatePairIsNoTextAnywhere(String body) {
        String json = body.replace('\'', '"');
        for (String half : List.of("\\ud83d", "\\udc00", "a\\udc00\\ud83d")) {
            assertRefusedAsMalformed(utf8(json.replace("@", half)));
        }
        for (String bytes : List.of("eda0bd", "edb080", "eda0bdedb880", "ff", "c0af", "f5808080")) {
            String raw = new String(HexFormat.of().parseHex(bytes), ISO_8859_1);
            assertRefusedAsMalformed(json.replace("@", raw).getBytes(ISO_8859_1));
        }
    }

    private static void assertRefusedAsMalformed(byte[] body) {
        var error = refused(Operations.PUT_ITEM, body);
        assertThat(error.code()).isEqualTo(ErrorCode.SERIALIZATION);
        assertThat(error.text()).isEmpty();
        assertThat(catchThrowableOfType(ApiException.class, () -> Json.requireWellFormed(body)))
                .isNotNull();
    }

    @Test
    void aWholeSurrogatePairIsReadEverywhere() {
        var request = Operations.PUT_ITEM
                .read(utf8("{\"TableName\": \"ttt\", \"Item\": {\"\\ud83d\\ude00\": {\"S\": \"\\ud83d\\ude00\"}}}"))
                .request();

        assertThat(request.item()).isEqualTo(Item.of("\uD83D\uDE00", new Value.S("\uD83D\uDE00")));
    }

    @Test
    void aValueIsReadToAHundredListsAndMaps() {
        for (String inner : List.of("{\"N\": \"1\"}", "{\"SS\": [\"a\"]}")) {
            assertThat(Operations.BATCH_WRITE_ITEM
                            .read(batch(nested(100, inner)))
                            .faults()
                            .isEmpty())
                    .isFalse();
            assertRefusedInBatch(nested(101, inner));
        }
        assertThat(Operations.BATCH_WRITE_ITEM
                        .read(batch(nested(99, "{\"L\": []}")))
                        .faults()
                        .isEmpty())
                .isFalse();
        assertRefusedInBatch(nested(100, "{\"M\": {}}"));
        assertRefusedInBatch(nested(2_000, "{\"S\": \"a\"}"));
    }

    @Test
    void aWrongTypeIsSeenBelowTheLevelsOfAValue() {
        assertThat(refused(Operations.BATCH_WRITE_ITEM, batch(nested(60, "{\"N\": 1}")))
                        .text())
                .isEqualTo("NUMBER_VALUE cannot be converted to String");
    }

    private static void assertRefusedInBatch(String value) {
        var error = refused(Operations.BATCH_WRITE_ITEM, batch(value));
        assertThat(error.code()).isEqualTo(ErrorCode.SERIALIZATION);
        assertThat(error.text()).isEmpty();
    }

    private static byte[] batch(String value) {
        return utf8("{\"RequestItems\": {\"tab\": [{\"PutRequest\": {\"Item\": {\"a\": " + value + "}}}]}}");
    }

    private static String nested(int wraps, String inner) {
        String value = inner;
        for (int i = 0; i < wraps; i++) {
            value = i % 2 == 0 ? "{\"L\": [" + value + "]}" : "{\"M\": {\"a\": " + value + "}}";
        }
        return value;
    }
}
