package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Client;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PutItem, UpdateItem, DeleteItem and GetItem: what is stored, what is shown, what is refused. */
class ItemWritesTest {
    private final Client client = Client.inMemory();

    @BeforeEach
    void aTableWithOneGlobalAndOneLocalIndex() {
        client.call("CreateTable", """
                {TableName: 'Orders', BillingMode: 'PAY_PER_REQUEST',
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'sk', AttributeType: 'N'},
                   {AttributeName: 'mail', AttributeType: 'S'}, {AttributeName: 'day', AttributeType: 'S'}],
                 KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],
                 LocalSecondaryIndexes: [{IndexName: 'by-day', Projection: {ProjectionType: 'KEYS_ONLY'},
                   KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'day', KeyType: 'RANGE'}]}],
                 GlobalSecondaryIndexes: [{IndexName: 'by-mail', Projection: {ProjectionType: 'ALL'},
                   KeySchema: [{AttributeName: 'mail', KeyType: 'HASH'}]}]}""");
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void put(String attributes) {
        client.answers("PutItem", "{TableName: 'Orders', Item: {" + attributes + "}}", "{}");
    }

    private static String key(String pk, int sk) {
        return "pk: {S: '" + pk + "'}, sk: {N: '" + sk + "'}";
    }

    private String stored(String pk, int sk) {
        return client.call("GetItem", "{TableName: 'Orders', Key: {" + key(pk, sk) + "}}")
                .toString();
    }

    @Test
    void aPutItemIsReadBackWithItsNumbersInCanonicalForm() {
        put(key("a", 1)
                + ", price: {N: '1.50e1'}, tags: {SS: ['b', 'a']}, more: {M: {x: {L: [{NULL: true}, {BOOL: false}]}}}");
        client.answers("GetItem", "{TableName: 'Orders', Key: {" + key("a", 1) + "}}", """
                {Item: {pk: {S: 'a'}, sk: {N: '1'}, price: {N: '15'}, tags: {SS: ['a', 'b']},
                        more: {M: {x: {L: [{NULL: true}, {BOOL: false}]}}}}}""");
    }

    @Test
    void aKeyIsTheSameHoweverItsNumberIsWritten() {
        put("pk: {S: 'a'}, sk: {N: '1e3'}, v: {S: 'first'}");
        put("pk: {S: 'a'}, sk: {N: '1000.0'}, v: {S: 'second'}");
        client.answers("Scan", "{TableName: 'Orders'}", """
                {Items: [{pk: {S: 'a'}, sk: {N: '1000'}, v: {S: 'second'}}], Count: 1, ScannedCount: 1}""");
    }

    @Test
    void aMissingItemIsNoItemAndAnEmptyProjectionIsAnEmptyOne() {
        client.answers("GetItem", "{TableName: 'Orders', Key: {" + key("a", 1) + "}}", "{}");
        put(key("a", 1));
        client.answers(
                "GetItem",
                "{TableName: 'Orders', Key: {" + key("a", 1) + "}, ProjectionExpression: 'nothing'}",
                "{Item: {}}");
    }

    @Test
    void aPutReplacesTheWholeItemAndShowsTheOldOneIfAsked() {
        put(key("a", 1) + ", v: {S: 'old'}");
        client.answers(
                "PutItem",
                "{TableName: 'Orders', ReturnValues: 'ALL_OLD', Item: {" + key("a", 1) + ", w: {S: 'new'}}}",
                "{Attributes: {pk: {S: 'a'}, sk: {N: '1'}, v: {S: 'old'}}}");
        assertThat(stored("a", 1)).contains("\"w\"").doesNotContain("\"v\"");
    }

    @Test
    void aFailedConditionChangesNothingAndShowsTheItemIfAsked() {
        put(key("a", 1) + ", v: {S: 'old'}");
        String request = "{TableName: 'Orders', Item: {" + key("a", 1)
                + "}, ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}";
        var refusal = client.refuses("PutItem", request, "The conditional request failed");
        assertThat(refusal.item().orElseThrow().has("v")).isTrue();
        assertThat(stored("a", 1)).contains("old");
    }

    @Test
    void anUpdateShowsWhatItWasAskedToShow() {
        put(key("a", 1) + ", n: {N: '1'}, other: {S: 'x'}");
        var expected = new LinkedHashMap<String, String>();
        expected.put("ALL_OLD", "{Attributes: {pk: {S: 'a'}, sk: {N: '1'}, n: {N: '1'}, other: {S: 'x'}}}");
        expected.put("UPDATED_OLD", "{Attributes: {n: {N: '2'}}}");
        expected.put("UPDATED_NEW", "{Attributes: {n: {N: '4'}}}");
        expected.put("ALL_NEW", "{Attributes: {pk: {S: 'a'}, sk: {N: '1'}, n: {N: '5'}, other: {S: 'x'}}}");
        expected.put("NONE", "{}");
        // In this order, each run adds one.
        expected.forEach((mode, answer) -> client.answers(
                "UpdateItem",
                "{TableName: 'Orders', Key: {" + key("a", 1) + "}, UpdateExpression: 'ADD n :one',"
                        + " ExpressionAttributeValues: {':one': {N: '1'}}, ReturnValues: '" + mode + "'}",
                answer));
    }

    @Test
    void anUpdateInsideAnAttributeShowsThePartThatItReached() {
        put(key("a", 1)
                + ", m: {M: {a: {N: '1'}, b: {N: '2'}}}, list: {L: [{S: 'x'}, {M: {c: {S: 'y'}, d: {S: 'z'}}}]}");
        String update = "{TableName: 'Orders', Key: {" + key("a", 1) + "}, UpdateExpression: '%s', ReturnValues: '%s'"
                + ", ExpressionAttributeValues: {':v': {S: 'new'}}}";
        client.answers(
                "UpdateItem",
                update.formatted("SET m.a = :v, #l[1].c = :v", "UPDATED_OLD")
                        .replace(
                                "ExpressionAttributeValues",
                                "ExpressionAttributeNames: {'#l': 'list'}, ExpressionAttributeValues"),
                "{Attributes: {m: {M: {a: {N: '1'}}}, list: {L: [{M: {c: {S: 'y'}}}]}}}");
        client.answers(
                "UpdateItem",
                update.formatted("SET m.fresh = :v REMOVE m.a", "UPDATED_NEW"),
                "{Attributes: {m: {M: {fresh: {S: 'new'}}}}}");
        client.answers("UpdateItem", update.formatted("SET n = :v", "UPDATED_OLD"), "{}");
        client.answers(
                "UpdateItem",
                "{TableName: 'Orders', Key: {" + key("a", 1)
                        + "}, UpdateExpression: 'REMOVE n', ReturnValues: 'UPDATED_NEW'}",
                "{}");
    }

    @Test
    void anUpdateWithoutActionsMakesAKeyOnlyItem() {
        client.answers("UpdateItem", "{TableName: 'Orders', Key: {" + key("a", 1) + "}}", "{}");
        assertThat(stored("a", 1)).contains("Item");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UpdateExpression: 'REMOVE v'",
                "UpdateExpression: 'REMOVE v.x, w[0], y.z[3].q'",
                "UpdateExpression: 'DELETE v :s', ExpressionAttributeValues: {':s': {SS: ['a']}}",
                "UpdateExpression: 'DELETE v.x :s REMOVE w', ExpressionAttributeValues: {':s': {NS: ['1']}}",
                "AttributeUpdates: {v: {Action: 'DELETE'}}",
                "AttributeUpdates: {v: {Action: 'DELETE', Value: {SS: ['a', 'b']}}}",
                "AttributeUpdates: {v: {Action: 'DELETE', Value: {BS: ['AA==']}}, w: {Action: 'DELETE'}}"
            })
    void anUpdateThatOnlyClearsMakesNoItem(String update) {
        for (String returned : List.of("ALL_NEW", "ALL_OLD", "UPDATED_NEW", "UPDATED_OLD", "NONE")) {
            client.answers(
                    "UpdateItem",
                    "{TableName: 'Orders', Key: {" + key("a", 2) + "}, " + update + ", ReturnValues: '" + returned
                            + "'}",
                    "{}");
            assertThat(stored("a", 2)).isEqualTo("{}");
        }
    }

