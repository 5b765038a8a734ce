package io.gramme.tables.table;

import io.gramme.storage.TablespaceId;
import io.gramme.tables.catalog.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stored form of the insights of a table. */
final class InsightsCodec {
    private InsightsCodec() {}

    static List<Fields> fields(Map<TablespaceId, Insights> insights) {
        return insights.entrySet().stream()
                .map(entry -> new Fields()
                        .put("Place", entry.getKey().number())
                        .put("Mode", entry.getValue().mode().name())
                        .put("Status", entry.getValue().status().name())
                        .put("Created", entry.getValue().created())
                        .put("Updated", entry.getValue().updated())
                        .put("TooMany", entry.getValue().tooMany()))
                .toList();
    }

    static Map<TablespaceId, Insights> insights(List<Fields> stored) {
        var insights = new HashMap<TablespaceId, Insights>();
        for (Fields one : stored) {
            insights.put(
                    new TablespaceId(one.number("Place")),
                    new Insights(
                            Insights.Mode.valueOf(one.text("Mode")),
                            Insights.Status.valueOf(one.text("Status")),
                            one.time("Created"),
                            one.time("Updated"),
                            one.flag("TooMany")));
        }
        return insights;
    }
}
