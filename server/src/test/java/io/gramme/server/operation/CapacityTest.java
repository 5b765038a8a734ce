package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** ConsumedCapacity of every operation on items, as a whole. */
class CapacityTest {
    private static final String KEY = "Key: {pk: {S: 'a'}, sk: {N: '1'}}";

    private final Client client = Faults.client();

    @BeforeEach
    void anotherTable() {
        client.call("CreateTable", """
                {TableName: 'Plain', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
                 AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}]}""");
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void put(int sk, String attributes) {
        client.call("PutItem", "{TableName: 'Orders', Item: {pk: {S: 'a'}, sk: {N: '" + sk + "'}" + attributes + "}}");
    }

    private static String text(int length) {
        return "{S: '" + "x".repeat(length) + "'}";
    }

    /** Checks what a request on Orders consumes, in the words of INDEXES. */
    private void consumes(String operation, String request, String consumed) {
        JsonNode answer =
                client.call(operation, "{TableName: 'Orders', ReturnConsumedCapacity: 'INDEXES', " + request + "}");
        assertThat(answer.get("ConsumedCapacity")).isEqualTo(Client.json("{TableName: 'Orders', " + consumed + "}"));
    }

    private static String table(double units) {
        return "CapacityUnits: " + units + ", Table: {CapacityUnits: " + units + "}";
    }

    private static String arms(double total, double table, String arms) {
        return "CapacityUnits: " + total + ", Table: {CapacityUnits: " + table + "}, " + arms;
    }

    @Test
    void howMuchIsShownIsAsAsked() {
        put(1, "");
        client.answers("GetItem", "{TableName: 'Orders', " + KEY + "}", "{Item: {pk: {S: 'a'}, sk: {N: '1'}}}");
        client.answers(
                "GetItem",
                "{TableName: 'Orders', ReturnConsumedCapacity: 'NONE', " + KEY + "}",
                "{Item: {pk: {S: 'a'}, sk: {N: '1'}}}");
        client.answers("GetItem", "{TableName: 'Orders', ReturnConsumedCapacity: 'TOTAL', " + KEY + "}", """
                {Item: {pk: {S: 'a'}, sk: {N: '1'}}, ConsumedCapacity: {TableName: 'Orders', CapacityUnits: 0.5}}""");
        client.answers("GetItem", "{TableName: 'Orders', ReturnConsumedCapacity: 'INDEXES', " + KEY + "}", """
                {Item: {pk: {S: 'a'}, sk: {N: '1'}},
                 ConsumedCapacity: {TableName: 'Orders', CapacityUnits: 0.5, Table: {CapacityUnits: 0.5}}}""");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "4096, 1", "4097, 2", "8192, 2", "409600, 100"})
    void aReadCostsAUnitForEach4KilobytesAndHalfOfItIfEventual(int size, double units) {
        if (size > 0) {
            put(1, ", v: " + text(size - (3 + 4 + 1)));
        }
        consumes("GetItem", KEY + ", ConsistentRead: true", table(units));
        consumes("GetItem", KEY, table(units / 2));
        consumes("GetItem", KEY + ", ProjectionExpression: 'pk'", table(units / 2));
    }

    @ParameterizedTest
    @CsvSource({"8, 1", "1024, 1", "1025, 2", "409600, 400"})
    void aWriteCostsAUnitForEachKilobyteOfTheLargerImage(int size, double units) {
        String large = "Item: {pk: {S: 'a'}, sk: {N: '1'}, v: " + text(size - (3 + 4 + 1)) + "}";
        String small = "Item: {pk: {S: 'a'}, sk: {N: '1'}}";
        consumes("PutItem", large, table(units));
        consumes("PutItem", small, table(units));
        consumes("PutItem", small, table(1));
        consumes("PutItem", large, table(units));
        if (size < 409_600) {
            consumes("UpdateItem", KEY + ", UpdateExpression: 'REMOVE nothing'", table(units));
        }
        consumes("UpdateItem", KEY + ", UpdateExpression: 'REMOVE v'", table(units));
        consumes("PutItem", large, table(units));
        consumes("DeleteItem", KEY, table(units));
    }

    @Test
    void whatIsNotThereCostsOneUnitToWrite() {
        consumes("DeleteItem", KEY, table(1));
        consumes("UpdateItem", KEY + ", UpdateExpression: 'REMOVE v'", table(1));
        consumes("UpdateItem", KEY, table(1));
    }

