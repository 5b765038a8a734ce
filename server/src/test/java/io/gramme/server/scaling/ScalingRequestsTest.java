package io.gramme.server.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What requests set, show and are refused. */
class ScalingRequestsTest extends ScaledTable {
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
