package io.gramme.tables.table;

import io.gramme.tables.catalog.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stored form of the resource-based policies of a table. */
final class ResourcePoliciesCodec {
    private ResourcePoliciesCodec() {}

    static List<Fields> fields(ResourcePolicies policies) {
        return policies.entries().entrySet().stream()
                .map(entry -> fields(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Fields fields(String label, ResourcePolicies.Entry entry) {
        var fields = new Fields()
                .put("Label", label)
                .put("Revision", entry.revision())
                .put("Changed", entry.changed());
        entry.text().ifPresent(text -> fields.put("Text", text));
        return fields;
    }

    static ResourcePolicies policies(List<Fields> stored) {
        Map<String, ResourcePolicies.Entry> entries = new HashMap<>();
        for (Fields one : stored) {
            entries.put(
                    one.text("Label"),
                    new ResourcePolicies.Entry(
                            one.optional("Text", Fields::text), one.text("Revision"), one.time("Changed")));
        }
        return new ResourcePolicies(entries);
    }
}
