package io.gramme.api.wire;

import static io.gramme.api.wire.OperationTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.Operations;
import org.junit.jupiter.api.Test;

/** The words for broken constraints, as they were captured of the service. */
class DialectTest {
    private static final String KEY = "\"Key\": {\"id\": {\"S\": \"a\"}}";

    // Operations on items: newer words (one violation, Pascal case, no echo) where they were captured alone.

    @Test
    void aShortTableNameInTheNewerWords() {
        assertText(
                Operations.PUT_ITEM,
                "{\"TableName\": \"\", \"Item\": {}}",
                "1 validation error detected: Value at 'TableName' failed to satisfy constraint:"
                        + " Member must have length greater than or equal to 1");
    }

    @Test
    void aNumberOutOfRangeInTheNewerWords() {
        assertText(
                Operations.QUERY,
                "{\"TableName\": \"ttt\", \"Limit\": 0}",
                "1 validation error detected: Value at 'Limit' failed to satisfy constraint:"
                        + " Member must have value greater than or equal to 1");
        assertText(
                Operations.SCAN,
                "{\"TableName\": \"ttt\", \"Segment\": -1}",
                "1 validation error detected: Value at 'Segment' failed to satisfy constraint:"
                        + " Member must have value greater than or equal to 0");
    }

    @Test
    void anEmptyMapOrListInTheNewerWords() {
        assertText(
                Operations.BATCH_WRITE_ITEM,
                "{\"RequestItems\": {}}",
                "1 validation error detected: Value at 'RequestItems' failed to satisfy constraint:"
                        + " Member must have length greater than or equal to 1");
        assertText(
                Operations.TRANSACT_GET_ITEMS,
                "{\"TransactItems\": []}",
                "1 validation error detected: Value at 'TransactItems' failed to satisfy constraint:"
                        + " Member must have length greater than or equal to 1");
    }

    @Test
    void theKeysOfOneTableOfABatchInTheNewerWords() {
        assertText(
                Operations.BATCH_GET_ITEM,
                "{\"RequestItems\": {\"TABLE\": {\"Keys\": []}}}",
                "1 validation error detected: Value at 'RequestItems.TABLE.member.Keys' failed to satisfy constraint:"
                        + " Member must have length greater than or equal to 1");
    }

    @Test
    void anUnknownEnumValueInTheNewerWordsHasNoPlace() {
        assertText(
                Operations.UPDATE_ITEM,
                "{\"TableName\": \"ttt\", " + KEY + ", \"ReturnValues\": \"BOGUS\"}",
                "1 validation error detected: Failed to satisfy constraint:"
                        + " Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]");
    }

    @Test
    void queryDoesNotCountAnUnknownConditionalOperator() {
        assertText(
                Operations.QUERY,
                "{\"TableName\": \"ttt\", \"ConditionalOperator\": \"XOR\"}",
                "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]");
    }

    // Operations on items: older words for everything else, and for several violations together.

    @Test
    void aMissingMemberOfAnItemOperationIsNull() {
        assertText(
                Operations.GET_ITEM,
                "{\"TableName\": \"ttt\", \"Key\": null}",
                "1 validation error detected: Value null at 'key' failed to satisfy constraint: Member must not be null");
    }

