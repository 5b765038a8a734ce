package io.gramme.server.operation;

import io.gramme.server.Client;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchExecuteStatementTest {
    private final Client client = Client.inMemory();

    @BeforeEach
    void table() {
        MusicTable.create(client);
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static String request(String... statements) {
        return Arrays.stream(statements)
                .map(statement -> "{Statement: \"" + statement.replace("\"", "\\\"") + "\"}")
                .collect(Collectors.joining(", ", "{Statements: [", "]}"));
    }

    private void answers(String responses, String... statements) {
        client.answers("BatchExecuteStatement", request(statements), "{Responses: [" + responses + "]}");
    }

    private void refuses(String words, String... statements) {
        client.refuses("BatchExecuteStatement", request(statements), words);
    }

    @Test
    void itemsAreReadInTheOrderOfTheStatements() {
        answers(
                "{TableName: 'Music'}, {TableName: 'Music', Item: {n: {N: '5'}}}, {TableName: 'Music', Item: {}}",
                "SELECT * FROM Music WHERE pk = 'none' AND sk = 1",
                "SELECT n FROM Music WHERE pk = 'c' AND sk = 1",
                "SELECT n FROM Music WHERE pk = 'a' AND sk = 1");
    }

    @Test
    void removedElementsLeaveTheirPlaceToThoseBehindThem() {
        client.call(
                "PutItem",
                "{TableName: 'Music', Item: {pk: {S: 'l'}, sk: {N: '1'}, l: {L: [{S: 'x'}, {S: 'y'}, {S: 'z'}]}}}");
        answers(
                "{TableName: 'Music', Item: {l: {L: [{S: 'z'}]}}}",
                "UPDATE Music REMOVE l[1] WHERE pk = 'l' AND sk = 1 RETURNING MODIFIED NEW *");
    }

    @Test
    void keysAreTheSameByTheirValues() {
        refuses(
                "Provided list of item keys contains duplicates",
                "SELECT * FROM Music WHERE pk = 'a' AND sk = 1000",
                "SELECT * FROM Music WHERE pk = 'a' AND sk = 1e3");
        refuses(
                "Provided list of item keys contains duplicates",
                "INSERT INTO Music VALUE {'pk': 'a', 'sk': 1000}",
                "DELETE FROM Music WHERE pk = 'a' AND sk = 1e3");
    }

    @Test
    void whatIsSelectedStaysInItsPlace() {
        client.call(
                "PutItem",
                "{TableName: 'Music', Item: {pk: {S: 'deep'}, sk: {N: '1'}, m: {M: {x: {L: [{N: '1'}, {N: '2'}]}, y: {N: '3'}}}}}");
        answers(
                "{TableName: 'Music', Item: {m: {M: {x: {L: [{N: '2'}]}}}}}",
                "SELECT m.x[1] FROM Music WHERE pk = 'deep' AND sk = 1");
        client.answers(
                "ExecuteTransaction",
                "{TransactStatements: [{Statement: \"SELECT m.y FROM Music WHERE pk = 'deep' AND sk = 1\"}]}",
                "{Responses: [{Item: {m: {M: {y: {N: '3'}}}}}]}");
        client.answers(
                "ExecuteStatement",
                "{Statement: \"SELECT m.x[1], m.y FROM Music WHERE pk = 'deep' AND sk = 1\"}",
                "{Items: [{'x[1]': {N: '2'}, y: {N: '3'}}]}");
    }

    @Test
    void whatReadsNoSingleItemFailsByItself() {
        String keyless =
                "{Error: {Code: 'ValidationError', Message: 'Select statements within BatchExecuteStatement must"
                        + " specify the primary key in the where clause.'}}";
        String conditional = "{Error: {Code: 'ValidationError', Message: 'Only single item select is supported'}}";
        answers(
                String.join(", ", keyless, keyless, conditional, keyless, "{TableName: 'Music', Item: {n: {N: '5'}}}"),
                "SELECT * FROM Music WHERE pk = 'a'",
                "SELECT * FROM Music WHERE pk IN ['a'] AND sk = 1",
                "SELECT * FROM Music WHERE pk = 'a' AND sk = 1 AND n = 1",
                "SELECT * FROM Music.\"gsi-inc\" WHERE g = 'g' AND h = 1",
                "SELECT n FROM Music WHERE pk = 'c' AND sk = 1");
    }

    @Test
    void writesSucceedOrFailOneByOne() {
        answers(
                """
                {TableName: 'Music'},
                {TableName: 'Music', Error: {Code: 'DuplicateItem', Message: 'Duplicate primary key exists in table'}},
                {TableName: 'Music', Error: {Code: 'ConditionalCheckFailed', Message: 'The conditional request failed'}},
                {TableName: 'Music', Item: {n: {N: '6'}}},
                {TableName: 'Music'}""",
                "INSERT INTO Music VALUE {'pk': 'd', 'sk': 1}",
                "INSERT INTO Music VALUE {'pk': 'a', 'sk': 1}",
                "UPDATE Music SET n = 1 WHERE pk = 'none' AND sk = 1",
                "UPDATE Music SET n = n + 1 WHERE pk = 'c' AND sk = 1 RETURNING MODIFIED NEW *",
                "DELETE FROM Music WHERE pk = 'none' AND sk = 2 RETURNING ALL OLD *");
        answers(
                "{TableName: 'Music', Item: {pk: {S: 'd'}, sk: {N: '1'}}}",
                "SELECT * FROM Music WHERE pk = 'd' AND sk = 1");
    }

    @Test
    void statementsThatCannotBeDoneFailByThemselves() {
        answers(
                """
                {Error: {Code: 'ResourceNotFound', Message: 'Requested resource not found'}},
                {Error: {Code: 'ValidationError',
                  Message: "Statement wasn't well formed, can't be processed: Unexpected token after expression"}},
                {Error: {Code: 'ValidationError', Message: 'EXISTS can only be used in ExecuteTransaction write requests.'}},
                {Error: {Code: 'ValidationError', Message: 'Key attribute should be present in the item: Key sk'}},
                {TableName: 'Music'}""",
                "UPDATE Absent SET n = 1 WHERE pk = 'a'",
                "bogus words",
                "EXISTS(SELECT * FROM Music WHERE pk = 'a' AND sk = 1 AND n = 1)",
                "INSERT INTO Music VALUE {'pk': 'd'}",
                "DELETE FROM Music WHERE pk = 'c' AND sk = 1");
    }

    @Test
    void aBadParameterSpoilsItsOwnStatement() {
        String statement = "\"SELECT n FROM Music WHERE pk = ? AND sk = ?\"";
        client.answers(
                "BatchExecuteStatement",
                "{Statements: [{Statement: " + statement + ", Parameters: [{S: 'c'}, {N: '1'}]},"
                        + "{Statement: " + statement + ", Parameters: [{S: 'a'}, {N: 'abc'}]},"
                        + "{Statement: " + statement + ", Parameters: [{S: 'a'}, {N: ''}]},"
                        + "{Statement: " + statement + ", Parameters: [{S: 'a'}, {SS: []}, {}]},"
                        + "{Statement: " + statement + ", Parameters: [{S: 'a'}, {}]},"
                        + "{Statement: " + statement + ", Parameters: [{S: 'none'}, {N: '1'}]}]}",
                """
                {Responses: [{TableName: 'Music', Item: {n: {N: '5'}}},
                  {Error: {Code: 'ValidationError', Message: 'The parameter cannot be converted to a numeric value: abc'}},
                  {Error: {Code: 'ValidationError', Message: 'The parameter cannot be converted to a numeric value'}},
                  {Error: {Code: 'ValidationError',
                    Message: 'One or more parameter values were invalid: An string set  may not be empty'}},
                  {Error: {Code: 'ValidationError',
                    Message: 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'}},
                  {TableName: 'Music'}]}""");
    }

    @Test
    void aParameterThatNestsTooDeepSpoilsItsOwnStatement() {
        String deep = "{L: [".repeat(32) + "{S: 'x'}" + "]}".repeat(32);
        client.answers(
                "BatchExecuteStatement",
                "{Statements: [{Statement: \"UPDATE Music SET n = ? WHERE pk = 'c' AND sk = 1\", Parameters: [" + deep
                        + "]}, {Statement: \"DELETE FROM Music WHERE pk = 'a' AND sk = ?\", Parameters: [{N: '1'}]},"
                        + "{Statement: \"DELETE FROM Music WHERE pk = 'a' AND sk = 2\", Parameters: [" + deep + "]}]}",
                """
                {Responses: [
                  {Error: {Code: 'ValidationError', Message: 'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit'}},
                  {TableName: 'Music'},
                  {Error: {Code: 'ValidationError', Message: 'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit'}}]}""");
    }

    @Test
    void aFailedConditionShowsTheItemIfAsked() {
        client.answers(
                "BatchExecuteStatement",
                "{Statements: [{Statement: \"DELETE FROM Music WHERE pk = 'b' AND sk = 1 AND n = 1\","
                        + "ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}]}",
                "{Responses: [{TableName: 'Music', Error: {Code: 'ConditionalCheckFailed',"
                        + "Message: 'The conditional request failed', Item: {pk: {S: 'b'}, sk: {N: '1'}}}}]}");
    }

    @Test
    void aBatchIsOfOneKind() {
        refuses(
                "Read and write requests together in the same batch is not supported.",
                "SELECT * FROM Music WHERE pk = 'a' AND sk = 1",
                "DELETE FROM Music WHERE pk = 'a' AND sk = 2");
    }

    @Test
    void anItemIsNamedOnce() {
        refuses(
                "Provided list of item keys contains duplicates",
                "SELECT * FROM Music WHERE pk = 'a' AND sk = 1",
                "SELECT pk FROM Music WHERE sk = 1.0 AND pk = 'a'");
        refuses(
                "Provided list of item keys contains duplicates",
                "INSERT INTO Music VALUE {'pk': 'd', 'sk': 1}",
                "DELETE FROM Music WHERE pk = 'd' AND sk = 1");
    }

    @Test
    void capacityIsAddedUpForEachTable() {
        client.answers(
                "BatchExecuteStatement",
                "{ReturnConsumedCapacity: 'TOTAL', Statements: ["
                        + "{Statement: \"SELECT n FROM Music WHERE pk = 'c' AND sk = 1\", ConsistentRead: true},"
                        + "{Statement: \"SELECT n FROM Music WHERE pk = 'none' AND sk = 1\"}]}",
                "{Responses: [{TableName: 'Music', Item: {n: {N: '5'}}}, {TableName: 'Music'}],"
                        + "ConsumedCapacity: [{TableName: 'Music', CapacityUnits: 1.5}]}");
    }
}
