package io.gramme.acceptance;

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
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.N;
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.S;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * Queries and scans through the AWS SDK, over ten partitions of thirty items: item {@code i} of each is of rank {@code i},
 * of team {@code i % 3} and, if even, in a place.
 */
@Timeout(60)
class SdkReadsTest {
    private static final String TABLE = "reads";
    private static final int PARTITIONS = 10;
    private static final int ITEMS = 30;

    @AutoClose
    private static final InMemoryGramme GRAMME = new InMemoryGramme();

    private final DynamoDbClient client = GRAMME.client;

    @BeforeAll
    static void fill() {
        GRAMME.table(
                TABLE,
                request -> request.attributeDefinitions(
                                attribute("id", S),
                                attribute("at", N),
                                attribute("team", N),
                                attribute("place", S),
                                attribute("town", S))
                        .keySchema(hash("id"), range("at"))
                        .localSecondaryIndexes(local("by-team", keysOnly(), hash("id"), range("team")))
                        .globalSecondaryIndexes(
                                global("by-place", all(), hash("place"), range("at")),
                                global("by-parts", all(), hash("town"), hash("team"), range("place"), range("at"))));
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (int i = 0; i < ITEMS; i++) {
                Map<String, AttributeValue> item = item(partition, i);
                GRAMME.client.putItem(request -> request.tableName(TABLE).item(item));
            }
        }
    }

    private static Map<String, AttributeValue> item(int partition, int i) {
        Map<String, AttributeValue> sparse = i % 2 == 0
                ? Map.of("place", s("place-" + i % 4), "town", s("town"), "note", s("x".repeat(100)))
                : Map.of("note", s("x".repeat(100)));
        var item = new HashMap<>(sparse);
        item.putAll(Map.of("id", s("id-" + partition), "at", n(i), "team", n(i % 3)));
        return item;
    }

    private List<Map<String, AttributeValue>> query(Consumer<QueryRequest.Builder> more) {
        return client.queryPaginator(request -> more.accept(request.tableName(TABLE))).items().stream()
                .toList();
    }

    private static List<Integer> ranks(List<Map<String, AttributeValue>> items) {
        return items.stream()
                .map(item -> Integer.valueOf(Attributes.get(item, "at").n()))
                .toList();
    }

    @Test
    void aPartitionIsReadInOrderFromEitherEndWhateverThePages() {
        for (int limit : List.of(1, 7, 30, 100)) {
            var items = query(request -> request.limit(limit)
                    .keyConditionExpression("id = :id AND #at BETWEEN :low AND :high")
                    .expressionAttributeNames(Map.of("#at", "at"))
                    .expressionAttributeValues(Map.of(":id", s("id-3"), ":low", n(5), ":high", n(25))));
            assertThat(ranks(items))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(5, 25).boxed().toList());
            assertThat(items.getFirst()).isEqualTo(item(3, 5));
        }
        assertThat(ranks(query(request -> request.limit(4)
                        .scanIndexForward(false)
                        .keyConditionExpression("id = :id")
                        .expressionAttributeValues(Map.of(":id", s("id-3"))))))
                .containsExactlyElementsOf(
                        IntStream.range(0, ITEMS).boxed().toList().reversed());
    }

    @Test
    void aPageCountsWhatItReadAndNotWhatItShows() {
        var page = client.query(request -> request.tableName(TABLE)
                .limit(10)
                .keyConditionExpression("id = :id")
                .filterExpression("team = :team")
                .projectionExpression("#at")
                .expressionAttributeNames(Map.of("#at", "at"))
                .expressionAttributeValues(Map.of(":id", s("id-0"), ":team", n(2)))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
        assertThat(page.items()).containsExactly(Map.of("at", n(2)), Map.of("at", n(5)), Map.of("at", n(8)));
        assertThat(page.count()).isEqualTo(3);
        assertThat(page.scannedCount()).isEqualTo(10);
        assertThat(page.lastEvaluatedKey()).isEqualTo(Map.of("id", s("id-0"), "at", n(9)));
        assertThat(page.consumedCapacity().capacityUnits()).isEqualTo(0.5);
    }

    @Test
    void aLocalIndexIsSortedByItsOwnKeyAndFetchesWhatItDoesNotHold() {
        var items = query(request -> request.indexName("by-team")
                .consistentRead(true)
                .limit(7)
                .select(Select.ALL_ATTRIBUTES)
                .keyConditionExpression("id = :id AND team >= :team")
                .expressionAttributeValues(Map.of(":id", s("id-1"), ":team", n(1))));
        assertThat(items).hasSize(20).allSatisfy(item -> assertThat(item).containsKey("note"));
        assertThat(items.stream().map(item -> Attributes.get(item, "team").n())).isSorted();
    }

    @Test
    void aGlobalIndexHoldsTheItemsThatHaveItsKeys() {
        var items = query(request -> request.indexName("by-place")
                .limit(3)
                .keyConditionExpression("place = :place")
                .expressionAttributeValues(Map.of(":place", s("place-2"))));
        assertThat(items).hasSize(70).doesNotHaveDuplicates();
        assertThat(ranks(items)).isSorted();
        assertThatThrownBy(() -> query(request -> request.indexName("by-place")
                        .consistentRead(true)
                        .keyConditionExpression("place = :place")
                        .expressionAttributeValues(Map.of(":place", s("place-2")))))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("Consistent reads are not supported on global secondary indexes");
    }

    @Test
    void anIndexMayHaveAKeyOfSeveralAttributes() {
        var items = query(request -> request.indexName("by-parts")
                .limit(3)
                .keyConditionExpression("town = :town AND team = :team AND place = :place AND #at < :at")
                .expressionAttributeNames(Map.of("#at", "at"))
                .expressionAttributeValues(
                        Map.of(":town", s("town"), ":team", n(1), ":place", s("place-0"), ":at", n(20))));
        assertThat(ranks(items)).hasSize(2 * PARTITIONS).isSorted().containsOnly(4, 16);
        IndexAudit.check(client, TABLE);
    }

    @Test
    void theOldKeyConditionsStillWork() {
        assertThat(ranks(query(request -> request.keyConditions(Map.of(
                        "id", equal(s("id-2")),
                        "at",
                                Condition.builder()
                                        .comparisonOperator(ComparisonOperator.GT)
                                        .attributeValueList(n(27))
                                        .build())))))
                .containsExactly(28, 29);
    }

    private static Condition equal(AttributeValue value) {
        return Condition.builder()
                .comparisonOperator(ComparisonOperator.EQ)
                .attributeValueList(value)
                .build();
    }

    @Test
    void segmentsSeeEverythingOnceTogether() {
        for (int segments : List.of(1, 2, 5, 64)) {
            List<Map<String, AttributeValue>> items = new ArrayList<>();
            for (int segment = 0; segment < segments; segment++) {
                int one = segment;
                client.scanPaginator(request -> request.tableName(TABLE)
                                .segment(one)
                                .totalSegments(segments)
                                .limit(11))
                        .items()
                        .forEach(items::add);
            }
            assertThat(items).hasSize(PARTITIONS * ITEMS).doesNotHaveDuplicates();
        }
    }

    @Test
    void countsComeWithoutItems() {
        var counted = client.scan(request -> request.tableName(TABLE)
                .select(Select.COUNT)
                .filterExpression("attribute_exists(place) AND NOT contains(place, :one)")
                .expressionAttributeValues(Map.of(":one", s("-0"))));
        assertThat(counted.hasItems()).isFalse();
        assertThat(counted.count()).isEqualTo(70);
        assertThat(counted.scannedCount()).isEqualTo(300);
    }
}
