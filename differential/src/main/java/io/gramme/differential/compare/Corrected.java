package io.gramme.differential.compare;

import io.gramme.differential.wire.Json;
import java.math.BigDecimal;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer of DynamoDB Local, with one thing put right that would differ in too many places to be a known difference: the
 * service writes every number in its normal form (measured), while DynamoDB Local leaves those inside of lists, maps and
 * sets, and what is copied from there, as they were sent.
 */
final class Corrected {
    private static final Set<String> NUMBERS = Set.of("N", "NS");

    private Corrected() {}

    static JsonNode of(JsonNode answer) {
        return of("", answer);
    }

    private static JsonNode of(String name, JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode corrected = Json.object();
                object.propertyStream()
                        .forEach(member -> corrected.set(member.getKey(), of(member.getKey(), member.getValue())));
                yield corrected;
            }
            case ArrayNode array -> {
                ArrayNode corrected = Json.array();
                array.forEach(element -> corrected.add(of(name, element)));
                yield corrected;
            }
            case JsonNode number
            when number.isString() && NUMBERS.contains(name) ->
                JsonNodeFactory.instance.stringNode(normal(number.asString()));
            case JsonNode other -> other;
        };
    }

    private static String normal(String number) {
        try {
            var value = new BigDecimal(number);
            return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        } catch (NumberFormatException e) {
            return number;
        }
    }
}
