package io.gramme.server.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.recovery.RecoveryWindow;
import io.gramme.server.Client;
import io.gramme.storage.Budget;
import io.gramme.storage.LogPosition;
import io.gramme.storage.LogRecord;
import io.gramme.storage.RowStore;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.rocksdb.RocksStore;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import io.gramme.storage.testkit.Threads;
import io.gramme.tables.log.ChangeRecord;
import io.gramme.tables.log.LogShard;
import io.gramme.tables.log.LogView;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Subscription;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLog;
import io.gramme.tables.table.TableName;
import io.gramme.transfer.bucket.Bucket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Tables restored to random seconds and from backups, against a model: the log of their source, replayed. Writers,
 * transactions, splits of partitions, changes of indexes and requests for backups go on meanwhile, on a clock of the
 * test's own. For other histories: {@code -Dgramme.restore.seed=1}.
 */
class RestoreHistoryTest {
    private static final long SEED = Long.getLong("gramme.restore.seed", 20_261_130L);
    private static final TableName NAME = new TableName(new AccountRegion("000000000000", "us-east-1"), "Past");
    private static final Subscription.Needs LOG = Subscription.Needs.changes(TableLog.Images.BOTH);
    private static final int KEYS = 30;
    private static final int WRITERS = 3;
    private static final int WRITES = 200;
    private static final int BACKUPS = 5;

