package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements on a table one of whose indexes has a key of several attributes. */
class MultiAttributeStatementsTest {
    private static final String REFUSAL =
            "PartiQL statements cannot be executed on tables with multi-attribute HASH keys"
                    + " or multi-attribute RANGE keys.";

    private final Client client = Client.inMemory();

    @BeforeEach
    void table() {
        client.call("CreateTable", """
                {TableName: 'Tours', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'a', AttributeType: 'S'},
                   {AttributeName: 'b', AttributeType: 'S'}, {AttributeName: 'c', AttributeType: 'S'}],
                 GlobalSecondaryIndexes: [
                   {IndexName: 'hashes', Projection: {ProjectionType: 'ALL'},
                    KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}, {AttributeName: 'b', KeyType: 'HASH'}]},
                   {IndexName: 'ranges', Projection: {ProjectionType: 'KEYS_ONLY'},
                    KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}, {AttributeName: 'b', KeyType: 'RANGE'},
                      {AttributeName: 'c', KeyType: 'RANGE'}]},
                   {IndexName: 'single', Projection: {ProjectionType: 'ALL'},
                    KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}, {AttributeName: 'b', KeyType: 'RANGE'}]}]}""");
        client.call("PutItem", "{TableName: 'Tours', Item: {pk: {S: 'p'}, a: {S: 'x'}, b: {S: 'y'}, c: {S: 'z'}}}");
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static String request(String statement, String... more) {
        return "{Statement: \"" + statement.replace("\"", "\\\"") + "\"" + String.join("", more) + "}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM Tours.hashes",
                "SELECT * FROM Tours.ranges",
                "SELECT a FROM Tours.hashes WHERE a = 'x' AND b = 'y'",
                // Types of key values, and what else a table or an index refuses.
                "SELECT * FROM Tours.hashes WHERE a = 1",
                "SELECT * FROM Tours.ranges WHERE a = 'x' OR a = 'x'",
                "SELECT unseen FROM Tours.ranges WHERE unseen = 1",
                "SELECT * FROM Tours.ranges ORDER BY pk",
                // What no WHERE clause may say.
                "SELECT * FROM Tours.ranges WHERE a",
                "SELECT * FROM Tours.ranges WHERE a < true",
                "SELECT * FROM Tours.ranges WHERE a LIKE 'x'",
                "SELECT * FROM Tours.ranges WHERE foo(a)",
            })
    void anIndexWithSuchAKeyIsNotRead(String statement) {
        client.refuses("ExecuteStatement", request(statement), REFUSAL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT * FROM Tours.ranges WHERE a =         | Statement wasn't well formed, can't be processed: Missing right-hand side expression of infix operator
            SELECT * FROM Tours.ranges WHERE a = ?       | Number of parameters in request and statement don't match.
            SELECT * FROM Tours.ranges WHERE a < true AND b = 1e400 | Number overflow. Attempting to store a number with magnitude larger than supported range under root
            SELECT * FROM Tours.ranges WHERE a < true AND b IN [1, <<>>] | Empty bags are not supported
            SELECT * FROM Tours.absent WHERE a < true    | The table does not have the specified index
            """)
    void faultsOfSyntaxLiteralsAndParametersAreToldFirst(String statement, String words) {
        client.refuses("ExecuteStatement", request(statement), words);
    }

    @Test
    void aParameterThatIsNoValueIsToldFirst() {
        client.refuses(
                "ExecuteStatement",
                request("SELECT * FROM Tours.ranges WHERE a = ?", ", Parameters: [{N: 'abc'}]"),
                "The parameter cannot be converted to a numeric value: abc");
    }

    @Test
    void theTableAndItsOtherIndexesAreRead() {
        for (String source : new String[] {"Tours WHERE pk = 'p'", "Tours", "Tours.single WHERE a = 'x' AND b = 'y'"}) {
            assertThat(client.call("ExecuteStatement", request("SELECT * FROM " + source))
                            .get("Items"))
                    .as(source)
                    .hasSize(1);
        }
        client.answers("ExecuteStatement", request("UPDATE Tours SET d = 1 WHERE pk = 'p'"), "{Items: []}");
        client.answers("ExecuteStatement", request("DELETE FROM Tours WHERE pk = 'p'"), "{Items: []}");
    }

    @Test
    void aWhereClauseOfAReadableIndexIsRefusedAsThatOfATable() {
        client.refuses(
                "ExecuteStatement",
                request("SELECT * FROM Tours.single WHERE a LIKE 'x'"),
                "Unsupported operator in Condition Expression. Operator: like");
    }

    @Test
    void aBatchWantsTheKeyOfTheTable() {
        client.answers(
                "BatchExecuteStatement",
                "{Statements: [" + request("SELECT * FROM Tours.hashes WHERE a = 'x' AND b = 'y'") + "]}",
                "{Responses: [{Error: {Code: 'ValidationError', Message: 'Select statements within BatchExecuteStatement"
                        + " must specify the primary key in the where clause.'}}]}");
    }
}
