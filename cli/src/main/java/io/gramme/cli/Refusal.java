package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.wire.Json;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The error that a server answered: the name of its type, without the namespace, and its message. */
record Refusal(String type, String message) {

    /** Parses an error body; empty if it does not have the form of Gramme's errors. */
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
        return message.isEmpty() ? type : firstLine(message) + " (" + type + ")";
    }

    /** An error takes one line; the lines that follow show what a signature should have been of. */
    static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