    @TempDir
    private Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));

    /** Time passes by a microsecond with each look at the clock, so that versions have their order. */
    private final InstantSource clock = () -> now.updateAndGet(before -> before.plusNanos(1_000));

    @Test
    void inMemory() {
        play(new MemoryStore(clock), 12);
    }

    @Test
    void onDisk() {
        play(onDirectory(), 12);
    }

    @Test
    @Tag("slow")
    void manySecondsInMemory() {
        play(new MemoryStore(clock), 200);
    }

    @Test
    @Tag("slow")
    void manySecondsOnDisk() {
        play(onDirectory(), 200);
    }

    private RowStore onDirectory() {
        return RocksStore.open(RocksStoreOptions.in(directory), clock.withZone(ZoneOffset.UTC));
    }

    private void play(RowStore store, int restores) {
        try (var client = Client.over(store, clock)) {
            new Play(client, store).run(restores);
        }
    }

    private final class Play {
        private final Client client;
        private final RowStore store;
        private final ConcurrentLinkedQueue<String> backups = new ConcurrentLinkedQueue<>();
        private final Map<Item, Item> begun = new HashMap<>();
        private List<LogRecord> log = List.of();

        Play(Client client, RowStore store) {
            this.client = client;
            this.store = store;
        }

        void run(int restores) {
            create();
            var random = new Random(SEED);
            for (int i = 0; i < KEYS; i++) {
                write(random);
            }
            client.settle(client.tables().subscribe(NAME, "model", LOG));
            client.call(
                    "UpdateContinuousBackups",
                    "{TableName: 'Past', PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}");
            Instant first = now.get();
            LogPosition begin = store.changes().complete();
            begun.putAll(scan("Past", Optional.empty()));
            disturb();
            Instant last = now.get();
            pass(Duration.ofMinutes(10));
            log = log(begin);
            assertThat(log).hasSizeGreaterThan(WRITES);

            for (int i = 0; i < restores; i++) {
                Instant second =
                        Instant.ofEpochSecond(random.nextLong(first.getEpochSecond(), last.getEpochSecond() + 3));
                String target = "restored-" + i;
                client.call(
                        "RestoreTableToPointInTime",
                        "{SourceTableName: 'Past', TargetTableName: '" + target + "', RestoreDateTime: "
                                + second.getEpochSecond() + "}");
                compare(target, RecoveryWindow.position(second), "restored to " + second);
            }
            assertThat(backups).hasSize(BACKUPS);
            backups.forEach(this::compareBackup);
            compareDeleted();
        }

        /** All that goes on while the history is written. */
        private void disturb() {
            var running = new AtomicInteger(WRITERS);
            Threads.run(WRITERS + 2, thread -> {
                var own = new Random(SEED * 31 + thread);
                if (thread < WRITERS) {
                    try {
                        for (int i = 0; i < WRITES; i++) {
                            pass(Duration.ofMillis(own.nextInt(200)));
                            write(own);
                        }
                    } finally {
                        running.decrementAndGet();
                    }
                } else if (thread == WRITERS) {
                    for (int i = 0; i < 11; i++) {
                        client.splitPartitions(1);
                        changeIndex(i % 2 == 0);
                    }
                } else {
                    for (int i = 0; i < BACKUPS; i++) {
                        Instant next = now.get().plus(Duration.ofSeconds(5));
                        Awaitility.await()
                                .until(() -> running.get() == 0 || now.get().isAfter(next));
                        backups.add(client.call("CreateBackup", "{TableName: 'Past', BackupName: 'backup'}")
                                .get("BackupDetails")
                                .get("BackupArn")
                                .asString());
                    }
                }
            });
        }

        private void create() {
            client.call("CreateTable", """
                    {TableName: 'Past', BillingMode: 'PAY_PER_REQUEST',
                     AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'},
                      {AttributeName: 'sk', AttributeType: 'N'}, {AttributeName: 'a', AttributeType: 'S'},
                      {AttributeName: 'b', AttributeType: 'N'}],
                     KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],
                     LocalSecondaryIndexes: [{IndexName: 'local', Projection: {ProjectionType: 'KEYS_ONLY'},
                      KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'b', KeyType: 'RANGE'}]}],
                     GlobalSecondaryIndexes: [{IndexName: 'global', Projection: {ProjectionType: 'ALL'},
                      KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}]}]}""");
        }

        /** One request. Some meet a transaction and are refused. */
        private void write(Random random) {
            switch (random.nextInt(6)) {
                case 0, 1 -> client.outcome("PutItem", "{TableName: 'Past', Item: " + item(random) + "}");
                case 2 ->
                    client.outcome(
                            "UpdateItem",
                            "{TableName: 'Past', Key: {" + names(random) + "}, UpdateExpression: 'SET a = :a ADD n :n',"
                                    + "ExpressionAttributeValues: {':a': {S: '" + random.nextInt(4)
                                    + "'}, ':n': {N: '1'}}}");
                case 3 -> client.outcome("DeleteItem", "{TableName: 'Past', Key: {" + names(random) + "}}");
                case 4 ->
                    client.outcome(
                            "TransactWriteItems",
                            "{TransactItems: [{Put: {TableName: 'Past', Item: " + item(random) + "}},"
                                    + "{Delete: {TableName: 'Past', Key: {" + names(random) + "}}}]}");
                default -> {
                    int pair = random.nextInt(4);
                    int stamp = random.nextInt();
                    client.outcome(
                            "TransactWriteItems",
                            "{TransactItems: [" + half("left", pair, stamp) + "," + half("right", pair, stamp) + "]}");
                }
            }
        }

        /** Half of a pair. Only transactions write it, and both halves of one have the same stamp. */
        private static String half(String side, int pair, int stamp) {
            return "{Put: {TableName: 'Past', Item: {pk: {S: '" + side + pair + "'}, sk: {N: '0'}, stamp: {N: '" + stamp
                    + "'}}}}";
        }

        /** Each transaction is wholly in a restored table, or not at all. */
        private static void requireWholePairs(Map<Item, Item> items, String what) {
            Map<String, Value> stamps = new HashMap<>();
            items.values()
                    .forEach(item -> item.get("stamp")
                            .ifPresent(stamp -> stamps.put(text(item.get("pk").orElseThrow()), stamp)));
            stamps.forEach((half, stamp) -> assertThat(stamps.get(
                            half.startsWith("left") ? half.replace("left", "right") : half.replace("right", "left")))
                    .as("seed %d, %s, %s", SEED, what, half)
                    .isEqualTo(stamp));
        }

        private static String text(Value value) {
            return value instanceof Value.S(String text) ? text : "";
        }

        private static String item(Random random) {
            return "{" + names(random) + (random.nextBoolean() ? ", a: {S: '" + random.nextInt(4) + "'}" : "")
                    + (random.nextBoolean() ? ", b: {N: '" + random.nextInt(9) + "'}" : "")
                    + ", v: {S: '" + "x".repeat(random.nextInt(300)) + "'}}";
        }

        private static String names(Random random) {
            int number = random.nextInt(KEYS);
            return "pk: {S: 'p" + number % 7 + "'}, sk: {N: '" + number + "'}";
        }

        private void changeIndex(boolean create) {
            String change = create
                    ? "Create: {IndexName: 'later', KeySchema: [{AttributeName: 'a', KeyType: 'HASH'},"
                            + "{AttributeName: 'b', KeyType: 'RANGE'}], Projection: {ProjectionType: 'ALL'}}"
                    : "Delete: {IndexName: 'later'}";
            client.outcome("UpdateTable", "{TableName: 'Past', GlobalSecondaryIndexUpdates: [{" + change + "}]}");
        }

        private void compareBackup(String arn) {
            String id = arn.substring(arn.lastIndexOf('/') + 1);
            Bucket bucket = client.buckets().named("backups");
            String seal = "AWSDynamoDB/" + id + "/gramme-backup.json";
            Awaitility.await().until(() -> bucket.head(seal).isPresent());
            long position = Client.json(new String(bucket.content(seal, 1 << 20).toArray(), UTF_8))
                    .findValue("position")
                    .asLong();
            String target = "from-" + id;
            client.call("RestoreTableFromBackup", "{BackupArn: '" + arn + "', TargetTableName: '" + target + "'}");
            compare(target, LogPosition.behind(position), "backup " + arn);
        }

        private void compareDeleted() {
            LogPosition end = store.changes().complete();
            client.call("DeleteTable", "{TableName: 'Past'}");
            client.recover();
            String arn = client.call("ListBackups", "{BackupType: 'SYSTEM'}")
                    .get("BackupSummaries")
                    .get(0)
                    .get("BackupArn")
                    .asString();
            client.call("RestoreTableFromBackup", "{BackupArn: '" + arn + "', TargetTableName: 'Past'}");
            compare("Past", end, "system backup");
        }

        /** Compares a restored table and its indexes with the model, and deletes it. */
        private void compare(String name, LogPosition at, String what) {
            Awaitility.await()
                    .until(() -> client.call("DescribeTable", "{TableName: '" + name + "'}")
                            .get("Table")
                            .get("TableStatus")
                            .asString()
                            .equals("ACTIVE"));
            Map<Item, Item> model = model(at);
            Map<Item, Item> restored = scan(name, Optional.empty());
            requireWholePairs(restored, what);
            assertThat(restored).as("seed %d, %s", SEED, what).isEqualTo(model);
            Table table = table(name);
            List<SecondaryIndex> indexes = table.indexes();
            assertThat(indexes).extracting(SecondaryIndex::name).contains("local", "global");
            for (SecondaryIndex index : indexes) {
                assertThat(scanned(name, Optional.of(index.name())))
                        .as("seed %d, %s, index %s", SEED, what, index.name())
                        .containsExactlyInAnyOrderElementsOf(model.values().stream()
                                .flatMap(item -> index.index().entry(item).stream())
                                .toList());
            }
            client.call("DeleteTable", "{TableName: '" + name + "'}");
        }

        private Map<Item, Item> model(LogPosition at) {
            var model = new HashMap<>(begun);
            log.stream()
                    .takeWhile(record -> record.position().compareTo(at) <= 0)
                    .map(record -> ChangeRecord.decode(record.value()))
                    .forEach(change -> {
                        model.remove(change.keys());
                        change.after().ifPresent(after -> model.put(change.keys(), after));
                    });
            return model;
        }

        private Table table(String name) {
            return client.tables()
                    .find(new TableName(NAME.accountRegion(), name))
                    .orElseThrow();
        }

        private Map<Item, Item> scan(String table, Optional<String> index) {
            Map<Item, Item> items = new HashMap<>();
            scanned(table, index)
                    .forEach(item -> assertThat(
                                    items.put(item.only(table("Past").key().names()), item))
                            .isNull());
            return items;
        }

        private List<Item> scanned(String table, Optional<String> index) {
            List<Item> items = new ArrayList<>();
            client.call(
                            "Scan",
                            "{TableName: '" + table + "'"
                                    + index.map(name -> ", IndexName: '" + name + "'")
                                            .orElse("") + "}")
                    .get("Items")
                    .forEach(item -> items.add(decoded(item)));
            return items;
        }

        private List<LogRecord> log(LogPosition begin) {
            Table table = table("Past");
            var view = new LogView(table.log().orElseThrow(), table.partitions(), begin.version(), Optional.empty());
            var records = new ArrayList<LogRecord>();
            for (LogShard shard : view.shards()) {
                records.addAll(shard.read(store.changes(), shard.start(), new Budget(100_000, 1L << 30))
                        .records());
            }
            records.sort((one, other) -> one.position().compareTo(other.position()));
            return records;
        }
    }

    /** An item of strings and numbers. */
    private static Item decoded(JsonNode json) {
        var attributes = new HashMap<String, Value>();
        json.properties().forEach(attribute -> {
            JsonNode value = attribute.getValue();
            attributes.put(
                    attribute.getKey(),
                    value.has("S")
                            ? new Value.S(value.get("S").asString())
                            : new Value.N(Decimal.parse(value.get("N").asString())));
        });
        return Item.of(attributes);
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
