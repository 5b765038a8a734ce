package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.s;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.BucketAccess;
import io.gramme.transfer.bucket.DirectoryBuckets;
import io.gramme.transfer.export.ExportReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BackupInUseException;
import software.amazon.awssdk.services.dynamodb.model.BackupStatus;
import software.amazon.awssdk.services.dynamodb.model.BackupSummary;
import software.amazon.awssdk.services.dynamodb.model.BackupTypeFilter;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ExportStatus;
import software.amazon.awssdk.services.dynamodb.model.ExportSummary;
import software.amazon.awssdk.services.dynamodb.model.ImportStatus;
import software.amazon.awssdk.services.dynamodb.model.ImportSummary;
import software.amazon.awssdk.services.dynamodb.model.InputFormat;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * A server that is killed again and again while it backs up, restores, exports, imports and deletes: when it is back, it
 * completes by itself what it began, and nothing is left over. For longer:
 * {@code -Dgramme.kill.rounds=50 -Dgramme.kill.seed=1}.
 */
@Tag("slow")
@Timeout(600)
class RecoveryKillTest {
    private static final int ROUNDS = Integer.getInteger("gramme.kill.rounds", 1);
    private static final long SEED = Long.getLong("gramme.kill.seed", 20_261_130L);
    private static final int KILLS_OF_A_ROUND = 3;
    private static final int MOST_REQUESTS = 40;
    private static final Duration MOST_LATER = Duration.ofMillis(20);
    private static final int FIRST_ITEMS = 100;
    private static final int IMPORTED_ITEMS = 300;
    private static final String SOURCE = "source";
    private static final String BUCKET = "files";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom(SEED);

    /** How many items of the source were acknowledged, and asked for: they have the numbers from 0. */
    private int acknowledged;

    private int asked;

    /** Of each backup that was acknowledged, and of each table and export: how many items it has. */
    private final Map<String, Bounds> backups = new HashMap<>();

    private final Map<String, Bounds> tables = new HashMap<>();
    private final Map<String, Bounds> exports = new HashMap<>();

    /** The backups that were to be deleted. */
    private final Set<String> deletedBackups = new HashSet<>();

    /** Those among them whose deletion was acknowledged. */
    private final Set<String> goneBackups = new HashSet<>();

    private int names;

    /** The least and the most items that something has, numbered from 0 without gaps. */
    private record Bounds(int least, int most) {}

    /** A request, which may be answered or not. */
    private interface Request {
        void send(DynamoDbClient client);
    }

    private String[] options() {
        return new String[] {
            "--bucket-directory",
            directory.resolve("buckets").toString(),
            "--backups",
            directory.resolve("backups").toString(),
            "--partition-bytes",
            "20000",
            "--recovery-lag",
            "0s"
        };
    }

    private Bucket files() {
        return new DirectoryBuckets(directory.resolve("buckets")).named(BUCKET, BucketAccess.DEFAULT);
    }

    @Test
    void whatAKilledServerBeganIsCompleteWhenItIsBack() throws Exception {
        writeObjects();
        Files.createDirectory(directory.resolve("data"));
        try (var gramme = GrammeProcess.start(directory.resolve("data"), options())) {
            try (var client = Clients.of(gramme.url())) {
                createSource(client);
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (int kill = 0; kill < KILLS_OF_A_ROUND; kill++) {
                    workUntilKilled(gramme);
                    gramme.restart(options());
                }
                try (var client = Clients.of(gramme.url())) {
                    check(client);
                }
            }
        }
    }

    private void writeObjects() throws IOException {
        Path folder = Files.createDirectories(
                directory.resolve("buckets").resolve(BUCKET).resolve("in"));
        for (int object = 0; object < 3; object++) {
            int part = object;
            Files.writeString(
                    folder.resolve(object + ".json"),
                    IntStream.range(0, IMPORTED_ITEMS)
                            .filter(number -> number % 3 == part)
                            .mapToObj(
                                    number -> "{\"Item\":{\"id\":{\"S\":\"" + number + "\"},\"kind\":{\"S\":\"k\"}}}\n")
                            .collect(Collectors.joining()));
        }
    }

