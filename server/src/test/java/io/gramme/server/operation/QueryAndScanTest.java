package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Client;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Query and Scan over a table, a local and two global indexes: which items, in which order, in which pages. */
class QueryAndScanTest {
    private static final int ITEMS = 10;
    private final Client client = Client.inMemory();

    @BeforeEach
    void someItems() {
        client.call("CreateTable", """
                {TableName: 'T-1', BillingMode: 'PAY_PER_REQUEST',
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'sk', AttributeType: 'N'},
                   {AttributeName: 'l', AttributeType: 'S'}, {AttributeName: 'g', AttributeType: 'S'},
                   {AttributeName: 'h', AttributeType: 'N'}],
                 KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],
                 LocalSecondaryIndexes: [{IndexName: 'local', Projection: {ProjectionType: 'KEYS_ONLY'},
                   KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'l', KeyType: 'RANGE'}]}],
                 GlobalSecondaryIndexes: [
                   {IndexName: 'tied', Projection: {ProjectionType: 'INCLUDE', NonKeyAttributes: ['inc']},
                    KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}]},
                   {IndexName: 'multi', Projection: {ProjectionType: 'ALL'},
                    KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}, {AttributeName: 'pk', KeyType: 'HASH'},
                                {AttributeName: 'h', KeyType: 'RANGE'}, {AttributeName: 'l', KeyType: 'RANGE'}]}]}""");
        for (int i = 0; i < ITEMS; i++) {
            client.call(
                    "PutItem",
                    "{TableName: 'T-1', Item: {pk: {S: 'a'}, sk: {N: '" + (i - 3) + "'}, l: {S: 'l" + (ITEMS - i)
                            + "'}, g: {S: 'g'}, h: {N: '" + i % 2 + "'}, inc: {S: 'i'}, more: {S: 'm" + i + "'}}}");
        }
        client.call("PutItem", "{TableName: 'T-1', Item: {pk: {S: 'b'}, sk: {N: '1'}}}");
    }

    @AfterEach
    void close() {
        client.close();
    }

    private JsonNode query(String more) {
        return client.call("Query", "{TableName: 'T-1', " + more + "}");
    }

