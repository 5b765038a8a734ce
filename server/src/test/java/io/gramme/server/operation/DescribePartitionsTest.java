package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.error.ApiException;
import io.gramme.server.Client;
import io.gramme.tables.access.Access;
import io.gramme.tables.capacity.Meters;
import io.gramme.tables.capacity.ThroughputMode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What clients see of partitions: their hashes, their sizes and what they consume. */
class DescribePartitionsTest {
    private long now = 1_000_000_000_000L;
    private final Meters meters = Meters.alone(ThroughputMode.AWS, Optional.empty(), () -> now, () -> 0);
    private final Client client = Client.behind(Clock.systemUTC(), Access.UNRESTRICTED, meters);

    @AfterEach
    void close() {
        client.close();
    }

    @BeforeEach
    void create() {
        client.call(
                "CreateTable",
                "{TableName: 'Tab', BillingMode: 'PAY_PER_REQUEST',"
                        + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'g', AttributeType: 'S'}],"
                        + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],"
                        + "GlobalSecondaryIndexes: [{IndexName: 'by-g', KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}],"
                        + "Projection: {ProjectionType: 'ALL'}}]}");
    }

    private void second() {
        now += 1_000_000_000;
        client.heat().run();
    }

    private void put(String key, int bytes) {
        client.call(
                "PutItem",
                "{TableName: 'Tab', Item: {pk: {S: '" + key + "'}, g: {S: 'x'}, v: {S: '" + "x".repeat(bytes) + "'}}}");
    }

    private JsonNode describe(String more) {
        return client.callGramme("DescribePartitions", "{TableName: 'Tab'" + more + "}");
    }

    private static List<JsonNode> used(JsonNode answer) {
        var used = new ArrayList<JsonNode>();
        answer.get("Partitions").forEach(partition -> {
            if (partition.at("/LastMinute/WriteUnits").asDouble() > 0) {
                used.add(partition);
            }
        });
        return used;
    }

    @Test
    void aPartitionHasItsHashesItsSizeAndWhatItConsumes() {
        second();
        for (int i = 0; i < 50; i++) {
            put("hot", 5_000);
        }
        put("hot", 5_000);
        second();
        JsonNode answer = describe("");
        assertThat(answer.get("Partitions")).hasSize(4);
        assertThat(answer.get("ThroughputMode").asString()).isEqualTo("AWS");
        assertThat(answer.at("/LastSecond/WriteUnits").asDouble()).isEqualTo(255);
        assertThat(answer.at("/WriteCapacity/UnitsPerSecond").asDouble()).isEqualTo(4_000);
        assertThat(answer.at("/WarmThroughput/ReadUnits").asDouble()).isEqualTo(12_000);
        List<JsonNode> used = used(answer);
        assertThat(used).hasSize(1);
        JsonNode partition = used.getFirst();
        assertThat(partition.get("ItemCount").asInt()).isEqualTo(1);
        assertThat(partition.get("SizeBytes").asInt()).isGreaterThan(5_000);
        assertThat(partition.at("/LastMinute/WriteUnits").asDouble()).isEqualTo(255);
        assertThat(partition.get("CapacityPercent").asDouble()).isEqualTo(25.5);
        assertThat(partition.at("/HottestHashes/0/Percent").asDouble()).isEqualTo(100);
        String hottest = partition.at("/HottestHashes/0/Hash").asString();
        assertThat(hottest).hasSize(16);
        assertThat(hottest)
                .isBetween(
                        partition.get("FirstHash").asString(),
                        partition.get("LastHash").asString());
        second();
        assertThat(describe("").at("/LastSecond/WriteUnits").asDouble()).isZero();
        assertThat(describe("").at("/LastMinute/WriteUnits").asDouble()).isEqualTo(255);
    }

    @Test
    void aGlobalIndexHasPartitionsOfItsOwn() {
        second();
        put("a", 10);
        put("b", 10);
        second();
        JsonNode answer = describe(", IndexName: 'by-g'");
        assertThat(used(answer)).hasSize(1);
        assertThat(used(answer).getFirst().get("ItemCount").asInt()).isEqualTo(2);
        assertThat(answer.get("IndexName").asString()).isEqualTo("by-g");
    }

    @Test
    void refusalsAreCountedByTheirReasons() {
        second();
        int refused = 0;
        for (int i = 0; i < 30; i++) {
            try {
                put("hot", 100_000);
            } catch (ApiException _) {
                refused++;
            }
        }
        second();
        JsonNode answer = describe("");
        assertThat(answer.get("ThrottledWrites").asInt()).isEqualTo(refused).isPositive();
        assertThat(answer.at("/ThrottleEvents/0/Reason").asString()).isEqualTo("TableWriteKeyRangeThroughputExceeded");
        assertThat(answer.at("/ThrottleEvents/0/Count").asInt()).isEqualTo(refused);
        assertThat(used(answer).getFirst().get("ThrottledWrites").asInt()).isEqualTo(refused);
        assertThat(describe(", IndexName: 'by-g'").get("ThrottleEvents"))
                .as("its entry stays as it is")
                .isEmpty();
    }

    @Test
    void aLongListIsReadInPagesThatASplitDoesNotDisturb() {
        put("a", 10);
        var ids = new ArrayList<Integer>();
        String start = "";
        do {
            JsonNode page = describe(", Limit: 3" + start);
            page.get("Partitions")
                    .forEach(partition -> ids.add(partition.get("PartitionId").asInt()));
            assertThat(page.get("Partitions").size()).isLessThanOrEqualTo(3);
            start = page.has("LastEvaluatedPartitionId")
                    ? ", ExclusiveStartPartitionId: " + page.get("LastEvaluatedPartitionId")
                    : "";
            client.splitPartitions(ids.size() < 5 ? 1 : Long.MAX_VALUE);
        } while (!start.isEmpty());
        assertThat(ids).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(5);
        JsonNode all = describe("");
        assertThat(all.get("OpenPartitions").asInt())
                .isLessThan(all.get("Partitions").size());
        assertThat(all.get("Partitions")).anySatisfy(partition -> {
            assertThat(partition.get("State").asString()).isEqualTo("CLOSED");
            assertThat(partition.has("ItemCount")).isFalse();
        });
    }

    @Test
    void whatThereIsNotIsRefused() {
        assertThatThrownBy(() -> client.callGramme("DescribePartitions", "{TableName: 'None'}"))
                .hasMessageContaining("Requested resource not found: Table: None not found");
        assertThatThrownBy(() -> describe(", IndexName: 'none'"))
                .hasMessage("Requested resource not found: Index none for table Tab");
        assertThatThrownBy(() -> describe(", Limit: 101")).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> describe(", ExclusiveStartPartitionId: -1")).isInstanceOf(ApiException.class);
    }
}
