package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Client;
import io.gramme.storage.testkit.Threads;
import io.gramme.tables.access.Access;
import io.gramme.tables.capacity.Meters;
import io.gramme.tables.capacity.ThroughputMode;
import io.gramme.tables.capacity.Units;
import io.gramme.tables.partition.Glow;
import io.gramme.tables.partition.PartitionSplitter;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.Table;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Partitions are split by heat while clients work, and no answer, no order and no sum shows it. */
@Timeout(60)
class HeatSplitsTest {
    private static final int WRITERS = 3;
    private static final int ROUNDS = 80;

    /** Of splits, and of each kind of readers. */
    private static final int MOST_ROUNDS = 12;

    private static final int KEYS = 6;
    private static final int OLD_ITEMS = 20;

    private final AtomicLong nanoTime = new AtomicLong();
    private final Meters meters = Meters.alone(ThroughputMode.OFF, Optional.empty(), nanoTime::get, () -> 0);
    private final Client client = Client.behind(Clock.systemUTC(), Access.UNRESTRICTED, meters);
    private final DoubleAdder answered = new DoubleAdder();
    private final Map<String, Integer> latest = new ConcurrentHashMap<>();

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void clientsSeeNothingOfSplits(long seed) {
        String arn = table();
        for (int i = 0; i < OLD_ITEMS; i++) {
            put("old" + i, 1);
        }
        var glow = new Glow(client.tables(), seed);
        PartitionSplitter splitter = client.splitter(glow, nanoTime::get);
        var running = new AtomicInteger(WRITERS);
        var reader = new ShardReader(client, arn);
        Threads.run(WRITERS + 4, thread -> {
            if (thread < WRITERS) {
                try {
                    write(thread);
                } finally {
                    running.decrementAndGet();
                }
                return;
            }
            for (int round = 0; round < MOST_ROUNDS && running.get() > 0; round++) {
                switch (thread - WRITERS) {
                    case 0 -> split(glow, splitter);
                    case 1 -> reader.readOn();
                    case 2 -> scan();
                    default -> readBack();
                }
            }
        });
        split(glow, splitter);
        reader.readOn();
        requireNothingLost(reader);
        requireSums();
        requireLineage(arn);
    }

    private void write(int thread) {
        for (int round = 1; round <= ROUNDS; round++) {
            put("item" + thread + "-" + round % KEYS, round);
        }
    }

    /** Makes one partition of the table and one of its index hot for long. */
    private void split(Glow glow, PartitionSplitter splitter) {
        glow.move();
        for (int pass = 0; pass < 8; pass++) {
            splitter.run();
            nanoTime.addAndGet(Duration.ofSeconds(30).toNanos());
        }
    }

    /** A scan in segments finds each item that was there before it began, once. */
    private void scan() {
        int segments = 3;
        Map<String, Integer> before = Map.copyOf(latest);
        var found = new TreeMap<String, Integer>();
        for (int segment = 0; segment < segments; segment++) {
            String start = "";
            do {
                JsonNode page = client.call(
                        "Scan",
                        "{TableName: 'Music', Limit: 7, ConsistentRead: true, TotalSegments: " + segments
                                + ", Segment: " + segment + start + "}");
                page.get("Items")
                        .forEach(item -> assertThat(found.put(
                                        item.at("/pk/S").asString(),
                                        item.at("/n/N").asInt()))
                                .as("%s is found once", item)
                                .isNull());
                JsonNode last = page.get("LastEvaluatedKey");
                start = last == null ? "" : ", ExclusiveStartKey: " + last;
            } while (!start.isEmpty());
        }
        before.forEach((key, number) -> assertThat(found.get(key)).as(key).isGreaterThanOrEqualTo(number));
    }