    @Test
    void whatWritesBesideClearingMakesAnItem() {
        client.answers(
                "UpdateItem",
                "{TableName: 'Orders', Key: {" + key("a", 2)
                        + "}, AttributeUpdates: {v: {Action: 'DELETE', Value: {SS: ['a']}}, w: {Value: {N: '1'}}},"
                        + " ReturnValues: 'UPDATED_NEW'}",
                "{Attributes: {w: {N: '1'}}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REMOVE x.y", "REMOVE x[0]", "REMOVE x.y.z, x.w", "REMOVE v.x.y"})
    void toRemoveBelowWhatIsNotThereChangesNothing(String expression) {
        put(key("a", 1) + ", v: {M: {}}");
        String before = stored("a", 1);
        client.answers(
                "UpdateItem",
                "{TableName: 'Orders', Key: {" + key("a", 1) + "}, UpdateExpression: '" + expression
                        + "', ReturnValues: 'UPDATED_NEW'}",
                "{}");
        assertThat(stored("a", 1)).isEqualTo(before);
    }

    @Test
    void removedElementsLeaveTheirPlaceToThoseBehindThem() {
        put(key("a", 1)
                + ", l: {L: [{S: 'x'}, {S: 'y'}, {S: 'z'}]}, a: {M: {c: {L: [{N: '1'}, {N: '2'}]}, d: {N: '9'}}}");
        String update = "{TableName: 'Orders', Key: {" + key("a", 1) + "}, UpdateExpression: '%s', ReturnValues: '%s'}";
        client.answers(
                "UpdateItem",
                update.formatted("REMOVE l[1], a.c[0]", "UPDATED_NEW"),
                "{Attributes: {l: {L: [{S: 'z'}]}, a: {M: {c: {L: [{N: '2'}]}}}}}");
        client.answers(
                "UpdateItem",
                update.formatted("SET l[0] = l[1] REMOVE l[1]", "UPDATED_OLD"),
                "{Attributes: {l: {L: [{S: 'x'}, {S: 'z'}]}}}");
        client.answers("UpdateItem", update.formatted("REMOVE l[0]", "UPDATED_NEW"), "{}");
    }

