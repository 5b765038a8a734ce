package io.gramme.server.operation;

import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import io.gramme.server.FaultOrder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Which of several faults CreateTable names. */
class CreateTableOrderTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String CONSTRAINT = "' failed to satisfy constraint: ";
    private static final String PROVISIONED = """
            {TableName: 'orders', ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5},
             AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'sk', AttributeType: 'S'},
               {AttributeName: 'a', AttributeType: 'S'}, {AttributeName: 'b', AttributeType: 'S'}],
             KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],
             LocalSecondaryIndexes: [{IndexName: 'local-a', Projection: {ProjectionType: 'ALL'},
               KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'a', KeyType: 'RANGE'}]}],
             GlobalSecondaryIndexes: [{IndexName: 'by-a', Projection: {ProjectionType: 'ALL'},
               ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1},
               KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}, {AttributeName: 'b', KeyType: 'RANGE'}]}]}""";
    private static final String ON_DEMAND = """
            {TableName: 'orders', BillingMode: 'PAY_PER_REQUEST',
             AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],
             KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
             GlobalSecondaryIndexes: [{IndexName: 'by-pk', Projection: {ProjectionType: 'ALL'},
               KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]}]}""";

    private final Client client = Client.inMemory();

    @AfterEach
    void close() {
        client.close();
    }

    @TestFactory
    Stream<DynamicTest> faultsOfAProvisionedTable() {
        FaultOrder order = FaultOrder.of(client, "CreateTable", PROVISIONED)
                .fault(
                        "no name",
                        "{TableName: null}",
                        "The parameter 'TableName' is required but was not present in the request")
                .fault(
                        "a broken constraint",
                        "{GlobalSecondaryIndexes: {'0': {IndexName: 'g1'}}}",
                        "1 validation error detected: Value 'g1' at 'globalSecondaryIndexes.1.member.indexName"
                                + CONSTRAINT + "Member must have length greater than or equal to 3")
                .fault(
                        "a bad name",
                        "{TableName: 'ab'}",
                        "1 validation error detected: Value 'ab' at 'tableName" + CONSTRAINT
                                + "Member must have length greater than or equal to 3")
                .apartFrom("a broken constraint")
                .fault(
                        "what is not there yet",
                        "{GlobalTableSettingsReplicationMode: 'ENABLED'}",
                        INVALID + "GlobalTableSettingsReplicationMode is not supported yet")
                .fault(
                        "no key",
                        "{KeySchema: null}",
                        "1 validation error detected: Value null at 'keySchema" + CONSTRAINT
                                + "Member must not be null")
                .fault(
                        "a key of three",
                        "{KeySchema: {'2': {AttributeName: 'a', KeyType: 'RANGE'}}}",
                        "1 validation error detected: Value '[KeySchemaElement(attributeName=pk, keyType=HASH), "
                                + "KeySchemaElement(attributeName=sk, keyType=RANGE), "
                                + "KeySchemaElement(attributeName=a, keyType=RANGE)]' at 'keySchema" + CONSTRAINT
                                + "Member must have length less than or equal to 2");
        return withGlobalIndexFaults(withLocalIndexFaults(withKeyFaults(order))).checks();
    }

    private static FaultOrder withKeyFaults(FaultOrder order) {
        return order.fault(
                        "no throughput",
                        "{ProvisionedThroughput: null}",
                        INVALID + "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
                                + "PROVISIONED")
                .fault(
                        "throughput out of bounds",
                        "{ProvisionedThroughput: {ReadCapacityUnits: 1000000000001}}",
                        "Given value 1000000000001 for ReadCapacityUnits is out of bounds")
                .fault(
                        "a definition twice",
                        "{AttributeDefinitions: {'4': {AttributeName: 'pk', AttributeType: 'N'}}}",
                        "Attribute Name is duplicated: pk")
                .fault(
                        "a key without a definition",
                        "{KeySchema: {'1': {AttributeName: 'x'}}}",
                        "Invalid KeySchema: Some index key attribute have no definition")
                .apartFrom("a key of three")
                .fault(
                        "one attribute for both keys",
                        "{KeySchema: {'1': {AttributeName: 'pk'}}}",
                        "Both the Hash Key and the Range Key element in the KeySchema have the same name")
                .apartFrom("a key of three")
                .fault(
                        "a first key that is no HASH",
                        "{KeySchema: {'0': {KeyType: 'RANGE'}}}",
                        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type")
                .apartFrom("a key of three")
                .fault(
                        "a second key that is no RANGE",
                        "{KeySchema: {'1': {KeyType: 'HASH'}}}",
                        "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type")
                .apartFrom("a key of three");
    }

    private static FaultOrder withLocalIndexFaults(FaultOrder order) {
        return order.fault(
                        "no local index",
                        "{LocalSecondaryIndexes: []}",
                        INVALID + "List of LocalSecondaryIndexes is empty")
                .fault(
                        "a local key without a definition",
                        "{LocalSecondaryIndexes: {'0': {KeySchema: {'1': {AttributeName: 'y'}}}}}",
                        INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: [pk, y], "
                                + "AttributeDefinitions: [pk, sk, a, b]")
                .fault(
                        "a first local key that is no HASH",
                        "{LocalSecondaryIndexes: {'0': {KeySchema: {'0': {KeyType: 'RANGE'}}}}}",
                        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type")
                .fault(
                        "a local key of another partition",
                        "{LocalSecondaryIndexes: {'0': {KeySchema: {'0': {AttributeName: 'b'}}}}}",
                        INVALID
                                + "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
                                + "local-a. index hash key: b, table hash key: pk")
                // The words name the attributes of the key, which this changes.
                .apartFrom("a local key without a definition");
    }

    private static FaultOrder withGlobalIndexFaults(FaultOrder order) {
        return order.fault(
                        "no global index",
                        "{GlobalSecondaryIndexes: []}",
                        INVALID + "List of GlobalSecondaryIndexes is empty")
                .fault(
                        "a global key without a definition",
                        "{GlobalSecondaryIndexes: {'0': {KeySchema: {'0': {AttributeName: 'z'}}}}}",
                        INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: [z, b], "
                                + "AttributeDefinitions: [pk, sk, a, b]")
                .fault(
                        "a global key that begins with a RANGE",
                        "{GlobalSecondaryIndexes: {'0': {KeySchema: {'0': {KeyType: 'RANGE'}}}}}",
                        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type")
                .fault(
                        "a local index of no projection",
                        "{LocalSecondaryIndexes: {'0': {Projection: {ProjectionType: null}}}}",
                        INVALID + "Unknown ProjectionType: null")
                .fault(
                        "a global index without throughput",
                        "{GlobalSecondaryIndexes: {'0': {ProvisionedThroughput: null}}}",
                        INVALID + "ProvisionedThroughput is not specified for index: by-a")
                .fault(
                        "a global index of no attributes",
                        "{GlobalSecondaryIndexes: {'0': {Projection: {ProjectionType: 'INCLUDE'}}}}",
                        INVALID + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified")
                .fault(
                        "maxima of a provisioned index",
                        "{GlobalSecondaryIndexes: {'0': {OnDemandThroughput: {MaxReadRequestUnits: 1}}}}",
                        INVALID + "MaxReadRequestUnits for OnDemandThroughput for index: by-a cannot be specified when "
                                + "table BillingMode is PROVISIONED.")
                .fault(
                        "a name twice",
                        "{GlobalSecondaryIndexes: {'0': {IndexName: 'local-a'}}}",
                        INVALID + "Duplicate index name: local-a")
                // The words name the index, which this changes.
                .apartFrom("a global index without throughput", "maxima of a provisioned index")
                .fault(
                        "maxima of a provisioned table",
                        "{OnDemandThroughput: {MaxWriteRequestUnits: 1}}",
                        INVALID
                                + "MaxWriteRequestUnits for OnDemandThroughput cannot be specified when table BillingMode "
                                + "is PROVISIONED.")
                .fault(
                        "a warm throughput below the other",
                        "{WarmThroughput: {WriteUnitsPerSecond: 1}}",
                        INVALID + "Requested WriteUnitsPerSecond for WarmThroughput for table is lower than "
                                + "WriteCapacityUnits of ProvisionedThroughput");
    }

    @TestFactory
    Stream<DynamicTest> faultsOfATableOnDemand() {
        client.call("CreateTable", ON_DEMAND.replace("orders", "taken"));
        String nineteenMore = IntStream.range(1, 21)
                .mapToObj(i -> "'" + i + "': {IndexName: 'more-" + i + "', Projection: {ProjectionType: 'ALL'}, "
                        + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]}")
                .collect(Collectors.joining(", "));
        FaultOrder order = FaultOrder.of(client, "CreateTable", ON_DEMAND)
                .fault(
                        "throughput",
                        "{ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}}",
                        INVALID
                                + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                                + "PAY_PER_REQUEST")
                .fault(
                        "a local index without a range key",
                        """
                        {LocalSecondaryIndexes: [{IndexName: 'local', Projection: {ProjectionType: 'ALL'},
                          KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'x', KeyType: 'RANGE'}]}]}""",
                        INVALID + "Table KeySchema does not have a range key, which is required when specifying a "
                                + "LocalSecondaryIndex")
                .fault(
                        "a definition that nothing uses",
                        "{AttributeDefinitions: {'1': {AttributeName: 'x', AttributeType: 'S'}}}",
                        INVALID
                                + "Some AttributeDefinitions are not used. AttributeDefinitions: [pk, x], keys used: [pk]")
                .fault(
                        "throughput of an index",
                        "{GlobalSecondaryIndexes: {'0': {ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}}}}",
                        INVALID + "ProvisionedThroughput should not be specified for index: by-pk when BillingMode is "
                                + "PAY_PER_REQUEST")
                .fault(
                        "attributes of an index that has them all",
                        "{GlobalSecondaryIndexes: {'0': {Projection: {NonKeyAttributes: ['x']}}}}",
                        INVALID + "ProjectionType is ALL, but NonKeyAttributes is specified")
                .fault(
                        "maxima of nothing",
                        "{GlobalSecondaryIndexes: {'0': {OnDemandThroughput: {MaxReadRequestUnits: 0}}}}",
                        INVALID
                                + "Requested MaxReadRequestUnits for OnDemandThroughput for index : by-pk is outside of "
                                + "valid range")
                .fault(
                        "too many indexes",
                        "{GlobalSecondaryIndexes: {" + nineteenMore + "}}",
                        INVALID + "GlobalSecondaryIndex count exceeds the per-table limit of 20");
        return withSettingsFaults(order).checks();
    }

    private static FaultOrder withSettingsFaults(FaultOrder order) {
        return order.fault(
                        "a warm throughput below the initial one",
                        "{WarmThroughput: {ReadUnitsPerSecond: 1}}",
                        INVALID + "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than initial "
                                + "throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/"
                                + "developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial")
                .fault(
                        "a view of no stream",
                        "{StreamSpecification: {StreamEnabled: false, StreamViewType: 'KEYS_ONLY'}}",
                        INVALID
                                + "Table is being created with a stream disabled, UpdateViewType should not be specified")
                .fault(
                        "a key of no encryption",
                        "{SSESpecification: {Enabled: false, SSEType: 'KMS'}}",
                        INVALID + "SSEType can not be specified if Enabled is false")
                .fault(
                        "a reserved tag",
                        "{Tags: [{Key: 'aws:x', Value: ''}]}",
                        "Tag Key cannot be prefixed with aws:, Key: aws:x")
                .fault(
                        "a name that is taken",
                        "{TableName: 'taken'}",
                        ErrorCode.RESOURCE_IN_USE,
                        "Table already exists: taken")
                .fault(
                        "more than the quota",
                        // The name of the valid request is taken by now.
                        "{TableName: 'another', OnDemandThroughput: {MaxReadRequestUnits: 40001}}",
                        ErrorCode.LIMIT_EXCEEDED,
                        "Subscriber limit exceeded: Requested MaxReadRequestUnits for OnDemandThroughput for table exceeds "
                                + "TableMaxReadCapacityUnits of the account in region us-east-1");
    }
}