    private static List<String> all(JsonNode page, String attribute) {
        var values = new ArrayList<String>();
        for (JsonNode item : page.get("Items")) {
            item.get(attribute).forEach(value -> values.add(value.asString()));
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pk = :a                          | -3 -2 -1 0 1 2 3 4 5 6",
                "pk = :a AND sk = :one            | 1",
                "pk = :a AND sk < :one            | -3 -2 -1 0",
                "pk = :a AND sk <= :one           | -3 -2 -1 0 1",
                "pk = :a AND sk > :one            | 2 3 4 5 6",
                "pk = :a AND sk >= :one           | 1 2 3 4 5 6",
                "sk BETWEEN :one AND :four AND pk = :a | 1 2 3 4",
            })
    void aSortKeyConditionSelectsARange(String condition, String expected) {
        var values = new ArrayList<>(List.of("':a': {S: 'a'}"));
        if (condition.contains(":one")) {
            values.add("':one': {N: '1.0'}");
        }
        if (condition.contains(":four")) {
            values.add("':four': {N: '4'}");
        }
        String request = "KeyConditionExpression: '" + condition + "', ExpressionAttributeValues: {"
                + String.join(", ", values) + "}";
        assertThat(all(query(request), "sk")).containsExactly(expected.split(" ", -1));
        List<String> backward = all(query(request + ", ScanIndexForward: false"), "sk");
        assertThat(backward.reversed()).containsExactly(expected.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pk = :a                               | l1 l10 l2 l3 l4 l5 l6 l7 l8 l9",
                "pk = :a AND l = :v                    | l2",
                "pk = :a AND l < :v                    | l1 l10",
                "pk = :a AND l <= :v                   | l1 l10 l2",
                "pk = :a AND l > :v                    | l3 l4 l5 l6 l7 l8 l9",
                "pk = :a AND l >= :v                   | l2 l3 l4 l5 l6 l7 l8 l9",
                "pk = :a AND begins_with(l, :p)        | l1 l10",
                "pk = :a AND l BETWEEN :p AND :v       | l1 l10 l2",
            })
    void aLocalIndexIsOrderedByItsOwnSortKey(String condition, String expected) {
        var values = new ArrayList<>(List.of("':a': {S: 'a'}"));
        if (condition.contains(":v")) {
            values.add("':v': {S: 'l2'}");
        }
        if (condition.contains(":p")) {
            values.add("':p': {S: 'l1'}");
        }
        String request = "IndexName: 'local', KeyConditionExpression: '" + condition + "', ExpressionAttributeValues: {"
                + String.join(", ", values) + "}";
        assertThat(all(query(request), "l")).containsExactly(expected.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "g = :g AND pk = :a                         | l10 l2 l4 l6 l8 l1 l3 l5 l7 l9",
                "h = :h AND pk = :a AND g = :g              | l10 l2 l4 l6 l8",
                "g = :g AND pk = :a AND h = :h AND l > :l   | l6 l8",
            })
    void severalAttributesMakeOneKey(String condition, String expected) {
        String values = "':g': {S: 'g'}, ':a': {S: 'a'}" + (condition.contains(":h") ? ", ':h': {N: '0'}" : "")
                + (condition.contains(":l") ? ", ':l': {S: 'l4'}" : "");
        String request = "IndexName: 'multi', KeyConditionExpression: '" + condition + "', ExpressionAttributeValues: {"
                + values + "}";
        assertThat(all(query(request), "l")).containsExactly(expected.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 9, 10, 11})
    void pagesLoseAndRepeatNothing(int limit) {
        for (String request : List.of(
                "KeyConditionExpression: 'pk = :v', ExpressionAttributeValues: {':v': {S: 'a'}}",
                "KeyConditionExpression: 'pk = :v', ScanIndexForward: false, ExpressionAttributeValues: {':v': {S: 'a'}}",
                "IndexName: 'local', KeyConditionExpression: 'pk = :v', ExpressionAttributeValues: {':v': {S: 'a'}}",
                "IndexName: 'tied', KeyConditionExpression: 'g = :v', ExpressionAttributeValues: {':v': {S: 'g'}}",
                "IndexName: 'tied', KeyConditionExpression: 'g = :v', ScanIndexForward: false, ExpressionAttributeValues: {':v': {S: 'g'}}")) {
            List<String> whole = all(query(request), "sk");
            assertThat(pages("Query", request, limit)).isEqualTo(whole).hasSize(ITEMS);
        }
        assertThat(pages("Scan", "Select: 'ALL_ATTRIBUTES'", limit)).hasSize(ITEMS + 1);
        assertThat(pages("Scan", "IndexName: 'local'", limit)).hasSize(ITEMS);
        assertThat(pages("Scan", "IndexName: 'tied'", limit)).hasSize(ITEMS);
    }

    private List<String> pages(String operation, String request, int limit) {
        var seen = new ArrayList<String>();
        String start = "";
        do {
            JsonNode page = client.call(operation, "{TableName: 'T-1', Limit: " + limit + ", " + request + start + "}");
            assertThat(page.get("ScannedCount").asInt()).isLessThanOrEqualTo(limit);
            seen.addAll(all(page, "sk"));
            JsonNode last = page.get("LastEvaluatedKey");
            start = last == null ? "" : ", ExclusiveStartKey: " + last;
        } while (!start.isEmpty());
        return seen;
    }

    @Test
    void aPageThatItsLimitEndsNamesItsLastItemEvenIfNothingFollows() {
        JsonNode page =
                query("Limit: 10, KeyConditionExpression: 'pk = :v', ExpressionAttributeValues: {':v': {S: 'a'}}");
        assertThat(page.get("LastEvaluatedKey")).isEqualTo(Client.json("{pk: {S: 'a'}, sk: {N: '6'}}"));
    }

