package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.BackupStatus;
import io.gramme.api.BackupSummary;
import io.gramme.api.BackupType;
import io.gramme.api.ItemChangeDescription;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.recovery.BackupPlace;
import io.gramme.server.Server;
import io.gramme.server.ServerOptions;
import io.gramme.server.ServerOptions.Pace;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.DirectoryBuckets;
import io.gramme.transfer.bucket.MemoryBuckets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that back up, restore and export, against one server in this process. Each test has an account. */
class RecoveryCommandsTest {
    private static final String TABLE = """
            {"TableName": "orders", "BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
             "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}""";
    private static final MemoryBuckets BUCKETS = new MemoryBuckets();
    private static final AtomicLong ACCOUNTS = new AtomicLong(100_000_000_000L);
    private static Server server;

    private final String account = String.valueOf(ACCOUNTS.incrementAndGet());
    private final String arn = "arn:aws:dynamodb:eu-north-1:" + account + ":table/orders";

    @BeforeAll
    static void start() throws Exception {
        BUCKETS.create("exports");
        server = Server.start(ServerOptions.inMemory()
                .at(new Pace(Duration.ZERO, Pace.DEFAULT_PARTITION_BYTES, Duration.ZERO, Duration.ZERO))
                .at(new ServerOptions.Files(Optional.empty(), BUCKETS, Optional.empty())));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void create() throws Exception {
        call("CreateTable", TABLE);
        put("one");
        put("two");
    }

    private String call(String operation, String body) throws Exception {
        return PlainCall.of(server, account, operation, body);
    }

    private void put(String id) throws Exception {
        call("PutItem", """
                {"TableName": "orders", "Item": {"id": {"S": "%s"}}}""".formatted(id));
    }

    private String count(String table) throws Exception {
        return call("Scan", """
                {"TableName": "%s", "Select": "COUNT"}""".formatted(table));
    }

    private CommandRun run(String... arguments) {
        String port = String.valueOf(server.address().getPort());
        return CommandRun.of(Stream.of(
                        Stream.of(arguments),
                        Stream.of("--port", port, "--access-key-id", account, "--region", "eu-north-1"))
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
        String backup = created.out().strip();
        assertThat(backup).startsWith(arn + "/backup/");
        assertThat(created.err().lines().toList().getLast()).startsWith("Backed up 2 items, ");
        assertThat(created.err()).contains("\"ResourceName\":\"" + backup.substring(backup.lastIndexOf('/') + 1));

        put("three");
        assertThat(done("backup", "list", "orders").out())
                .hasLineCount(1)
                .contains("\"BackupName\":\"before-release\"", "\"BackupArn\":\"" + backup, "\"TableName\":\"orders\"");
        assertThat(done("backup", "list", "--type", "system").out()).isEmpty();
        assertThat(done("backup", "describe", backup).out()).contains("\"SourceTableDetails\":", "\"ItemCount\":2");

        CommandRun restored = done("backup", "restore", backup, "--to", "orders-before");
        assertThat(restored.out().strip()).isEqualTo(arn + "-before");
        assertThat(lastLine(restored)).startsWith("Restored 2 items, ");
        assertThat(count("orders-before")).contains("\"Count\":2");

        assertThat(done("backup", "delete", backup).out()).contains("\"BackupStatus\":\"DELETED\"");
        CommandRun again = run("backup", "describe", backup);
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.err()).isEqualTo("gramme: Backup not found: " + backup + " (BackupNotFoundException)\n");
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
        call("DeleteTable", "{\"TableName\": \"orders\"}");
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
        assertThat(export.out()).startsWith(arn + "/export/");
        assertThat(export.err().lines()).anyMatch(line -> line.startsWith("Exported 2 items, "));
        assertThat(lastLine(export))
                .matches("The manifest is daily/AWSDynamoDB/[0-9a-f-]+/manifest-summary\\.json in bucket exports");
        CommandRun nowhere = run("export", arn, "--bucket", "nowhere", "--format", "ion", "--wait");
        assertThat(nowhere.status()).isEqualTo(1);
        assertThat(lastLine(nowhere))
                .startsWith("gramme: the job failed: S3NoSuchBucket: The specified bucket does not exist");
        CommandRun missing = run("export", "nothing", "--bucket", "exports");
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.err()).contains("Table: nothing not found (ResourceNotFoundException)");
    }

