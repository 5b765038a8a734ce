package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestTokenTest {
    private static final String TABLE = "{TableName: 'Counters', BillingMode: 'PAY_PER_REQUEST',"
            + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],"
            + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]}";

    private Instant now = Instant.parse("2026-01-01T00:07:00Z");

    @Test
    void aTransactionIsDoneOnceForEachToken() {
        try (Client client = client()) {
            add(client, "token", 1);
            add(client, "token", 1);
            assertThat(counter(client)).isEqualTo("1");
            add(client, "another", 1);
            assertThat(counter(client)).isEqualTo("2");
        }
    }

    @Test
    void aTokenIsRememberedForTenMinutesAndNoLonger() {
        try (Client client = client()) {
            add(client, "token", 1);
            now = now.plus(Duration.ofMinutes(10)).minusMillis(1);
            add(client, "token", 1);
            assertThat(counter(client)).isEqualTo("1");
            now = now.plusMillis(1);
            add(client, "token", 1);
            assertThat(counter(client)).isEqualTo("2");
        }
    }

    @Test
    void anotherTransactionUnderTheSameTokenIsRefused() {
        try (Client client = client()) {
            add(client, "token", 1);
            assertThat(client.refuses("TransactWriteItems", adding("token", 2, ""), "")
                            .code())
                    .isEqualTo(ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH);
        }
    }

    @Test
    void howTheAnswerIsToLookIsNoPartOfTheTransaction() {
        try (Client client = client()) {
            add(client, "token", 1);
            client.answers(
                    "TransactWriteItems",
                    adding("token", 1, "ReturnConsumedCapacity: 'INDEXES',"),
                    "{ConsumedCapacity: [{TableName: 'Counters', CapacityUnits: 2.0, ReadCapacityUnits: 2.0,"
                            + "Table: {CapacityUnits: 2.0, ReadCapacityUnits: 2.0}}]}");
        }
    }

    @Test
    void theOrderOfMembersIsNoPartOfTheTransaction() {
        try (Client client = client()) {
            client.call(
                    "TransactWriteItems",
                    "{ClientRequestToken: 't', TransactItems: [{Put: {TableName: 'Counters',"
                            + "Item: {pk: {S: 'x'}, m: {M: {a: {N: '1'}, b: {SS: ['p', 'q']}}}}}}]}");
            client.answers(
                    "TransactWriteItems",
                    "{TransactItems: [{Put: {Item: {m: {M: {b: {SS: ['q', 'p']}, a: {N: '1.0'}}}, pk: {S: 'x'}},"
                            + "TableName: 'Counters'}}], ClientRequestToken: 't'}",
                    "{}");
        }
    }

    @Test
    void aReplayReportsTheReadsOfWhatItWouldHaveWritten() {
        try (Client client = client()) {
            String put = "{ClientRequestToken: 't', ReturnConsumedCapacity: 'TOTAL', TransactItems: [{Put: {TableName:"
                    + "'Counters', Item: {pk: {S: 'x'}, v: {S: '" + "v".repeat(5_000) + "'}}}}]}";
            client.answers(
                    "TransactWriteItems",
                    put,
                    "{ConsumedCapacity: [{TableName: 'Counters', CapacityUnits: 10.0, WriteCapacityUnits: 10.0}]}");
            client.answers(
                    "TransactWriteItems",
                    put,
                    "{ConsumedCapacity: [{TableName: 'Counters', CapacityUnits: 4.0, ReadCapacityUnits: 4.0}]}");
        }
    }

    @Test
    void aTransactionThatWasCancelledIsTriedAgain() {
        try (Client client = client()) {
            String guarded = "{ClientRequestToken: 't', TransactItems: [{Update: {TableName: 'Counters',"
                    + "Key: {pk: {S: 'c'}}, UpdateExpression: 'ADD n :one', ConditionExpression: 'n = :one',"
                    + "ExpressionAttributeValues: {':one': {N: '1'}}}}]}";
            client.refuses(
                    "TransactWriteItems",
                    guarded,
                    "Transaction cancelled, please refer cancellation reasons for specific reasons "
                            + "[ConditionalCheckFailed]");
            add(client, "other", 1);
            client.answers("TransactWriteItems", guarded, "{}");
            assertThat(counter(client)).isEqualTo("2");
        }
    }

    @Test
    void aTokenOutlivesTheProcess(@TempDir Path directory) {
        try (Client client = Client.onDisk(directory)) {
            client.call("CreateTable", TABLE);
            add(client, "token", 1);
        }
        try (Client client = Client.onDisk(directory)) {
            add(client, "token", 1);
            assertThat(counter(client)).isEqualTo("1");
        }
    }

    private Client client() {
        Client client = Client.at(() -> now);
        client.call("CreateTable", TABLE);
        return client;
    }

    private static void add(Client client, String token, int amount) {
        client.answers("TransactWriteItems", adding(token, amount, ""), "{}");
    }

    private static String adding(String token, int amount, String more) {
        return "{ClientRequestToken: '" + token + "'," + more + " TransactItems: [{Update: {TableName: 'Counters',"
                + "Key: {pk: {S: 'c'}}, UpdateExpression: 'ADD n :n',"
                + "ExpressionAttributeValues: {':n': {N: '" + amount + "'}}}}]}";
    }

    private static String counter(Client client) {
        return client.call("GetItem", "{TableName: 'Counters', Key: {pk: {S: 'c'}}}")
                .at("/Item/n/N")
                .asString();
    }
}