    @Test
    void theConditionOfAnUpdateSeesNoKeyWhereThereIsNoItem() {
        client.refuses(
                "UpdateItem",
                "{TableName: 'Orders', Key: {" + key("a", 1) + "}, ConditionExpression: 'attribute_exists(pk)'}",
                "The conditional request failed");
    }

    @Test
    void theKeyCannotBeUpdated() {
        client.refuses(
                "UpdateItem",
                "{TableName: 'Orders', Key: {" + key("a", 1) + "}, UpdateExpression: 'SET pk = :v',"
                        + " ExpressionAttributeValues: {':v': {S: 'b'}}}",
                "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key");
    }

    @Test
    void noPathLeadsInsideAKey() {
        String words = "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ";
        client.refuses(
                "GetItem",
                "{TableName: 'Orders', Key: {" + key("a", 1) + "}, ProjectionExpression: 'pk.a'}",
                words + "Key: pk");
        client.refuses(
                "UpdateItem",
                "{TableName: 'Orders', Key: {" + key("a", 1) + "}, UpdateExpression: 'REMOVE mail[0]'}",
                words + "IndexKey: mail");
        client.refuses(
                "Scan",
                "{TableName: 'Orders', FilterExpression: 'attribute_exists(#d.x)', ExpressionAttributeNames: {'#d': 'day'}}",
                words + "IndexKey: day");
        client.refuses(
                "PutItem",
                "{TableName: 'Orders', Item: {" + key("a", 1) + "}, ConditionExpression: 'attribute_exists(sk.x)'}",
                words + "Key: sk");
    }

    @Test
    void anItemOf400KilobytesFitsAndOneByteMoreDoesNot() {
        int rest = 409_600 - ("pk".length() + 1 + "sk".length() + 2 + "v".length());
        put(key("a", 1) + ", v: {S: '" + "x".repeat(rest) + "'}");
        client.refuses(
                "PutItem",
                "{TableName: 'Orders', Item: {" + key("a", 1) + ", v: {S: '" + "x".repeat(rest + 1) + "'}}}",
                "Item size has exceeded the maximum allowed size");
        client.refuses(
                "UpdateItem",
                "{TableName: 'Orders', Key: {" + key("a", 1) + "}, UpdateExpression: 'SET w = :v',"
                        + " ExpressionAttributeValues: {':v': {S: 'xyz'}}}",
                "Item size to update has exceeded the maximum allowed size");
    }

