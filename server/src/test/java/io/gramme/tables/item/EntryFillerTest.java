package io.gramme.tables.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.Operations;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.identity.Caller;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import io.gramme.server.FakeKeyService;
import io.gramme.server.operation.CreateTable;
import io.gramme.server.operation.RequestContext;
import io.gramme.server.operation.RootKeys;
import io.gramme.server.operation.UpdateTable;
import io.gramme.server.operation.UpdateTimeToLive;
import io.gramme.server.permission.Guard;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.access.Action;
import io.gramme.tables.job.JobKinds;
import io.gramme.tables.job.JobRunner;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.OnlineIndex;
import io.gramme.tables.table.PinnedTable;
import io.gramme.tables.table.Samples;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.TableOptions;
import io.gramme.tables.table.Tables;
import io.gramme.tables.table.TimeToLive;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An index that is filled while its table is written holds in the end what the table holds, whatever came between. */
class EntryFillerTest {
    private static final MillisecondClock CLOCK = new MillisecondClock(Clock.systemUTC());
    private static final AccountRegion REGION = new AccountRegion("000000000000", "us-east-1");
    private static final TableName ORDERS = new TableName(REGION, "orders");
    private static final int PARTITIONS = 150;
    private static final int ITEMS_OF_A_PARTITION = 6;
    private static final Budget STEP = new Budget(30, 1 << 20);
    private static final Budget ALL = new Budget(100_000, 1L << 30);

    private final RowStore store = new MemoryStore(Clock.systemUTC());

    /** A server, as far as it takes part. */
    private final class Part {
        private final Tables tables = new Tables(store, TableOptions.DEFAULT, Clock.systemUTC());
        private final ItemStore items = ItemStores.over(store, tables);
        private final Jobs jobs = new Jobs(store);
        private final JobRunner runner = new JobRunner(
                jobs,
                new JobKinds(IndexBuild.kinds(store, tables, STEP)),
                Clock.systemUTC(),
                JobRunner.Bounds.ONE_STEP);
        private final TableLifecycle life =
                new TableLifecycle(tables, store, new IndexBuilds(tables, jobs, runner, CLOCK, OptionalInt.of(3)));

        /** A life that takes no step before it is told to. */
        private final TableLifecycle idle = new TableLifecycle(
                new Tables(new MemoryStore(Clock.systemUTC()), TableOptions.DEFAULT, Clock.systemUTC()),
                store,
                (_, _, _) -> {});

        /** One pass of the table's life, and a round of its jobs. */
        void work() throws InterruptedException {
            life.run();
            runner.run();
        }

        void create() {
            var request = Operations.CREATE_TABLE.read(utf8("""
                {"TableName": "orders", "BillingMode": "PAY_PER_REQUEST",
                 "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"},
                   {"AttributeName": "sk", "AttributeType": "N"}],
                 "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"},
                   {"AttributeName": "sk", "KeyType": "RANGE"}]}\
                """));
            var answer = new CreateTable(
                            tables,
                            life,
                            CLOCK,
                            Samples.IDS,
                            Guard.open(InstantSource.system()).policies(),
                            new RootKeys(new FakeKeyService(), RootKeys.Scope.CALLER))
                    .handle(request.request(), new RequestContext(Caller.SERVER, REGION, request.faults()));
            assertThat(answer.tableDescription()).isPresent();
        }

        void addIndex() {
            var request = Operations.UPDATE_TABLE.read(utf8("""
                {"TableName": "orders",
                 "AttributeDefinitions": [{"AttributeName": "a", "AttributeType": "S"}],
                 "GlobalSecondaryIndexUpdates": [{"Create": {"IndexName": "by-a",
                   "KeySchema": [{"AttributeName": "a", "KeyType": "HASH"}],
                   "Projection": {"ProjectionType": "ALL"}}}]}\
                """));
            var answer = new UpdateTable(tables, idle, CLOCK, new RootKeys(new FakeKeyService(), RootKeys.Scope.CALLER))
                    .handle(request.request(), new RequestContext(Caller.SERVER, REGION, request.faults()));
            assertThat(answer.tableDescription()).isPresent();
        }

        void expire() {
            var request = Operations.UPDATE_TIME_TO_LIVE.read(utf8("""
                {"TableName": "orders", "TimeToLiveSpecification": {"Enabled": true, "AttributeName": "v"}}\
                """));
            var answer = new UpdateTimeToLive(tables, idle, CLOCK)
                    .handle(request.request(), new RequestContext(Caller.SERVER, REGION, request.faults()));
            assertThat(answer.timeToLiveSpecification()).isPresent();
        }

        boolean isFilled() {
            return index().isReadable() && table().timeToLive().orElseThrow().isEnabled();
        }

        Table table() {
            return tables.find(ORDERS).orElseThrow();
        }

        SecondaryIndex index() {
            return table().index("by-a").orElseThrow();
        }

