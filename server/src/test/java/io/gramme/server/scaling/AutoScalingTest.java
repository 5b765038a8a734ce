package io.gramme.server.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What auto scaling does as time passes. */
class AutoScalingTest extends ScaledTable {
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
    void ofSeveralActionsThatAreOverdueTheLatestHasTheLastWord() {
        createTable(5);
        register(READS, 5, 100);
        for (String[] action : new String[][] {{"first", "03", "40"}, {"second", "02", "20"}}) {
            client.callScaling("PutScheduledAction", "{" + READS + """
                    , ScheduledActionName: '%s', Schedule: 'at(2027-01-01T06:%s:00)',
                     ScalableTargetAction: {MinCapacity: %s}}""".formatted((Object[]) action));
        }
        now = now.plus(Duration.ofMinutes(10));
        runPass();
        assertThat(readUnits()).isEqualTo(40);
    }

    @Test
    void aClockThatIsSetBackDoesNotStopScaling() {
        createTable(5);
        register(READS, 5, 100);
        putPolicy("");
        now = now.plus(Duration.ofDays(1));
        runPass();
        now = START;
        assertThat(minutes(3, 35)).endsWith(50L);
    }

    @Test
    void boundsThatCannotBeEnforcedAtPresentAreEnforcedLater() {
        createTable(5);
        register(READS, 1, 100);
        for (long units : new long[] {4, 3, 2, 1, 50}) {
            client.call("UpdateTable", """
                    {TableName: 'orders', ProvisionedThroughput: {ReadCapacityUnits: %d, WriteCapacityUnits: 5}}""".formatted(units));
        }
        register(READS, 1, 20);
        assertThat(minutes(10, 0)).containsOnly(50L);
        assertThat(activities()).hasSize(1);
        // An hour after the last decrease there is one more.
        assertThat(minutes(60, 0)).endsWith(20L);
        assertThat(activities().getFirst().get("StatusCode").asString()).isEqualTo("Successful");
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
}
