package io.gramme.consistency.workload;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Compares every index of a table with the items of the table, while there are no writers. */
final class IndexCheck {
    private final Database database;
    private final String table;

    IndexCheck(Database database, String table) {
        this.database = database;
        this.table = table;
    }

    void run() {
        JsonNode description =
                database.mustDo("DescribeTable", "{TableName: '" + table + "'}").path("Table");
        List<String> key = keyOf(description);
        List<JsonNode> items = Rows.scan(database, table, "ConsistentRead: true");
        for (String indexes : List.of("LocalSecondaryIndexes", "GlobalSecondaryIndexes")) {
            description.path(indexes).forEach(index -> check(index, key, items));
        }
    }

    private static List<String> keyOf(JsonNode schema) {
        return schema.path("KeySchema")
                .valueStream()
                .map(element -> element.path("AttributeName").asString())
                .toList();
    }

    private void check(JsonNode index, List<String> key, List<JsonNode> items) {
        String name = index.path("IndexName").asString();
        Set<String> shown = new LinkedHashSet<>(key);
        shown.addAll(keyOf(index));
        boolean whole =
                index.path("Projection").path("ProjectionType").asString().equals("ALL");
        List<Map<String, JsonNode>> expected = new ArrayList<>();
        for (JsonNode item : items) {
            if (keyOf(index).stream().allMatch(item::has)) {
                expected.add(attributes(item, whole ? Set.copyOf(item.propertyNames()) : shown));
            }
        }
        List<Map<String, JsonNode>> actual = new ArrayList<>();
        Rows.scan(database, table, "IndexName: '" + name + "'")
                .forEach(entry -> actual.add(attributes(entry, entry.propertyNames())));
        if (actual.size() != expected.size() || !Set.copyOf(actual).equals(Set.copyOf(expected))) {
            throw new AssertionError("index " + name + " of " + table + " is " + actual + " and should be " + expected);
        }
    }

    private static Map<String, JsonNode> attributes(JsonNode item, Iterable<String> names) {
        var attributes = new TreeMap<String, JsonNode>();
        names.forEach(name -> attributes.put(name, item.path(name)));
        return attributes;
    }
}