    @Test
    void theLastKeyHasTheKeysOfTheIndexAndOfTheTable() {
        String values = "ExpressionAttributeValues: {':v': {S: 'g'}}";
        assertThat(query("IndexName: 'tied', Limit: 1, KeyConditionExpression: 'g = :v', " + values)
                        .get("LastEvaluatedKey"))
                .isEqualTo(Client.json("{g: {S: 'g'}, pk: {S: 'a'}, sk: {N: '-3'}}"));
        assertThat(client.call("Scan", "{TableName: 'T-1', IndexName: 'multi', Limit: 1}")
                        .get("LastEvaluatedKey")
                        .propertyNames())
                .containsExactlyInAnyOrder("g", "pk", "h", "l", "sk");
        assertThat(client.call("Scan", "{TableName: 'T-1', IndexName: 'local', Limit: 1}")
                        .get("LastEvaluatedKey")
                        .propertyNames())
                .containsExactlyInAnyOrder("pk", "sk", "l");
    }

    @Test
    void aPageEndsWithTheItemThatFillsAMegabyte() {
        for (int i = 0; i < 12; i++) {
            client.call(
                    "PutItem",
                    "{TableName: 'T-1', Item: {pk: {S: 'big'}, sk: {N: '" + i + "'}, v: {S: '"
                            + "x".repeat(100 * 1024 - 12) + "'}}}");
        }
        JsonNode page = query("KeyConditionExpression: 'pk = :v', ExpressionAttributeValues: {':v': {S: 'big'}},"
                + " FilterExpression: 'attribute_not_exists(v)', ReturnConsumedCapacity: 'TOTAL'");
        assertThat(page.get("Count").asInt()).isZero();
        assertThat(page.get("ScannedCount").asInt()).isEqualTo(11);
        assertThat(page.get("LastEvaluatedKey")).isNotNull();
        assertThat(page.get("ConsumedCapacity").get("CapacityUnits").asDouble()).isEqualTo(137.5);
    }

    @Test
    void theFilterIsAppliedAfterTheLimit() {
        client.answers(
                "Query",
                "{TableName: 'T-1', Limit: 3, KeyConditionExpression: 'pk = :v', FilterExpression: 'more = :m',"
                        + " ExpressionAttributeValues: {':v': {S: 'a'}, ':m': {S: 'm1'}}, ProjectionExpression: 'sk'}",
                "{Items: [{sk: {N: '-2'}}], Count: 1, ScannedCount: 3, LastEvaluatedKey: {pk: {S: 'a'}, sk: {N: '-1'}}}");
        client.answers(
                "Query",
                "{TableName: 'T-1', Select: 'COUNT', KeyConditionExpression: 'pk = :v', FilterExpression: 'more = :m',"
                        + " ExpressionAttributeValues: {':v': {S: 'a'}, ':m': {S: 'm1'}}}",
                "{Count: 1, ScannedCount: 10}");
    }

    @Test
    void anIndexShowsWhatItProjects() {
        client.answers(
                "Query",
                "{TableName: 'T-1', IndexName: 'tied', Limit: 1, KeyConditionExpression: 'g = :v',"
                        + " ExpressionAttributeValues: {':v': {S: 'g'}}}",
                "{Items: [{pk: {S: 'a'}, sk: {N: '-3'}, g: {S: 'g'}, inc: {S: 'i'}}], Count: 1, ScannedCount: 1,"
                        + " LastEvaluatedKey: {g: {S: 'g'}, pk: {S: 'a'}, sk: {N: '-3'}}}");
    }

