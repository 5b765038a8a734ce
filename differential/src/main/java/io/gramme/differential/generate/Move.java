package io.gramme.differential.generate;

import io.gramme.differential.wire.Request;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that can still be changed, before it is sent.
 *
 * @param items TableName and Key of each item that the request writes, if its body is made of statements
 */
public record Move(String operation, ObjectNode body, List<ObjectNode> items) {

    public Move {
        items = List.copyOf(items);
    }

    public Move(String operation, ObjectNode body) {
        this(operation, body, List.of());
    }

    public Request request() {
        return Request.of(operation, body);
    }
}