    @Test
    void aFilterSelectsWhatIsExported() throws Exception {
        call("PutItem", """
                {"TableName": "orders", "Item": {"id": {"S": "two"}, "note": {"S": "x"}}}""");
        done("recovery", "on", "orders");
        CommandRun export = done(
                "export",
                "orders",
                "--bucket",
                "exports",
                "--filter",
                "#i = :one",
                "--projection",
                "#i",
                "--names",
                "{\"#i\":\"note\"}",
                "--values",
                "{\":one\":{\"S\":\"x\"}}",
                "--wait");
        assertThat(call("DescribeExport", "{\"ExportArn\": \"" + export.out().strip() + "\"}"))
                .contains(
                        "\"ItemCount\":1",
                        "\"FilterSpecification\":",
                        "\"FilterExpression\":\"#i = :one\"",
                        "\"ProjectionExpression\":\"#i\"");
        assertThat(export.err().lines())
                .anyMatch(line -> line.startsWith("Read 2 items, "))
                .contains("Exported 1 of them");
        CommandRun unused = run("export", "orders", "--bucket", "exports", "--filter", "a = :b");
        assertThat(unused.status()).isEqualTo(1);
        assertThat(unused.err()).contains("An expression attribute value used in expression is not defined");
        CommandRun text = run("export", "orders", "--bucket", "exports", "--filter", "a = :b", "--values", ":b");
        assertThat(text.status()).isEqualTo(2);
        assertThat(text.err()).startsWith("gramme: --values is not an object of JSON: :b\n");
        CommandRun type =
                run("export", "orders", "--bucket", "exports", "--filter", "a = :b", "--values", "{\":b\":{\"X\":1}}");
        assertThat(type.status()).isEqualTo(2);
        assertThat(type.err()).startsWith("gramme: Supplied AttributeValue is empty");
    }

    @Test
    void whatDiffersBetweenTwoMomentsIsShown() throws Exception {
        CommandRun off = run("diff", "orders", "--from", Instant.now().toString());
        assertThat(off.status()).isEqualTo(1);
        assertThat(off.err())
                .isEqualTo("gramme: One or more parameter values were invalid: From: table orders keeps no earlier"
                        + " states: enable its point-in-time recovery with UpdateContinuousBackups"
                        + " (ValidationException)\n");
        done("recovery", "on", "orders");
        Instant from = Instant.now();
        awaitAfter(from);
        call("DeleteItem", """
                {"TableName": "orders", "Key": {"id": {"S": "one"}}}""");
        put("three");
        call("PutItem", """
                {"TableName": "orders", "Item": {"id": {"S": "two"}, "note": {"S": "x"}}}""");
        CommandRun diff = done("diff", "orders", "--from", from.toString());
        assertThat(diff.out().lines())
                .containsExactlyInAnyOrder(
                        "{\"Keys\":{\"id\":{\"S\":\"one\"}},\"OldImage\":{\"id\":{\"S\":\"one\"}}}",
                        "{\"Keys\":{\"id\":{\"S\":\"three\"}},\"NewImage\":{\"id\":{\"S\":\"three\"}}}",
                        "{\"Keys\":{\"id\":{\"S\":\"two\"}},\"NewImage\":{\"id\":{\"S\":\"two\"},\"note\":{\"S\":\"x\"}},"
                                + "\"OldImage\":{\"id\":{\"S\":\"two\"}}}");
        assertThat(diff.err()).isEqualTo("1 added, 1 changed, 1 removed\n");
        assertThat(done("diff", "orders", "--from", from.toString(), "--to", from.toString())
                        .out())
                .isEmpty();
        CommandRun before = run("diff", "orders", "--from", "2020-01-01T00:00:00Z");
        assertThat(before.status()).isEqualTo(1);
        assertThat(before.err()).contains("From: 2020-01-01T00:00:00Z is not between ", ", the earliest readable time");
    }

