package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.server.Client;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.testkit.Fault;
import io.gramme.storage.testkit.FaultyStore;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableHistory.Keeper;
import io.gramme.transfer.bucket.MemoryBuckets;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Recovery with a store that goes away at the n-th call, for each n of a sequence, and comes back: what was begun becomes
 * complete, and nothing is left over.
 */
@Tag("slow")
class RecoveryCrashTest {
    private static final int ITEMS = 5;
    private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/orders";
    private static final String TABLE =
            "BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],"
                    + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'a', AttributeType: 'S'}],"
                    + "GlobalSecondaryIndexes: [{IndexName: 'by-a', Projection: {ProjectionType: 'ALL'},"
                    + "KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}]}]";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final InstantSource clock = () -> now.updateAndGet(before -> before.plusNanos(1_000));

    /** An operation with what it needs of the backup that was made before. */
    private static String request(String operation, String backup) {
        return switch (operation) {
            case "CreateBackup" -> "{TableName: 'orders', BackupName: 'second'}";
            case "DeleteBackup" -> "{BackupArn: '" + backup + "'}";
            case "RestoreTableFromBackup" -> "{TargetTableName: 'new', BackupArn: '" + backup + "'}";
            case "RestoreTableToPointInTime" ->
                "{TargetTableName: 'new', SourceTableName: 'orders', UseLatestRestorableTime: true}";
            case "ExportTableToPointInTime" -> "{TableArn: '" + ARN + "', S3Bucket: 'files', S3Prefix: 'out'}";
            case "ImportTable" ->
                "{InputFormat: 'DYNAMODB_JSON', S3BucketSource: {S3Bucket: 'files', S3KeyPrefix: 'in/'},"
                        + "TableCreationParameters: {TableName: 'new', " + TABLE + "}}";
            default -> "{TableName: 'orders'}";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "CreateBackup",
        "DeleteBackup",
        "RestoreTableFromBackup",
        "RestoreTableToPointInTime",
        "ExportTableToPointInTime",
        "ImportTable",
        "DeleteTable"
    })
    void whatAnOperationBeganIsCompletedAfterACrash(String operation) {
        boolean crashed = true;
        for (int calls = 0; crashed; calls += 1 + calls / 12) {
            crashed = play(operation, calls);
        }
    }

    /** Returns whether the store went away before everything was complete. */
    private boolean play(String operation, int calls) {
        RowStore store = outliving(new MemoryStore(clock));
        var buckets = new MemoryBuckets();
        buckets.create("files").put("in/1.json", objects());
        String backup;
        try (var client = Client.over(store, clock, buckets)) {
            prepare(client);
            backup = client.call("CreateBackup", "{TableName: 'orders', BackupName: 'first'}")
                    .get("BackupDetails")
                    .get("BackupArn")
                    .asString();
            awaitJobs(client);
            pass(Duration.ofMinutes(10));
        }
        var left = new AtomicInteger(Integer.MAX_VALUE);
        boolean gone;
        try (var client = Client.over(
                new FaultyStore(store, () -> left.decrementAndGet() < 0 ? Fault.ERROR_BEFORE : Fault.NONE),
                clock,
                buckets)) {
            left.set(calls);
            try {
                client.outcome(operation, request(operation, backup));
                client.recover();
                awaitJobs(client, left);
            } catch (StorageException | ApiException _) {
                // The crash.
            }
            gone = left.get() < 0;
        }
        try (var client = Client.over(store, clock, buckets)) {
            String when = operation + " after " + calls + " calls";
            client.recover();
            awaitJobs(client);
            patiently(when).until(() -> !isDeleting(client));
            pass(Duration.ofMinutes(6));
            client.recover();
            awaitJobs(client);
            pass(Duration.ofMinutes(6));
            client.recover();
            check(client, when);
        }
        return gone;
    }

    /** The store, which stays open when its client is closed. */
    private static RowStore outliving(RowStore store) {
        return (RowStore) Proxy.newProxyInstance(
                RecoveryCrashTest.class.getClassLoader(), new Class<?>[] {RowStore.class}, (_, method, arguments) -> {
                    try {
                        return method.getName().equals("close") ? null : method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Bytes objects() {
        var lines = new StringBuilder();
        for (int i = 0; i < ITEMS; i++) {
            lines.append("{\"Item\":{\"pk\":{\"S\":\"").append(i).append("\"},\"a\":{\"S\":\"x\"}}}\n");
        }
        return Bytes.utf8(lines.toString());
    }

    private static void prepare(Client client) {
        client.call("CreateTable", "{TableName: 'orders', " + TABLE + "}");
        for (int i = 0; i < ITEMS; i++) {
            client.call("PutItem", "{TableName: 'orders', Item: {pk: {S: '" + i + "'}, a: {S: 'x'}}}");
        }
        client.call(
                "UpdateContinuousBackups",
                "{TableName: 'orders', PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}");
    }

    private static void awaitJobs(Client client) {
        patiently("jobs").until(() -> haveEnded(client));
    }

    private static void awaitJobs(Client client, AtomicInteger left) {
        patiently("jobs").until(() -> left.get() < 0 || haveEnded(client));
    }

    private static ConditionFactory patiently(String what) {
        return Awaitility.await(what).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    private static boolean haveEnded(Client client) {
        return client.callGramme("ListJobs", "{}")
                .get("Jobs")
                .valueStream()
                .allMatch(job -> List.of("COMPLETED", "CANCELLED", "FAILED")
                        .contains(job.get("State").asString()));
    }

    private static boolean isDeleting(Client client) {
        return client.call("ListTables", "{}")
                .get("TableNames")
                .valueStream()
                .anyMatch(name -> client.outcome("DescribeTable", "{TableName: '" + name.asString() + "'}")
                        .matches("(?s).*(DELETING|RESOURCE_NOT_FOUND).*"));
    }

    private void check(Client client, String when) {
        client.call("ListTables", "{}").get("TableNames").forEach(name -> checkTable(client, name.asString(), when));
        statuses(client, "ListExports", "ExportSummaries", "ExportStatus", "COMPLETED", when);
        statuses(client, "ListImports", "ImportSummaryList", "ImportStatus", "COMPLETED", when);
        statuses(client, "ListBackups", "BackupSummaries", "BackupStatus", "AVAILABLE", when);
        JsonNode backups = client.call("ListBackups", "{BackupType: 'ALL'}").get("BackupSummaries");
        for (JsonNode backup : backups) {
            client.call(
                    "RestoreTableFromBackup",
                    "{TargetTableName: 'checked', BackupArn: '"
                            + backup.get("BackupArn").asString() + "'}");
            checkTable(client, "checked", when + ", " + backup);
            client.call("DeleteTable", "{TableName: 'checked'}");
        }
        assertThat(client.tables().histories().departed()).as(when).isEmpty();
        assertThat(client.tables().all().stream()
                        .map(Table::history)
                        .flatMap(history -> history.stream())
                        .flatMap(history -> history.keepers().stream())
                        .map(Keeper::name))
                .as(when)
                .isSubsetOf("recovery");
    }

    private static void checkTable(Client client, String name, String when) {
        patiently(when + ", " + name)
                .until(() -> client.call("DescribeTable", "{TableName: '" + name + "'}")
                        .get("Table")
                        .get("TableStatus")
                        .asString()
                        .equals("ACTIVE"));
        for (String index : List.of("", ", IndexName: 'by-a'")) {
            assertThat(client.call("Scan", "{TableName: '" + name + "', Select: 'COUNT'" + index + "}")
                            .get("Count")
                            .asInt())
                    .as("%s, %s%s", when, name, index)
                    .isEqualTo(ITEMS);
        }
    }

    private static void statuses(
            Client client, String operation, String list, String member, String expected, String when) {
        for (JsonNode one : client.call(operation, "{}").get(list)) {
            assertThat(one.get(member).asString()).as("%s: %s", when, one).isEqualTo(expected);
        }
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