    @Test
    void aRefusalSaysNothingOfCapacity() {
        var refusal = client.refuses(
                "PutItem",
                "{TableName: 'Orders', Item: {pk: {S: 'a'}, sk: {N: '1'}}, ConditionExpression: 'attribute_exists(pk)',"
                        + " ReturnConsumedCapacity: 'INDEXES'}",
                "The conditional request failed");
        assertThat(refusal.item()).isEmpty();
    }

    @Test
    void anEntryThatComesOrGoesCostsItsKilobytes() {
        String entries = ", g: {S: 'g'}, l: {S: 'l'}, b: {B: 'AA=='}, inc: " + text(1_500) + ", v: " + text(3_000);
        // The item has 4.5 KB; of the indexes one carries keys, one the 1.5 KB, and one everything.
        String arms = "LocalSecondaryIndexes: {local: {CapacityUnits: 1.0}},"
                + " GlobalSecondaryIndexes: {include: {CapacityUnits: 2.0}, binary: {CapacityUnits: 5.0}}";
        String item = "Item: {pk: {S: 'a'}, sk: {N: '1'}" + entries + "}";
        consumes("PutItem", item, arms(13, 5, arms));
        consumes("PutItem", item, table(5));
        consumes("DeleteItem", KEY, arms(13, 5, arms));
    }

    @Test
    void anEntryThatMovesIsPaidForTwiceAndOneThatLooksTheSameNotAtAll() {
        put(1, ", g: {S: 'g'}, l: {S: 'l'}, inc: " + text(1_500));
        consumes(
                "UpdateItem",
                KEY + ", UpdateExpression: 'SET g = :h', ExpressionAttributeValues: {':h': {S: 'h'}}",
                arms(6, 2, "GlobalSecondaryIndexes: {include: {CapacityUnits: 4.0}}"));
        consumes(
                "UpdateItem",
                KEY + ", UpdateExpression: 'SET l = :m', ExpressionAttributeValues: {':m': {S: 'm'}}",
                arms(4, 2, "LocalSecondaryIndexes: {local: {CapacityUnits: 2.0}}"));
        consumes(
                "UpdateItem",
                KEY + ", UpdateExpression: 'SET v = :v', ExpressionAttributeValues: {':v': {S: 'far'}}",
                table(2));
        consumes(
                "UpdateItem",
                KEY + ", UpdateExpression: 'SET inc = :i', ExpressionAttributeValues: {':i': {S: 'short'}}",
                arms(4, 2, "GlobalSecondaryIndexes: {include: {CapacityUnits: 2.0}}"));
        consumes(
                "UpdateItem",
                KEY + ", UpdateExpression: 'REMOVE g'",
                arms(2, 1, "GlobalSecondaryIndexes: {include: {CapacityUnits: 1.0}}"));
    }

    @Test
    void aSetInAnotherOrderChangesNoEntry() {
        put(1, ", g: {S: 'g'}, inc: {SS: ['a', 'b']}");
        consumes("PutItem", "Item: {pk: {S: 'a'}, sk: {N: '1'}, g: {S: 'g'}, inc: {SS: ['b', 'a']}}", table(1));
    }

    @Test
    void aQueryAddsUpWhatItEvaluates() {
        for (int i = 0; i < 5; i++) {
            put(i, ", v: " + text(2_000));
        }
        String all = "KeyConditionExpression: 'pk = :a', ExpressionAttributeValues: {':a': {S: 'a'}}";
        // Five times 2,008 bytes are three units; each by itself would be five.
        consumes("Query", all + ", ConsistentRead: true", table(3));
        consumes("Query", all, table(1.5));
        consumes("Query", all + ", Select: 'COUNT'", table(1.5));
        consumes("Query", all + ", ProjectionExpression: 'pk'", table(1.5));
        consumes("Query", all + ", FilterExpression: 'attribute_not_exists(v)'", table(1.5));
        consumes("Query", all + ", Limit: 2", table(0.5));
        consumes("Query", all.replace("'a'", "'none'"), table(0.5));
        consumes("Query", all.replace("'a'", "'none'") + ", ConsistentRead: true", table(1));
    }

