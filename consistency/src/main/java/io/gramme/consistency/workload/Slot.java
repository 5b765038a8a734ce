package io.gramme.consistency.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** An item in which a list grows: attribute {@code l}. */
final class Slot {
    private final String table;
    private final String key;
    private final boolean removable;
    private final AtomicInteger uses = new AtomicInteger();
    private volatile List<Long> known = List.of();

    /** @param key JSON, without the braces around it */
    Slot(String table, String key, boolean removable) {
        this.table = table;
        this.key = key;
        this.removable = removable;
    }

    String table() {
        return table;
    }

    String key() {
        return key;
    }

    /**
     * Whether it may be removed. Then a list must not begin anew, and only the client that removed it knows how it went
     * on: other clients append only where there is an item, and that client puts it back.
     */
    boolean isRemovable() {
        return removable;
    }

    String name() {
        return name(table, Json.read("{" + key + "}"));
    }

    static String name(String table, JsonNode item) {
        JsonNode sort = item.path("s").path("N");
        return table + "/" + item.path("p").path("S").asString() + (sort.isMissingNode() ? "" : "/" + sort.asString());
    }

    /** Counts how often it was chosen. */
    int use() {
        return uses.incrementAndGet();
    }

    /** The longest list that any client saw, for use in conditions. */
    List<Long> known() {
        return known;
    }

    void learn(List<Long> list) {
        if (list.size() > known.size()) {
            known = List.copyOf(list);
        }
    }

    /** The list of an item; empty if the item does not exist. */
    static Optional<List<Long>> list(Optional<JsonNode> item) {
        return item.map(Slot::list);
    }

    static List<Long> list(JsonNode item) {
        var elements = new ArrayList<Long>();
        item.path("l")
                .path("L")
                .forEach(
                        element -> elements.add(Long.parseLong(element.path("N").asString())));
        return elements;
    }

    static String json(List<Long> list) {
        return "{L: " + list.stream().map(element -> "{N: '" + element + "'}").toList() + "}";
    }
}