        /** Writes one item at random: puts it, with or without what the index wants, or deletes it. */
        void write(RandomGenerator random) {
            try (PinnedTable use = tables.use(REGION, "orders")) {
                Item key = key(random.nextInt(PARTITIONS), random.nextInt(ITEMS_OF_A_PARTITION));
                Item item = key.with(attributes(random));
                boolean delete = random.nextInt(4) == 0;
                var change = items.write(
                        Caller.SERVER,
                        new ItemWrite(
                                use.table(),
                                key,
                                Action.PUT_ITEM,
                                Set::of,
                                _ -> delete ? Optional.empty() : Optional.of(item)));
                assertThat(change.after().isPresent()).isNotEqualTo(delete);
            }
        }

        List<Future<Long>> startWriters(ExecutorService threads, AtomicBoolean going, long seed) {
            var writers = new ArrayList<Future<Long>>();
            for (int i = 0; i < 4; i++) {
                RandomGenerator random =
                        RandomGeneratorFactory.of("L64X128MixRandom").create(31 * seed + i);
                writers.add(threads.submit(() -> {
                    long writes = 0;
                    while (going.get()) {
                        write(random);
                        writes++;
                    }
                    return writes;
                }));
            }
            return writers;
        }
    }

    private static byte[] utf8(String text) {
        return Bytes.utf8(text).toArray();
    }

    private static Item key(int partition, int sort) {
        return Item.of(Map.of("pk", new Value.S("p" + partition), "sk", new Value.N(Decimal.of(sort))));
    }

    private static Item attributes(RandomGenerator random) {
        var attributes = new LinkedHashMap<String, Value>();
        attributes.put("v", new Value.N(Decimal.of(random.nextInt(1_000))));
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> attributes.put("a", new Value.N(Decimal.of(random.nextInt(5))));
            default -> attributes.put("a", new Value.S("a" + random.nextInt(5)));
        }
        return Item.of(attributes);
    }

    private Map<RowKey, Bytes> rows(TablespaceId tablespace) {
        var rows = new HashMap<RowKey, Bytes>();
        for (Row row : store.sweep(HashRange.whole(tablespace, Rows.ITEM), ALL, Consistency.STRONG)
                .rows()) {
            rows.put(row.key(), row.value());
        }
        return rows;
    }

    private void assertIndexesHoldWhatTheTableHolds(Part part) {
        SecondaryIndex index = part.index();
        TimeToLive timeToLive = part.table().timeToLive().orElseThrow();
        assertThat(part.isFilled()).isTrue();
        assertHolds(index, part, item -> Rows.entry(part.table(), index, item));
        assertHolds(timeToLive, part, item -> ExpiryRows.entry(part.table(), timeToLive, item));
    }

    private void assertHolds(OnlineIndex index, Part part, Function<Item, Optional<Write.Put>> entryOf) {
        var expected = new HashMap<RowKey, Bytes>();
        rows(part.table().tablespace())
                .values()
                .forEach(value -> entryOf.apply(ItemCodec.decode(value))
                        .ifPresent(entry -> expected.put(entry.key(), entry.value())));
        Map<RowKey, Bytes> found = rows(index.tablespace());
        assertThat(expected).isNotEmpty();
        assertThat(without(expected, found)).as("missing").isEmpty();
        assertThat(without(found, expected)).as("stray").isEmpty();
    }

    private static Map<RowKey, Bytes> without(Map<RowKey, Bytes> rows, Map<RowKey, Bytes> others) {
        var left = new HashMap<>(rows);
        left.entrySet().removeAll(others.entrySet());
        return left;
    }

    private static void populate(Part part, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 2 * PARTITIONS * ITEMS_OF_A_PARTITION; i++) {
            part.write(random);
        }
    }

    @Test
    void anIndexOfAQuietTableHoldsTheItemsThatFit() throws Exception {
        var part = new Part();
        part.create();
        populate(part, 1);
        part.addIndex();
        part.expire();
        while (!part.isFilled()) {
            part.work();
        }

        assertIndexesHoldWhatTheTableHolds(part);
        assertThat(rows(part.index().tablespace()))
                .hasSizeLessThan(rows(part.table().tablespace()).size());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anIndexIsFilledWhileItsTableIsWritten(long seed) throws Exception {
        var part = new Part();
        part.create();
        populate(part, seed);
        var going = new AtomicBoolean(true);
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<Long>> writers = part.startWriters(threads, going, seed);
            part.addIndex();
            part.expire();
            while (!part.isFilled()) {
                part.work();
            }
            going.set(false);
            for (Future<Long> writer : writers) {
                assertThat(writer.get()).isPositive();
            }
        }

        assertIndexesHoldWhatTheTableHolds(part);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aServerThatComesBackInTheMidstOfItGoesOn(long seed) throws Exception {
        var first = new Part();
        first.create();
        populate(first, seed);
        first.addIndex();
        first.expire();
        Part part = first;
        for (int passes = 1; !part.isFilled(); passes++) {
            var going = new AtomicBoolean(true);
            try (var threads =
                    Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
                List<Future<Long>> writers = part.startWriters(threads, going, seed + passes);
                for (int i = 0; i < passes; i++) {
                    part.work();
                }
                going.set(false);
                for (Future<Long> writer : writers) {
                    assertThat(writer.get()).isNotNegative();
                }
            }
            part = new Part();
        }

        assertIndexesHoldWhatTheTableHolds(part);
    }
}
