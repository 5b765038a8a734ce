package io.gramme.server.scaling;

import io.gramme.server.Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaAutoScalingTest {
    private static final String UPDATE = "UpdateTableReplicaAutoScaling";

    private final Client client = Client.inMemory();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aTableThatIsNotGlobalDoesNotExistHere() {
        String text = "Global table with name: 'orders' does not exist.";
        client.refuses("DescribeTableReplicaAutoScaling", "{TableName: 'orders'}", text);
        client.refuses(
                "DescribeTableReplicaAutoScaling",
                "{TableName: 'arn:aws:dynamodb:us-east-1:000000000000:table/orders'}",
                text);
        client.refuses(
                UPDATE,
                "{TableName: 'orders', ProvisionedWriteCapacityAutoScalingUpdate: {AutoScalingDisabled: true}}",
                text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "' ' | ’ because at least one update parameter must be specified.",
                ", ReplicaUpdates: [{RegionName: 'eu-west-1'}] | ’ because at least one update parameter must be specified for region: ‘eu-west-1’.",
                ", ReplicaUpdates: [{RegionName: 'eu-west-1'}, {RegionName: 'eu-west-1'}] | ’ because the regions: ‘[eu-west-1]’ were specified more than once.",
                ", ProvisionedWriteCapacityAutoScalingUpdate: {} | ’: Parameters 'MaximumUnits', 'ScalingPolicyUpdate', 'MinimumUnits' are required unless auto scaling is being disabled.",
                ", ProvisionedWriteCapacityAutoScalingUpdate: {MinimumUnits: 1} | ’: Parameters 'MaximumUnits', 'ScalingPolicyUpdate' are required unless auto scaling is being disabled.",
                ", ProvisionedWriteCapacityAutoScalingUpdate: {AutoScalingDisabled: true, MinimumUnits: 1, MaximumUnits: 2} | ’: Parameters 'MaximumUnits', 'MinimumUnits' must be left blank when disabling auto scaling.",
            })
    void anIncompleteUpdateIsRefused(String members, String text) {
        client.refuses(
                UPDATE,
                "{TableName: 'orders'" + members + "}",
                "Failed to update settings for global table with name: ‘orders" + text);
    }
}
