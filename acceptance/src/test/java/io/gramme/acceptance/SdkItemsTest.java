package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.b;
import static io.gramme.acceptance.Attributes.n;
import static io.gramme.acceptance.Attributes.s;
import static io.gramme.acceptance.Schemas.all;
import static io.gramme.acceptance.Schemas.attribute;
import static io.gramme.acceptance.Schemas.global;
import static io.gramme.acceptance.Schemas.hash;
import static io.gramme.acceptance.Schemas.keysOnly;
import static io.gramme.acceptance.Schemas.local;
import static io.gramme.acceptance.Schemas.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.N;
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.S;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeAction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.Capacity;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Items as the AWS SDK puts, gets, updates and deletes them, in a table without indexes and in one with two. */
@Timeout(60)
class SdkItemsTest {
    private static final String TABLE = "items";
    private static final String INDEXED = "indexed";

    @AutoClose
    private static final InMemoryGramme GRAMME = new InMemoryGramme();

    private final DynamoDbClient client = GRAMME.client;
    /** Of the item that a test has for itself. */
    private final Map<String, AttributeValue> key;

    SdkItemsTest(TestInfo test) {
        key = Map.of("id", s(test.getDisplayName()));
    }

    @BeforeAll
    static void makeTables() {
        GRAMME.table(
                TABLE,
                request -> request.attributeDefinitions(attribute("id", S)).keySchema(hash("id")));
        GRAMME.table(
                INDEXED,
                request -> request.attributeDefinitions(attribute("id", S), attribute("at", N), attribute("kind", S))
                        .keySchema(hash("id"), range("at"))
                        .localSecondaryIndexes(local("local", keysOnly(), hash("id"), range("kind")))
                        .globalSecondaryIndexes(global("global", all(), hash("kind"))));
    }

    private Map<String, AttributeValue> item(Map<String, AttributeValue> more) {
        var item = new HashMap<>(key);
        item.putAll(more);
        return item;
    }

    private void put(Map<String, AttributeValue> more) {
        client.putItem(request -> request.tableName(TABLE).item(item(more)));
    }

    private Map<String, AttributeValue> stored() {
        return client.getItem(request -> request.tableName(TABLE).key(key).consistentRead(true))
                .item();
    }

    private Map<String, AttributeValue> update(
            String expression, Map<String, AttributeValue> values, ReturnValue back) {
        var request = UpdateItemRequest.builder().tableName(TABLE).key(key).updateExpression(expression);
        return client.updateItem((values.isEmpty() ? request : request.expressionAttributeValues(values))
                        .returnValues(back)
                        .build())
                .attributes();
    }

    @Test
    void everyTypeComesBackAsItWasPut() {
        Map<String, AttributeValue> all = Map.of(
                "text", s("grüß dich \uD83C\uDFB5"),
                "number", AttributeValue.fromN("-0.00000000000000000000000012345678901234567890123456789012345678"),
                "bytes", b((byte) 0, (byte) -1),
                "no", AttributeValue.fromBool(false),
                "nothing", AttributeValue.fromNul(true),
                "list", AttributeValue.fromL(List.of(s(""), n(1), AttributeValue.fromL(List.of()))),
                "map", AttributeValue.fromM(Map.of("a", AttributeValue.fromM(Map.of("b", s("deep"))))),
                "words", AttributeValue.fromSs(List.of("x", "y")),
                "numbers", AttributeValue.fromNs(List.of("1", "2.5")),
                "blobs",
                        AttributeValue.fromBs(
                                List.of(b((byte) 1).b(), b((byte) 2).b())));
        put(all);
        assertThat(Attributes.unordered(stored())).isEqualTo(Attributes.unordered(item(all)));
    }

    @Test
    void numbersAreNormalised() {
        put(Map.of("n", AttributeValue.fromN("+001.500E2")));
        assertThat(stored()).containsEntry("n", AttributeValue.fromN("150"));
    }

    @Test
    void aPutReturnsNothingOrWhatWasThere() {
        assertThat(client.putItem(request -> request.tableName(TABLE)
                                .item(item(Map.of("a", n(1))))
                                .returnValues(ReturnValue.ALL_OLD))
                        .hasAttributes())
                .isFalse();
        assertThat(client.putItem(request -> request.tableName(TABLE)
                                .item(item(Map.of("a", n(2))))
                                .returnValues(ReturnValue.ALL_OLD))
                        .attributes())
                .isEqualTo(item(Map.of("a", n(1))));
        assertThatThrownBy(() -> client.putItem(
                        request -> request.tableName(TABLE).item(key).returnValues(ReturnValue.ALL_NEW)))
                .isInstanceOf(DynamoDbException.class);
    }

