package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Client;
import io.gramme.storage.testkit.Threads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Shards over time: they split, close and are forgotten, and no reader misses anything. */
@Timeout(60)
class ShardsTest {
    private Instant now = Instant.parse("2026-03-04T05:06:07.890Z");
    private final Client client = Client.at(() -> now);

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aShardThatIsSplitClosesAndItsChildrenNameIt() {
        String arn = table();
        List<JsonNode> before = shards(arn);
        put("a", 1);
        client.splitPartitions(1);
        List<JsonNode> after = shards(arn);
        assertThat(after).hasSize(6);
        List<JsonNode> closed = after.stream()
                .filter(shard -> shard.at("/SequenceNumberRange").has("EndingSequenceNumber"))
                .toList();
        assertThat(closed).hasSize(1);
        JsonNode parent = closed.getFirst();
        assertThat(before).extracting(ShardsTest::id).contains(id(parent));
        List<JsonNode> born =
                after.stream().filter(shard -> shard.has("ParentShardId")).toList();
        assertThat(born).hasSize(2).allSatisfy(child -> {
            assertThat(child.get("ParentShardId").asString()).isEqualTo(id(parent));
            assertThat(child.at("/SequenceNumberRange").has("EndingSequenceNumber"))
                    .isFalse();
        });
        JsonNode children = client.callStreams(
                "DescribeStream",
                "{StreamArn: '" + arn + "', ShardFilter: {Type: 'CHILD_SHARDS', ShardId: '" + id(parent) + "'}}");
        assertThat(children.at("/StreamDescription/Shards")).containsExactlyElementsOf(born);
    }

    @Test
    void aReaderThatFollowsShardsSeesEachChangeOnceAndThoseOfAnItemInTheirOrder() {
        String arn = table();
        int writers = 6;
        int rounds = 60;
        var running = new AtomicInteger(writers);
        var reader = new ShardReader(client, arn);
        Threads.run(writers + 2, thread -> {
            if (thread < writers) {
                for (int round = 1; round <= rounds; round++) {
                    put("item" + thread + "-" + round % 5, round);
                }
                running.decrementAndGet();
            } else if (thread == writers) {
                for (int split = 0; split < 6; split++) {
                    Thread.sleep(5);
                    client.splitPartitions(1);
                }
            } else {
                while (running.get() > 0) {
                    reader.readOn();
                }
            }
        });
        reader.readOn();
        assertThat(shards(arn)).hasSizeGreaterThan(4);
        assertThat(reader.seen().values().stream().mapToInt(List::size).sum()).isEqualTo(writers * rounds);
        assertThat(reader.seen().values())
                .allSatisfy(numbers -> assertThat(numbers).isSorted());
    }

    @Test
    void recordsShardsAndStreamsAreForgottenWhenTheyAreTooOld() {
        String arn = table();
        put("a", 1);
        client.splitPartitions(1);
        now = now.plus(Duration.ofHours(25));
        put("a", 2);
        client.trimLogs();
        assertThat(shards(arn)).as("the parent has no records left").hasSize(5);
        var reader = new ShardReader(client, arn);
        reader.readOn();
        assertThat(reader.seen()).containsExactly(Map.entry("a", List.of(2)));
        client.call("DeleteTable", "{TableName: 'Music'}");
        assertThat(client.callStreams("ListStreams", "{}").get("Streams")).hasSize(1);
        now = now.plus(Duration.ofHours(25));
        client.trimLogs();
        assertThat(client.callStreams("ListStreams", "{}").get("Streams")).isEmpty();
    }

    private String table() {
        return client.call(
                        "CreateTable",
                        "{TableName: 'Music', BillingMode: 'PAY_PER_REQUEST',"
                                + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],"
                                + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],"
                                + "StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_IMAGE'}}")
                .at("/TableDescription/LatestStreamArn")
                .asString();
    }

    private void put(String key, int number) {
        client.call(
                "PutItem",
                "{TableName: 'Music', Item: {pk: {S: '" + key + "'}, n: {N: '" + number + "'}," + "fill: {S: '"
                        + "x".repeat(20) + "'}}}");
    }

    private List<JsonNode> shards(String arn) {
        return ShardReader.shards(client, arn);
    }

    private static String id(JsonNode shard) {
        return ShardReader.id(shard);
    }
}