    private void readBack() {
        Map<String, Integer> before = Map.copyOf(latest);
        before.forEach((key, number) -> assertThat(client.call(
                                "GetItem", "{TableName: 'Music', ConsistentRead: true, Key: {pk: {S: '" + key + "'}}}")
                        .at("/Item/n/N")
                        .asInt())
                .as(key)
                .isGreaterThanOrEqualTo(number));
        JsonNode old = client.call(
                "Query",
                "{TableName: 'Music', IndexName: 'by-g', KeyConditionExpression: 'g = :g',"
                        + "ExpressionAttributeValues: {':g': {S: 'old'}}}");
        assertThat(old.get("Count").asInt()).isEqualTo(OLD_ITEMS);
    }

    private void requireNothingLost(ShardReader reader) {
        assertThat(reader.seen().values().stream().mapToInt(List::size).sum()).isEqualTo(WRITERS * ROUNDS + OLD_ITEMS);
        assertThat(reader.seen().values())
                .allSatisfy(numbers -> assertThat(numbers).isSorted().doesNotHaveDuplicates());
    }

    private void requireSums() {
        Table table = client.tables().all().getFirst();
        assertThat(Units.units(meters.of(table).consumed(Units.Kind.WRITE))
                        + Units.units(
                                meters.of(table.globalIndexes().getFirst()).consumed(Units.Kind.WRITE)))
                .isEqualTo(answered.sum());
        assertThat(client.tables().statistics().of(table).items()).isEqualTo(WRITERS * KEYS + OLD_ITEMS);
        long ofPartitions = table.partitions().open().stream()
                .mapToLong(partition ->
                        client.tables().statistics().of(table, partition).items())
                .sum();
        assertThat(ofPartitions).isBetween(1L, 2L * (WRITERS * KEYS + OLD_ITEMS));
    }

    /** The open partitions have all hashes; each shard that has a parent has hashes of it alone. */
    private void requireLineage(String arn) {
        Table table = client.tables().all().getFirst();
        List<Partition> open = table.partitions().open();
        assertThat(open).hasSizeGreaterThan(4);
        assertThat(table.globalIndexes().getFirst().partitions().open()).hasSizeGreaterThan(4);
        assertThat(open.stream().mapToDouble(Partition::share).sum()).isBetween(0.999_999, 1.000_001);
        Map<Integer, Partition> all = new TreeMap<>();
        table.partitions().all().forEach(partition -> all.put(partition.id(), partition));
        for (Partition partition : all.values()) {
            partition.parent().map(all::get).ifPresent(parent -> {
                assertThat(parent.isOpen()).isFalse();
                assertThat(parent.contains(partition.first())).isTrue();
                assertThat(parent.contains(partition.last())).isTrue();
            });
        }
        Set<String> ids = new TreeSet<>();
        List<JsonNode> shards = ShardReader.shards(client, arn);
        shards.forEach(shard -> ids.add(ShardReader.id(shard)));
        assertThat(ids).hasSameSizeAs(all.keySet());
        shards.stream()
                .filter(shard -> shard.has("ParentShardId"))
                .forEach(shard ->
                        assertThat(ids).contains(shard.get("ParentShardId").asString()));
    }

    private String table() {
        return client.call(
                        "CreateTable",
                        "{TableName: 'Music', BillingMode: 'PAY_PER_REQUEST',"
                                + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'g', AttributeType: 'S'}],"
                                + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],"
                                + "GlobalSecondaryIndexes: [{IndexName: 'by-g', KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}],"
                                + "Projection: {ProjectionType: 'ALL'}}],"
                                + "StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_IMAGE'}}")
                .at("/TableDescription/LatestStreamArn")
                .asString();
    }

    private void put(String key, int number) {
        String group = key.replaceAll("[0-9-].*", "");
        answered.add(client.call(
                        "PutItem",
                        "{TableName: 'Music', ReturnConsumedCapacity: 'TOTAL', Item: {pk: {S: '" + key + "'}, g: {S: '"
                                + group + "'}, n: {N: '" + number + "'}}}")
                .at("/ConsumedCapacity/CapacityUnits")
                .asDouble());
        latest.merge(key, number, Math::max);
    }
}
