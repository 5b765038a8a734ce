package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.item.Item;
import io.gramme.core.partiql.Statement;
import io.gramme.core.partiql.Statements;
import io.gramme.server.Client;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ExecuteStatementTest {
    private final Client client = Client.inMemory();

    @BeforeEach
    void table() {
        MusicTable.create(client);
    }

    @AfterEach
    void close() {
        client.close();
    }

    /** @param more further members of the request */
    private static String request(String statement, String... more) {
        var request = new StringBuilder("{Statement: \"")
                .append(statement.replace("\"", "\\\""))
                .append('"');
        for (String member : more) {
            request.append(", ").append(member);
        }
        return request.append('}').toString();
    }

    private JsonNode call(String statement, String... more) {
        return client.call("ExecuteStatement", request(statement, more));
    }

    private void answers(String statement, String answer, String... more) {
        client.answers("ExecuteStatement", request(statement, more), answer);
    }

    private ApiException refuses(String statement, String words, String... more) {
        return client.refuses("ExecuteStatement", request(statement, more), words);
    }

    /** The sort keys that a statement reads, each behind its partition key. */
    private List<String> keys(JsonNode answer) {
        var keys = new ArrayList<String>();
        answer.get("Items")
                .forEach(item -> keys.add(item.get("pk").get("S").asString()
                        + item.get("sk").get("N").asString()));
        return keys;
    }

    // Reading

    @Test
    void anItemIsReadByItsKey() {
        answers("SELECT n FROM Music WHERE pk = 'c' AND sk = 1", "{Items: [{n: {N: '5'}}]}");
        answers("SELECT * FROM Music WHERE pk = 'c' AND sk = 2", "{Items: []}");
        answers("SELECT absent FROM Music WHERE pk = 'c' AND sk = 1", "{Items: [{}]}");
    }

    @Test
    void parametersStandForQuestionMarks() {
        answers(
                "SELECT n FROM Music WHERE pk = ? AND sk = ?",
                "{Items: [{n: {N: '5'}}]}",
                "Parameters: [{S: 'c'}, {N: '1.0'}]");
        refuses(
                "SELECT n FROM Music WHERE pk = ? AND sk = ?",
                "Number of parameters in request and statement don't match.",
                "Parameters: [{S: 'c'}]");
        refuses(
                "SELECT n FROM Music WHERE pk = ?",
                "The parameter cannot be converted to a numeric value: x",
                "Parameters: [{N: 'x'}]");
    }

    @Test
    void aPartitionIsReadInTheOrderOfItsSortKey() {
        assertThat(keys(call("SELECT pk, sk FROM Music WHERE pk = 'a' AND sk > 1 AND sk <> 3")))
                .containsExactly("a2", "a4");
        assertThat(keys(call("SELECT pk, sk FROM Music WHERE pk = 'a' ORDER BY sk DESC")))
                .containsExactly("a4", "a3", "a2", "a1", "a0");
        assertThat(keys(call("SELECT pk, sk FROM Music WHERE pk = 'a' AND sk IN [1, 3]")))
                .containsExactly("a1", "a3");
    }

    @Test
    void partitionsAreReadOneAfterTheOther() {
        assertThat(keys(call("SELECT pk, sk FROM Music WHERE pk IN ['b', 'c'] AND sk < 2")))
                .containsExactly("b0", "b1", "c1");
        assertThat(keys(call("SELECT pk, sk FROM Music WHERE pk IN ['b', 'c', 'a'] AND sk = 1 ORDER BY pk")))
                .containsExactly("a1", "b1", "c1");
        assertThat(keys(call("SELECT pk, sk FROM Music WHERE pk IN ['b', 'c'] AND sk < 2 ORDER BY pk DESC, sk DESC")))
                .containsExactly("c1", "b1", "b0");
        assertThat(keys(call("SELECT pk, sk FROM Music WHERE pk = 'a' AND sk = 1 OR pk = 'b' AND sk = 2")))
                .containsExactly("a1", "b2");
        assertThat(keys(call("SELECT pk, sk FROM Music WHERE pk = 'a' AND sk = 3 OR pk = 'a' AND sk < 1")))
                .containsExactly("a0", "a3");
        assertThat(keys(call("SELECT pk, sk FROM Music WHERE pk = 'a' AND sk <> 3 OR pk = 'a' AND sk < 1")))
                .containsExactly("a0", "a1", "a2", "a4");
        assertThat(keys(call("SELECT pk, sk FROM Music WHERE pk = 'a' AND pk = 'b'")))
                .isEmpty();
    }

    @Test
    void withoutAPartitionKeyTheTableIsScanned() {
        assertThat(call("SELECT * FROM Music").get("Items")).hasSize(11);
        assertThat(keys(call("SELECT * FROM Music WHERE n = 5 OR pk = 'b' AND sk = 1")))
                .containsExactlyInAnyOrder("c1", "b1");
        assertThat(keys(call("SELECT * FROM Music WHERE contains(tags, 'x')"))).containsExactly("c1");
    }

    @Test
    void indexesAreReadByTheirKeys() {
        assertThat(keys(call("SELECT pk, sk FROM Music.\"gsi-inc\" WHERE g = 'g' AND h >= 9")))
                .containsExactly("a1", "a0");
        assertThat(keys(call("SELECT pk, sk FROM \"Music\".\"gsi-inc\" WHERE g = 'g' ORDER BY h DESC")))
                .containsExactly("a0", "a1", "a2", "a3", "a4");
        answers(
                "SELECT * FROM Music.\"lsi-keys\" WHERE pk = 'a' AND h = 6",
                "{Items: [{pk: {S: 'a'}, sk: {N: '4'}, h: {N: '6'}}]}");
        answers("SELECT nonproj FROM Music.\"lsi-keys\" WHERE pk = 'a' AND h = 6", "{Items: [{nonproj: {N: '1'}}]}");
    }

    @Test
    void whatAnIndexDoesNotHaveIsRefused() {
        refuses("SELECT * FROM Music.\"gsi-x\"", "The table does not have the specified index");
        refuses(
                "SELECT * FROM Music.\"gsi-inc\"",
                "Strongly consistent read is not supported on Global Secondary Indexes",
                "ConsistentRead: true");
        refuses(
                "SELECT nonproj FROM Music.\"gsi-inc\"",
                "One or more parameter values were invalid: Global secondary index gsi-inc does not project [nonproj]");
        refuses(
                "SELECT pk FROM Music.\"gsi-inc\" WHERE g = 'g' AND nonproj = 1",
                "One or more parameter values were invalid: Secondary index gsi-inc does not project one or more filter"
                        + " attributes: [nonproj]");
        refuses(
                "SELECT pk FROM Music.\"lsi-keys\" WHERE pk = 'a' AND nonproj = 1",
                "One or more parameter values were invalid: Secondary index lsi-keys does not project one or more filter"
                        + " attributes: [nonproj]");
    }

    @Test
    void aScanOfAnIndexFindsAbsentWhatTheIndexDoesNotProject() {
        answers("SELECT pk FROM Music.\"gsi-inc\" WHERE nonproj = 1", "{Items: []}");
        answers("SELECT pk FROM Music.\"gsi-inc\" WHERE g > 'a' AND nonproj = 1", "{Items: []}");
        answers("SELECT nonproj FROM Music.\"lsi-keys\" WHERE h = 6 AND nonproj = 1", "{Items: []}");
        answers(
                "SELECT nonproj FROM Music.\"lsi-keys\" WHERE h = 6 AND nonproj IS MISSING",
                "{Items: [{nonproj: {N: '1'}}]}");
        assertThat(call("SELECT pk FROM Music.\"gsi-inc\" WHERE attribute_exists(nonproj) = false")
                        .get("Items"))
                .hasSize(5);
    }

    @Test
    void alternativesThatMeetAreRefused() {
        String words = "Overlapping conditions with range keys are not supported in where clause";
        refuses("SELECT * FROM Music WHERE pk = 'a' AND n = 1 OR pk = 'a' AND sk = 2", words);
        refuses("SELECT * FROM Music.\"gsi-inc\" WHERE g = 'g' AND (h = 9 OR inc = 'x')", words);
        refuses("SELECT * FROM Music WHERE pk IN ['a', 'a']", words);
    }

    @Test
    void onlyKeysOfWhatIsReadByItsKeyOrderIt() {
        refuses(
                "SELECT * FROM Music ORDER BY sk",
                "Must have WHERE clause in the statement when using ORDER BY clause.");
        refuses(
                "SELECT * FROM Music WHERE pk = 'a' ORDER BY n",
                "Variable reference n in ORDER BY clause must be part of the primary key");
        refuses(
                "SELECT * FROM Music.\"gsi-inc\" WHERE g = 'g' ORDER BY sk",
                "Variable reference sk in ORDER BY clause must be part of the primary key");
        refuses(
                "SELECT * FROM Music WHERE pk > 'a' ORDER BY sk",
                "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.");
    }

    @Test
    void pathsDoNotLeadIntoKeys() {
        String words = "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ";
        refuses("SELECT pk.x FROM Music", words + "Key: pk");
        refuses("SELECT * FROM Music WHERE h[0] = 1", words + "IndexKey: h");
        refuses("UPDATE Music SET h.x = 1 WHERE pk = 'a' AND sk = 1", words + "IndexKey: h");
    }

    @Test
    void aTableThatIsNotThereIsNotFound() {
        assertThat(refuses("SELECT * FROM Absent WHERE pk = 'a'", "Requested resource not found")
                        .code())
                .isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
        refuses("INSERT INTO Absent VALUE {'pk': 'a'}", "Requested resource not found");
    }

    // Pages

    @Test
    void pagesAreWalkedByTheirTokens() {
        for (String statement : List.of(
                "SELECT pk, sk FROM Music",
                "SELECT pk, sk FROM Music WHERE pk IN ['a', 'b', 'c'] ORDER BY pk DESC",
                "SELECT pk, sk FROM Music WHERE pk = 'a' ORDER BY sk DESC",
                "SELECT pk, sk FROM Music WHERE sk > 1",
                "SELECT pk, sk FROM Music.\"gsi-inc\" WHERE g = 'g'",
                "SELECT pk, sk FROM Music.\"lsi-keys\" WHERE pk = 'a' AND h > 6")) {
            List<String> whole = keys(call(statement));
            for (int limit = 1; limit < 12; limit++) {
                assertThat(walk(statement, limit))
                        .as("%s by %d", statement, limit)
                        .isEqualTo(whole);
            }
        }
    }

    private List<String> walk(String statement, int limit) {
        var keys = new ArrayList<String>();
        Optional<String> token = Optional.empty();
        do {
            JsonNode page = call(
                    statement,
                    "Limit: " + limit,
                    token.map(t -> "NextToken: '" + t + "'").orElse("ConsistentRead: false"));
            assertThat(page.get("Items").size()).isLessThanOrEqualTo(limit);
            keys.addAll(keys(page));
            token = Optional.ofNullable(page.get("NextToken")).map(JsonNode::asString);
        } while (token.isPresent());
        return keys;
    }

    @Test
    void aLimitCountsWhatIsReadAndNotWhatIsShown() {
        JsonNode page = call("SELECT pk, sk FROM Music WHERE pk = 'a' AND h = 6", "Limit: 3");
        assertThat(page.get("Items")).isEmpty();
        assertThat(page.get("NextToken")).isNotNull();
        assertThat(page.get("LastEvaluatedKey")).isEqualTo(Client.json("{pk: {S: 'a'}, sk: {N: '2'}}"));
    }

    @Test
    void aPageIsOfTenPartitionsAtMost() {
        var values = new StringBuilder("'a'");
        for (int i = 0; i < 11; i++) {
            values.append(", 'x").append(i).append('\'');
        }
        String statement = "SELECT pk, sk FROM Music WHERE pk IN [" + values + ", 'c']";
        JsonNode first = call(statement);
        assertThat(first.get("Items")).hasSize(5);
        assertThat(first.get("NextToken")).isNotNull();
        assertThat(walk(statement, 100)).hasSize(6);
    }

    @Test
    void aTokenIsOfItsStatementAndParameters() {
        String statement = "SELECT pk, sk FROM Music WHERE pk = ?";
        String token = call(statement, "Parameters: [{S: 'a'}]", "Limit: 2")
                .get("NextToken")
                .asString();
        String words = "NextToken does not match request";
        refuses("SELECT * FROM Music WHERE pk = ?", words, "Parameters: [{S: 'a'}]", "NextToken: '" + token + "'");
        refuses(statement, words, "Parameters: [{S: 'b'}]", "NextToken: '" + token + "'");
        assertThat(keys(call(statement, "Parameters: [{S: 'a'}]", "NextToken: '" + token + "'")))
                .containsExactly("a2", "a3", "a4");
    }

    @Test
    void aTokenThatIsNoneIsRefused() {
        String statement = "SELECT pk, sk FROM Music";
        refuses(statement, "Invalid NextToken", "NextToken: 'foo'");
        refuses(statement, "Invalid NextToken", "NextToken: '%%%'");
        byte[] token = Base64.getDecoder()
                .decode(call(statement, "Limit: 2").get("NextToken").asString());
        var random = new Random(7);
        for (int i = 0; i < 500; i++) {
            byte[] changed = token.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            String text = Base64.getEncoder().encodeToString(changed);
            refuses(statement, "Invalid NextToken", "NextToken: '" + text + "'");
        }
    }

    @Test
    void aForgedTokenNamesAPlaceOrIsRefused() {
        String statement = "SELECT * FROM Music WHERE pk = 'a'";
        for (String position : List.of(
                "{'pk': 'a'}", "{'pk': 'a', 'sk': 'x'}", "{'pk': 'b', 'sk': 1}", "{'pk': 'a', 'sk': 1, 'z': 1}")) {
            Item item = ((Statement.Insert) Statements.read("INSERT INTO tab VALUE " + position, List.of())).item();
            String token = new NextToken(0, Optional.of(item)).text(statement, List.of());
            refuses(statement, "Invalid NextToken", "NextToken: '" + token + "'");
        }
        String token = new NextToken(7, Optional.empty()).text(statement, List.of());
        refuses(statement, "Invalid NextToken", "NextToken: '" + token + "'");
    }

    // Writing

    @Test
    void anItemIsInsertedOnce() {
        String insert = "INSERT INTO Music VALUE {'pk': 'd', 'sk': 1, 'l': [1, {'x': <<'a'>>}]}";
        answers(insert, "{Items: []}");
        assertThat(refuses(insert, "Duplicate primary key exists in table").code())
                .isEqualTo(ErrorCode.DUPLICATE_ITEM);
        answers(
                "SELECT l FROM Music WHERE pk = 'd' AND sk = 1",
                "{Items: [{l: {L: [{N: '1'}, {M: {x: {SS: ['a']}}}]}}]}");
    }

    @Test
    void anInsertedItemHasTheKey() {
        refuses("INSERT INTO Music VALUE {'pk': 'd'}", "Key attribute should be present in the item: Key sk");
        refuses(
                "INSERT INTO Music VALUE {'pk': 'd', 'sk': 'x'}",
                "Key attribute's data type should match its data type in table's schema: Key sk");
        refuses(
                "INSERT INTO Music VALUE {'pk': '', 'sk': 1}",
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an"
                        + " empty string value. Key: pk");
        refuses(
                "INSERT INTO Music VALUE {'pk': 'd', 'sk': 1, 'g': 1}",
                "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N"
                        + " IndexName: gsi-inc");
    }

    @Test
    void anUpdateShowsWhatItIsAskedFor() {
        String update = "UPDATE Music SET n = n + 1 SET m = 'x' REMOVE tags WHERE pk = 'c' AND sk = 1";
        answers(update, "{Items: []}");
        answers(
                "UPDATE Music SET n = n + 1 WHERE pk = 'c' AND sk = 1 RETURNING MODIFIED OLD *",
                "{Items: [{n: {N: '6'}}]}");
        answers(
                "UPDATE Music SET n = n + 1 WHERE pk = 'c' AND sk = 1 RETURNING MODIFIED NEW *",
                "{Items: [{n: {N: '8'}}]}");
        answers(
                "UPDATE Music SET n = 0 WHERE pk = 'c' AND sk = 1 RETURNING ALL OLD *",
                "{Items: [{pk: {S: 'c'}, sk: {N: '1'}, n: {N: '8'}, m: {S: 'x'}}]}");
        answers(
                "UPDATE Music REMOVE n WHERE pk = 'c' AND sk = 1 RETURNING ALL NEW *",
                "{Items: [{pk: {S: 'c'}, sk: {N: '1'}, m: {S: 'x'}}]}");
        answers("UPDATE Music REMOVE absent WHERE pk = 'c' AND sk = 1 RETURNING MODIFIED NEW *", "{Items: []}");
    }

    @Test
    void anUpdateMakesNoItem() {
        assertThat(refuses("UPDATE Music SET n = 1 WHERE pk = 'z' AND sk = 1", "The conditional request failed")
                        .code())
                .isEqualTo(ErrorCode.CONDITION_FAILED);
        refuses("UPDATE Music SET n = 1 WHERE pk = 'z' AND sk = 1 AND n IS MISSING", "The conditional request failed");
    }

    @Test
    void whatElseTheClauseSaysIsTheCondition() {
        String failing = "UPDATE Music SET n = 1 WHERE pk = 'c' AND sk = 1 AND n > 5";
        assertThat(refuses(failing, "The conditional request failed").item()).isEmpty();
        assertThat(refuses(failing, "The conditional request failed", "ReturnValuesOnConditionCheckFailure: 'ALL_OLD'")
                        .item())
                .isPresent();
        answers("UPDATE Music SET n = 1 WHERE pk = 'c' AND sk = 1 AND (n > 5 OR tags IS NOT MISSING)", "{Items: []}");
    }

    @Test
    void anUpdateLeavesTheKeyAlone() {
        refuses(
                "UPDATE Music SET sk = 2 WHERE pk = 'c' AND sk = 1",
                "One or more parameter values were invalid: Cannot update attribute sk. This attribute is part of the key");
        refuses(
                "UPDATE Music SET n = 'x' + 1 WHERE pk = 'c' AND sk = 1",
                "Incorrect operand type for operator or function; operator or function: +, operand type: S");
        refuses(
                "UPDATE Music SET n = tags + 1 WHERE pk = 'c' AND sk = 1",
                "An operand in the update expression has an incorrect data type");
    }

    @Test
    void aDeleteOfWhatIsNotThereSucceeds() {
        answers("DELETE FROM Music WHERE pk = 'z' AND sk = 1 RETURNING ALL OLD *", "{Items: []}");
        answers("DELETE FROM Music WHERE pk = 'z' AND sk = 1 AND n = 1", "{Items: []}");
        refuses("DELETE FROM Music WHERE pk = 'c' AND sk = 1 AND n = 1", "The conditional request failed");
        answers(
                "DELETE FROM Music WHERE pk = 'c' AND sk = 1 AND n = 5 RETURNING ALL OLD *",
                "{Items: [{pk: {S: 'c'}, sk: {N: '1'}, n: {N: '5'}, tags: {SS: ['x', 'y']}}]}");
        answers("SELECT * FROM Music WHERE pk = 'c'", "{Items: []}");
    }

    @Test
    void aWriteMeansOneItem() {
        String words = "Where clause does not contain a mandatory equality on all key attributes";
        refuses("DELETE FROM Music", words);
        refuses("DELETE FROM Music WHERE pk = 'a'", words);
        refuses("UPDATE Music SET n = 1 WHERE pk = 'a' AND sk > 1", words);
    }

    @Test
    void existsIsForTransactions() {
        refuses(
                "EXISTS(SELECT * FROM Music WHERE pk = 'a' AND sk = 1 AND n = 1)",
                "EXISTS can only be used in ExecuteTransaction write requests.");
    }

    // Capacity

    @Test
    void readsCostWhatTheyRead() {
        assertThat(capacity("SELECT n FROM Music WHERE pk = 'c' AND sk = 1"))
                .isEqualTo(Client.json("{TableName: 'Music'," + " CapacityUnits: 0.5, Table: {CapacityUnits: 0.5}}"));
        assertThat(capacity("SELECT n FROM Music WHERE pk = 'none' AND sk = 1", "ConsistentRead: true"))
                .isEqualTo(Client.json("{TableName: 'Music', CapacityUnits: 1.0, Table: {CapacityUnits: 1.0}}"));
        assertThat(capacity("SELECT n FROM Music WHERE pk IN ['a', 'b', 'none']"))
                .isEqualTo(Client.json("{TableName: 'Music', CapacityUnits: 1.5, Table: {CapacityUnits: 1.5}}"));
        assertThat(capacity("SELECT pk FROM Music.\"gsi-inc\" WHERE g = 'g'"))
                .isEqualTo(Client.json("{TableName: 'Music', CapacityUnits: 0.5, Table: {CapacityUnits: 0.0},"
                        + " GlobalSecondaryIndexes: {'gsi-inc': {CapacityUnits: 0.5}}}"));
    }

    @Test
    void writesCostWhatTheyWrite() {
        assertThat(capacity("UPDATE Music SET n = 6 WHERE pk = 'c' AND sk = 1"))
                .isEqualTo(Client.json("{TableName: 'Music', CapacityUnits: 1.0, Table: {CapacityUnits: 1.0}}"));
        assertThat(capacity("DELETE FROM Music WHERE pk = 'none' AND sk = 1"))
                .isEqualTo(Client.json("{TableName: 'Music', CapacityUnits: 1.0, Table: {CapacityUnits: 1.0}}"));
        assertThat(capacity("INSERT INTO Music VALUE {'pk': 'n', 'sk': 1, 'g': 'g', 'h': 1}"))
                .isEqualTo(Client.json("{TableName: 'Music', CapacityUnits: 3.0, Table: {CapacityUnits: 1.0},"
                        + " LocalSecondaryIndexes: {'lsi-keys': {CapacityUnits: 1.0}},"
                        + " GlobalSecondaryIndexes: {'gsi-inc': {CapacityUnits: 1.0}}}"));
    }

    private JsonNode capacity(String statement, String... more) {
        String[] all = Arrays.copyOf(more, more.length + 1);
        all[more.length] = "ReturnConsumedCapacity: 'INDEXES'";
        return call(statement, all).get("ConsumedCapacity");
    }

    // Hostile statements

    @Test
    void whateverIsSentIsAnsweredOrRefused() {
        var random = new Random(11);
        List<String> statements = List.of(
                "SELECT pk, sk FROM Music.\"gsi-inc\" WHERE g = 'g' AND h BETWEEN 1 AND 9 OR g = 'h' ORDER BY h",
                "UPDATE Music SET n = n + 1 SET tags = set_add(tags, <<'z'>>) WHERE pk = 'c' AND sk = 1 RETURNING ALL OLD *",
                "INSERT INTO Music VALUE {'pk': 'q', 'sk': 1, 'x': [1, {'y': 'z'}]}",
                "DELETE FROM Music WHERE pk = 'a' AND sk = 1 AND n IS NULL");
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder(statements.get(random.nextInt(statements.size())));
            for (int change = 0; change < 3; change++) {
                int from = random.nextInt(text.length());
                int to = Math.min(text.length(), from + random.nextInt(6));
                int target = random.nextInt(text.length());
                String moved = text.substring(from, to);
                text.insert(target, moved);
            }
            ApiException refusal = catchThrowableOfType(ApiException.class, () -> call(text.toString()));
            assertThat(refusal == null || refusal.code() != ErrorCode.INTERNAL)
                    .as(text.toString())
                    .isTrue();
        }
    }
}
