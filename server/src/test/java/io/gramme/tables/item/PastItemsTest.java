package io.gramme.tables.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.item.Item;
import io.gramme.server.Client;
import io.gramme.storage.Budget;
import io.gramme.storage.LogPosition;
import io.gramme.storage.LogRecord;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.rocksdb.RocksStore;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import io.gramme.storage.testkit.Threads;
import io.gramme.tables.log.ChangeRecord;
import io.gramme.tables.log.LogShard;
import io.gramme.tables.log.LogView;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.Subscription;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableHistory.Keeper;
import io.gramme.tables.table.TableLog;
import io.gramme.tables.table.TableName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The states of a table at earlier positions against a model: the log of the table, replayed. Writers, transactions,
 * splits of partitions and changes of indexes go on meanwhile.
 */
class PastItemsTest {
    private static final TableName NAME = new TableName(new AccountRegion("000000000000", "us-east-1"), "Past");
    private static final int KEYS = 30;
    private static final int POSITIONS = 200;
    private static final Subscription.Needs LOG = Subscription.Needs.changes(TableLog.Images.BOTH);
    private static final Keeper KEEPER = Keeper.start("recovery", Duration.ofDays(1));

    @TempDir
    private Path directory;

    @Test
    void inMemory() {
        play(new MemoryStore(Clock.systemUTC()), 41);
    }

    @Test
    void onDisk() {
        play(RocksStore.open(RocksStoreOptions.in(directory), Clock.systemUTC()), 42);
    }

    private static Table keepHistory(Client client) {
        return client.tables()
                .histories()
                .keep(NAME, client.tables().find(NAME).orElseThrow().id(), KEEPER);
    }

    /** What was read at one position while others wrote. */
    private record Read(LogPosition at, Map<Item, Item> items, Map<String, List<Item>> entries) {}

    private static void play(RowStore store, long seed) {
        try (var client = Client.over(store, Clock.systemUTC())) {
            var play = new Play(client, store, seed);
            play.run();
        }
    }

    private static final class Play {
        private final Client client;
        private final RowStore store;
        private final ItemStore items;
        private final long seed;
        private final ConcurrentLinkedQueue<Read> reads = new ConcurrentLinkedQueue<>();

        Play(Client client, RowStore store, long seed) {
            this.client = client;
            this.store = store;
            this.items = ItemStores.over(store, client.tables());
            this.seed = seed;
        }

        void run() {
            create();
            var random = new Random(seed);
            for (int i = 0; i < KEYS; i++) {
                write(random);
            }
            client.settle(client.tables().subscribe(NAME, "model", LOG));
            client.settle(keepHistory(client));
            LogPosition begin = store.changes().complete();
            Map<Item, Item> model = read(begin).items();
            int writers = 3;
            var running = new AtomicInteger(writers);
            Threads.run(writers + 2, thread -> {
                var own = new Random(seed * 31 + thread);
                if (thread < writers) {
                    try {
                        for (int i = 0; i < 300; i++) {
                            write(own);
                        }
                    } finally {
                        running.decrementAndGet();
                    }
                } else if (thread == writers) {
                    for (int i = 0; i < 12; i++) {
                        client.splitPartitions(1);
                        changeIndex(i % 2 == 0);
                    }
                } else {
                    while (running.get() > 0) {
                        reads.add(read(between(begin, store.changes().complete(), own)));
                    }
                }
            });
            compare(model, begin, random);
        }

        private void create() {
            client.call(
                    "CreateTable",
                    "{TableName: 'Past', BillingMode: 'PAY_PER_REQUEST',"
                            + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'},"
                            + "{AttributeName: 'sk', AttributeType: 'N'}, {AttributeName: 'a', AttributeType: 'S'},"
                            + "{AttributeName: 'b', AttributeType: 'N'}],"
                            + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],"
                            + "LocalSecondaryIndexes: [{IndexName: 'local', KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'},"
                            + "{AttributeName: 'b', KeyType: 'RANGE'}], Projection: {ProjectionType: 'KEYS_ONLY'}}],"
                            + "GlobalSecondaryIndexes: [{IndexName: 'global', KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}],"
                            + "Projection: {ProjectionType: 'ALL'}}]}");
        }