    @Test
    void anUpdateReturnsWhatItIsAskedFor() {
        put(Map.of("a", n(1), "b", n(1)));
        Map<String, AttributeValue> one = Map.of(":v", n(1));
        assertThat(update("SET a = a + :v", one, ReturnValue.NONE)).isEmpty();
        assertThat(update("SET a = a + :v", one, ReturnValue.ALL_OLD)).isEqualTo(item(Map.of("a", n(2), "b", n(1))));
        assertThat(update("SET a = a + :v", one, ReturnValue.ALL_NEW)).isEqualTo(item(Map.of("a", n(4), "b", n(1))));
        assertThat(update("SET a = a + :v", one, ReturnValue.UPDATED_OLD)).isEqualTo(Map.of("a", n(4)));
        assertThat(update("SET a = a + :v", one, ReturnValue.UPDATED_NEW)).isEqualTo(Map.of("a", n(6)));
    }

    @Test
    void anUpdateSetsAddsRemovesAndDeletes() {
        put(Map.of(
                "many", AttributeValue.fromL(List.of(n(0), n(1), n(2))),
                "words", AttributeValue.fromSs(List.of("a", "b")),
                "parts", AttributeValue.fromM(Map.of("x", n(1))),
                "gone", n(1)));
        update(
                "SET many[9] = :n, parts.y = if_not_exists(parts.x, :n), fresh = :n REMOVE gone, many[0] ADD hits :n"
                        + " DELETE words :some",
                Map.of(":n", n(5), ":some", AttributeValue.fromSs(List.of("a", "z"))),
                ReturnValue.NONE);
        assertThat(stored())
                .isEqualTo(item(Map.of(
                        "many", AttributeValue.fromL(List.of(n(1), n(2), n(5))),
                        "words", AttributeValue.fromSs(List.of("b")),
                        "parts", AttributeValue.fromM(Map.of("x", n(1), "y", n(1))),
                        "fresh", n(5),
                        "hits", n(5))));
    }

    @Test
    void aDeleteReturnsWhatWasThere() {
        put(Map.of("a", n(1)));
        for (Map<String, AttributeValue> old : List.of(item(Map.of("a", n(1))), Map.<String, AttributeValue>of())) {
            assertThat(client.deleteItem(
                                    request -> request.tableName(TABLE).key(key).returnValues(ReturnValue.ALL_OLD))
                            .attributes())
                    .isEqualTo(old);
        }
        assertThat(stored()).isEmpty();
    }

