package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.n;
import static io.gramme.acceptance.Attributes.s;
import static io.gramme.acceptance.Schemas.attribute;
import static io.gramme.acceptance.Schemas.hash;
import static io.gramme.acceptance.Schemas.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.N;
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.S;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** PartiQL statements through the AWS SDK. */
@Timeout(60)
class SdkStatementsTest {
    private static final String TABLE = "statements";

    @AutoClose
    private static final InMemoryGramme GRAMME = new InMemoryGramme();

    private final DynamoDbClient client = GRAMME.client;

    @BeforeAll
    static void table() {
        GRAMME.table(
                TABLE,
                request -> request.attributeDefinitions(attribute("artist", S), attribute("at", N))
                        .keySchema(hash("artist"), range("at")));
    }

    private ExecuteStatementResponse run(String statement) {
        return client.executeStatement(request -> request.statement(statement));
    }

    private static BatchStatementRequest batched(String statement) {
        return BatchStatementRequest.builder().statement(statement).build();
    }

    private static ParameterizedStatement member(String statement) {
        return ParameterizedStatement.builder().statement(statement).build();
    }

    @Test
    void anItemIsInsertedChangedReadAndDeleted() {
        run("INSERT INTO statements VALUE {'artist': 'one', 'at': 1, 'songs': ['a', 'b']}");
        run(
                "UPDATE statements SET songs = list_append(songs, ['c']) SET awards = 1 WHERE artist = 'one' AND \"at\" = 1");
        assertThat(client.executeStatement(request -> request.statement(
                                        "SELECT songs[2], awards FROM statements WHERE artist = ? AND \"at\" = ?")
                                .parameters(s("one"), n(1)))
                        .items())
                .containsExactly(Map.of("songs[2]", s("c"), "awards", n(1)));
        assertThat(run("DELETE FROM statements WHERE artist = 'one' AND \"at\" = 1 RETURNING ALL OLD *")
                        .items())
                .singleElement()
                .extracting(item -> item.get("awards"))
                .isEqualTo(n(1));
    }

    @Test
    void refusalsAreTheExceptionsOfTheSdk() {
        run("INSERT INTO statements VALUE {'artist': 'two', 'at': 1}");
        assertThatThrownBy(() -> run("INSERT INTO statements VALUE {'artist': 'two', 'at': 1}"))
                .isInstanceOf(DuplicateItemException.class);
        assertThatThrownBy(() -> run("UPDATE statements SET v = 1 WHERE artist = 'none' AND \"at\" = 1"))
                .isInstanceOf(ConditionalCheckFailedException.class);
    }

    @Test
    void pagesAreWalkedByTheirTokens() {
        for (int i = 0; i < 5; i++) {
            run("INSERT INTO statements VALUE {'artist': 'three', 'at': " + i + "}");
        }
        String select = "SELECT * FROM statements WHERE artist = 'three'";
        ExecuteStatementResponse first =
                client.executeStatement(request -> request.statement(select).limit(3));
        assertThat(first.items()).hasSize(3);
        ExecuteStatementResponse second =
                client.executeStatement(request -> request.statement(select).nextToken(first.nextToken()));
        assertThat(second.items()).hasSize(2);
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void aBatchTellsOfEachStatement() {
        var responses = client.batchExecuteStatement(request -> request.statements(
                        batched("INSERT INTO statements VALUE {'artist': 'four', 'at': 1}"),
                        batched("UPDATE statements SET v = 1 WHERE artist = 'none' AND \"at\" = 2")))
                .responses();
        assertThat(responses.getFirst().tableName()).isEqualTo(TABLE);
        assertThat(responses.getFirst().error()).isNull();
        assertThat(responses.getLast().error().code()).isEqualTo(BatchStatementErrorCodeEnum.CONDITIONAL_CHECK_FAILED);
    }

    @Test
    void aTransactionIsDoneOrCancelledAsOne() {
        client.executeTransaction(request -> request.transactStatements(
                member("INSERT INTO statements VALUE {'artist': 'five', 'at': 1}"),
                member("INSERT INTO statements VALUE {'artist': 'five', 'at': 2}")));
        assertThatThrownBy(() -> client.executeTransaction(request -> request.transactStatements(
                        member("DELETE FROM statements WHERE artist = 'five' AND \"at\" = 1"),
                        member("EXISTS(SELECT * FROM statements"
                                + " WHERE artist = 'five' AND \"at\" = 2 AND v = 1)"))))
                .isInstanceOfSatisfying(
                        TransactionCanceledException.class,
                        cancelled -> assertThat(cancelled.cancellationReasons())
                                .extracting(reason -> reason.code())
                                .isEqualTo(List.of("None", "ConditionalCheckFailed")));
        assertThat(run("SELECT * FROM statements WHERE artist = 'five'").items())
                .hasSize(2);
    }
}
