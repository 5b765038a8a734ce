package io.gramme.consistency.workload;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads all items of a table or an index. */
final class Rows {
    private Rows() {}

    /** @param what further members of the request */
    static List<JsonNode> scan(Database database, String table, String what) {
        List<JsonNode> items = new ArrayList<>();
        String from = "";
        do {
            JsonNode page = database.mustDo("Scan", "{TableName: '" + table + "', " + what + from + "}");
            page.path("Items").forEach(items::add);
            from = page.optional("LastEvaluatedKey")
                    .map(key -> ", ExclusiveStartKey: " + key)
                    .orElse("");
        } while (!from.isEmpty());
        return items;
    }
}
