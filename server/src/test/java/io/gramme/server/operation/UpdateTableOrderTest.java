package io.gramme.server.operation;

import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import io.gramme.server.FaultOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Which of several faults UpdateTable names. */
class UpdateTableOrderTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String NOT_FOUND = "Requested resource not found: Table: nowhere not found";
    private static final String TABLE = """
            {TableName: 'orders', BillingMode: 'PAY_PER_REQUEST',
             AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'a', AttributeType: 'S'}],
             KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
             GlobalSecondaryIndexes: [{IndexName: 'by-a', Projection: {ProjectionType: 'ALL'},
               KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}]}]}""";
    private static final String PROVISIONED_TABLE = """
            {TableName: 'provisioned', ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1},
             AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],
             KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]}""";

    private final Client client = Client.inMemory();

    @BeforeEach
    void createTables() {
        client.call("CreateTable", TABLE);
        client.call("CreateTable", PROVISIONED_TABLE);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @TestFactory
    Stream<DynamicTest> faultsOfAnyUpdate() {
        return FaultOrder.of(client, "UpdateTable", "{TableName: 'orders', DeletionProtectionEnabled: true}")
                .fault(
                        "no name",
                        "{TableName: null}",
                        "The parameter 'TableName' is required but was not present in the request")
                .fault(
                        "a broken constraint",
                        "{AttributeDefinitions: [{AttributeName: '', AttributeType: 'S'}]}",
                        "1 validation error detected: Value '' at 'attributeDefinitions.1.member.attributeName' failed to "
                                + "satisfy constraint: Member must have length greater than or equal to 1")
                .fault(
                        "a bad name",
                        "{TableName: 'a!c'}",
                        "1 validation error detected: Value 'a!c' at 'tableName' failed to satisfy constraint: "
                                + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+")
                .apartFrom("a broken constraint")
                .fault(
                        "what is not there yet",
                        "{GlobalTableSettingsReplicationMode: 'ENABLED'}",
                        INVALID + "GlobalTableSettingsReplicationMode is not supported yet")
                .fault("nothing to update", "{DeletionProtectionEnabled: null}", """
                        At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, \
                        GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, \
                        ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, \
                        WarmThroughput or TableClass is required""")
                .fault("no table", "{TableName: 'nowhere'}", ErrorCode.RESOURCE_NOT_FOUND, NOT_FOUND)
                .checks();
    }

    @TestFactory
    Stream<DynamicTest> changesThatAreMadeAlone() {
        return FaultOrder.of(client, "UpdateTable", "{TableName: 'orders', DeletionProtectionEnabled: true}")
                .fault(
                        "encryption and more",
                        "{SSESpecification: {Enabled: false, SSEType: 'KMS'}}",
                        INVALID + "Server-Side Encryption modification must be the only operation in the request")
                .fault(
                        "a table class and more",
                        "{TableClass: 'STANDARD'}",
                        INVALID + "TableClass modification must be the only operation in the request")
                .fault(
                        "no updates of indexes",
                        "{GlobalSecondaryIndexUpdates: []}",
                        INVALID + "List of GlobalSecondaryIndexUpdates is empty")
                .fault(
                        "deletion protection and more",
                        "{StreamSpecification: {StreamEnabled: true}}",
                        INVALID + "DeletionProtection modification must be the only operation in the request")
                .fault("no table", "{TableName: 'nowhere'}", ErrorCode.RESOURCE_NOT_FOUND, NOT_FOUND)
                .checks();
    }

    @TestFactory
    Stream<DynamicTest> changesThatDoNotGoTogether() {
        return FaultOrder.of(
                        client, "UpdateTable", "{TableName: 'orders', OnDemandThroughput: {MaxReadRequestUnits: 5}}")
                .fault(
                        "warm throughput and an index",
                        "{WarmThroughput: {ReadUnitsPerSecond: 1}, GlobalSecondaryIndexUpdates: [{Delete: {IndexName: 'by-a'}}]}",
                        INVALID + "Create global secondary index cannot be specified when updating WarmThroughput")
                .fault(
                        "warm throughput and more",
                        "{WarmThroughput: {ReadUnitsPerSecond: 1}}",
                        INVALID + "WarmThroughput must be the only operation in the request")
                .apartFrom("warm throughput and an index")
                .fault(
                        "maxima and a stream",
                        "{StreamSpecification: {StreamEnabled: true}}",
                        INVALID + "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request")
                .fault("no table", "{TableName: 'nowhere'}", ErrorCode.RESOURCE_NOT_FOUND, NOT_FOUND)
                .fault(
                        "maxima of nothing",
                        "{OnDemandThroughput: {MaxReadRequestUnits: 0}}",
                        INVALID
                                + "Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range")
                .fault(
                        "maxima above the quota",
                        "{OnDemandThroughput: {MaxWriteRequestUnits: 40001}}",
                        ErrorCode.LIMIT_EXCEEDED,
                        "Subscriber limit exceeded: Requested MaxWriteRequestUnits for OnDemandThroughput for table "
                                + "exceeds TableMaxWriteCapacityUnits of the account in region us-east-1")
                .checks();
    }

    @TestFactory
    Stream<DynamicTest> faultsOfThroughput() {
        return FaultOrder.of(
                        client,
                        "UpdateTable",
                        "{TableName: 'provisioned', ProvisionedThroughput: {ReadCapacityUnits: 7, WriteCapacityUnits: 7}}")
                .fault(
                        "a stream, too",
                        "{StreamSpecification: {StreamEnabled: true}}",
                        INVALID + "You cannot modify stream status while updating table IOPS")
                .fault(
                        "an index, too",
                        "{GlobalSecondaryIndexUpdates: [{Delete: {IndexName: 'by-a'}}, {Update: {IndexName: 'by-a'}}]}",
                        INVALID + "You cannot create or delete index while updating table IOPS")
                .fault(
                        "two updates of one index",
                        "{GlobalSecondaryIndexUpdates: [{Update: {IndexName: 'by-a'}}, {Update: {IndexName: 'by-a'}}]}",
                        INVALID
                                + "Only one global secondary index update per index is allowed simultaneously. Index: by-a")
                .fault(
                        "throughput on demand",
                        "{BillingMode: 'PAY_PER_REQUEST'}",
                        INVALID + "ProvisionedThroughput cannot be specified when BillingMode is PAY_PER_REQUEST")
                // That is a change of the billing mode then, and may be made together with an index.
                .apartFrom("an index, too")
                .fault(
                        "no throughput",
                        "{BillingMode: 'PROVISIONED', ProvisionedThroughput: null}",
                        INVALID + "ProvisionedThroughput must be specified when BillingMode is PROVISIONED")
                .apartFrom("an index, too")
                .fault(
                        "throughput out of bounds",
                        "{ProvisionedThroughput: {ReadCapacityUnits: 1000000000001}}",
                        "Given value 1000000000001 for ReadCapacityUnits is out of bounds")
                .fault("no table", "{TableName: 'nowhere'}", ErrorCode.RESOURCE_NOT_FOUND, NOT_FOUND)
                .fault(
                        "throughput above the quota",
                        "{ProvisionedThroughput: {WriteCapacityUnits: 40001}}",
                        ErrorCode.LIMIT_EXCEEDED,
                        "The requested WriteCapacityUnits, 40001, is above the per table maximum for the account in "
                                + "us-east-1. Per table maximum: 40000. Refer to the Amazon DynamoDB Developer Guide for "
                                + "current limits and how to request higher limits.")
                .checks();
    }

    @TestFactory
    Stream<DynamicTest> faultsOfAStream() {
        return FaultOrder.of(
                        client,
                        "UpdateTable",
                        "{TableName: 'orders', StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}}")
                .fault(
                        "no view",
                        "{StreamSpecification: {StreamViewType: null}}",
                        INVALID + "If stream is being enabled then UpdateViewType is required")
                .fault("no table", "{TableName: 'nowhere'}", ErrorCode.RESOURCE_NOT_FOUND, NOT_FOUND)
                .fault(
                        "a stream that is there",
                        "{StreamSpecification: {StreamViewType: 'NEW_IMAGE'}}",
                        "Table already has an enabled stream: TableName: orders")
                .checks();
    }

    /** Every request but the valid one is about another index, for that of the valid one is there soon. */
    @TestFactory
    Stream<DynamicTest> faultsOfANewIndex() {
        FaultOrder order = FaultOrder.of(client, "UpdateTable", """
                        {TableName: 'orders', AttributeDefinitions: [{AttributeName: 'b', AttributeType: 'S'}],
                         GlobalSecondaryIndexUpdates: [{Create: {IndexName: 'by-b', Projection: {ProjectionType: 'ALL'},
                           KeySchema: [{AttributeName: 'b', KeyType: 'HASH'}]}}]}""")
                .fault(
                        "a stream, too",
                        "{StreamSpecification: {StreamEnabled: true}}",
                        INVALID + "You cannot create or delete index while changing stream status")
                .fault(
                        "two things about one index",
                        "{GlobalSecondaryIndexUpdates: {'0': {Delete: {IndexName: 'by-b'}}}}",
                        INVALID
                                + "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object")
                .fault(
                        "throughput out of bounds",
                        another("ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1000000000001}"),
                        "Given value 1000000000001 for WriteCapacityUnits is out of bounds for index other")
                .fault("no table", "{TableName: 'nowhere'}", ErrorCode.RESOURCE_NOT_FOUND, NOT_FOUND)
                .fault(
                        "another index deleted",
                        "{GlobalSecondaryIndexUpdates: {'1': {Delete: {IndexName: 'by-a'}}}}",
                        ErrorCode.LIMIT_EXCEEDED,
                        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table")
                .fault(
                        "an index that is there",
                        "{GlobalSecondaryIndexUpdates: {'0': {Create: {IndexName: 'by-a'}}}}",
                        "Attempting to create an index which already exists")
                .apartFrom("another index deleted")
                .fault(
                        "throughput of an index on demand",
                        another("ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}"),
                        INVALID
                                + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: other when "
                                + "BillingMode is PAY_PER_REQUEST");
        return withSchemaFaults(order).checks();
    }

    private static FaultOrder withSchemaFaults(FaultOrder order) {
        return order.fault(
                        "no definitions",
                        "{AttributeDefinitions: null, " + another("").substring(1),
                        INVALID + "AttributeDefinitions is not specified for index: other")
                .fault(
                        "a definition twice",
                        "{AttributeDefinitions: {'1': {AttributeName: 'b', AttributeType: 'N'}}, "
                                + another("").substring(1),
                        "Attribute Name is duplicated: b")
                .fault(
                        "a key without a definition",
                        another("KeySchema: {'0': {AttributeName: 'z'}}"),
                        INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: [z], "
                                + "AttributeDefinitions: [b]")
                .fault(
                        "a key that begins with a RANGE",
                        another("KeySchema: {'0': {KeyType: 'RANGE'}}"),
                        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type")
                .fault(
                        "no projection",
                        another("Projection: {ProjectionType: null}"),
                        INVALID + "Unknown ProjectionType: null")
                .fault(
                        "maxima of nothing",
                        another("OnDemandThroughput: {MaxReadRequestUnits: 0}"),
                        INVALID
                                + "Requested MaxReadRequestUnits for OnDemandThroughput for index : other is outside of "
                                + "valid range")
                .fault(
                        "a warm throughput above the quota",
                        another("WarmThroughput: {ReadUnitsPerSecond: 40001}"),
                        ErrorCode.LIMIT_EXCEEDED,
                        "Subscriber limit exceeded: Requested ReadUnitsPerSecond for WarmThroughput for index other exceeds "
                                + "TableMaxReadCapacityUnits of the account in region us-east-1");
    }

    private static String another(String members) {
        return "{GlobalSecondaryIndexUpdates: {'0': {Create: {IndexName: 'other'"
                + (members.isEmpty() ? "" : ", " + members) + "}}}}";
    }
}
