package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.CancellationReason;
import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecuteTransactionTest {
    private static final String CANCELLED =
            "Transaction cancelled, please refer cancellation reasons for specific reasons ";

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
                .collect(Collectors.joining(", ", "{TransactStatements: [", "]}"));
    }

    private void answers(String responses, String... statements) {
        client.answers("ExecuteTransaction", request(statements), "{Responses: [" + responses + "]}");
    }

    private ApiException refuses(String words, String... statements) {
        return client.refuses("ExecuteTransaction", request(statements), words);
    }

    private void holds(String statement, String items) {
        client.answers("ExecuteStatement", "{Statement: \"" + statement + "\"}", "{Items: [" + items + "]}");
    }

    @Test
    void readsShowAnEmptyItemWhereAbsentOfItIsShown() {
        answers(
                "{Item: {n: {N: '5'}}}, {Item: {}}, {}",
                "SELECT n FROM Music WHERE pk = 'c' AND sk = 1",
                "SELECT absent FROM Music WHERE pk = 'a' AND sk = 1",
                "SELECT * FROM Music WHERE pk = 'none' AND sk = 1");
    }

    @Test
    void writesAreDoneTogether() {
        answers(
                "",
                "INSERT INTO Music VALUE {'pk': 'd', 'sk': 1}",
                "UPDATE Music SET n = n + 1 WHERE pk = 'c' AND sk = 1 AND n = 5",
                "DELETE FROM Music WHERE pk = 'a' AND sk = 0",
                "EXISTS(SELECT * FROM Music WHERE pk = 'a' AND sk = 1 AND h = 9)");
        holds("SELECT * FROM Music WHERE pk = 'd'", "{pk: {S: 'd'}, sk: {N: '1'}}");
        holds("SELECT n FROM Music WHERE pk = 'c'", "{n: {N: '6'}}");
        holds("SELECT * FROM Music WHERE pk = 'a' AND sk = 0", "");
    }

    @Test
    void oneRefusalCancelsAll() {
        ApiException refusal = refuses(
                CANCELLED + "[None, DuplicateItem, ConditionalCheckFailed, ConditionalCheckFailed, None]",
                "INSERT INTO Music VALUE {'pk': 'd', 'sk': 1}",
                "INSERT INTO Music VALUE {'pk': 'a', 'sk': 1}",
                "UPDATE Music SET n = 1 WHERE pk = 'none' AND sk = 1",
                "EXISTS(SELECT * FROM Music WHERE pk = 'none' AND sk = 2 AND n IS MISSING)",
                "DELETE FROM Music WHERE pk = 'none' AND sk = 3 AND n = 1");
        assertThat(refusal.code()).isEqualTo(ErrorCode.TRANSACTION_CANCELED);
        assertThat(refusal.reasons())
                .extracting(CancellationReason::message)
                .contains(Optional.of("Duplicate primary key exists in table"));
        holds("SELECT * FROM Music WHERE pk = 'd'", "");
    }

    @Test
    void theFirstThatDoesNotFitTheTableIsTheReason() {
        assertThat(refuses(
                                CANCELLED + "[None, ValidationError, None]",
                                "DELETE FROM Music WHERE pk = 'a' AND sk = 0",
                                "INSERT INTO Music VALUE {'pk': 'd'}",
                                "UPDATE Music SET n = 1 WHERE pk = 'c'")
                        .reasons())
                .extracting(CancellationReason::message)
                .contains(Optional.of("Key attribute should be present in the item: Key sk"));
        assertThat(refuses(
                                CANCELLED + "[ValidationError, None]",
                                "UPDATE Music SET n = 1 WHERE pk = 'c'",
                                "UPDATE Music SET pk = 'x' WHERE pk = 'c' AND sk = 1")
                        .reasons())
                .extracting(CancellationReason::message)
                .contains(Optional.of("Where clause does not contain a mandatory equality on all key attributes"));
    }

    @Test
    void whatIsWrongWithTheFirstStatementIsToldBeforeWhatIsWrongWithTheSecond() {
        String badParameter = "{Statement: \"DELETE FROM Music WHERE pk = 'a' AND sk = ?\", Parameters: [{N: 'abc'}]}";
        String badText = "{Statement: 'bogus words'}";
        client.refuses(
                "ExecuteTransaction",
                "{TransactStatements: [" + badParameter + ", " + badText + "]}",
                "The parameter cannot be converted to a numeric value: abc");
        client.refuses(
                "ExecuteTransaction",
                "{TransactStatements: [" + badText + ", " + badParameter + "]}",
                "Validation failed in TransactStatements[0]: Statement wasn't well formed, can't be processed: Unexpected"
                        + " token after expression");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            EXISTS(SELECT * FROM Music WHERE pk = 'a' AND sk = 1)        | EXISTS() must contain a single item read with additional condition
            EXISTS(SELECT * FROM Music WHERE pk = 'a' AND n = 1)         | EXISTS() must contain a single item read with additional condition
            EXISTS(SELECT * FROM Music."gsi-inc" WHERE g = 'g')          | Operations on indices are not supported in transactions
            DELETE FROM Music WHERE pk = 'a' AND sk = 1 RETURNING ALL OLD * | RETURNING clause is not supported in ExecuteTransaction.
            SELECT * FROM Music."gsi-inc" WHERE g = 'g'                  | Reads on indices are not supported within transactions.
            SELECT * FROM Music WHERE pk = 'a'                           | Select statements within ExecuteTransaction must specify the primary key in the where clause.
            SELECT * FROM Music WHERE pk = 'a' AND sk = 1 AND n = 1      | Select statements within ExecuteTransaction must specify the primary key in the where clause.
            SELECT * FROM Music WHERE pk = ?                             | Number of parameters in request and statement don't match.
            bogus words                                                  | Statement wasn't well formed, can't be processed: Unexpected token after expression
            """)
    void aStatementThatNoTransactionTakesIsToldByItsPlace(String statement, String words) {
        refuses("Validation failed in TransactStatements[0]: " + words, statement);
    }

    @Test
    void readsAndWritesDoNotMix() {
        String words = "ExecuteTransaction API does not support both read and write operations in the same request.";
        refuses(words, "SELECT * FROM Music WHERE pk = 'a' AND sk = 1", "DELETE FROM Music WHERE pk = 'a' AND sk = 2");
        refuses(
                words,
                "EXISTS(SELECT * FROM Music WHERE pk = 'a' AND sk = 1 AND n = 1)",
                "SELECT * FROM Music WHERE pk = 'a' AND sk = 2");
    }

    @Test
    void anItemIsNamedOnce() {
        String words = "Transaction request cannot include multiple operations on one item";
        refuses(
                words,
                "SELECT * FROM Music WHERE pk = 'a' AND sk = 1",
                "SELECT n FROM Music WHERE pk = 'a' AND sk = 1");
        refuses(
                words,
                "UPDATE Music SET n = 1 WHERE pk = 'a' AND sk = 1",
                "DELETE FROM Music WHERE pk = 'a' AND sk = 1");
    }

    @Test
    void aTableThatIsNotThereIsNotFound() {
        refuses(
                "Requested resource not found",
                "UPDATE Music SET n = 1 WHERE pk = 'a' AND sk = 1",
                "UPDATE Absent SET n = 1 WHERE pk = 'a'");
    }

    @Test
    void aTokenIsHonouredOnce() {
        String update = "{ClientRequestToken: 'token', TransactStatements: [{Statement:"
                + " \"UPDATE Music SET n = n + 1 WHERE pk = 'c' AND sk = ?\", Parameters: [{N: '1'}]}]}";
        client.answers("ExecuteTransaction", update, "{Responses: []}");
        client.answers("ExecuteTransaction", update, "{Responses: []}");
        holds("SELECT n FROM Music WHERE pk = 'c'", "{n: {N: '6'}}");
        assertThat(client.refuses("ExecuteTransaction", update.replace("'1'", "'2'"), "")
                        .code())
                .isEqualTo(ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH);
    }

    @Test
    void capacityIsDoubled() {
        client.answers(
                "ExecuteTransaction",
                "{ReturnConsumedCapacity: 'TOTAL', TransactStatements: ["
                        + "{Statement: \"SELECT n FROM Music WHERE pk = 'c' AND sk = 1\"}]}",
                "{Responses: [{Item: {n: {N: '5'}}}],"
                        + "ConsumedCapacity: [{TableName: 'Music', CapacityUnits: 2.0, ReadCapacityUnits: 2.0}]}");
        client.answers(
                "ExecuteTransaction",
                "{ReturnConsumedCapacity: 'TOTAL', TransactStatements: ["
                        + "{Statement: \"UPDATE Music SET n = 1 WHERE pk = 'c' AND sk = 1\"}]}",
                "{Responses: [],"
                        + "ConsumedCapacity: [{TableName: 'Music', CapacityUnits: 2.0, WriteCapacityUnits: 2.0}]}");
    }
}