        /**
         * One request: a put, an update, a delete, or a transaction of several. Some meet a transaction and are
         * refused.
         */
        private void write(Random random) {
            switch (random.nextInt(5)) {
                case 0, 1 -> client.outcome("PutItem", "{TableName: 'Past', Item: " + item(random) + "}");
                case 2 ->
                    client.outcome(
                            "UpdateItem",
                            "{TableName: 'Past', Key: " + key(random) + ", UpdateExpression: 'SET a = :a ADD n :n',"
                                    + "ExpressionAttributeValues: {':a': {S: '" + random.nextInt(4)
                                    + "'}, ':n': {N: '1'}}}");
                case 3 -> client.outcome("DeleteItem", "{TableName: 'Past', Key: " + key(random) + "}");
                default ->
                    client.outcome(
                            "TransactWriteItems",
                            "{TransactItems: [{Put: {TableName: 'Past', Item: " + item(random) + "}},"
                                    + "{Delete: {TableName: 'Past', Key: " + key(random) + "}},"
                                    + "{Put: {TableName: 'Past', Item: " + item(random) + "}}]}");
            }
        }

        private static String item(Random random) {
            return "{" + names(random) + (random.nextBoolean() ? ", a: {S: '" + random.nextInt(4) + "'}" : "")
                    + (random.nextBoolean() ? ", b: {N: '" + random.nextInt(9) + "'}" : "")
                    + ", v: {S: '" + "x".repeat(random.nextInt(300)) + "'}}";
        }

        private static String key(Random random) {
            return "{" + names(random) + "}";
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

        private Table table() {
            return client.tables().find(NAME).orElseThrow();
        }

        private static LogPosition between(LogPosition begin, LogPosition end, Random random) {
            long width = end.version() - begin.version();
            return LogPosition.behind(begin.version() + (width == 0 ? 0 : random.nextLong(width + 1)));
        }

        private Read read(LogPosition at) {
            Table table = table();
            Map<Item, Item> found = new HashMap<>();
            all(new ReadTarget(table, Optional.empty()), at)
                    .forEach(item -> assertThat(found.put(item.only(table.key().names()), item))
                            .isNull());
            Map<String, List<Item>> entries = new TreeMap<>();
            for (String index : List.of("local", "global")) {
                entries.put(index, all(new ReadTarget(table, table.index(index)), at));
            }
            return new Read(at, found, entries);
        }

        private List<Item> all(ReadTarget target, LogPosition at) {
            var past = items.past(target, at);
            var budget = new Budget(1 + (int) (at.version() % 7), 100_000);
            var all = new ArrayList<Item>();
            for (Partition partition : target.partitions().open()) {
                Optional<RowKey> after = Optional.empty();
                do {
                    PastItems.Slice slice = past.read(partition, after, budget);
                    all.addAll(slice.items());
                    after = slice.last();
                } while (after.isPresent());
            }
            return all;
        }

        private void compare(Map<Item, Item> model, LogPosition begin, Random random) {
            LogPosition end = store.changes().complete();
            List<LogRecord> log = log(begin);
            assertThat(log).hasSizeGreaterThan(500);
            while (reads.size() < POSITIONS) {
                reads.add(read(between(begin, end, random)));
            }
            List<Read> ordered = new ArrayList<>(reads);
            ordered.sort((one, other) -> one.at().compareTo(other.at()));
            int next = 0;
            Table table = table();
            for (Read read : ordered) {
                while (next < log.size() && log.get(next).position().compareTo(read.at()) <= 0) {
                    ChangeRecord change = ChangeRecord.decode(log.get(next).value());
                    model.remove(change.keys());
                    change.after().ifPresent(after -> model.put(change.keys(), after));
                    next++;
                }
                assertThat(read.items()).as("seed %d at %s", seed, read.at()).isEqualTo(model);
                read.entries()
                        .forEach((name, found) -> assertThat(found)
                                .as("seed %d, index %s at %s", seed, name, read.at())
                                .containsExactlyInAnyOrderElementsOf(model.values().stream()
                                        .flatMap(item -> table.index(name).orElseThrow().index().entry(item).stream())
                                        .toList()));
            }
            Item key = model.keySet().iterator().next();
            LogPosition last = ordered.getLast().at();
            assertThat(items.past(new ReadTarget(table, Optional.empty()), last).get(key))
                    .contains(model.get(key));
        }

        private List<LogRecord> log(LogPosition begin) {
            Table table = table();
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
}