    @Test
    void aMemberOfAnActionIsNamedWithTheActionsNumber() {
        assertText(
                Operations.TRANSACT_WRITE_ITEMS,
                "{\"TransactItems\": [{}, {\"Put\": {\"TableName\": \"ttt\"}}]}",
                "1 validation error detected: Value null at 'transactItems.2.member.put.item' failed to satisfy"
                        + " constraint: Member must not be null");
        assertText(
                Operations.TRANSACT_WRITE_ITEMS,
                "{\"TransactItems\": [{}, {\"Delete\": {\"TableName\": \"a!b\", " + KEY + "}}]}",
                "1 validation error detected: Value 'a!b' at 'transactItems.2.member.delete.tableName' failed to satisfy"
                        + " constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }

    @Test
    void anUnknownEnumValueOfAnItemOperationIsNamedAndEchoed() {
        assertText(
                Operations.QUERY,
                "{\"TableName\": \"ttt\", \"Select\": \"BOGUS\"}",
                "1 validation error detected: Value 'BOGUS' at 'select' failed to satisfy constraint: Member must satisfy"
                        + " enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]");
        assertText(
                Operations.PUT_ITEM,
                "{\"TableName\": \"ttt\", \"Item\": {}, \"Expected\": {\"a\": {\"ComparisonOperator\": \"BOGUS\"}}}",
                "1 validation error detected: Value 'BOGUS' at 'expected.a.member.comparisonOperator' failed to satisfy"
                        + " constraint: Member must satisfy enum value set: [EQ, NE, IN, LE, LT, GE, GT, BETWEEN, NOT_NULL,"
                        + " NULL, CONTAINS, NOT_CONTAINS, BEGINS_WITH]");
    }

    @Test
    void severalViolationsOfAnItemOperationAreJoinedInTheOlderWords() {
        assertText(
                Operations.UPDATE_ITEM,
                "{\"TableName\": \"\", \"ReturnConsumedCapacity\": \"INVALID\", \"ReturnValues\": \"INVALID\"}",
                "4 validation errors detected: Value 'INVALID' at 'returnConsumedCapacity' failed to satisfy constraint:"
                        + " Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; Value '' at 'tableName' failed to"
                        + " satisfy constraint: Member must have length greater than or equal to 1; Value 'INVALID' at"
                        + " 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW,"
                        + " UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; Value null at 'key' failed to satisfy constraint:"
                        + " Member must not be null");
        assertText(
                Operations.UPDATE_ITEM,
                "{\"TableName\": \"ttt\", \"ConditionalOperator\": \"XOR\"}",
                "2 validation errors detected: Value 'XOR' at 'conditionalOperator' failed to satisfy constraint: Member"
                        + " must satisfy enum value set: [OR, AND]; Value null at 'key' failed to satisfy constraint:"
                        + " Member must not be null");
    }

    @Test
    void twoUnknownEnumValuesAreJoined() {
        assertText(
                Operations.PUT_ITEM,
                "{\"TableName\": \"ttt\", \"Item\": {}, \"ReturnValues\": \"BOGUS\", \"ReturnConsumedCapacity\": \"BOGUS2\"}",
                "2 validation errors detected: Value 'BOGUS2' at 'returnConsumedCapacity' failed to satisfy constraint: Member"
                        + " must satisfy enum value set: [INDEXES, TOTAL, NONE]; Value 'BOGUS' at 'returnValues' failed to"
                        + " satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE,"
                        + " UPDATED_NEW]");
    }

    @Test
    void whatIsWrongWithTheWritesToATableIsSaidOfTheirMap() {
        assertText(
                Operations.BATCH_WRITE_ITEM,
                "{\"RequestItems\": {\"TABLE\": []}}",
                "1 validation error detected: Value '{TABLE=[]}' at 'requestItems' failed to satisfy constraint: Map value"
                        + " must satisfy constraint: [Member must have length less than or equal to 25, Member must have"
                        + " length greater than or equal to 1]");
    }

    @Test
    void aMapOfStructuresIsEchoedAsJson() {
        assertText(
                Operations.BATCH_GET_ITEM,
                "{\"RequestItems\": {\"bad!name\": {\"Keys\": [{\"pk\": {\"S\": \"a\"}}]}}}",
                "1 validation error detected: Value '{\"bad!name\":{\"Keys\":[{\"pk\":{\"S\":\"a\"}}]}}' at 'requestItems'"
                        + " failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less"
                        + " than or equal to 255, Member must have length greater than or equal to 3, Member must satisfy"
                        + " regular expression pattern: [a-zA-Z0-9_.-]+]");
    }

    @Test
    void aLargeMapOfStructuresIsCut() {
        String key = "{\"pk\": {\"S\": \"" + "x".repeat(1_000) + "\"}},";
        String keys = key.repeat(5_000);
        String body = "{\"RequestItems\": {\"bad!name\": {\"Keys\": [" + keys + "{}]}}}";

        assertThat(refused(Operations.BATCH_GET_ITEM, body).text())
                .startsWith("2 validation errors detected: Value '{\"bad!name\":{\"Keys\":[{\"pk\":{\"S\":\"xxx")
                .hasSizeLessThan(21_000);
    }

    @Test
    void theArnOfATableIsNoBadName() {
        assertThat(Operations.GET_ITEM
                        .read(OperationTest.utf8(
                                "{\"TableName\": \"arn:aws:dynamodb:us-east-1:000000000000:table/ttt\", " + KEY + "}"))
                        .request()
                        .tableName())
                .endsWith("table/ttt");
    }

    // Operations on statements: the newer words alone.

    @Test
    void onlyTheFirstOfSeveralIsNamedInTheNewerWords() {
        assertText(
                Operations.EXECUTE_STATEMENT,
                "{\"Statement\": \"\", \"Limit\": 0, \"ReturnConsumedCapacity\": \"BOGUS\"}",
                "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value"
                        + " greater than or equal to 1");
        assertText(
                Operations.EXECUTE_STATEMENT,
                "{}",
                "1 validation error detected: Value at 'Statement' failed to satisfy constraint: Member must not be null");
    }

    // Older: up to ten violations, camel case, with an echo.

    @Test
    void anUnknownEnumValueInTheOlderWords() {
        assertText(
                Operations.CREATE_TABLE,
                """
                {"TableName": "abc", "AttributeDefinitions": [{"AttributeName": "a", "AttributeType": "INVALID"}],
                 "KeySchema": [{"AttributeName": "a", "KeyType": "HASH"}]}
                """,
                "1 validation error detected: Value 'INVALID' at 'attributeDefinitions.1.member.attributeType' failed to"
                        + " satisfy constraint: Member must satisfy enum value set: [B, N, S]");
        assertText(
                Operations.CREATE_TABLE,
                """
                {"TableName": "abc", "AttributeDefinitions": [], "KeySchema": [{"AttributeName": "a", "KeyType": "INVALID"}]}
                """,
                "1 validation error detected: Value 'INVALID' at 'keySchema.1.member.keyType' failed to satisfy"
                        + " constraint: Member must satisfy enum value set: [HASH, RANGE]");
    }

    @Test
    void severalViolationsInTheOlderWords() {
        String projection = "\"Projection\": {}, \"KeySchema\": [{\"AttributeName\": \"a\", \"KeyType\": \"HASH\"}]";
        assertText(
                Operations.CREATE_TABLE,
                "{\"TableName\": \"abc\", \"LocalSecondaryIndexes\": [{\"IndexName\": \"l1\", " + projection + "}],"
                        + " \"GlobalSecondaryIndexes\": [{\"IndexName\": \"g1\", " + projection + "}]}",
                "2 validation errors detected: Value 'g1' at 'globalSecondaryIndexes.1.member.indexName' failed to"
                        + " satisfy constraint: Member must have length greater than or equal to 3;"
                        + " Value 'l1' at 'localSecondaryIndexes.1.member.indexName' failed to satisfy constraint:"
                        + " Member must have length greater than or equal to 3");
    }

    @Test
    void aMissingMemberInTheOlderWordsIsNull() {
        assertText(
                Operations.TAG_RESOURCE,
                "{\"Tags\": [{\"Key\": \"k\"}]}",
                "2 validation errors detected: Value null at 'resourceArn' failed to satisfy constraint:"
                        + " Member must not be null; Value null at 'tags.1.member.value' failed to satisfy constraint:"
                        + " Member must not be null");
    }

    @Test
    void aLengthAndAPatternAreTwoViolations() {
        assertText(
                Operations.CREATE_BACKUP,
                "{\"TableName\": \"ttt\", \"BackupName\": \"?\"}",
                "2 validation errors detected: Value '?' at 'backupName' failed to satisfy constraint:"
                        + " Member must have length greater than or equal to 3; Value '?' at 'backupName' failed to"
                        + " satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }

    @Test
    void aBadNameAndABrokenConstraintAreToldTogether() {
        assertText(
                Operations.CREATE_TABLE,
                "{\"TableName\": \"x!\", \"KeySchema\": []}",
                "3 validation errors detected: Value '[]' at 'keySchema' failed to satisfy constraint: Member must have"
                        + " length greater than or equal to 1; Value 'x!' at 'tableName' failed to satisfy constraint:"
                        + " Member must have length greater than or equal to 3; Value 'x!' at 'tableName' failed to"
                        + " satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }

    @Test
    void theFirstLetterAloneIsLowered() {
        assertText(
                Operations.CREATE_TABLE,
                "{\"TableName\": \"abc\", \"SSESpecification\": {\"SSEType\": \"X\"}}",
                "1 validation error detected: Value 'X' at 'sSESpecification.sSEType' failed to satisfy constraint:"
                        + " Member must satisfy enum value set: [AES256, KMS]");
    }

    @Test
    void whatIsWrongWithAnElementIsSaidOfItsListInTheOlderWords() {
        assertText(
                Operations.UNTAG_RESOURCE,
                "{\"ResourceArn\": \"arn\", \"TagKeys\": [\"a\", \"\"]}",
                "1 validation error detected: Value '[a, ]' at 'tagKeys' failed to satisfy constraint: Member must satisfy"
                        + " constraint: [Member must have length less than or equal to 128, Member must have length"
                        + " greater than or equal to 1]");
    }

    @Test
    void noMoreThanTenViolationsAreNamed() {
        String tags = "{},".repeat(300);
        String text = refused(Operations.TAG_RESOURCE, "{\"ResourceArn\": \"\", \"Tags\": [" + tags + "{}]}")
                .text();

        assertThat(text)
                .startsWith("10 validation errors detected: Value '' at 'resourceArn' failed")
                .contains("at 'tags.5.member.key'")
                .doesNotContain("at 'tags.5.member.value'")
                .doesNotContain("at 'tags.6.");
    }

    @Test
    void anEchoIsCut() {
        String name = "x".repeat(100_000);

        assertThat(refused(Operations.DELETE_TABLE, "{\"TableName\": \"" + name + "\"}")
                        .text())
                .hasSizeLessThan(11_000);
    }

    // Texts of their own.

    @Test
    void someMissingMembersAreAskedForBeforeAnyConstraint() {
        assertText(
                Operations.CREATE_TABLE,
                "{\"BillingMode\": \"BOGUS\"}",
                "The parameter 'TableName' is required but was not present in the request");
        assertText(
                Operations.BATCH_WRITE_ITEM,
                "{\"ReturnConsumedCapacity\": \"BOGUS\"}",
                "The requestItems parameter is required for BatchWriteItem");
    }

    // Repeated members.

    @Test
    void theLastOfSeveralMembersOfOneNameCounts() {
        assertThat(Operations.DELETE_TABLE
                        .read(OperationTest.utf8("{\"TableName\": \"\", \"TableName\": \"abc\"}"))
                        .request()
                        .tableName())
                .isEqualTo("abc");
        assertText(
                Operations.DELETE_TABLE,
                "{\"TableName\": \"abc\", \"TableName\": \"\"}",
                "1 validation error detected: Value '' at 'tableName' failed to satisfy constraint:"
                        + " Member must have length greater than or equal to 1");
        assertText(
                Operations.DELETE_TABLE,
                "{\"TableName\": \"abc\", \"TableName\": null}",
                "The parameter 'TableName' is required but was not present in the request");
    }

    @Test
    void theLastOfSeveralEntriesOfOneKeyCounts() {
        String body = "{\"RequestItems\": {\"aaa\": {\"Keys\": [{}]}, \"ttt\": {}, \"ttt\": {\"Keys\": [{}]}}}";

        assertThat(Operations.BATCH_GET_ITEM
                        .read(OperationTest.utf8(body))
                        .request()
                        .requestItems())
                .containsOnlyKeys("aaa", "ttt");
    }

    private static void assertText(Operation<?, ?> operation, String body, String text) {
        assertThat(refused(operation, body).text()).isEqualTo(text);
    }
}
