package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.n;
import static io.gramme.acceptance.Attributes.s;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * A server that is killed while it is backed up as a whole and written: what it left is refused, or is a backup with
 * each transaction wholly or not at all.
 */
@Tag("slow")
@Timeout(600)
class ServerBackupKillTest {
    private static final int ROUNDS = Integer.getInteger("gramme.kill.rounds", 1);
    private static final long SEED = Long.getLong("gramme.kill.seed", 20_261_130L);
    private static final long MOST_LATER_NANOS = 60_000_000;
    private static final int LARGE_ITEMS = 30;
    private static final int LARGE_BYTES = 300_000;
    private static final String TABLE = "accounts";

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final AtomicLong acknowledged = new AtomicLong();

    @Test
    void aBackupOfAKilledServerIsRefusedOrHasEachTransactionWholly() throws Exception {
        Path data = directory.resolve("data");
        try (var gramme = GrammeProcess.start(data)) {
            try (var client = Clients.of(gramme.url())) {
                fill(client);
            }
            for (int round = 0; round < ROUNDS; round++) {
                long before = backUpAndKill(gramme, "killed-" + round);
                checkLeft(data.resolve("server-backups").resolve("killed-" + round), before);
                gramme.restart();
            }
            Thread writer = Thread.ofVirtual().start(() -> write(gramme.url()));
            long before = acknowledged.get();
            String said = GrammeCommand.run(gramme.url(), "backup", "server", "whole");
            assertThat(said).contains("Backed up the server: ");
            gramme.kill();
            writer.join();
            Path whole = data.resolve("server-backups").resolve("whole");
            assertThat(GrammeCommand.alone("check", whole.toString(), "--server-key", key().toString()))
                    .satisfies(check ->
                            assertThat(check.status()).as(check.output()).isZero());
            checkRestored(whole, before);
        }
    }

    private static void fill(DynamoDbClient client) {
        client.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(Schemas.attribute("id", ScalarAttributeType.S))
                .keySchema(Schemas.hash("id")));
        var content = new SplittableRandom(SEED);
        for (int i = 0; i < LARGE_ITEMS; i++) {
            byte[] bytes = new byte[LARGE_BYTES];
            content.nextBytes(bytes);
            String id = "large-" + i;
            client.putItem(request -> request.tableName(TABLE)
                    .item(Map.of("id", s(id), "fill", AttributeValue.fromB(SdkBytes.fromByteArray(bytes)))));
        }
    }

    /** Writes two items in each transaction, until the server is gone. */
    private void write(URI url) {
        try (var client = Clients.withoutRetry(url)) {
            while (true) {
                long number = acknowledged.get() + 1;
                client.transactWriteItems(request -> request.transactItems(put("one", number), put("other", number)));
                acknowledged.set(number);
            }
        } catch (SdkException _) {
            // It was killed.
        }
    }

    private static TransactWriteItem put(String id, long number) {
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(TABLE)
                        .item(Map.of("id", s(id), "number", n(number)))
                        .build())
                .build();
    }

    /** Returns how many transactions were acknowledged before the backup began. */
    private long backUpAndKill(GrammeProcess gramme, String name) throws Exception {
        Thread writer = Thread.ofVirtual().start(() -> write(gramme.url()));
        long first = acknowledged.get() + 10;
        while (acknowledged.get() < first) {
            Thread.onSpinWait();
        }
        long before = acknowledged.get();
        startBackup(gramme.url(), name);
        LockSupport.parkNanos(random.nextLong(MOST_LATER_NANOS));
        gramme.kill();
        writer.join();
        return before;
    }

    private static void startBackup(URI url, String name) throws Exception {
        var request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "Gramme_20261101.StartServerBackup")
                .header("X-Amz-Date", "20260101T000000Z")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=111111111111/20260101/eu-west-1/dynamodb/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .POST(BodyPublishers.ofString("{\"Directory\": \"" + name + "\"}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, BodyHandlers.ofString()).body()).contains("\"RUNNING\"");
        }
    }

    private void checkLeft(Path left, long before) throws Exception {
        if (Files.exists(left.resolve("gramme-server-backup.json"))) {
            checkRestored(left, before);
            return;
        }
        Path target = directory.resolve("refused");
        GrammeCommand.Ended restore =
                GrammeCommand.alone("restore", "server", left.toString(), "--data", target.toString());
        assertThat(restore.status()).isEqualTo(1);
        assertThat(restore.output())
                .contains(left + " is no complete backup of a server")
                .hasLineCount(1);
        assertThat(target).doesNotExist();
    }

    private void checkRestored(Path backup, long before) throws Exception {
        Path target = directory.resolve("restored-from-" + backup.getFileName());
        GrammeCommand.Ended restore =
                GrammeCommand.alone("restore", "server", backup.toString(), "--data", target.toString());
        assertThat(restore.status()).as(restore.output()).isZero();
        Files.copy(key(), target.resolveSibling(target.getFileName() + ".key"), COPY_ATTRIBUTES);
        try (var gramme = GrammeProcess.start(target);
                var client = Clients.of(gramme.url())) {
            List<String> numbers = List.of(number(client, "one"), number(client, "other"));
            assertThat(numbers.getFirst()).isEqualTo(numbers.getLast());
            assertThat(Long.parseLong(numbers.getFirst())).isBetween(before, acknowledged.get() + 1);
            assertThat(client.scan(request -> request.tableName(TABLE).projectionExpression("id"))
                            .count())
                    .isGreaterThan(2);
        }
    }

    /** The server key, which no backup has. */
    private Path key() {
        return directory.resolve("data.key");
    }

    private static String number(DynamoDbClient client, String id) {
        Map<String, AttributeValue> item = client.getItem(
                        request -> request.tableName(TABLE).key(Map.of("id", s(id))))
                .item();
        return requireNonNull(item.get("number")).n();
    }
}
