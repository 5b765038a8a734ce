package io.gramme.server.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Client;
import io.gramme.tables.capacity.Meters;
import io.gramme.tables.capacity.ThroughputMode;
import io.gramme.tables.job.BackgroundJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Auto scaling by what requests really consume, in virtual time. */
class MeteredScalingTest {
    private Instant now = Instant.parse("2027-01-01T06:00:00Z");
    private final Meters meters = Meters.alone(
            ThroughputMode.OFF, Optional.empty(), () -> now.toEpochMilli() * 1_000_000, () -> now.toEpochMilli());
    private final Client client = Client.metered(() -> now, meters);
    private final BackgroundJob.Pass counting = client.scaling().counting();
    private final BackgroundJob.Pass pass = client.scaling().pass();

    @AfterEach
    void close() {
        client.close();
    }

    private static String target(String resource, String unit) {
        String kind = resource.contains("/index/") ? "index" : "table";
        return "ServiceNamespace: 'dynamodb', ResourceId: '" + resource + "', ScalableDimension: 'dynamodb:" + kind
                + ":" + unit + "CapacityUnits'";
    }

    private void follow(String resource, String unit) {
        client.callScaling(
                "RegisterScalableTarget", "{" + target(resource, unit) + ", MinCapacity: 1, MaxCapacity: 100}");
        client.callScaling("PutScalingPolicy", "{" + target(resource, unit) + """
                , PolicyName: 'p', PolicyType: 'TargetTrackingScaling',
                 TargetTrackingScalingPolicyConfiguration: {TargetValue: 50, PredefinedMetricSpecification:
                     {PredefinedMetricType: 'DynamoDB%sCapacityUtilization'}}}""".formatted(unit));
    }

    private void createTable() {
        client.call("CreateTable", """
                {TableName: 'orders', KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
                 AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'},
                                        {AttributeName: 'status', AttributeType: 'S'}],
                 ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1},
                 GlobalSecondaryIndexes: [{IndexName: 'status', Projection: {ProjectionType: 'KEYS_ONLY'},
                     KeySchema: [{AttributeName: 'status', KeyType: 'HASH'}],
                     ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}}]}""");
    }

    /** A minute in which items of some KB are written; each is an index entry of one unit, too. */
    private void minute(int items, int kilobytes) {
        for (int i = 0; i < items; i++) {
            client.call(
                    "PutItem",
                    "{TableName: 'orders', Item: {id: {S: '%s'}, status: {S: 'x'}, text: {S: '%s'}}}"
                            .formatted(now + "-" + i, "t".repeat(kilobytes * 1_024 - 100)));
        }
        now = now.plus(Duration.ofMinutes(1));
        runPasses();
    }

    private void runPasses() {
        Instant minute = now;
        assertThat(pauseOf(counting)).isPositive();
        now = minute.plusSeconds(5);
        assertThat(pauseOf(pass)).isPositive();
        now = minute;
    }

    private static Duration pauseOf(BackgroundJob.Pass pass) {
        try {
            return pass.run();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String writeUnits() {
        var table = client.call("DescribeTable", "{TableName: 'orders'}").get("Table");
        return table.get("ProvisionedThroughput").get("WriteCapacityUnits") + " and "
                + table.get("GlobalSecondaryIndexes")
                        .get(0)
                        .get("ProvisionedThroughput")
                        .get("WriteCapacityUnits");
    }

    @Test
    void tablesAndIndexesFollowWhatIsWrittenToThem() {
        createTable();
        follow("table/orders", "Write");
        follow("table/orders/index/status", "Write");
        runPasses();
        // 60 items of 2 KB in a minute are two units a second, and one of the index.
        minute(60, 2);
        assertThat(writeUnits()).isEqualTo("1 and 1");
        minute(60, 2);
        minute(60, 2);
        assertThat(writeUnits()).isEqualTo("4 and 2");
        for (int i = 0; i < 14; i++) {
            minute(0, 0);
        }
        assertThat(writeUnits()).isEqualTo("4 and 2");
        minute(0, 0);
        minute(0, 0);
        assertThat(writeUnits()).isEqualTo("1 and 1");
    }

    @Test
    void whatATableOfTheSameNameConsumedBeforeDoesNotCount() {
        createTable();
        follow("table/orders", "Write");
        runPasses();
        minute(60, 2);
        client.call("DeleteTable", "{TableName: 'orders'}");
        createTable();
        minute(60, 2);
        assertThat(writeUnits()).isEqualTo("1 and 1");
        minute(60, 2);
        minute(60, 2);
        assertThat(writeUnits()).isEqualTo("4 and 1");
    }
}