    private static void createSource(DynamoDbClient client) {
        client.createTable(request -> request.tableName(SOURCE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        Schemas.attribute("id", ScalarAttributeType.S),
                        Schemas.attribute("kind", ScalarAttributeType.S))
                .keySchema(Schemas.hash("id"))
                .globalSecondaryIndexes(Schemas.global("by-kind", Schemas.all(), Schemas.hash("kind"))));
        client.updateContinuousBackups(request -> request.tableName(SOURCE)
                .pointInTimeRecoverySpecification(recovery -> recovery.pointInTimeRecoveryEnabled(true)));
    }

    /** Sends requests, one after the other, until the process is killed in the middle of one. */
    private void workUntilKilled(GrammeProcess gramme) throws InterruptedException {
        try (var client = Clients.of(gramme.url())) {
            while (acknowledged < FIRST_ITEMS) {
                put(client);
            }
        }
        int enough = random.nextInt(1, MOST_REQUESTS);
        Duration later = Duration.ofNanos(random.nextLong(MOST_LATER.toNanos()));
        var answered = new AtomicInteger();
        Thread killer = Thread.ofVirtual().start(() -> {
            while (answered.get() < enough) {
                Thread.onSpinWait();
            }
            LockSupport.parkNanos(later.toNanos());
            gramme.kill();
        });
        try (var client = Clients.withoutRetry(gramme.url())) {
            while (true) {
                request(random.nextInt(10)).send(client);
                answered.incrementAndGet();
            }
        } catch (SdkClientException _) {
            killer.join();
        }
        assertThat(gramme.isAlive()).isFalse();
    }

    private Request request(int kind) {
        return switch (kind) {
            case 0, 1, 2 -> this::put;
            case 3, 4 -> this::backUp;
            case 5 -> this::restoreBackup;
            case 6 -> this::restoreToLatest;
            case 7 -> this::export;
            case 8 -> this::importItems;
            default -> random.nextBoolean() ? this::deleteBackup : this::createAndDelete;
        };
    }

    private void put(DynamoDbClient client) {
        int number = acknowledged;
        asked = number + 1;
        client.putItem(request -> request.tableName(SOURCE)
                .item(Map.of(
                        "id", s(String.valueOf(number)), "kind", s("k" + number % 3), "fill", s("x".repeat(500)))));
        acknowledged = asked;
    }

    private Bounds now() {
        return new Bounds(acknowledged, asked);
    }

    private void backUp(DynamoDbClient client) {
        int least = acknowledged;
        String arn = client.createBackup(request -> request.tableName(SOURCE).backupName("backup-" + least))
                .backupDetails()
                .backupArn();
        backups.put(arn, now());
    }

    private Optional<String> anyBackup() {
        List<String> arns = backups.keySet().stream()
                .filter(arn -> !deletedBackups.contains(arn))
                .sorted()
                .toList();
        return arns.isEmpty() ? Optional.empty() : Optional.of(arns.get(random.nextInt(arns.size())));
    }

    private void restoreBackup(DynamoDbClient client) {
        anyBackup().ifPresent(arn -> {
            String target = "restored-" + names++;
            try {
                client.restoreTableFromBackup(request -> request.backupArn(arn).targetTableName(target));
                tables.put(target, backups.get(arn));
            } catch (BackupInUseException _) {
                // Another restore reads it.
            }
        });
    }

    private void restoreToLatest(DynamoDbClient client) {
        String target = "latest-" + names++;
        client.restoreTableToPointInTime(request ->
                request.sourceTableName(SOURCE).targetTableName(target).useLatestRestorableTime(true));
        // The latest second may be one before the last items.
        tables.put(target, new Bounds(0, asked));
    }

