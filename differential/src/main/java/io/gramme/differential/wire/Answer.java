package io.gramme.differential.wire;

import tools.jackson.databind.JsonNode;

/** The answer of a server: a status and JSON. */
public record Answer(int status, JsonNode body) {

    public boolean succeeded() {
        return status == 200;
    }

    /** The error's name without the namespace before it; empty if there is none. */
    public String type() {
        String type = body.path("__type").asString("");
        return type.substring(type.indexOf('#') + 1);
    }

    /** The error's message, whose member some errors spell with a capital; empty if there is none. */
    public String message() {
        JsonNode message = body.has("message") ? body.path("message") : body.path("Message");
        return message.asString("");
    }
}
