package io.gramme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Holds every index of a table against the items of the table: an entry for each item that has its keys, and no other. */
final class IndexAudit {
    private static final int SHOWN = 5;

    private final DynamoDbClient client;
    private final TableDescription table;
    private final List<String> key;

    private IndexAudit(DynamoDbClient client, TableDescription table) {
        this.client = client;
        this.table = table;
        this.key = names(table.keySchema());
    }

    /** Returns the items of the table, by key, once its indexes are found to agree with them. */
    static Map<Map<String, AttributeValue>, Map<String, AttributeValue>> check(DynamoDbClient client, String table) {
        var audit = new IndexAudit(
                client,
                client.describeTable(request -> request.tableName(table)).table());
        var items = audit.scan(request -> request.consistentRead(true));
        audit.table
                .localSecondaryIndexes()
                .forEach(index -> audit.check(index.indexName(), index.keySchema(), index.projection(), items));
        audit.table
                .globalSecondaryIndexes()
                .forEach(index -> audit.check(index.indexName(), index.keySchema(), index.projection(), items));
        return items;
    }

    private static List<String> names(List<KeySchemaElement> schema) {
        return schema.stream().map(KeySchemaElement::attributeName).toList();
    }

    private void check(
            String index,
            List<KeySchemaElement> schema,
            Projection projection,
            Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items) {
        Set<String> projected = new LinkedHashSet<>(key);
        projected.addAll(names(schema));
        projected.addAll(projection.nonKeyAttributes());
        boolean whole = projection.projectionType() == ProjectionType.ALL;
        var expected = new HashMap<Map<String, AttributeValue>, Map<String, AttributeValue>>();
        items.forEach((itemKey, item) -> {
            if (Attributes.hasAll(item, names(schema))) {
                expected.put(itemKey, whole ? item : Attributes.only(item, projected));
            }
        });
        requireSame(index, scan(request -> request.indexName(index)), expected);
    }

    private Map<Map<String, AttributeValue>, Map<String, AttributeValue>> scan(
            UnaryOperator<ScanRequest.Builder> more) {
        var items = new HashMap<Map<String, AttributeValue>, Map<String, AttributeValue>>();
        client.scanPaginator(more.apply(ScanRequest.builder().tableName(table.tableName()))
                        .build())
                .items()
                .forEach(item -> assertThat(items.put(Attributes.only(item, key), Attributes.unordered(item)))
                        .as("an item is met once")
                        .isNull());
        return items;
    }

    /** In words of a few lines, whatever the size of the maps. */
    static <K, V> void requireSame(String what, Map<K, V> actual, Map<K, V> expected) {
        List<String> differences = new ArrayList<>();
        expected.forEach((key, value) -> {
            if (!value.equals(actual.get(key))) {
                differences.add(key + " should be " + value + " and is " + actual.get(key));
            }
        });
        actual.forEach((key, value) -> {
            if (!expected.containsKey(key)) {
                differences.add(key + " should not be and is " + value);
            }
        });
        assertThat(differences.stream().limit(SHOWN))
                .as("%d differences in %s", differences.size(), what)
                .isEmpty();
    }
}
