package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.BackupStatus;
import io.gramme.api.BackupSummary;
import io.gramme.api.BackupType;
import io.gramme.server.Server;
import io.gramme.server.ServerOptions;
import io.gramme.server.ServerOptions.Files;
import io.gramme.server.ServerOptions.Pace;
import io.gramme.transfer.bucket.MemoryBuckets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands that back up, restore and export, against a server in this process. */
class RecoveryCommandsTest {
    private static final String TABLE = """
            {"TableName": "orders", "BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
             "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}""";
    private static final String ARN = "arn:aws:dynamodb:eu-north-1:123456789012:table/orders";

    private final MemoryBuckets buckets = new MemoryBuckets();
    private Server server;

    @BeforeEach
    void start() throws Exception {
        buckets.create("exports");
        server = Server.start(ServerOptions.inMemory()
                .at(new Pace(Duration.ZERO, Pace.DEFAULT_PARTITION_BYTES, Duration.ZERO, Duration.ZERO))
                .at(new Files(Optional.empty(), buckets, Optional.empty())));
        PlainCall.of(server, "CreateTable", TABLE);
        put("one");
        put("two");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void put(String id) throws Exception {
        PlainCall.of(server, "PutItem", """
                {"TableName": "orders", "Item": {"id": {"S": "%s"}}}""".formatted(id));
    }

    private String count(String table) throws Exception {
        return PlainCall.of(server, "Scan", """
                {"TableName": "%s", "Select": "COUNT"}""".formatted(table));
    }

    private CommandRun run(String... arguments) {
        String port = String.valueOf(server.address().getPort());
        return CommandRun.of(Stream.of(
                        Stream.of(arguments),
                        Stream.of("--port", port, "--access-key-id", "123456789012", "--region", "eu-north-1"))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }

    private CommandRun done(String... arguments) {
        CommandRun run = run(arguments);
        assertThat(run.status()).as(run.out() + run.err()).isZero();
        return run;
    }

    private static String lastLine(CommandRun run) {
        return run.err().lines().reduce((_, last) -> last).orElse("");
    }

    @Test
    void aBackupIsCreatedListedRestoredAndDeleted() throws Exception {
        CommandRun created = done("backup", "create", "orders", "--name", "before-release", "--wait");
        String arn = created.out().strip();
        assertThat(arn).startsWith(ARN + "/backup/");
        assertThat(created.err().lines().toList().getLast()).startsWith("Backed up 2 items, ");
        assertThat(created.err()).contains("\"ResourceName\":\"" + arn.substring(arn.lastIndexOf('/') + 1));

        put("three");
        assertThat(done("backup", "list", "orders").out())
                .hasLineCount(1)
                .contains("\"BackupName\":\"before-release\"", "\"BackupArn\":\"" + arn, "\"TableName\":\"orders\"");
        assertThat(done("backup", "list", "--type", "system").out()).isEmpty();
        assertThat(done("backup", "describe", arn).out()).contains("\"SourceTableDetails\":", "\"ItemCount\":2");

        CommandRun restored = done("backup", "restore", arn, "--to", "orders-before");
        assertThat(restored.out().strip()).isEqualTo(ARN + "-before");
        assertThat(lastLine(restored)).startsWith("Restored 2 items, ");
        assertThat(count("orders-before")).contains("\"Count\":2");

        assertThat(done("backup", "delete", arn).out()).contains("\"BackupStatus\":\"DELETED\"");
        CommandRun again = run("backup", "describe", arn);
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.err()).isEqualTo("gramme: Backup not found: " + arn + " (BackupNotFoundException)\n");
    }

    @Test
    void aTableIsRestoredToItsLatestTime() throws Exception {
        assertThat(done("recovery", "show", "orders").out()).isEqualTo("Point-in-time recovery of orders is off\n");
        assertThat(run("restore", "orders", "--at", "latest", "--to", "earlier").err())
                .isEqualTo("gramme: Point in time recovery is not enabled for table 'orders'"
                        + " (PointInTimeRecoveryUnavailableException)\n");
        assertThat(done("recovery", "on", "orders", "--days", "7").out())
                .startsWith("Point-in-time recovery of orders is on, and keeps 7 days\n  earliest restorable time  ");
        assertThat(lastLine(done("restore", "orders", "--at", "latest", "--to", "earlier")))
                .startsWith("Restored 2 items, ");
        assertThat(count("earlier")).contains("\"Count\":2");
        CommandRun before = run("restore", "orders", "--at", "2020-01-01T00:00:00Z", "--to", "other");
        assertThat(before.status()).isEqualTo(1);
        assertThat(before.err())
                .startsWith("gramme: RestoreDateTime '2020-01-01T00:00:00Z' must be within")
                .hasLineCount(1);
        assertThat(done("recovery", "off", "orders").out()).isEqualTo("Point-in-time recovery of orders is off\n");
    }

    @Test
    void theBackupOfADeletedTableIsFound() throws Exception {
        done("recovery", "on", "orders");
        PlainCall.of(server, "DeleteTable", "{\"TableName\": \"orders\"}");
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        String listed = "";
        while (listed.isEmpty() && System.nanoTime() < end) {
            listed = done("backup", "list").out();
        }
        assertThat(listed).contains("\"BackupName\":\"orders$DeletedTableBackup\"", "\"BackupType\":\"SYSTEM\"");
    }

    @Test
    void aTableIsExported() throws Exception {
        done("recovery", "on", "orders");
        CommandRun export = done("export", "orders", "--bucket", "exports", "--prefix", "daily", "--wait");
        assertThat(export.out()).startsWith(ARN + "/export/");
        assertThat(export.err().lines()).anyMatch(line -> line.startsWith("Exported 2 items, "));
        assertThat(lastLine(export))
                .matches("The manifest is daily/AWSDynamoDB/[0-9a-f-]+/manifest-summary\\.json in bucket exports");
        CommandRun nowhere = run("export", ARN, "--bucket", "nowhere", "--format", "ion", "--wait");
        assertThat(nowhere.status()).isEqualTo(1);
        assertThat(lastLine(nowhere))
                .startsWith("gramme: the job failed: S3NoSuchBucket: The specified bucket does not exist");
        CommandRun missing = run("export", "nothing", "--bucket", "exports");
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.err()).contains("Table: nothing not found (ResourceNotFoundException)");
    }

    @Test
    void aTerminalShowsBackupsAsATable() {
        BackupSummary backup = BackupSummary.builder()
                .backupArn(ARN + "/backup/01")
                .backupName("nightly")
                .backupCreationDateTime(Instant.parse("2026-11-23T10:00:00.123Z"))
                .backupSizeBytes(5_872_026L)
                .backupStatus(BackupStatus.AVAILABLE)
                .backupType(BackupType.USER)
                .tableName("orders")
                .build();
        assertThat(String.join("\n", BackupCommand.ListAll.table(List.of(backup))))
                .isEqualTo("""
                        CREATED               TABLE   NAME     TYPE  STATUS       SIZE  ARN
                        2026-11-23T10:00:00Z  orders  nightly  USER  AVAILABLE  5.6 MB  %s/backup/01""".formatted(ARN));
        assertThat(BackupCommand.ListAll.table(List.of())).containsExactly("No backups");
    }

    @Test
    void theNameOfABackupIsOfTableAndTime() {
        Instant now = Instant.parse("2026-11-23T10:00:00Z");
        assertThat(BackupCommand.Create.defaultName(ARN, now)).isEqualTo("orders-20261123-100000");
        assertThat(BackupCommand.Create.defaultName("t".repeat(255), now)).hasSize(216);
    }
}
