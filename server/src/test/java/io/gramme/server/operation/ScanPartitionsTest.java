package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Client;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The capacity of a Scan: at least one minimum for each partition that it visits, as measured on the service. */
class ScanPartitionsTest {
    private final Client client = Client.at(Clock.systemUTC());

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aScanOfANewOnDemandTableCostsOneMinimumForEachOfItsFourPartitions() {
        create("BillingMode: 'PAY_PER_REQUEST'");
        assertThat(units("ConsistentRead: true")).isEqualTo(4.0);
        put("a");
        assertThat(units("ConsistentRead: true")).isEqualTo(4.0);
        assertThat(units("ConsistentRead: false")).isEqualTo(2.0);
    }

    @Test
    void aScanOfASmallProvisionedTableCostsOneMinimum() {
        create("BillingMode: 'PROVISIONED', ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}");
        put("a");
        assertThat(units("ConsistentRead: true")).isEqualTo(1.0);
        assertThat(units("ConsistentRead: false")).isEqualTo(0.5);
    }

    @Test
    void aSegmentCostsTheMinimaOfThePartitionsThatItVisits() {
        create("BillingMode: 'PAY_PER_REQUEST'");
        for (int segment = 0; segment < 4; segment++) {
            assertThat(units("ConsistentRead: true, TotalSegments: 4, Segment: " + segment))
                    .as("segment %d", segment)
                    .isEqualTo(1.0);
        }
        assertThat(units("ConsistentRead: true, TotalSegments: 2, Segment: 1")).isEqualTo(2.0);
    }

    @Test
    void aGlobalIndexHasPartitionsOfItsOwnAndASplitAddsOne() {
        create("BillingMode: 'PAY_PER_REQUEST', GlobalSecondaryIndexes: [{IndexName: 'by-pk',"
                + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}], Projection: {ProjectionType: 'ALL'}}]");
        put("a");
        assertThat(units("IndexName: 'by-pk'")).isEqualTo(2.0);
        client.splitPartitions(1);
        assertThat(units("ConsistentRead: true")).isEqualTo(5.0);
        assertThat(units("IndexName: 'by-pk'")).isEqualTo(2.0);
        client.splitPartitions(1_000_000);
        client.splitPartitions(1);
        assertThat(units("ConsistentRead: true")).isEqualTo(6.0);
    }

    @Test
    void warmThroughputSplitsPartitionsUntilThereAreEnough() {
        create("BillingMode: 'PAY_PER_REQUEST'");
        client.call(
                "UpdateTable",
                "{TableName: 'Music', WarmThroughput: {ReadUnitsPerSecond: 20000, WriteUnitsPerSecond: 6000}}");
        for (int round = 0; round < 10; round++) {
            client.splitPartitions(Long.MAX_VALUE);
        }
        assertThat(units("ConsistentRead: true")).isEqualTo(7.0);
    }

    private void create(String how) {
        client.call(
                "CreateTable",
                "{TableName: 'Music', " + how + ","
                        + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],"
                        + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]}");
    }

    private void put(String key) {
        client.call("PutItem", "{TableName: 'Music', Item: {pk: {S: '" + key + "'}}}");
    }

    private double units(String how) {
        return client.call("Scan", "{TableName: 'Music', ReturnConsumedCapacity: 'TOTAL', " + how + "}")
                .at("/ConsumedCapacity/CapacityUnits")
                .asDouble();
    }
}