    @Test
    void aLocalIndexFetchesWhatItDoesNotProjectAndAGlobalOneCannot() {
        JsonNode page = query(
                "IndexName: 'local', KeyConditionExpression: 'pk = :v', ExpressionAttributeValues: {':v': {S: 'a'}},"
                        + " ProjectionExpression: 'more', ReturnConsumedCapacity: 'INDEXES'");
        assertThat(all(page, "more")).hasSize(ITEMS);
        assertThat(page.get("ConsumedCapacity"))
                .isEqualTo(
                        Client.json(
                                "{TableName: 'T-1', CapacityUnits: 5.5, Table: {CapacityUnits: 5.0}, LocalSecondaryIndexes: {local: {CapacityUnits: 0.5}}}"));
        String tied =
                "{TableName: 'T-1', IndexName: 'tied', KeyConditionExpression: 'g = :v', ExpressionAttributeValues: {':v': {S: 'g'}}, ";
        client.refuses(
                "Query",
                tied + "ProjectionExpression: 'more'}",
                "One or more parameter values were invalid: Global secondary index tied does not project [more]");
        client.refuses(
                "Query",
                tied + "Select: 'ALL_ATTRIBUTES'}",
                "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary"
                        + " index tied because its projection type is not ALL");
        client.refuses(
                "Query",
                tied + "ConsistentRead: true}",
                "Consistent reads are not supported on global secondary indexes");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 1_000_000})
    void segmentsShareTheTableBetweenThem(int total) {
        Set<String> seen = new HashSet<>();
        int read = 0;
        for (int segment = 0; segment < Math.min(total, 100); segment++) {
            JsonNode page =
                    client.call("Scan", "{TableName: 'T-1', Segment: " + segment + ", TotalSegments: " + total + "}");
            read += page.get("Count").asInt();
            page.get("Items").forEach(item -> seen.add(item.get("pk").toString() + item.get("sk")));
        }
        if (total <= 100) {
            assertThat(seen).hasSize(ITEMS + 1);
        }
        assertThat(read).isEqualTo(seen.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Segment: 0 | The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
                "TotalSegments: 2 | The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
                "Segment: 2, TotalSegments: 2 | The Segment parameter is zero-based and must be less than parameter TotalSegments",
                "IndexName: 'none' | The table does not have the specified index: none",
                "Select: 'ALL_PROJECTED_ATTRIBUTES' | 1 validation error detected: ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName",
                "Select: 'COUNT', ProjectionExpression: 'a' | 1 validation error detected: Cannot specify the ProjectionExpression when choosing to get only the Count",
                "ExclusiveStartKey: {pk: {S: 'a'}} | The provided starting key is invalid: The provided key element does not match the schema",
                "ExclusiveStartKey: {pk: {S: 'a'}, sk: {S: '1'}} | The provided starting key is invalid: The provided key element does not match the schema",
                "IndexName: 'local', ExclusiveStartKey: {pk: {S: 'a'}, sk: {N: '1'}} | The provided starting key is invalid",
                "ExpressionAttributeValues: {':v': {S: 'a'}} | ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null",
            })
    void aScanThatMakesNoSenseIsRefused(String parameters, String message) {
        client.refuses("Scan", "{TableName: 'T-1', " + parameters + "}", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{pk: {S: 'a'}, sk: {N: '0'}} | The provided starting key does not match the range key predicate",
                "{pk: {S: 'b'}, sk: {N: '2'}} | The provided starting key is outside query boundaries based on provided conditions",
                "{pk: {S: 'a'}, sk: {S: '2'}} | The provided starting key is invalid",
                "{pk: {S: 'a'}} | The provided starting key is invalid",
                "{pk: {S: 'a'}, sk: {N: '2'}, l: {S: 'l'}} | The provided starting key is invalid",
            })
    void aStartingKeyLiesInWhatIsQueried(String start, String message) {
        client.refuses(
                "Query",
                "{TableName: 'T-1', KeyConditionExpression: 'pk = :v AND sk > :n', ExclusiveStartKey: " + start
                        + ", ExpressionAttributeValues: {':v': {S: 'a'}, ':n': {N: '1'}}}",
                message);
    }

    @Test
    void aQueryOfATableWithoutSortKeyCannotBeRestarted() {
        client.call("CreateTable", """
                {TableName: 'Plain', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'g', AttributeType: 'S'}],
                 GlobalSecondaryIndexes: [{IndexName: 'byG', Projection: {ProjectionType: 'ALL'},
                   KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}]}]}""");
        client.call("PutItem", "{TableName: 'Plain', Item: {pk: {S: 'a'}, g: {S: 'g'}}}");
        client.call("PutItem", "{TableName: 'Plain', Item: {pk: {S: 'b'}, g: {S: 'g'}}}");
        String query = "{TableName: 'Plain', KeyConditionExpression: 'pk = :v', ExclusiveStartKey: {pk: {S: '%s'}},"
                + " ExpressionAttributeValues: {':v': {S: 'a'}}}";
        client.refuses("Query", query.formatted("a"), "The query can return at most one row and cannot be restarted");
        client.refuses(
                "Query",
                query.formatted("b"),
                "The provided starting key is outside query boundaries based on provided conditions");
        // An index without sort key holds several items of one key, and statements have tokens of their own.
        client.answers(
                "Query",
                "{TableName: 'Plain', IndexName: 'byG', KeyConditionExpression: 'g = :v', ExclusiveStartKey: {pk: {S: 'a'},"
                        + " g: {S: 'g'}}, ExpressionAttributeValues: {':v': {S: 'g'}}, Select: 'COUNT'}",
                "{Count: 1, ScannedCount: 1}");
        String select = "{Statement: \"SELECT * FROM Plain WHERE pk = 'a'\", Limit: 1%s}";
        String token = client.call("ExecuteStatement", select.formatted(""))
                .path("NextToken")
                .asString();
        client.answers("ExecuteStatement", select.formatted(", NextToken: '" + token + "'"), "{Items: []}");
    }

    @Test
    void aStartingKeyLiesInTheSegmentThatIsScanned() {
        JsonNode second = client.call("Scan", "{TableName: 'T-1', Segment: 0, TotalSegments: 2}");
        int segment = second.get("Count").asInt() > 0 ? 0 : 1;
        JsonNode item = client.call("Scan", "{TableName: 'T-1', Limit: 1, Segment: " + segment + ", TotalSegments: 2}")
                .get("LastEvaluatedKey");
        int other = 1 - segment;
        client.refuses(
                "Scan",
                "{TableName: 'T-1', Segment: " + other + ", TotalSegments: 2, ExclusiveStartKey: " + item + "}",
                "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with"
                        + " correct Segment. TotalSegments: 2 Segment: " + other);
    }

    @Test
    void aKeyLongerThanAnyThatIsStoredIsRefused() {
        String tooLong = "x".repeat(40_000);
        client.refuses(
                "Query",
                "{TableName: 'T-1', KeyConditionExpression: 'pk = :v', ExpressionAttributeValues: {':v': {S: '"
                        + tooLong + "'}}}",
                "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048"
                        + " bytes");
        client.refuses(
                "Query",
                "{TableName: 'T-1', IndexName: 'tied', KeyConditionExpression: 'g = :g', ExpressionAttributeValues:"
                        + " {':g': {S: 'g'}}, ExclusiveStartKey: {pk: {S: 'a'}, sk: {N: '1'}, g: {S: '" + tooLong
                        + "'}}}",
                "The provided starting key is invalid");
    }

    @Test
    void aFilterLeavesTheKeyAlone() {
        client.refuses(
                "Query",
                "{TableName: 'T-1', KeyConditionExpression: 'pk = :v', FilterExpression: 'sk = :n',"
                        + " ExpressionAttributeValues: {':v': {S: 'a'}, ':n': {N: '1'}}}",
                "Filter Expression can only contain non-primary key attributes: Primary key attribute: sk");
    }

    @Test
    void aFilterOfAnIndexMayNameTheKeyOfTheTable() {
        String query =
                "IndexName: 'tied', KeyConditionExpression: 'g = :g', ExpressionAttributeValues: {':g': {S: 'g'},"
                        + " ':n': {N: '1'}}, ";
        assertThat(all(query(query + "FilterExpression: 'sk = :n'"), "sk")).containsExactly("1");
        client.refuses(
                "Query",
                "{TableName: 'T-1', " + query + "FilterExpression: 'g = :g AND sk = :n'}",
                "Filter Expression can only contain non-primary key attributes: Primary key attribute: g");
    }

    @Test
    void aKeyOfSeveralAttributesTakesLegacyConditions() {
        String key =
                "IndexName: 'multi', KeyConditions: {g: {ComparisonOperator: 'EQ', AttributeValueList: [{S: 'g'}]},"
                        + " pk: {ComparisonOperator: 'EQ', AttributeValueList: [{S: 'a'}]}";
        String h = ", h: {ComparisonOperator: 'EQ', AttributeValueList: [{N: '0'}]}";
        String l = ", l: {ComparisonOperator: 'GT', AttributeValueList: [{S: 'l4'}]}";
        assertThat(all(query(key + "}"), "l")).hasSize(ITEMS);
        assertThat(all(query(key + h + l + "}"), "l")).containsExactly("l6", "l8");
        client.refuses(
                "Query",
                "{TableName: 'T-1', " + key + l + "}}",
                "RANGE key attributes h must have equality conditions specified in the query because a condition is"
                        + " present on key attribute l");
        client.refuses(
                "Query",
                "{TableName: 'T-1', IndexName: 'multi',"
                        + " KeyConditions: {g: {ComparisonOperator: 'EQ', AttributeValueList: [{S: 'g'}]}}}",
                "HASH key attributes pk must have equality conditions specified in the query");
    }

    @Test
    void aPageOfAnIndexHasAMegabyteOfEntriesAndNotOfItems() {
        for (int i = 0; i < 12; i++) {
            client.call(
                    "PutItem",
                    "{TableName: 'T-1', Item: {pk: {S: 'big'}, sk: {N: '" + i + "'}, g: {S: 'big'}, v: {S: '"
                            + "x".repeat(100 * 1024) + "'}}}");
        }
        JsonNode page = query(
                "IndexName: 'tied', KeyConditionExpression: 'g = :v', ExpressionAttributeValues: {':v': {S: 'big'}}");
        assertThat(page.get("Count").asInt()).isEqualTo(12);
        assertThat(page.get("LastEvaluatedKey")).isNull();
    }

    @Test
    void aPageMayBeEmptyAndNotTheLast() {
        JsonNode page = query("KeyConditionExpression: 'pk = :v', FilterExpression: 'more = :none', Limit: 3,"
                + " ExpressionAttributeValues: {':v': {S: 'a'}, ':none': {S: 'none'}}");
        assertThat(page.get("Items")).isEmpty();
        assertThat(page.get("ScannedCount").asInt()).isEqualTo(3);
        assertThat(page.get("LastEvaluatedKey")).isNotNull();
    }

    @Test
    void legacyParametersMeanTheSame() {
        client.answers(
                "Query",
                "{TableName: 'T-1', KeyConditions: {pk: {ComparisonOperator: 'EQ', AttributeValueList: [{S: 'a'}]},"
                        + " sk: {ComparisonOperator: 'BETWEEN', AttributeValueList: [{N: '1'}, {N: '3'}]}},"
                        + " QueryFilter: {more: {ComparisonOperator: 'NE', AttributeValueList: [{S: 'm5'}]}}, AttributesToGet: ['sk']}",
                "{Items: [{sk: {N: '1'}}, {sk: {N: '3'}}], Count: 2, ScannedCount: 3}");
        client.answers(
                "Scan",
                "{TableName: 'T-1', ScanFilter: {more: {ComparisonOperator: 'NULL'}}}",
                "{Items: [{pk: {S: 'b'}, sk: {N: '1'}}], Count: 1, ScannedCount: 11}");
    }

    @Test
    void keyConditionsGoWithEveryExpressionButTheirOwnSuccessor() {
        String conditions = "KeyConditions: {pk: {ComparisonOperator: 'EQ', AttributeValueList: [{S: 'b'}]}}";
        client.answers(
                "Query",
                "{TableName: 'T-1', " + conditions + ", FilterExpression: 'attribute_not_exists(g)',"
                        + " ProjectionExpression: 'sk'}",
                "{Items: [{sk: {N: '1'}}], Count: 1, ScannedCount: 1}");
        client.refuses(
                "Query",
                "{TableName: 'T-1', " + conditions + ", KeyConditionExpression: 'pk = :b',"
                        + " ExpressionAttributeValues: {':b': {S: 'b'}}}",
                "Can not use both expression and non-expression parameters in the same request: "
                        + "Non-expression parameters: {KeyConditions} Expression parameters: {KeyConditionExpression}");
    }
}
