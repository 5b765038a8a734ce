package io.gramme.server.operation;

import io.gramme.server.Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every message of CreateTable that was captured from the service. */
class CapturedMessagesTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String DEFINITIONS = "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, "
            + "{AttributeName: 'sk', AttributeType: 'S'}], ";
    private static final String KEY =
            "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}], ";
    private static final String ON_DEMAND = "TableName: 'orders', BillingMode: 'PAY_PER_REQUEST'";
    private static final String HASH_ONLY = "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}], "
            + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}], ";

    private final Client client = Client.inMemory();

    @AfterEach
    void close() {
        client.close();
    }

    private void refused(String members, String message) {
        client.refuses("CreateTable", "{" + members + "}", message);
    }

    private static String indexes(String global, String local) {
        return """
                GlobalSecondaryIndexes: [{IndexName: '%s', Projection: {ProjectionType: 'ALL'},
                  KeySchema: [{AttributeName: 'sk', KeyType: 'HASH'}]}],
                LocalSecondaryIndexes: [{IndexName: '%s', Projection: {ProjectionType: 'ALL'},
                  KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}]}],
                """.formatted(global, local);
    }

    @Test
    void constraints() {
        refused(
                DEFINITIONS + KEY + "BillingMode: 'PAY_PER_REQUEST'",
                "The parameter 'TableName' is required but was not present in the request");
        refused(
                DEFINITIONS + KEY + ON_DEMAND.replace("orders", "ab"),
                "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 3");
        refused(
                DEFINITIONS.replaceFirst("'S'", "'INVALID'") + KEY + ON_DEMAND,
                "1 validation error detected: Value 'INVALID' at 'attributeDefinitions.1.member.attributeType' failed to "
                        + "satisfy constraint: Member must satisfy enum value set: [B, N, S]");
        refused(
                DEFINITIONS + KEY.replaceFirst("'HASH'", "'INVALID'") + ON_DEMAND,
                "1 validation error detected: Value 'INVALID' at 'keySchema.1.member.keyType' failed to satisfy "
                        + "constraint: Member must satisfy enum value set: [HASH, RANGE]");
    }

    @Test
    void severalConstraintsAtOnce() {
        for (var names : new String[][] {{"g1", "l1"}, {"zz", "aa"}}) {
            refused(
                    DEFINITIONS + KEY + indexes(names[0], names[1]) + ON_DEMAND,
                    "2 validation errors detected: Value '" + names[0]
                            + "' at 'globalSecondaryIndexes.1.member.indexName' failed to satisfy constraint: Member must "
                            + "have length greater than or equal to 3; Value '" + names[1]
                            + "' at 'localSecondaryIndexes.1.member.indexName' failed to satisfy constraint: Member must "
                            + "have length greater than or equal to 3");
        }
    }

    @Test
    void keysAndIndexes() {
        refused(
                "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}], " + KEY + ON_DEMAND,
                "Invalid KeySchema: Some index key attribute have no definition");
        refused(
                DEFINITIONS + KEY + indexes("sameIndex", "sameIndex") + ON_DEMAND,
                INVALID + "Duplicate index name: sameIndex");
        refused(
                DEFINITIONS + KEY + indexes("global", "local").replaceFirst("'ALL'", "'INCLUDE'") + ON_DEMAND,
                INVALID + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
        refused(
                HASH_ONLY + indexes("global", "local") + ON_DEMAND,
                INVALID + "Table KeySchema does not have a range key, which is required when specifying a "
                        + "LocalSecondaryIndex");
    }

    @Test
    void settings() {
        refused(
                HASH_ONLY + "ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}, " + ON_DEMAND,
                INVALID + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                        + "PAY_PER_REQUEST");
        refused(
                HASH_ONLY + "StreamSpecification: {StreamEnabled: false, StreamViewType: 'NEW_IMAGE'}, " + ON_DEMAND,
                INVALID + "Table is being created with a stream disabled, UpdateViewType should not be specified");
    }
}
