package io.gramme.server.operation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.server.Client;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.ObjectSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The files of backups: they outlive the table and the server, and damage to them is found. */
class SealedBackupTest {
    private final Client client = Client.inMemory();

    @BeforeEach
    void createTable() {
        client.call("CreateTable", """
                {TableName: 'orders', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'a', AttributeType: 'S'}],
                 GlobalSecondaryIndexes: [{IndexName: 'by-a', Projection: {ProjectionType: 'ALL'},
                  KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}]}]}""");
        for (int i = 0; i < 20; i++) {
            client.call("PutItem", "{TableName: 'orders', Item: {pk: {S: 'k" + i + "'}, a: {S: 'x'}}}");
        }
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aSealedBackupIsRestoredFromItsFiles() {
        String arn = sealedBackup();
        assertThat(client.tables()
                        .find(client.tables().all().getFirst().address())
                        .orElseThrow()
                        .history())
                .as("keepers of the history")
                .hasValueSatisfying(history -> assertThat(history.keepers()).isEmpty());
        client.call("DeleteTable", "{TableName: 'orders'}");
        client.call("RestoreTableFromBackup", "{TargetTableName: 'again', BackupArn: '" + arn + "'}");
        await("again");
        assertThat(count(client, "again")).isEqualTo(20);
        assertThat(client.call("Scan", "{TableName: 'again', IndexName: 'by-a', Select: 'COUNT'}")
                        .get("Count")
                        .asInt())
                .isEqualTo(20);
    }

    /** Copies the seal last, as a person does with a folder that a server watches: without it there is no backup. */
    private void copyTo(Client other) {
        contents().entrySet().stream()
                .sorted(Comparator.comparing(file -> file.getKey().endsWith("gramme-backup.json")))
                .forEach(file -> bucket(other).put(file.getKey(), file.getValue()));
    }

    @Test
    void aFolderCopiedToAnotherServerIsABackupThere() {
        String arn = sealedBackup();
        try (Client other = Client.inMemory()) {
            copyTo(other);
            other.recover();
            assertThat(other.call("ListBackups", "{}")
                            .get("BackupSummaries")
                            .get(0)
                            .get("BackupArn")
                            .asString())
                    .isEqualTo(arn);
            other.call("RestoreTableFromBackup", "{TargetTableName: 'again', BackupArn: '" + arn + "'}");
            Awaitility.await().until(() -> status(other, "again").equals("ACTIVE"));
            assertThat(count(other, "again")).isEqualTo(20);
        }
    }

    @Test
    void aDamagedFolderIsNoBackup() {
        sealedBackup();
        SortedMap<String, Bytes> files = contents();
        for (String key : files.keySet()) {
            try (Client other = Client.inMemory()) {
                files.forEach((name, content) -> {
                    if (!name.equals(key)) {
                        bucket(other).put(name, content);
                    }
                });
                other.recover();
                boolean sums = key.endsWith(".md5") || key.endsWith(".checksum") || key.endsWith("_started");
                assertThat(other.call("ListBackups", "{}")
                                .get("BackupSummaries")
                                .size())
                        .as("without %s", key)
                        .isZero();
                assertThat(sums || key.endsWith(".gz") || key.contains("manifest") || key.contains("gramme-backup"))
                        .as("a kind of file that this test knows: %s", key)
                        .isTrue();
            }
        }
    }

    @Test
    void aBackupWithADamagedFileIsNotRestored() {
        String arn = sealedBackup();
        String data = contents().keySet().stream()
                .filter(key -> key.endsWith(".json.gz"))
                .findFirst()
                .orElseThrow();
        bucket(client).put(data, Bytes.utf8("not gzip"));
        client.call("RestoreTableFromBackup", "{TargetTableName: 'again', BackupArn: '" + arn + "'}");
        Awaitility.await()
                .until(() -> client.callGramme("ListJobs", "{}")
                        .get("Jobs")
                        .valueStream()
                        .anyMatch(job -> job.get("Kind").asString().equals("RESTORE")
                                && job.get("State").asString().equals("FAILED")
                                && job.toString().contains(data)));
        Awaitility.await()
                .untilAsserted(() -> assertThat(client.outcome("DescribeTable", "{TableName: 'again'}"))
                        .startsWith("RESOURCE_NOT_FOUND"));
    }

    @Test
    void theFilesOfADeletedBackupAreDeleted() {
        String arn = sealedBackup();
        client.call("DeleteBackup", "{BackupArn: '" + arn + "'}");
        client.recover();
        assertThat(contents()).isEmpty();
        client.recover();
        assertThat(client.call("ListBackups", "{}").get("BackupSummaries").size())
                .isZero();
    }

    @Test
    void aClientReadsTheFilesOfABackup() {
        String arn = sealedBackup();
        JsonNode listed = client.callGramme("ListBackupFiles", "{BackupArn: '" + arn + "'}");
        assertThat(listed.has("LastEvaluatedFileName")).isFalse();
        String folder = "AWSDynamoDB/" + listed.get("Folder").asString() + "/";
        var read = new TreeMap<String, Bytes>();
        for (JsonNode file : listed.get("Files")) {
            String name = file.get("FileName").asString();
            assertThat(file.get("SizeBytes").asLong())
                    .isEqualTo(requireNonNull(contents().get(folder + name)).length());
            read.put(folder + name, content(arn, name));
        }
        assertThat(read).isEqualTo(contents());
        String last = listed.get("Files")
                .get(listed.get("Files").size() - 2)
                .get("FileName")
                .asString();
        assertThat(client.callGramme(
                                "ListBackupFiles", "{BackupArn: '" + arn + "', ExclusiveStartFileName: '" + last + "'}")
                        .get("Files")
                        .size())
                .isOne();
        assertThat(client.callGramme(
                        "ReadBackupFile", "{BackupArn: '" + arn + "', FileName: '_started', Offset: 99999999999}"))
                .isEqualTo(Client.json("{Content: ''}"));
        for (String name : List.of("../other/gramme-backup.json", "none", "data/../_started", "data", "/", "..")) {
            client.refusesGramme(
                    "ReadBackupFile",
                    "{BackupArn: '" + arn + "', FileName: '" + name + "'}",
                    "Requested resource not found: File: " + name + " not found in backup " + arn);
        }
    }

    @Test
    void aLargeFileIsReadInChunks() {
        String arn = sealedBackup();
        String key = contents().firstKey();
        String name = key.substring(key.indexOf('/', "AWSDynamoDB/".length()) + 1);
        Bytes large = Bytes.wrap(new byte[(2 << 20) + 1]);
        bucket(client).put(key, large);
        assertThat(content(arn, name)).isEqualTo(large);
        assertThat(client.callGramme("ReadBackupFile", "{BackupArn: '" + arn + "', FileName: '" + name + "'}")
                        .get("NextOffset")
                        .asLong())
                .isEqualTo(1 << 20);
    }

    @Test
    void theFilesOfABackupThatDoesNotExistAreRefused() {
        client.refusesGramme(
                "ListBackupFiles",
                "{BackupArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/orders/backup/01796032814605-41dc057f'}",
                "Backup not found: arn:aws:dynamodb:us-east-1:000000000000:table/orders/backup/01796032814605-41dc057f");
    }

    private Bytes content(String arn, String name) {
        Bytes content = Bytes.EMPTY;
        long next = 0;
        while (next >= 0) {
            JsonNode chunk = client.callGramme(
                    "ReadBackupFile", "{BackupArn: '" + arn + "', FileName: '" + name + "', Offset: " + next + "}");
            content = content.plus(
                    Bytes.wrap(Base64.getDecoder().decode(chunk.get("Content").asString())));
            next = chunk.has("NextOffset") ? chunk.get("NextOffset").asLong() : -1;
        }
        return content;
    }

    /** The ARN of a backup whose files are complete. */
    private String sealedBackup() {
        String arn = client.call("CreateBackup", "{TableName: 'orders', BackupName: 'all'}")
                .get("BackupDetails")
                .get("BackupArn")
                .asString();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> contents().keySet().stream().anyMatch(key -> key.endsWith("/gramme-backup.json")));
        Awaitility.await()
                .until(() -> client.callGramme("ListJobs", "{}")
                        .get("Jobs")
                        .valueStream()
                        .allMatch(job -> job.get("State").asString().equals("COMPLETED")));
        return arn;
    }

    private static Bucket bucket(Client client) {
        return client.buckets().named("backups");
    }

    private SortedMap<String, Bytes> contents() {
        var found = new TreeMap<String, Bytes>();
        List<ObjectSummary> objects = new ArrayList<>(bucket(client).list("", "", 1_000));
        objects.forEach(object -> found.put(object.key(), bucket(client).content(object.key(), 1 << 20)));
        return found;
    }

    private void await(String table) {
        Awaitility.await().until(() -> status(client, table).equals("ACTIVE"));
    }

    private static String status(Client of, String table) {
        JsonNode description = of.call("DescribeTable", "{TableName: '" + table + "'}");
        return description.get("Table").get("TableStatus").asString();
    }

    private static int count(Client of, String table) {
        return of.call("Scan", "{TableName: '" + table + "', Select: 'COUNT'}")
                .get("Count")
                .asInt();
    }
}
