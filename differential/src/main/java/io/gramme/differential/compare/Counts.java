package io.gramme.differential.compare;

import io.gramme.differential.wire.Answer;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The counts of items and bytes in the description of a table, which need not be up to date. */
public final class Counts {
    private static final List<String> NAMES = List.of("ItemCount", "TableSizeBytes", "IndexSizeBytes");

    private Counts() {}

    /** The answer with each count masked, so that only its presence is compared. */
    public static Answer masked(Answer answer) {
        JsonNode body = answer.body().deepCopy();
        for (String name : NAMES) {
            body.findParents(name).forEach(parent -> ((ObjectNode) parent).put(name, "(masked)"));
        }
        return new Answer(answer.status(), body);
    }
}
