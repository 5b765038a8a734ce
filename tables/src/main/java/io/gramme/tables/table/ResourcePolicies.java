package io.gramme.tables.table;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The resource-based policies of a table and its streams.
 *
 * @param entries by the label of the stream; that of the table, which holds for its indexes too, by the empty text
 */
public record ResourcePolicies(Map<String, Entry> entries) {
    public static final ResourcePolicies NONE = new ResourcePolicies(Map.of());

    /** The label of the table itself. */
    public static final String OF_TABLE = "";

    /**
     * The policy of one resource.
     *
     * @param text as its client wrote it; empty once it was deleted
     * @param revision what clients call this text
     * @param changed for the service, which takes no second change soon after the first
     */
    public record Entry(Optional<String> text, String revision, Instant changed) {}

    public ResourcePolicies {
        entries = Map.copyOf(entries);
    }

    /** The last change of a resource's policy, if it ever had one. */
    public Optional<Entry> entry(String label) {
        return Optional.ofNullable(entries.get(label));
    }

    /** The text of a resource's policy. */
    public Optional<String> text(String label) {
        return entry(label).flatMap(Entry::text);
    }

    public ResourcePolicies with(String label, Entry entry) {
        var changed = new HashMap<>(entries);
        changed.put(label, entry);
        return new ResourcePolicies(changed);
    }
}
