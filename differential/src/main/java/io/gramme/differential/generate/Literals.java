package io.gramme.differential.generate;

import io.gramme.differential.wire.Json;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The values of one statement: each a literal, if its type has one, or a parameter. */
final class Literals {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private final Luck luck;
    private final ArrayNode parameters = Json.array();

    Literals(Luck luck) {
        this.luck = luck;
    }

    String value(ObjectNode value) {
        Optional<String> literal = luck.chance(60) ? literal(value) : Optional.empty();
        if (literal.isPresent()) {
            return literal.get();
        }
        parameters.add(value);
        return "?";
    }

    /** The members of a map, whose values may be parameters. */
    String tuple(ObjectNode members) {
        return members.propertyStream()
                .map(member -> text(member.getKey()) + ": " + value((ObjectNode) member.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    void addTo(ObjectNode request) {
        if (!parameters.isEmpty()) {
            request.set("Parameters", parameters);
        }
    }

    /** The literal of a value; empty for binaries and for numbers in unusual forms, which have none. */
    private static Optional<String> literal(JsonNode value) {
        String type = value.propertyNames().iterator().next();
        JsonNode content = value.path(type);
        return switch (type) {
            case "S" -> Optional.of(text(content.asString()));
            case "N" ->
                Optional.of(content.asString())
                        .filter(number -> NUMBER.matcher(number).matches());
            case "BOOL" -> Optional.of(content.asBoolean() ? "true" : "false");
            case "NULL" -> Optional.of("null");
            case "SS" -> Optional.of(elements(content, element -> text(element), "<<", ">>"));
            case "NS" -> Optional.of(elements(content, element -> element, "<<", ">>"));
            case "L" -> all(StreamSupport.stream(content.spliterator(), false).map(Literals::literal), "[", "]");
            case "M" ->
                all(
                        content.propertyStream()
                                .map(member -> literal(member.getValue())
                                        .map(literal -> text(member.getKey()) + ": " + literal)),
                        "{",
                        "}");
            default -> Optional.empty();
        };
    }

    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String elements(JsonNode set, UnaryOperator<String> literal, String begin, String end) {
        return StreamSupport.stream(set.spliterator(), false)
                .map(element -> literal.apply(element.asString()))
                .collect(Collectors.joining(", ", begin, end));
    }

    private static Optional<String> all(Stream<Optional<String>> literals, String begin, String end) {
        var found = literals.toList();
        if (found.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        return Optional.of(found.stream().map(Optional::orElseThrow).collect(Collectors.joining(", ", begin, end)));
    }
}
