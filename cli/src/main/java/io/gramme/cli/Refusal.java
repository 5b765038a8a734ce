package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.wire.Json;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What a server says that refuses a request: the type of the error without what stands before it, and its message. */
record Refusal(String type, String message) {

    /** Nothing if this is not how Gramme refuses. */
    static Optional<Refusal> read(String body) {
        String type = "";
        String message = "";
        try (JsonParser json = Json.parser(body.getBytes(UTF_8))) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING && json.currentName() != null) {
                    switch (json.currentName().toLowerCase(Locale.ROOT)) {
                        case "__type" -> type = json.getString();
                        case "message" -> message = json.getString();
                        default -> {}
                    }
                }
            }
        } catch (JacksonException _) {
            return Optional.empty();
        }
        String name = type.substring(type.indexOf('#') + 1);
        return name.isEmpty() ? Optional.empty() : Optional.of(new Refusal(name, message));
    }

    String text() {
        return message.isEmpty() ? type : message + " (" + type + ")";
    }
}