    private void export(DynamoDbClient client) {
        String arn = client.describeTable(request -> request.tableName(SOURCE))
                .table()
                .tableArn();
        Bounds bounds = now();
        exports.put(
                client.exportTableToPointInTime(request ->
                                request.tableArn(arn).s3Bucket(BUCKET).s3Prefix("out"))
                        .exportDescription()
                        .exportArn(),
                bounds);
    }

    private void importItems(DynamoDbClient client) {
        String target = "imported-" + names++;
        client.importTable(request -> request.inputFormat(InputFormat.DYNAMODB_JSON)
                .s3BucketSource(source -> source.s3Bucket(BUCKET).s3KeyPrefix("in/"))
                .tableCreationParameters(table -> table.tableName(target)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                                Schemas.attribute("id", ScalarAttributeType.S),
                                Schemas.attribute("kind", ScalarAttributeType.S))
                        .keySchema(Schemas.hash("id"))
                        .globalSecondaryIndexes(Schemas.global("by-kind", Schemas.all(), Schemas.hash("kind")))));
        tables.put(target, new Bounds(IMPORTED_ITEMS, IMPORTED_ITEMS));
    }

    private void deleteBackup(DynamoDbClient client) {
        anyBackup().ifPresent(arn -> {
            try {
                deletedBackups.add(arn);
                client.deleteBackup(request -> request.backupArn(arn));
                goneBackups.add(arn);
            } catch (BackupInUseException _) {
                deletedBackups.remove(arn);
            }
        });
    }

    /** A table with recovery leaves a system backup. */
    private void createAndDelete(DynamoDbClient client) {
        String name = "brief-" + names++;
        client.createTable(request -> request.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(Schemas.attribute("id", ScalarAttributeType.S))
                .keySchema(Schemas.hash("id")));
        client.updateContinuousBackups(request -> request.tableName(name)
                .pointInTimeRecoverySpecification(recovery -> recovery.pointInTimeRecoveryEnabled(true)));
        client.putItem(request -> request.tableName(name).item(Map.of("id", s("0"))));
        client.deleteTable(request -> request.tableName(name));
        tables.put(name + "$DeletedTableBackup", new Bounds(1, 1));
    }

    /** Waits until everything that was begun is complete, and compares it with what was asked for. */
    private void check(DynamoDbClient client) {
        await(
                "tables",
                () -> names(client).stream()
                        .allMatch(name -> client.describeTable(request -> request.tableName(name))
                                        .table()
                                        .tableStatus()
                                == TableStatus.ACTIVE));
        await(
                "exports",
                () -> exportsOf(client).stream()
                        .noneMatch(export -> export.exportStatus() == ExportStatus.IN_PROGRESS));
        await(
                "imports",
                () -> importsOf(client).stream().noneMatch(one -> one.importStatus() == ImportStatus.IN_PROGRESS));
        await(
                "backups",
                () -> backupsOf(client).stream()
                        .allMatch(backup ->
                                backup.backupStatus() == BackupStatus.AVAILABLE && isSealed(backup.backupArn())));
        assertThat(importsOf(client))
                .allSatisfy(one -> assertThat(one.importStatus()).isEqualTo(ImportStatus.COMPLETED));
        checkTables(client);
        checkExports(client);
        checkBackups(client);
    }

    private static void await(String what, BooleanSupplier condition) {
        Awaitility.await("complete " + what + ", seed " + SEED).atMost(PATIENCE).until(condition::getAsBoolean);
    }

    private void checkTables(DynamoDbClient client) {
        List<String> names = names(client);
        assertThat(names)
                .containsAll(tables.keySet().stream()
                        .filter(name -> !name.startsWith("brief-"))
                        .toList());
        for (String name : names) {
            if (name.equals(SOURCE)) {
                checkItems(client, name, now());
            } else if (!name.startsWith("brief-")) {
                checkItems(client, name, tables.getOrDefault(name, new Bounds(0, Math.max(asked, IMPORTED_ITEMS))));
                client.deleteTable(request -> request.tableName(name));
            }
        }
        tables.keySet().removeIf(name -> !name.startsWith("brief-"));
    }

    /** A table has the first items of its source, and its index agrees with it. */
    private static void checkItems(DynamoDbClient client, String table, Bounds bounds) {
        Set<String> ids = IndexAudit.check(client, table).keySet().stream()
                .map(key -> Attributes.get(key, "id").s())
                .collect(Collectors.toSet());
        assertThat(ids.size()).as("items of %s", table).isBetween(bounds.least(), bounds.most());
        assertThat(ids)
                .as("items of %s, seed %d", table, SEED)
                .isEqualTo(
                        IntStream.range(0, ids.size()).mapToObj(String::valueOf).collect(Collectors.toSet()));
    }

    private void checkExports(DynamoDbClient client) {
        List<ExportSummary> found = exportsOf(client);
        assertThat(found).extracting(ExportSummary::exportArn).containsAll(exports.keySet());
        for (ExportSummary export : found) {
            assertThat(export.exportStatus()).as(export.exportArn()).isEqualTo(ExportStatus.COMPLETED);
            String id = export.exportArn().substring(export.exportArn().lastIndexOf('/') + 1);
            ExportReader reader = ExportReader.open(files(), "out/AWSDynamoDB/" + id);
            reader.verify();
            Bounds bounds = exports.getOrDefault(export.exportArn(), new Bounds(0, asked));
            assertThat(reader.manifest().itemCount()).isBetween((long) bounds.least(), (long) bounds.most());
        }
    }

    /** Restores every backup; each system backup of a table that was deleted under our eyes is there. */
    private void checkBackups(DynamoDbClient client) {
        List<BackupSummary> found = backupsOf(client);
        assertThat(found)
                .extracting(BackupSummary::backupArn)
                .containsAll(backups.keySet().stream()
                        .filter(arn -> !deletedBackups.contains(arn))
                        .toList())
                .filteredOn(goneBackups::contains)
                .isEmpty();
        assertThat(found).extracting(BackupSummary::backupName).containsAll(tables.keySet());
        for (BackupSummary backup : found) {
            Bounds bounds = backup.tableName().equals(SOURCE)
                    ? backups.getOrDefault(backup.backupArn(), new Bounds(0, asked))
                    : tables.getOrDefault(backup.backupName(), new Bounds(0, 1));
            String target = "checked-" + names++;
            client.restoreTableFromBackup(
                    request -> request.backupArn(backup.backupArn()).targetTableName(target));
            client.waiter().waitUntilTableExists(request -> request.tableName(target));
            checkItems(client, target, bounds);
            client.deleteTable(request -> request.tableName(target));
        }
    }

    private boolean isSealed(String arn) {
        String id = arn.substring(arn.lastIndexOf('/') + 1);
        return Files.exists(
                directory.resolve("backups").resolve("AWSDynamoDB").resolve(id).resolve("gramme-backup.json"));
    }

    private static List<String> names(DynamoDbClient client) {
        return client.listTablesPaginator().tableNames().stream().toList();
    }

    private static List<ExportSummary> exportsOf(DynamoDbClient client) {
        return client.listExportsPaginator(request -> request.maxResults(25)).stream()
                .flatMap(page -> page.exportSummaries().stream())
                .toList();
    }

    private static List<ImportSummary> importsOf(DynamoDbClient client) {
        return client.listImportsPaginator(request -> request.pageSize(25)).stream()
                .flatMap(page -> page.importSummaryList().stream())
                .toList();
    }

    private static List<BackupSummary> backupsOf(DynamoDbClient client) {
        return client.listBackups(request -> request.backupType(BackupTypeFilter.ALL))
                .backupSummaries();
    }
}
