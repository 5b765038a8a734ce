package io.gramme.differential.generate;

import io.gramme.differential.wire.Request;
import tools.jackson.databind.node.ObjectNode;

/** A request that can still be changed, before it is sent. */
public record Move(String operation, ObjectNode body) {

    public Request request() {
        return Request.of(operation, body);
    }
}