    @Test
    void aFailedConditionSaysWhatItFailedOn() {
        put(Map.of("state", s("open")));
        var failure = catchThrowableOfType(
                ConditionalCheckFailedException.class,
                () -> client.deleteItem(request -> request.tableName(TABLE)
                        .key(key)
                        .conditionExpression("#state = :closed")
                        .expressionAttributeNames(Map.of("#state", "state"))
                        .expressionAttributeValues(Map.of(":closed", s("closed")))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
        assertThat(failure.awsErrorDetails().errorMessage()).isEqualTo("The conditional request failed");
        assertThat(failure.item()).isEqualTo(item(Map.of("state", s("open"))));
    }

    @Test
    void theOldParametersStillWork() {
        put(Map.of("a", n(1)));
        client.updateItem(request -> request.tableName(TABLE)
                .key(key)
                .expected(Map.of(
                        "a",
                        ExpectedAttributeValue.builder()
                                .comparisonOperator(ComparisonOperator.LE)
                                .attributeValueList(n(1))
                                .build()))
                .attributeUpdates(Map.of(
                        "a",
                        AttributeValueUpdate.builder()
                                .action(AttributeAction.ADD)
                                .value(n(2))
                                .build())));
        assertThat(client.getItem(request -> request.tableName(TABLE).key(key).attributesToGet("a"))
                        .item())
                .isEqualTo(Map.of("a", n(3)));
        assertThat(client.scanPaginator(request -> request.tableName(TABLE)
                                .scanFilter(Map.of(
                                        "id",
                                        Condition.builder()
                                                .comparisonOperator(ComparisonOperator.EQ)
                                                .attributeValueList(key.get("id"))
                                                .build())))
                        .items())
                .containsExactly(item(Map.of("a", n(3))));
    }

    @Test
    void capacityIsCountedByKilobytesWrittenAndFourKilobytesRead() {
        var put = client.putItem(request -> request.tableName(TABLE)
                .item(item(Map.of("text", s("x".repeat(5_000)))))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
        assertThat(put.consumedCapacity()).isEqualTo(total(TABLE, 5.0));
        for (boolean consistent : new boolean[] {true, false}) {
            var got = client.getItem(request -> request.tableName(TABLE)
                    .key(key)
                    .consistentRead(consistent)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
            assertThat(got.consumedCapacity()).isEqualTo(total(TABLE, consistent ? 2.0 : 1.0));
        }
        var deleted = client.deleteItem(
                request -> request.tableName(TABLE).key(key).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
        assertThat(deleted.consumedCapacity()).isEqualTo(total(TABLE, 5.0));
    }

    @Test
    void eachIndexThatChangesCosts() {
        Map<String, AttributeValue> at = item(Map.of("at", n(1)));
        var put = client.putItem(request -> request.tableName(INDEXED)
                .item(item(Map.of("at", n(1), "kind", s("k"), "text", s("x".repeat(1_500)))))
                .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES));
        assertThat(put.consumedCapacity()).isEqualTo(indexes(5.0, 2.0, Map.of("local", 1.0), Map.of("global", 2.0)));
        var unseen = client.updateItem(request -> request.tableName(INDEXED)
                .key(at)
                .updateExpression("SET more = :more")
                .expressionAttributeValues(Map.of(":more", n(1)))
                .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES));
        assertThat(unseen.consumedCapacity()).isEqualTo(indexes(4.0, 2.0, Map.of(), Map.of("global", 2.0)));
        var moved = client.updateItem(request -> request.tableName(INDEXED)
                .key(at)
                .updateExpression("SET kind = :kind")
                .expressionAttributeValues(Map.of(":kind", s("other")))
                .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES));
        assertThat(moved.consumedCapacity()).isEqualTo(indexes(8.0, 2.0, Map.of("local", 2.0), Map.of("global", 4.0)));
    }

    private static ConsumedCapacity total(String table, double units) {
        return ConsumedCapacity.builder().tableName(table).capacityUnits(units).build();
    }

    private static ConsumedCapacity indexes(
            double total, double table, Map<String, Double> local, Map<String, Double> global) {
        var consumed = ConsumedCapacity.builder()
                .tableName(INDEXED)
                .capacityUnits(total)
                .table(units(table));
        if (!local.isEmpty()) {
            consumed.localSecondaryIndexes(units(local));
        }
        if (!global.isEmpty()) {
            consumed.globalSecondaryIndexes(units(global));
        }
        return consumed.build();
    }

    private static Map<String, Capacity> units(Map<String, Double> arms) {
        var capacities = new HashMap<String, Capacity>();
        arms.forEach((index, units) -> capacities.put(index, units(units)));
        return capacities;
    }

    private static Capacity units(double units) {
        return Capacity.builder().capacityUnits(units).build();
    }

    @Test
    void batchesAreWrittenReadAndWhatIsLeftOverIsAskedForAgain() {
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        for (int batch = 0; batch < 4; batch++) {
            List<WriteRequest> writes = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                Map<String, AttributeValue> item =
                        Map.of("id", s("large-" + batch + "-" + i), "text", s("x".repeat(350_000)));
                keys.add(Map.of("id", item.get("id")));
                writes.add(
                        WriteRequest.builder().putRequest(put -> put.item(item)).build());
            }
            assertThat(client.batchWriteItem(request -> request.requestItems(Map.of(TABLE, writes)))
                            .unprocessedItems())
                    .isEmpty();
        }
        // 60 items of 350 KB are more than the 16 MB of one answer: the paginator asks for what was not processed.
        var pages = client.batchGetItemPaginator(request -> request.requestItems(
                Map.of(TABLE, KeysAndAttributes.builder().keys(keys).build())));
        assertThat(pages.stream().count()).isEqualTo(2);
        assertThat(pages.stream()
                        .flatMap(page -> page.responses().getOrDefault(TABLE, List.of()).stream())
                        .map(item -> Map.of("id", item.get("id"))))
                .containsExactlyInAnyOrderElementsOf(keys);
        client.batchWriteItem(request -> request.requestItems(Map.of(
                TABLE,
                keys.subList(0, 25).stream()
                        .map(key -> WriteRequest.builder()
                                .deleteRequest(delete -> delete.key(key))
                                .build())
                        .toList())));
        assertThat(client.batchGetItem(request -> request.requestItems(Map.of(
                                TABLE,
                                KeysAndAttributes.builder()
                                        .keys(keys.subList(20, 30))
                                        .projectionExpression("id")
                                        .build())))
                        .responses()
                        .get(TABLE))
                .containsExactlyInAnyOrderElementsOf(keys.subList(25, 30));
    }
}
