package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gramme.server.Client;
import io.gramme.storage.testkit.SmallDisk;
import io.gramme.transfer.bucket.DirectoryBuckets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Backups whose place is a disk without room for their files. */
@Timeout(60)
class FullBackupPlaceTest {
    private static final int ITEMS = 20;
    private static final int ITEM_BYTES = 40_000;

    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private SmallDisk disk;
    private Client client;

    @BeforeEach
    void createTable() throws IOException {
        var mounted = SmallDisk.mount(directory, 8);
        assumeThat(mounted).as("a file system in memory, which needs root").isPresent();
        disk = mounted.orElseThrow();
        client = Client.backingUpTo(
                DirectoryBuckets.create(directory, "backups"),
                () -> now.updateAndGet(before -> before.plusNanos(1_000)));
        client.call("CreateTable", """
                {TableName: 'orders', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}]}""");
        var random = new Random(1);
        for (int i = 0; i < ITEMS; i++) {
            byte[] content = new byte[ITEM_BYTES];
            random.nextBytes(content);
            client.call(
                    "PutItem",
                    "{TableName: 'orders', Item: {pk: {S: 'k" + i + "'}, a: {B: '"
                            + Base64.getEncoder().encodeToString(content) + "'}}}");
        }
    }

    @AfterEach
    void close() throws IOException {
        if (client != null) {
            client.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void aBackupWithoutRoomIsRestoredFromItsTableAndSealedWhenThereIsRoom() throws IOException {
        disk.leave(200_000);
        String arn = client.call("CreateBackup", "{TableName: 'orders', BackupName: 'first'}")
                .get("BackupDetails")
                .get("BackupArn")
                .asString();
        Awaitility.await().until(() -> job().get("State").asString().equals("FAILED"));
        assertThat(job().get("StateReason").asString())
                .startsWith("The place of backups is full: Cannot write AWSDynamoDB/")
                .contains("No space left on device")
                .endsWith("its files are tried again in 10 minutes");
        assertThat(status(arn)).isEqualTo("AVAILABLE");
        assertThat(files("gramme-backup.json")).isEmpty();
        assertThat(files("uploads")).as("drafts that take the room of others").isEmpty();

        client.call("PutItem", "{TableName: 'orders', Item: {pk: {S: 'later'}}}");
        restore(arn, "from-table");
        assertThat(count("from-table")).isEqualTo(ITEMS);

        disk.release();
        now.updateAndGet(before -> before.plus(Duration.ofMinutes(11)));
        client.recover();
        Awaitility.await().until(() -> job().get("State").asString().equals("COMPLETED"));
        assertThat(files("gramme-backup.json")).hasSize(1);
        client.call("DeleteTable", "{TableName: 'orders'}");
        restore(arn, "from-files");
        assertThat(count("from-files")).isEqualTo(ITEMS);
    }

    private JsonNode job() {
        for (JsonNode job : client.callGramme("ListJobs", "{}").get("Jobs")) {
            if (job.get("Kind").asString().equals("BACKUP")) {
                return job;
            }
        }
        return Client.json("{State: 'NONE'}");
    }

    private String status(String arn) {
        return client.call("DescribeBackup", "{BackupArn: '" + arn + "'}")
                .get("BackupDescription")
                .get("BackupDetails")
                .get("BackupStatus")
                .asString();
    }

    private void restore(String arn, String table) {
        client.call("RestoreTableFromBackup", "{TargetTableName: '" + table + "', BackupArn: '" + arn + "'}");
        Awaitility.await()
                .until(() -> client.call("DescribeTable", "{TableName: '" + table + "'}")
                        .get("Table")
                        .get("TableStatus")
                        .asString()
                        .equals("ACTIVE"));
    }

    private int count(String table) {
        return client.call("Scan", "{TableName: '" + table + "', Select: 'COUNT'}")
                .get("Count")
                .asInt();
    }

    private List<Path> files(String part) throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("backups"))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains(part))
                    .toList();
        }
    }
}