    @Test
    void deletingShowsTheOldItemAndDeletingNothingIsNoError() {
        put(key("a", 1));
        client.answers(
                "DeleteItem",
                "{TableName: 'Orders', Key: {" + key("a", 1) + "}, ReturnValues: 'ALL_OLD'}",
                "{Attributes: {pk: {S: 'a'}, sk: {N: '1'}}}");
        client.answers(
                "DeleteItem", "{TableName: 'Orders', Key: {" + key("a", 1) + "}, ReturnValues: 'ALL_OLD'}", "{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"})
    void aPutOrADeleteShowsNothingNew(String mode) {
        String message = "1 validation error detected: ReturnValues can only be ALL_OLD or NONE";
        client.refuses(
                "PutItem", "{TableName: 'Orders', Item: {" + key("a", 1) + "}, ReturnValues: '" + mode + "'}", message);
        client.refuses(
                "DeleteItem",
                "{TableName: 'Orders', Key: {" + key("a", 1) + "}, ReturnValues: '" + mode + "'}",
                message);
    }

    @Test
    void theTwoKindsOfParametersDoNotMix() {
        client.refuses(
                "PutItem",
                "{TableName: 'Orders', Item: {" + key("a", 1) + "}, ConditionExpression: 'attribute_exists(pk)',"
                        + " Expected: {pk: {Exists: false}}}",
                "1 validation error detected: Can not use both expression and non-expression parameters in the same request:"
                        + " Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}");
    }

    @Test
    void whatNeedsNoTableIsCheckedBeforeTheTable() {
        client.refuses(
                "PutItem",
                "{TableName: 'Missing', Item: {pk: {N: 'abc'}}}",
                "1 validation error detected: The parameter cannot be converted to a numeric value: abc");
        client.refuses("PutItem", "{TableName: 'Missing', Item: {pk: {S: 'a'}}}", "Requested resource not found");
    }

    @Test
    void anAttributeOfAnIndexKeyHasItsTypeOrIsNotThere() {
        client.refuses(
                "PutItem",
                "{TableName: 'Orders', Item: {" + key("a", 1) + ", mail: {N: '1'}}}",
                "One or more parameter values were invalid: Type mismatch for Index Key mail Expected: S Actual: N"
                        + " IndexName: by-mail");
        client.refuses(
                "UpdateItem",
                "{TableName: 'Orders', Key: {" + key("a", 1) + "}, UpdateExpression: 'SET mail = :v',"
                        + " ExpressionAttributeValues: {':v': {S: ''}}}",
                "One or more parameter values are not valid. The update expression attempted to update a secondary index"
                        + " key to a value that is not supported. The AttributeValue for a key attribute cannot contain an"
                        + " empty string value.");
        put(key("a", 1));
    }

    @Test
    void legacyConditionsGuardLegacyUpdates() {
        put(key("a", 1) + ", n: {N: '1'}");
        String update = "{TableName: 'Orders', Key: {" + key("a", 1)
                + "}, AttributeUpdates: {n: {Action: 'ADD', Value: {N: '1'}}},"
                + " Expected: {n: {Value: {N: '1'}}}, ReturnValues: 'UPDATED_NEW'}";
        client.answers("UpdateItem", update, "{Attributes: {n: {N: '2'}}}");
        client.refuses("UpdateItem", update, "The conditional request failed");
    }