    @Test
    void aScanAddsUpWhatItEvaluates() {
        // Four partitions, of which one has all items.
        consumes("Scan", "ConsistentRead: true", table(4));
        for (int i = 0; i < 5; i++) {
            put(i, ", v: " + text(2_000));
        }
        consumes("Scan", "ConsistentRead: true", table(6));
        consumes("Scan", "FilterExpression: 'attribute_not_exists(v)'", table(3));
        consumes("Scan", "Select: 'COUNT', Limit: 3", table(1));
    }

    @Test
    void aReadOfAnIndexCostsTheSizeOfItsEntries() {
        for (int i = 0; i < 5; i++) {
            put(i, ", g: {S: 'g'}, l: {S: 'l'}, inc: " + text(2_000) + ", v: " + text(5_000));
        }
        consumes(
                "Query",
                "IndexName: 'include', KeyConditionExpression: 'g = :g', ExpressionAttributeValues: {':g': {S: 'g'}}",
                arms(1.5, 0, "GlobalSecondaryIndexes: {include: {CapacityUnits: 1.5}}"));
        consumes(
                "Query",
                "IndexName: 'local', KeyConditionExpression: 'pk = :a', ExpressionAttributeValues: {':a': {S: 'a'}},"
                        + " ConsistentRead: true",
                arms(1, 0, "LocalSecondaryIndexes: {local: {CapacityUnits: 1.0}}"));
        consumes("Scan", "IndexName: 'binary'", arms(2, 0, "GlobalSecondaryIndexes: {binary: {CapacityUnits: 2.0}}"));
    }

    @Test
    void whatALocalIndexFetchesIsPaidForItemByItem() {
        for (int i = 0; i < 5; i++) {
            put(i, ", l: {S: 'l'}, v: " + text(5_000));
        }
        String query =
                "IndexName: 'local', KeyConditionExpression: 'pk = :a', ExpressionAttributeValues: {':a': {S: 'a'}}";
        consumes(
                "Query",
                query + ", Select: 'ALL_ATTRIBUTES'",
                arms(5.5, 5, "LocalSecondaryIndexes: {local: {CapacityUnits: 0.5}}"));
        consumes(
                "Query",
                query + ", ProjectionExpression: 'v', ConsistentRead: true",
                arms(11, 10, "LocalSecondaryIndexes: {local: {CapacityUnits: 1.0}}"));
        consumes(
                "Query",
                query + ", ProjectionExpression: 'sk'",
                arms(0.5, 0, "LocalSecondaryIndexes: {local: {CapacityUnits: 0.5}}"));
    }

    @Test
    void aBatchRoundsEachItemAndAddsUpByTable() {
        put(1, ", g: {S: 'g'}, v: " + text(1_500));
        client.call("PutItem", "{TableName: 'Plain', Item: {id: {S: 'a'}, v: " + text(5_000) + "}}");
        String keys = "{RequestItems: {Orders: {Keys: [{pk: {S: 'a'}, sk: {N: '1'}}, {pk: {S: 'a'}, sk: {N: '2'}}],"
                + " ProjectionExpression: 'pk'}, Plain: {Keys: [{id: {S: 'a'}}], ConsistentRead: true,"
                + " ProjectionExpression: 'id'}}, ReturnConsumedCapacity: 'INDEXES'}";
        client.answers("BatchGetItem", keys, """
                {Responses: {Orders: [{pk: {S: 'a'}}], Plain: [{id: {S: 'a'}}]}, UnprocessedKeys: {}, ConsumedCapacity: [
                  {TableName: 'Orders', CapacityUnits: 1.0, Table: {CapacityUnits: 1.0}},
                  {TableName: 'Plain', CapacityUnits: 2.0, Table: {CapacityUnits: 2.0}}]}""");
        client.answers("BatchWriteItem", """
                {RequestItems: {Orders: [{DeleteRequest: {Key: {pk: {S: 'a'}, sk: {N: '1'}}}},
                                         {DeleteRequest: {Key: {pk: {S: 'a'}, sk: {N: '2'}}}}],
                                Plain: [{PutRequest: {Item: {id: {S: 'a'}}}}]}, ReturnConsumedCapacity: 'INDEXES'}""", """
                {UnprocessedItems: {}, ConsumedCapacity: [
                  {TableName: 'Orders', CapacityUnits: 4.0, Table: {CapacityUnits: 3.0},
                   GlobalSecondaryIndexes: {include: {CapacityUnits: 1.0}}},
                  {TableName: 'Plain', CapacityUnits: 5.0, Table: {CapacityUnits: 5.0}}]}""");
    }
}
