package io.gramme.differential.compare;

import io.gramme.differential.wire.Json;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The order of the items of an answer. */
public sealed interface Order {
    /** The order of all items is defined. */
    record Strict() implements Order {}

    /** The order of items with equal values of these attributes is not defined. */
    record By(List<String> attributes) implements Order {
        public By {
            attributes = List.copyOf(attributes);
        }
    }

    default ArrayNode sort(List<JsonNode> items) {
        return switch (this) {
            case Strict() -> Json.array().addAll(items);
            case By(var attributes) -> {
                ArrayNode sorted = Json.array();
                int begin = 0;
                while (begin < items.size()) {
                    int end = begin + 1;
                    while (end < items.size() && alike(attributes, items.get(begin), items.get(end))) {
                        end++;
                    }
                    items.subList(begin, end).stream()
                            .sorted(Comparator.comparing(JsonNode::toString))
                            .forEach(sorted::add);
                    begin = end;
                }
                yield sorted;
            }
        };
    }

    private static boolean alike(List<String> attributes, JsonNode one, JsonNode other) {
        return attributes.stream().allMatch(name -> one.path(name).equals(other.path(name)));
    }
}