    private static void awaitAfter(Instant moment) {
        while (!Instant.now().isAfter(moment.plusMillis(2))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aPersonSeesWhatDiffersOfAChangedItem() {
        var keys = Item.of("id", new Value.S("a"));
        var before =
                Item.of(Map.of("id", new Value.S("a"), "total", new Value.N(Decimal.of(17)), "old", Value.Null.NULL));
        var after = Item.of(Map.of(
                "id",
                new Value.S("a"),
                "total",
                new Value.N(Decimal.of(0)),
                "tags",
                new Value.L(List.of(new Value.S("x\"y"), new Value.Bool(true)))));
        assertThat(DiffCommand.line(new ItemChangeDescription(keys, Optional.of(after), Optional.of(before))))
                .isEqualTo(
                        "~ {\"id\": \"a\"}  old: null -> (none), tags: (none) -> [\"x\\\"y\", true], total: 17 -> 0");
        assertThat(DiffCommand.line(new ItemChangeDescription(keys, Optional.of(keys), Optional.empty())))
                .isEqualTo("+ {\"id\": \"a\"}");
        assertThat(DiffCommand.line(new ItemChangeDescription(keys, Optional.empty(), Optional.of(keys))))
                .isEqualTo("- {\"id\": \"a\"}");
    }

    @Test
    void aBackupIsCopiedToAnotherServer(@TempDir Path directory) throws Exception {
        String backup = done("backup", "create", "orders", "--name", "moving", "--wait")
                .out()
                .strip();
        Path place = directory.resolve("backups");
        CommandRun copied = done("backup", "copy", "moving", place.toString());
        String id = backup.substring(backup.lastIndexOf('/') + 1);
        assertThat(copied.out()).isEqualTo(place + "/AWSDynamoDB/" + id + "\n");
        assertThat(copied.err()).matches("Copied \\d+ files, .* in .* s, and verified their checksums\n");
        var files = new ArrayList<Path>();
        try (Stream<Path> found = Files.walk(place.resolve("AWSDynamoDB"))) {
            found.filter(Files::isRegularFile).forEach(files::add);
        }
        Path data = files.stream()
                .filter(file -> file.toString().endsWith(".json.gz"))
                .findFirst()
                .orElseThrow();
        byte[] content = Files.readAllBytes(data);
        content[20] ^= 1;
        Files.write(data, content);
        CommandRun damaged = run("backup", "copy", backup, place.toString());
        assertThat(damaged.status()).isEqualTo(1);
        assertThat(damaged.err())
                .startsWith("gramme: the copy is damaged: ")
                .endsWith(". Delete AWSDynamoDB/" + id + " and copy again\n");
        assertThat(place.resolve("AWSDynamoDB/" + id + "/gramme-backup.json")).doesNotExist();
        Files.delete(data);
        done("backup", "copy", backup, place.toString());

        Bucket bucket = DirectoryBuckets.create(directory, "backups");
        try (Server other = Server.start(ServerOptions.inMemory()
                .at(new Pace(Duration.ZERO, Pace.DEFAULT_PARTITION_BYTES, Duration.ZERO, Duration.ZERO))
                .at(new ServerOptions.Files(
                        Optional.of(new BackupPlace(bucket, Optional.empty())),
                        new MemoryBuckets(),
                        Optional.empty())))) {
            CommandRun restored = CommandRun.of(
                    "backup",
                    "restore",
                    backup,
                    "--to",
                    "orders",
                    "--port",
                    String.valueOf(other.address().getPort()));
            assertThat(restored.err()).contains("Restored 2 items, ");
        }
    }

    @Test
    void aBackupThatIsNotCopiedSaysWhy() throws Exception {
        assertThat(run("backup", "copy", "none", "target").err())
                .isEqualTo("gramme: there is no backup of the name none; see 'gramme backup list'\n");
        done("backup", "create", "orders", "--name", "twice", "--wait");
        done("backup", "create", "orders", "--name", "twice", "--wait");
        assertThat(run("backup", "copy", "twice", "target").err())
                .startsWith("gramme: 2 backups have the name twice; give the ARN of one: arn:");
    }

    @Test
    void theErrorsOfAnImportAreShown() throws Exception {
        BUCKETS.create("imports").put("a.json", Bytes.utf8("{\"Item\":{\"no\":{\"S\":\"x\"}}}\n"));
        String begun = call("ImportTable", """
                {"S3BucketSource": {"S3Bucket": "imports"}, "InputFormat": "DYNAMODB_JSON",
                 "TableCreationParameters": {"TableName": "imported", "BillingMode": "PAY_PER_REQUEST",
                 "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                 "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}}""");
        String imported = begun.replaceFirst(".*\"ImportArn\":\"([^\"]+)\".*", "$1");
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        String shown = "";
        while (shown.isEmpty() && System.nanoTime() < end) {
            shown = done("import-errors", imported).out();
        }
        assertThat(shown)
                .isEqualTo("{\"ErrorMessage\":\"One or more parameter values were invalid: Missing the key id in the"
                        + " item\",\"ItemIndex\":0,\"S3Key\":\"a.json\"}\n");
        assertThat(run("import-errors", imported + "x").err()).contains("(ImportNotFoundException)");
    }

    @Test
    void aTerminalShowsBackupsAsATable() {
        BackupSummary backup = BackupSummary.builder()
                .backupArn(arn + "/backup/01")
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
                        2026-11-23T10:00:00Z  orders  nightly  USER  AVAILABLE  5.6 MB  %s/backup/01""".formatted(arn));
        assertThat(BackupCommand.ListAll.table(List.of())).containsExactly("No backups");
    }

    @Test
    void theNameOfABackupIsOfTableAndTime() {
        Instant now = Instant.parse("2026-11-23T10:00:00Z");
        assertThat(BackupCommand.Create.defaultName(arn, now)).isEqualTo("orders-20261123-100000");
        assertThat(BackupCommand.Create.defaultName("t".repeat(255), now)).hasSize(216);
    }
}