    @ParameterizedTest
    @CsvSource({"100, 1, 1, 1", "1000, 1, 1, 1", "3000, 3, 1, 3"})
    void writesAreChargedByTheLargerImageAndByEachIndexEntry(int size, int table, int local, int global) {
        String item = key("a", 1) + ", mail: {S: 'm'}, day: {S: 'd'}, v: {S: '" + "x".repeat(size) + "'}";
        double total = table + local + global;
        client.answers(
                "PutItem",
                "{TableName: 'Orders', ReturnConsumedCapacity: 'INDEXES', Item: {" + item + "}}",
                "{ConsumedCapacity: {TableName: 'Orders', CapacityUnits: " + total + ", Table: {CapacityUnits: " + table
                        + ".0},"
                        + " LocalSecondaryIndexes: {'by-day': {CapacityUnits: " + local + ".0}},"
                        + " GlobalSecondaryIndexes: {'by-mail': {CapacityUnits: " + global + ".0}}}}");
        client.answers(
                "PutItem",
                "{TableName: 'Orders', ReturnConsumedCapacity: 'INDEXES', Item: {" + item + "}}",
                "{ConsumedCapacity: {TableName: 'Orders', CapacityUnits: " + table + ".0, Table: {CapacityUnits: "
                        + table + ".0}}}");
        client.answers(
                "DeleteItem",
                "{TableName: 'Orders', ReturnConsumedCapacity: 'TOTAL', Key: {" + key("a", 1) + "}}",
                "{ConsumedCapacity: {TableName: 'Orders', CapacityUnits: " + total + "}}");
    }

    @Test
    void anEntryThatMovesIsChargedForGoingAndForComing() {
        put(key("a", 1) + ", mail: {S: 'm'}");
        client.answers(
                "UpdateItem",
                "{TableName: 'Orders', Key: {" + key("a", 1) + "}, UpdateExpression: 'SET mail = :v',"
                        + " ExpressionAttributeValues: {':v': {S: 'n'}}, ReturnConsumedCapacity: 'INDEXES'}",
                "{ConsumedCapacity: {TableName: 'Orders', CapacityUnits: 3.0, Table: {CapacityUnits: 1.0},"
                        + " GlobalSecondaryIndexes: {'by-mail': {CapacityUnits: 2.0}}}}");
    }

    @Test
    void readsAreChargedByFourKilobytes() {
        put(key("a", 1) + ", v: {S: '" + "x".repeat(5000) + "'}");
        client.answers(
                "GetItem",
                "{TableName: 'Orders', Key: {" + key("a", 1) + "}, ConsistentRead: true,"
                        + " ProjectionExpression: 'pk', ReturnConsumedCapacity: 'TOTAL'}",
                "{Item: {pk: {S: 'a'}}, ConsumedCapacity: {TableName: 'Orders', CapacityUnits: 2.0}}");
        client.answers(
                "GetItem",
                "{TableName: 'Orders', Key: {" + key("b", 1) + "}, ReturnConsumedCapacity: 'TOTAL'}",
                "{ConsumedCapacity: {TableName: 'Orders', CapacityUnits: 0.5}}");
    }

    @Test
    void aCollectionIsMeasuredWhereThereAreLocalIndexes() {
        client.answers(
                "PutItem",
                "{TableName: 'Orders', ReturnItemCollectionMetrics: 'SIZE', Item: {" + key("a", 1) + "}}",
                "{ItemCollectionMetrics: {ItemCollectionKey: {pk: {S: 'a'}}, SizeEstimateRangeGB: [0.0, 1.0]}}");
    }

    @Test
    void aFullCollectionTakesNoMoreButMayShrink() {
        try (Client small = Client.withCollectionLimit(2_000)) {
            small.call("CreateTable", """
                    {TableName: 'Full', BillingMode: 'PAY_PER_REQUEST',
                     AttributeDefinitions: [{AttributeName: 'p', AttributeType: 'S'}, {AttributeName: 's', AttributeType: 'S'},
                       {AttributeName: 'l', AttributeType: 'S'}],
                     KeySchema: [{AttributeName: 'p', KeyType: 'HASH'}, {AttributeName: 's', KeyType: 'RANGE'}],
                     LocalSecondaryIndexes: [{IndexName: 'local', Projection: {ProjectionType: 'ALL'},
                       KeySchema: [{AttributeName: 'p', KeyType: 'HASH'}, {AttributeName: 'l', KeyType: 'RANGE'}]}]}""");
            String item = "{TableName: 'Full', Item: {p: {S: 'a'}, s: {S: '%s'}, l: {S: 'l'}, v: {S: '"
                    + "x".repeat(600) + "'}}}";
            small.call("PutItem", item.formatted("1"));
            small.refuses("PutItem", item.formatted("2"), "Collection size exceeded.");
            small.call("PutItem", "{TableName: 'Full', Item: {p: {S: 'a'}, s: {S: '1'}}}");
            small.call("PutItem", item.formatted("2"));
        }
    }
}
