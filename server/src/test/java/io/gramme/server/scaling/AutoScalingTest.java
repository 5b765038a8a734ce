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
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Auto scaling in virtual time: the load is what a test says, and each minute is one run of the pass. */
class AutoScalingTest {
    private static final Instant START = Instant.parse("2027-01-01T06:00:00Z");
    private static final String READS =
            "ServiceNamespace: 'dynamodb', ResourceId: 'table/orders', ScalableDimension: 'dynamodb:table:ReadCapacityUnits'";
    private static final String WRITES_OF_INDEX =
            "ServiceNamespace: 'dynamodb', ResourceId: 'table/orders/index/status',"
                    + " ScalableDimension: 'dynamodb:index:WriteCapacityUnits'";

    private Instant now = START;
    private final Client client = Client.at(() -> now);
    private final BackgroundJob.Pass pass = client.scaling().pass(this::consumed);

    /** Half units by minute; minutes without an entry are idle. */
    private final Map<Instant, Long> load = new HashMap<>();

    private List<OptionalLong> consumed(TargetId target, Table table, Instant end, int count) {
        var minutes = new ArrayList<OptionalLong>();
        for (int back = count; back > 0; back--) {
            Instant minute = end.minus(Duration.ofMinutes(back));
            boolean counted = target.unit() == Kind.READ && !minute.isBefore(table.created());
            minutes.add(counted ? OptionalLong.of(load.getOrDefault(minute, 0L)) : OptionalLong.empty());
        }
        return minutes;
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void createTable(long readUnits) {
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

    private JsonNode register(String target, int min, int max) {
        return client.callScaling(
                "RegisterScalableTarget", "{" + target + ", MinCapacity: " + min + ", MaxCapacity: " + max + "}");
    }

    private JsonNode putPolicy(String more) {
        return client.callScaling("PutScalingPolicy", "{" + READS + """
                , PolicyName: 'follow', PolicyType: 'TargetTrackingScaling',
                 TargetTrackingScalingPolicyConfiguration: {TargetValue: 70, PredefinedMetricSpecification:
                     {PredefinedMetricType: 'DynamoDBReadCapacityUtilization'}%s}}
                """.formatted(more));
    }

    private long readUnits() {
        return throughput().get("ReadCapacityUnits").asLong();
    }

    private JsonNode throughput() {
        return client.call("DescribeTable", "{TableName: 'orders'}")
                .get("Table")
                .get("ProvisionedThroughput");
    }

    /** Lets minutes pass in which so many units a second are read; the pass runs after each. */
    private List<Long> minutes(int count, long unitsPerSecond) {
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
    private void runPass() {
        Instant minute = now;
        now = minute.plusSeconds(5);
        assertThat(rest()).isPositive();
        now = minute;
    }

    /** Runs the pass; returns how long it rests. */
    private Duration rest() {
        try {
            return pass.run();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<JsonNode> activities() {
        var all = new ArrayList<JsonNode>();
        client.callScaling("DescribeScalingActivities", "{ServiceNamespace: 'dynamodb'}")
                .get("ScalingActivities")
                .forEach(all::add);
        return all;
    }

    private String refused(String operation, String request) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> client.callScaling(operation, request));
        assertThat(refusal).as(request).isNotNull();
        return refusal.code().shortName() + ": " + refusal.text();
    }

    @Test
    void aStepOfLoadRaisesInTwoMinutesAndLowersInFifteen() {
        createTable(5);
        register(READS, 5, 100);
        JsonNode policy = putPolicy("");
        assertThat(minutes(5, 0)).containsOnly(5L);
        // 35 units a second are 50 units at 70 %.
        assertThat(minutes(20, 35)).startsWith(5L, 50L).endsWith(50L);
        assertThat(minutes(15, 0)).startsWith(50L).endsWith(50L, 5L);

        String high = policy.get("Alarms").get(0).get("AlarmName").asString();
        String low = policy.get("Alarms").get(1).get("AlarmName").asString();
        assertThat(high).startsWith("TargetTracking-table/orders-AlarmHigh-");
        assertThat(activities()).hasSize(2);
        JsonNode lowered = activities().get(0);
        assertThat(lowered.get("Description").asString()).isEqualTo("Setting read capacity units to 5.");
        assertThat(lowered.get("Cause").asString())
                .isEqualTo("monitor alarm " + low + " in state ALARM triggered policy follow");
        JsonNode raised = activities().get(1);
        assertThat(raised.get("StatusCode").asString()).isEqualTo("Successful");
        assertThat(raised.get("StatusMessage").asString())
                .isEqualTo("Successfully set read capacity units to 50. Change successfully fulfilled by dynamodb.");
        assertThat(raised.get("Cause").asString()).contains(high);
    }

    @Test
    void aCapacityThatWasRaisedByHandOnAnIdleTableIsLoweredAtOnceAndOneBelowTheMinimumIsLeftAlone() {
        createTable(10);
        register(READS, 5, 100);
        putPolicy("");
        assertThat(minutes(16, 0)).endsWith(5L);
        client.call("UpdateTable", """
                {TableName: 'orders', ProvisionedThroughput: {ReadCapacityUnits: 40, WriteCapacityUnits: 5}}""");
        assertThat(minutes(1, 0)).containsExactly(5L);
        client.call("UpdateTable", """
                {TableName: 'orders', ProvisionedThroughput: {ReadCapacityUnits: 2, WriteCapacityUnits: 5}}""");
        assertThat(minutes(3, 0)).containsOnly(2L);
    }

    @Test
    void cooldownsHold() {
        createTable(100);
        register(READS, 1, 1_000);
        putPolicy(", ScaleInCooldown: 1800, ScaleOutCooldown: 600");
        assertThat(minutes(2, 140)).endsWith(200L);
        // An increase of 20 is smaller than the last one.
        assertThat(minutes(10, 154)).startsWith(200L).endsWith(220L);
        assertThat(minutes(15, 35)).endsWith(50L);
        assertThat(minutes(29, 0)).containsOnly(50L);
        assertThat(minutes(1, 0)).containsExactly(1L);
    }

    @Test
    void aDecreaseIsRefusedWithoutATokenAndTriedAgainLater() {
        createTable(5);
        register(READS, 1, 100);
        putPolicy("");
        for (long units : new long[] {4, 3, 2, 1}) {
            client.call("UpdateTable", """
                    {TableName: 'orders', ProvisionedThroughput: {ReadCapacityUnits: %d, WriteCapacityUnits: 5}}""".formatted(units));
        }
        client.call("UpdateTable", """
                {TableName: 'orders', ProvisionedThroughput: {ReadCapacityUnits: 50, WriteCapacityUnits: 5}}""");
        assertThat(minutes(20, 0)).containsOnly(50L);
        assertThat(activities()).hasSize(1);
        JsonNode failed = activities().getFirst();
        assertThat(failed.get("StatusCode").asString()).isEqualTo("Failed");
        assertThat(failed.get("StatusMessage").asString())
                .startsWith("Failed to set read capacity units to 1. Reason: ")
                .contains("Next decrease can be made at");
        // An hour after the last decrease there is one more.
        assertThat(minutes(50, 0)).endsWith(1L);
        assertThat(throughput().get("NumberOfDecreasesToday").asInt()).isEqualTo(5);
    }

    @Test
    void newBoundsAreEnforcedAtOnce() {
        createTable(5);
        register(READS, 10, 20);
        assertThat(readUnits()).isEqualTo(10);
        register(READS, 1, 3);
        assertThat(readUnits()).isEqualTo(3);
        assertThat(activities())
                .extracting(activity -> activity.get("Cause").asString())
                .containsExactly("maximum capacity was set to 3", "minimum capacity was set to 10");
        register(READS, 1, 1_000_000_000);
        assertThat(client.callScaling("RegisterScalableTarget", "{" + READS + ", MinCapacity: 50000}")
                        .get("ScalableTargetARN")
                        .asString())
                .startsWith("arn:aws:application-autoscaling:us-east-1:000000000000:scalable-target/");
        assertThat(readUnits()).isEqualTo(3);
        assertThat(activities().getFirst().get("StatusMessage").asString()).contains("maximum");
    }

    @Test
    void anIndexIsScaledByItself() {
        createTable(5);
        register(WRITES_OF_INDEX, 8, 10);
        JsonNode table = client.call("DescribeTable", "{TableName: 'orders'}").get("Table");
        JsonNode index = table.get("GlobalSecondaryIndexes").get(0).get("ProvisionedThroughput");
        assertThat(index.get("WriteCapacityUnits").asLong()).isEqualTo(8);
        assertThat(index.get("ReadCapacityUnits").asLong()).isEqualTo(5);
        assertThat(table.get("ProvisionedThroughput").get("WriteCapacityUnits").asLong())
                .isEqualTo(5);
        assertThat(activities().getFirst().get("Description").asString())
                .isEqualTo("Setting write capacity units to 8.");
    }

    @Test
    void suspendedScalingDoesNotHappen() {
        createTable(5);
        register(READS, 5, 100);
        putPolicy("");
        client.callScaling(
                "RegisterScalableTarget", "{" + READS + ", SuspendedState: {DynamicScalingOutSuspended: true}}");
        assertThat(minutes(5, 70)).containsOnly(5L);
        client.callScaling(
                "RegisterScalableTarget",
                "{" + READS
                        + ", SuspendedState: {DynamicScalingOutSuspended: false, ScheduledScalingSuspended: true}}");
        assertThat(minutes(1, 70)).containsExactly(100L);
        client.callScaling("PutScheduledAction", "{" + READS + """
                , ScheduledActionName: 'more', Schedule: 'rate(1 minute)', ScalableTargetAction: {MinCapacity: 200,
                 MaxCapacity: 300}}""");
        assertThat(minutes(2, 70)).containsOnly(100L);
    }

    @Test
    void aScheduledActionSetsBoundsAtItsLocalTime() {
        createTable(5);
        register(READS, 5, 100);
        // Seven in the morning in Berlin is six in UTC in winter.
        client.callScaling("PutScheduledAction", "{" + READS + """
                , ScheduledActionName: 'morning', Schedule: 'cron(10 7 * * ? *)', Timezone: 'Europe/Berlin',
                 ScalableTargetAction: {MinCapacity: 30, MaxCapacity: 60}}""");
        assertThat(minutes(9, 0)).containsOnly(5L);
        assertThat(minutes(1, 0)).containsExactly(30L);
        assertThat(activities())
                .extracting(activity -> activity.get("Description").asString())
                .containsExactly(
                        "Setting read capacity units to 30.", "Setting min capacity to 30 and max capacity to 60");
        assertThat(activities().get(1).get("Cause").asString())
                .isEqualTo("scheduled action name morning was triggered");
        now = Instant.parse("2027-07-01T05:09:00Z");
        runPass();
        register(READS, 5, 100);
        client.call("UpdateTable", """
                {TableName: 'orders', ProvisionedThroughput: {ReadCapacityUnits: 6, WriteCapacityUnits: 5}}""");
        assertThat(minutes(1, 0)).containsExactly(30L);
    }

    @Test
    void thePassRestsUntilTheNextActionOrMinute() {
        createTable(5);
        register(READS, 5, 100);
        assertThat(rest()).isEqualTo(Duration.ofSeconds(5));
        client.callScaling("PutScheduledAction", "{" + READS + """
                , ScheduledActionName: 'soon', Schedule: 'at(2027-01-01T06:00:02)',
                 ScalableTargetAction: {MinCapacity: 30}}""");
        assertThat(rest()).isEqualTo(Duration.ofSeconds(2));
        now = now.plusSeconds(2);
        assertThat(rest()).isEqualTo(Duration.ofSeconds(3));
        assertThat(readUnits()).isEqualTo(30);
        now = now.plusSeconds(3);
        assertThat(rest()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aTargetOutlivesItsTableAndIsTakenUpByTheNextOneOfItsName() {
        createTable(5);
        register(READS, 5, 100);
        putPolicy("");
        minutes(20, 0);
        client.call("DeleteTable", "{TableName: 'orders'}");
        for (int i = 0; i < 3; i++) {
            load.put(now, 9_000L);
            now = now.plus(Duration.ofMinutes(1));
            runPass();
        }
        assertThat(client.callScaling("DescribeScalableTargets", "{ServiceNamespace: 'dynamodb'}")
                        .get("ScalableTargets")
                        .size())
                .isEqualTo(1);
        assertThat(refused("RegisterScalableTarget", "{" + READS + ", MinCapacity: 1}"))
                .isEqualTo("ValidationException: DynamoDB table does not exist: table/orders");
        createTable(20);
        // Only minutes of the new table count.
        assertThat(minutes(14, 0)).containsOnly(20L);
        assertThat(minutes(1, 0)).containsExactly(5L);
    }

    @Test
    void nothingHappensToATableOnDemand() {
        createTable(5);
        register(READS, 5, 100);
        putPolicy("");
        client.call("UpdateTable", "{TableName: 'orders', BillingMode: 'PAY_PER_REQUEST'}");
        assertThat(minutes(20, 70)).containsOnly(0L);
        register(READS, 10, 100);
        assertThat(activities()).isEmpty();
        assertThat(client.callScaling("DescribeScalingPolicies", "{ServiceNamespace: 'dynamodb'}")
                        .get("ScalingPolicies")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void activitiesAreKeptForSixWeeks() {
        createTable(5);
        register(READS, 10, 20);
        now = now.plus(Duration.ofDays(41));
        register(READS, 12, 20);
        assertThat(activities()).hasSize(2);
        now = now.plus(Duration.ofDays(2));
        assertThat(activities()).hasSize(1);
        runPass();
        now = START;
        assertThat(activities()).hasSize(1);
    }

    @Test
    void aDeregisteredTargetLeavesNothingBehind() {
        createTable(5);
        register(READS, 5, 100);
        putPolicy("");
        client.callScaling("PutScheduledAction", "{" + READS + """
                , ScheduledActionName: 'more', Schedule: 'rate(1 minute)', ScalableTargetAction: {MinCapacity: 50}}""");
        client.callScaling("DeregisterScalableTarget", "{" + READS + "}");
        assertThat(client.callScaling("DescribeScalingPolicies", "{ServiceNamespace: 'dynamodb'}")
                        .get("ScalingPolicies"))
                .isEmpty();
        assertThat(client.callScaling("DescribeScheduledActions", "{ServiceNamespace: 'dynamodb'}")
                        .get("ScheduledActions"))
                .isEmpty();
        assertThat(minutes(3, 70)).containsOnly(5L);
        assertThat(refused("DeregisterScalableTarget", "{" + READS + "}"))
                .isEqualTo("ObjectNotFoundException: No scalable target found for service namespace: dynamodb,"
                        + " resource ID: table/orders, scalable dimension: dynamodb:table:ReadCapacityUnits");
    }

    @Test
    void whatWasSetIsShown() {
        createTable(5);
        String arn = register(READS, 5, 100).get("ScalableTargetARN").asString();
        putPolicy(", ScaleInCooldown: -1, DisableScaleIn: true");
        client.callScaling("PutScheduledAction", "{" + READS + """
                , ScheduledActionName: 'more', Schedule: 'rate(5 minutes)', StartTime: 1800000000.5,
                 ScalableTargetAction: {MaxCapacity: 50}}""");
        JsonNode target = client.callScaling("DescribeScalableTargets", "{ServiceNamespace: 'dynamodb'}")
                .get("ScalableTargets")
                .get(0);
        assertThat(target).isEqualTo(Client.json("""
                {ServiceNamespace: 'dynamodb', ResourceId: 'table/orders', MinCapacity: 5, MaxCapacity: 100,
                 ScalableDimension: 'dynamodb:table:ReadCapacityUnits', CreationTime: %d, ScalableTargetARN: '%s',
                 RoleARN: 'arn:aws:iam::000000000000:role/aws-service-role/dynamodb.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_DynamoDBTable',
                 SuspendedState: {DynamicScalingInSuspended: false, DynamicScalingOutSuspended: false,
                     ScheduledScalingSuspended: false}}
                """.formatted(START.getEpochSecond(), arn)));
        JsonNode policy = client.callScaling("DescribeScalingPolicies", "{ServiceNamespace: 'dynamodb'}")
                .get("ScalingPolicies")
                .get(0);
        assertThat(policy.get("TargetTrackingScalingPolicyConfiguration")).isEqualTo(Client.json("""
                {TargetValue: 70.0, ScaleInCooldown: -1, DisableScaleIn: true, PredefinedMetricSpecification:
                    {PredefinedMetricType: 'DynamoDBReadCapacityUtilization'}}"""));
        assertThat(policy.get("Alarms").size()).isEqualTo(4);
        assertThat(policy.get("PolicyARN").asString())
                .startsWith("arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:")
                .endsWith(":resource/dynamodb/table/orders:policyName/follow");
        JsonNode action = client.callScaling("DescribeScheduledActions", "{ServiceNamespace: 'dynamodb'}")
                .get("ScheduledActions")
                .get(0);
        assertThat(action.get("StartTime").asDouble()).isEqualTo(1_800_000_000.5);
        assertThat(action.get("ScalableTargetAction")).isEqualTo(Client.json("{MaxCapacity: 50}"));
        assertThat(action.has("Timezone")).isFalse();
    }

    @Test
    void listsHavePages() {
        createTable(5);
        register(READS, 5, 100);
        register(WRITES_OF_INDEX, 5, 100);
        register(READS.replace("Read", "Write"), 5, 100);
        var seen = new ArrayList<String>();
        Optional<String> token = Optional.empty();
        do {
            JsonNode page = client.callScaling(
                    "DescribeScalableTargets",
                    "{ServiceNamespace: 'dynamodb', MaxResults: 1"
                            + token.map(text -> ", NextToken: '" + text + "'").orElse("") + "}");
            page.get("ScalableTargets")
                    .forEach(target -> seen.add(target.get("ResourceId").asString() + " "
                            + target.get("ScalableDimension").asString()));
            token = Optional.ofNullable(page.get("NextToken")).map(JsonNode::asString);
        } while (token.isPresent());
        assertThat(seen)
                .containsExactly(
                        "table/orders dynamodb:table:ReadCapacityUnits",
                        "table/orders dynamodb:table:WriteCapacityUnits",
                        "table/orders/index/status dynamodb:index:WriteCapacityUnits");
        for (int min = 6; min < 10; min++) {
            register(READS, min, 100);
            now = now.plusSeconds(1);
        }
        JsonNode first =
                client.callScaling("DescribeScalingActivities", "{ServiceNamespace: 'dynamodb', MaxResults: 3}");
        assertThat(first.get("ScalingActivities").size()).isEqualTo(3);
        JsonNode second = client.callScaling(
                "DescribeScalingActivities",
                "{ServiceNamespace: 'dynamodb', NextToken: '"
                        + first.get("NextToken").asString() + "'}");
        assertThat(second.get("ScalingActivities").size()).isEqualTo(1);
        assertThat(second.has("NextToken")).isFalse();
        for (String operation : List.of("DescribeScalableTargets", "DescribeScalingActivities")) {
            for (String bad : List.of("!", "AA", "x", "MDA")) {
                assertThat(refused(operation, "{ServiceNamespace: 'dynamodb', NextToken: '" + bad + "'}"))
                        .startsWith("InvalidNextTokenException: ");
            }
        }
    }

    @Test
    void anotherAccountOrNamespaceSeesNothing() {
        createTable(5);
        register(READS, 5, 100);
        assertThat(client.callScaling("DescribeScalableTargets", "{ServiceNamespace: 'ecs'}")
                        .get("ScalableTargets"))
                .isEmpty();
    }

    @Test
    void tagsBelongToTheTarget() {
        createTable(5);
        String arn = client.callScaling(
                        "RegisterScalableTarget",
                        "{" + READS + ", MinCapacity: 5, MaxCapacity: 9, Tags: {a: '1', b: '2'}}")
                .get("ScalableTargetARN")
                .asString();
        client.callScaling("TagResource", "{ResourceARN: '" + arn + "', Tags: {b: '3'}}");
        client.callScaling("UntagResource", "{ResourceARN: '" + arn + "', TagKeys: ['a', 'z']}");
        assertThat(client.callScaling("ListTagsForResource", "{ResourceARN: '" + arn + "'}"))
                .isEqualTo(Client.json("{Tags: {b: '3'}}"));
        assertThat(refused("ListTagsForResource", "{ResourceARN: '" + arn + "0'}"))
                .startsWith("ResourceNotFoundException: ");
        assertThat(refused("RegisterScalableTarget", "{" + READS + ", Tags: {a: '1'}}"))
                .startsWith("ValidationException: The scalable target that you tried to tag already exists.");
        var many = new StringBuilder("a0: ''");
        for (int i = 1; i <= 50; i++) {
            many.append(", a").append(i).append(": ''");
        }
        assertThat(refused("TagResource", "{ResourceARN: '" + arn + "', Tags: {" + many + "}}"))
                .startsWith("TooManyTagsException: ");
    }

    @Test
    void boundsAreChecked() {
        createTable(5);
        for (List<String> one : List.of(
                List.of("MinCapacity: 5, MaxCapacity: 4", "Maximum capacity cannot be less than minimum capacity"),
                List.of("MinCapacity: 0, MaxCapacity: 4", "Minimum capacity cannot be less than 1"),
                List.of("MinCapacity: 5", "Maximum capacity must be specified"),
                List.of("MaxCapacity: 5", "Minimum capacity must be specified"))) {
            String bounds = one.get(0);
            String text = one.get(1);
            assertThat(refused("RegisterScalableTarget", "{" + READS + ", " + bounds + "}"))
                    .isEqualTo("ValidationException: " + text);
        }
    }

    @Test
    void whatCannotBeScaledIsRefused() {
        createTable(5);
        for (List<String> one : List.of(
                List.of("dynamodb", "table/orders", "dynamodb:index:ReadCapacityUnits"),
                List.of("dynamodb", "table/orders/index/status", "dynamodb:table:ReadCapacityUnits"),
                List.of("dynamodb", "table/o", "dynamodb:table:ReadCapacityUnits"),
                List.of("dynamodb", "orders", "dynamodb:table:ReadCapacityUnits"),
                List.of("dynamodb", "table/orders/index/", "dynamodb:index:ReadCapacityUnits"),
                List.of("dynamodb", "table/orders", "ecs:service:DesiredCount"),
                List.of("ecs", "service/a/b", "ecs:service:DesiredCount"))) {
            String namespace = one.get(0);
            String resource = one.get(1);
            String dimension = one.get(2);
            assertThat(refused(
                            "RegisterScalableTarget",
                            "{ServiceNamespace: '%s', ResourceId: '%s', ScalableDimension: '%s', MinCapacity: 1, MaxCapacity: 2}"
                                    .formatted(namespace, resource, dimension)))
                    .isEqualTo(
                            "ValidationException: Unsupported service namespace, resource type or scalable dimension");
        }
    }

    @Test
    void anIndexMustExist() {
        createTable(5);
        assertThat(refused(
                        "RegisterScalableTarget",
                        "{" + WRITES_OF_INDEX.replace("status", "other") + ", MinCapacity: 1, MaxCapacity: 2}"))
                .isEqualTo("ValidationException: DynamoDB index does not exist: table/orders/index/other");
    }

    @Test
    void aTargetValueOutOfRangeIsRefused() {
        createTable(5);
        register(READS, 1, 5);
        for (List<String> one : List.of(
                List.of(
                        "90.1",
                        "For predefined metric type DynamoDBReadCapacityUtilization, target value must be between '10.0' and '90.0', but was '90.1'."),
                List.of(
                        "9.9",
                        "For predefined metric type DynamoDBReadCapacityUtilization, target value must be between '10.0' and '90.0', but was '9.9'."),
                List.of(
                        "0",
                        "For target tracking scaling, target value must be between '8.51592E-109' and '1.174271E108', but was '0.0'."))) {
            String value = one.get(0);
            String text = one.get(1);
            assertThat(refused("PutScalingPolicy", policy("follow", value, "Read")))
                    .isEqualTo("ValidationException: " + text);
        }
    }

    private static String policy(String name, String target, String unit) {
        return "{" + READS + """
                , PolicyName: '%s', PolicyType: 'TargetTrackingScaling',
                 TargetTrackingScalingPolicyConfiguration: {TargetValue: %s, PredefinedMetricSpecification:
                     {PredefinedMetricType: 'DynamoDB%sCapacityUtilization'}}}
                """.formatted(name, target, unit);
    }

    @Test
    void aPolicyIsCheckedAndATargetHasOne() {
        createTable(5);
        assertThat(refused("PutScalingPolicy", policy("follow", "70", "Read")))
                .isEqualTo("ObjectNotFoundException: No scalable target registered for service namespace: dynamodb,"
                        + " resource ID: table/orders, scalable dimension: dynamodb:table:ReadCapacityUnits");
        register(READS, 1, 5);
        assertThat(refused("PutScalingPolicy", policy("follow", "70", "Write")))
                .startsWith("ValidationException: Predefined metric type DynamoDBWriteCapacityUtilization");
        assertThat(refused("PutScalingPolicy", "{" + READS + ", PolicyName: 'p', PolicyType: 'StepScaling'}"))
                .startsWith("ValidationException: ");
        client.callScaling("PutScalingPolicy", policy("follow", "19.9", "Read"));
        client.callScaling("PutScalingPolicy", policy("follow", "50", "Read"));
        assertThat(refused("PutScalingPolicy", policy("other", "50", "Read")))
                .isEqualTo("ValidationException: Only one TargetTrackingScaling policy for a given metric"
                        + " specification is allowed.");
        assertThat(refused("DeleteScalingPolicy", "{" + READS + ", PolicyName: 'other'}"))
                .endsWith("scalable dimension: dynamodb:table:ReadCapacityUnits, policy name: other");
        client.callScaling("DeleteScalingPolicy", "{" + READS + ", PolicyName: 'follow'}");
    }

    @Test
    void aScheduledActionIsChecked() {
        createTable(5);
        register(READS, 1, 5);
        for (List<String> one : List.of(
                List.of(
                        "ScheduledActionName: 'a', ScalableTargetAction: {MinCapacity: 1}",
                        "A schedule must be specified"),
                List.of("ScheduledActionName: 'a', Schedule: 'rate(1 day)'", "A minimum or maximum capacity must be"),
                List.of(
                        "ScheduledActionName: 'a', Schedule: 'rate(1 day)', ScalableTargetAction: {MinCapacity: 3, MaxCapacity: 2}",
                        "Maximum capacity cannot be less"),
                List.of(
                        "ScheduledActionName: 'a', Schedule: 'never', ScalableTargetAction: {MinCapacity: 3}",
                        "Invalid schedule: 'never'"),
                List.of(
                        "ScheduledActionName: 'a', Schedule: 'at(2020-01-01T00:00:00)', ScalableTargetAction: {MinCapacity: 3}",
                        "The schedule of the action has no time"),
                List.of(
                        "ScheduledActionName: 'a', Schedule: 'rate(1 day)', Timezone: 'Mars', ScalableTargetAction: {MinCapacity: 3}",
                        "Invalid time zone: 'Mars'"),
                List.of(
                        "ScheduledActionName: 'a', Schedule: 'rate(1 day)', StartTime: 2, EndTime: 1, ScalableTargetAction: {MinCapacity: 3}",
                        "The end time of a scheduled"),
                List.of(
                        "ScheduledActionName: 'a', Schedule: 'rate(1 day)', StartTime: 999999999999, ScalableTargetAction: {MinCapacity: 3}",
                        "The start and end time"),
                List.of(
                        "ScheduledActionName: 'a:b', Schedule: 'rate(1 day)', ScalableTargetAction: {MinCapacity: 3}",
                        "Invalid scheduled action name: 'a:b'"))) {
            String members = one.get(0);
            String text = one.get(1);
            assertThat(refused("PutScheduledAction", "{" + READS + ", " + members + "}"))
                    .startsWith("ValidationException: " + text);
        }
    }
}
