package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Client;
import io.gramme.storage.engine.LaggingStore;
import io.gramme.storage.memory.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On one machine an index lags behind nothing: who was told that a write is done finds it there, and not the state before. */
class IndexLagTest {
    private static final int WRITERS = 4;
    private static final int ROUNDS = 60;
    private static final String TABLE = """
        {TableName: 'Games', BillingMode: 'PAY_PER_REQUEST',
         AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}, {AttributeName: 'state', AttributeType: 'S'}],
         KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
         GlobalSecondaryIndexes: [{IndexName: 'by-state', Projection: {ProjectionType: 'ALL'},
           KeySchema: [{AttributeName: 'state', KeyType: 'HASH'}, {AttributeName: 'id', KeyType: 'RANGE'}]}]}\
        """;

    @TempDir
    private Path directory;

    private Instant now = Instant.parse("2026-03-04T05:06:07Z");

    @Test
    void inMemory() throws Exception {
        try (Client client = Client.inMemory()) {
            everyWriteIsInTheIndexWhenItIsAcknowledged(client);
        }
    }

    @Test
    void onDisk() throws Exception {
        try (Client client = Client.onDisk(directory)) {
            everyWriteIsInTheIndexWhenItIsAcknowledged(client);
        }
    }

    /** As with {@code gramme serve --index-delay}. */
    @Test
    void onPurposeAnIndexShowsWhatWasAndTheTableWhatIs() {
        InstantSource clock = () -> now;
        var store = new LaggingStore(new MemoryStore(clock), Duration.ofSeconds(2), clock);
        try (Client client = Client.over(store, clock)) {
            client.call("CreateTable", TABLE);
            put(client, "a", "open", 1);
            assertThat(rounds(client, "a", "open")).isEmpty();
            client.answers(
                    "GetItem",
                    "{TableName: 'Games', Key: {id: {S: 'a'}}, ProjectionExpression: 'id'}",
                    "{Item: {id: {S: 'a'}}}");
            now = now.plusSeconds(1);
            store.deliverDue();
            assertThat(rounds(client, "a", "open")).isEmpty();
            assertThat(store.lag()).isEqualTo(Duration.ofSeconds(1));
            now = now.plusSeconds(1);
            store.deliverDue();
            assertThat(rounds(client, "a", "open")).containsExactly(1);

            put(client, "a", "over", 2);
            assertThat(rounds(client, "a", "open")).containsExactly(1);
            assertThat(rounds(client, "a", "over")).isEmpty();
            now = now.plusSeconds(2);
            store.deliverDue();
            assertThat(rounds(client, "a", "open")).isEmpty();
            assertThat(rounds(client, "a", "over")).containsExactly(2);
            assertThat(store.lag()).isZero();
        }
    }

    private static void everyWriteIsInTheIndexWhenItIsAcknowledged(Client client) throws Exception {
        client.call("CreateTable", TABLE);
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> games = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String id = "game" + writer;
                games.add(threads.submit(() -> play(client, id)));
            }
            for (Future<?> game : games) {
                game.get();
            }
        }
    }

    private static void play(Client client, String id) {
        for (int round = 0; round < ROUNDS; round++) {
            put(client, id, "open", round);
            assertThat(rounds(client, id, "open")).containsExactly(round);
            put(client, id, "open", round + 1_000);
            assertThat(rounds(client, id, "open")).containsExactly(round + 1_000);
            put(client, id, "over", round);
            assertThat(rounds(client, id, "open")).isEmpty();
            assertThat(rounds(client, id, "over")).containsExactly(round);
            client.call("DeleteItem", "{TableName: 'Games', Key: {id: {S: '" + id + "'}}}");
            assertThat(rounds(client, id, "over")).isEmpty();
        }
    }

    private static void put(Client client, String id, String state, int round) {
        client.call(
                "PutItem",
                "{TableName: 'Games', Item: {id: {S: '" + id + "'}, state: {S: '" + state + "'}, round: {N: '" + round
                        + "'}}}");
    }

    private static List<Integer> rounds(Client client, String id, String state) {
        var items = client.call(
                        "Query",
                        "{TableName: 'Games', IndexName: 'by-state', KeyConditionExpression: '#s = :s AND id = :id',"
                                + "ExpressionAttributeNames: {'#s': 'state'},"
                                + "ExpressionAttributeValues: {':s': {S: '" + state + "'}, ':id': {S: '" + id + "'}}}")
                .get("Items");
        return Stream.iterate(0, i -> i < items.size(), i -> i + 1)
                .map(i -> items.get(i).at("/round/N").asInt())
                .toList();
    }
}
