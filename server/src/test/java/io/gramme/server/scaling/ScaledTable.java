package io.gramme.server.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gramme.core.error.ApiException;
import io.gramme.scaling.TargetId;
import io.gramme.server.Client;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/**
 * A table whose capacity is scaled, in virtual time: the load of its reads is what a test says, and each minute is one run
 * of the pass.
 */
abstract class ScaledTable {
    static final Instant START = Instant.parse("2027-01-01T06:00:00Z");
    static final String READS =
            "ServiceNamespace: 'dynamodb', ResourceId: 'table/orders', ScalableDimension: 'dynamodb:table:ReadCapacityUnits'";
    static final String WRITES_OF_INDEX = "ServiceNamespace: 'dynamodb', ResourceId: 'table/orders/index/status',"
            + " ScalableDimension: 'dynamodb:index:WriteCapacityUnits'";

    Instant now = START;
    final Client client = Client.at(() -> now);
    private final BackgroundJob.Pass pass = client.scaling().pass(this::consumed);

    /** Half units by minute; minutes without an entry are idle. */
    final Map<Instant, Long> load = new HashMap<>();

    private List<OptionalLong> consumed(TargetId target, Table table, Instant end, int count) {
        var minutes = new ArrayList<OptionalLong>();
        for (int back = count; back > 0; back--) {
            Instant minute = end.minus(Duration.ofMinutes(back));
            boolean counted = target.unit() == Kind.READ && !minute.isBefore(table.created());
            minutes.add(counted ? OptionalLong.of(load.getOrDefault(minute, 0L)) : OptionalLong.empty());
        }
        return minutes;
    }

    void createTable(long readUnits) {
        client.call("CreateTable", """
                {TableName: 'orders', KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
                 AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'},
                                        {AttributeName: 'status', AttributeType: 'S'}],
                 ProvisionedThroughput: {ReadCapacityUnits: %d, WriteCapacityUnits: 5},
                 GlobalSecondaryIndexes: [{IndexName: 'status', Projection: {ProjectionType: 'KEYS_ONLY'},
                     KeySchema: [{AttributeName: 'status', KeyType: 'HASH'}],
                     ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}}]}
                """.formatted(readUnits));
    }

    JsonNode register(String target, int min, int max) {
        return client.callScaling(
                "RegisterScalableTarget", "{" + target + ", MinCapacity: " + min + ", MaxCapacity: " + max + "}");
    }

    JsonNode putPolicy(String more) {
        return client.callScaling("PutScalingPolicy", "{" + READS + """
                , PolicyName: 'follow', PolicyType: 'TargetTrackingScaling',
                 TargetTrackingScalingPolicyConfiguration: {TargetValue: 70, PredefinedMetricSpecification:
                     {PredefinedMetricType: 'DynamoDBReadCapacityUtilization'}%s}}
                """.formatted(more));
    }

    long readUnits() {
        return throughput().get("ReadCapacityUnits").asLong();
    }

    JsonNode throughput() {
        return client.call("DescribeTable", "{TableName: 'orders'}")
                .get("Table")
                .get("ProvisionedThroughput");
    }

    /** Lets minutes pass in which so many units a second are read; the pass runs after each. */
    List<Long> minutes(int count, long unitsPerSecond) {
        var capacities = new ArrayList<Long>();
        for (int i = 0; i < count; i++) {
            load.put(now, unitsPerSecond * 2 * 60);
            now = now.plus(Duration.ofMinutes(1));
            runPass();
            capacities.add(readUnits());
        }
        return capacities;
    }

    /** A little after the minute, as on a server. */
    void runPass() {
        Instant minute = now;
        now = minute.plusSeconds(5);
        assertThat(rest()).isPositive();
        now = minute;
    }

    /** Runs the pass; returns how long it rests. */
    Duration rest() {
        try {
            return pass.run();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    List<JsonNode> activities() {
        var all = new ArrayList<JsonNode>();
        client.callScaling("DescribeScalingActivities", "{ServiceNamespace: 'dynamodb'}")
                .get("ScalingActivities")
                .forEach(all::add);
        return all;
    }

    String refused(String operation, String request) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> client.callScaling(operation, request));
        assertThat(refusal).as(request).isNotNull();
        return refusal.code().shortName() + ": " + refusal.text();
    }

    @AfterEach
    void close() {
        client.close();
    }
}
