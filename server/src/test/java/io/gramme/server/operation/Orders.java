package io.gramme.server.operation;

import static io.gramme.server.operation.ControlPlane.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.GlobalSecondaryIndexDescription;
import io.gramme.api.ProvisionedThroughputDescription;
import io.gramme.api.TableDescription;

/** A table called orders, and requests that update it. */
final class Orders {
    static final String INVALID = "VALIDATION: One or more parameter values were invalid: ";
    static final String IN_USE = "RESOURCE_IN_USE: Attempt to change a resource which is still in use: ";
    static final String LIMIT = "LIMIT_EXCEEDED: Subscriber limit exceeded: ";
    static final String NOTHING = "VALIDATION: At least one of ProvisionedThroughput, BillingMode, "
            + "UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, "
            + "MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, "
            + "OnDemandThroughput, WarmThroughput or TableClass is required";
    static final String ADD = "AttributeDefinitions: [{AttributeName: 'b', AttributeType: 'S'}], "
            + "GlobalSecondaryIndexUpdates: [{Create: {IndexName: 'by-b', "
            + "KeySchema: [{AttributeName: 'b', KeyType: 'HASH'}], Projection: {ProjectionType: 'ALL'}";
    static final String ADD_ON_DEMAND = ADD + "}}]";
    static final String STREAM = "StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_IMAGE'}";

    final ControlPlane control = ControlPlane.slow();

    static String units(int read, int write) {
        return "ProvisionedThroughput: {ReadCapacityUnits: " + read + ", WriteCapacityUnits: " + write + "}";
    }

    static String updateIndex(String members) {
        return "GlobalSecondaryIndexUpdates: [{Update: {IndexName: 'by-a', " + members + "}}]";
    }

    static String deleteIndex(String name) {
        return "GlobalSecondaryIndexUpdates: [{Delete: {IndexName: '" + name + "'}}]";
    }

    /** A table with the global index by-a and the local index local-a. */
    void table(String billing, String indexThroughput) {
        control.create("""
                {TableName: 'orders', %s,
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'},
                   {AttributeName: 'sk', AttributeType: 'S'}, {AttributeName: 'a', AttributeType: 'S'}],
                 KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],
                 LocalSecondaryIndexes: [{IndexName: 'local-a', Projection: {ProjectionType: 'ALL'},
                   KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'a', KeyType: 'RANGE'}]}],
                 GlobalSecondaryIndexes: [{IndexName: 'by-a', Projection: {ProjectionType: 'ALL'}%s,
                   KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}]}]}""".formatted(billing, indexThroughput));
        control.settle();
    }

    void onDemand() {
        table("BillingMode: 'PAY_PER_REQUEST'", "");
    }

    void provisioned() {
        table(units(5, 5), ", " + units(2, 2));
    }

    TableDescription update(String... members) {
        return control.update("{TableName: 'orders', " + String.join(", ", members) + "}");
    }

    String refused(String... members) {
        return refusal(() -> update(members));
    }

    TableDescription settled() {
        control.settle();
        return control.describe("orders");
    }

    static GlobalSecondaryIndexDescription index(TableDescription table, String name) {
        return table.globalSecondaryIndexes().orElseThrow().stream()
                .filter(index -> index.indexName().orElseThrow().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static void assertUnits(ProvisionedThroughputDescription throughput, long read, long write) {
        assertThat(throughput.readCapacityUnits()).contains(read);
        assertThat(throughput.writeCapacityUnits()).contains(write);
    }
}
