package io.gramme.differential.compare;

import io.gramme.differential.wire.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The canonical form of an answer, in which it is compared: collections without order are sorted, and values on which
 * two servers cannot agree, such as times and ids, are masked.
 */
final class Canonical {
    private static final Set<String> ORDERED =
            Set.of("L", "KeySchema", "TableNames", "Responses", "CancellationReasons");
    private static final Set<String> MASKED = Set.of("TableId", "LatestStreamLabel", "LatestStreamArn", "NextToken");
    private static final Pattern ACCOUNT = Pattern.compile("arn:aws[a-z-]*:dynamodb:[a-z0-9-]*:\\d{12}:");

    private Canonical() {}

    /** @param order the attributes by which {@code Items} are sorted; items that are equal in them have no order */
    static JsonNode of(JsonNode node, Order order) {
        return of("", node, order);
    }

    private static JsonNode of(String name, JsonNode node, Order order) {
        if (MASKED.contains(name) || name.endsWith("DateTime")) {
            return JsonNodeFactory.instance.stringNode("(masked)");
        }
        return switch (node) {
            case ObjectNode object -> object(object, order);
            case ArrayNode array -> array(name, array, order);
            case JsonNode number when number.isNumber() -> plain(number.decimalValue());
            case JsonNode text
            when text.isString() -> JsonNodeFactory.instance.stringNode(withoutAccount(text.asString()));
            case JsonNode other -> other;
        };
    }

    /** A text without region and account in its ARNs. */
    static String withoutAccount(String text) {
        return ACCOUNT.matcher(text).replaceAll("arn:aws:dynamodb:(masked):(masked):");
    }

    private static JsonNode plain(BigDecimal number) {
        return JsonNodeFactory.instance.stringNode(number.stripTrailingZeros().toPlainString());
    }

    private static ObjectNode object(ObjectNode object, Order order) {
        ObjectNode canonical = Json.object();
        object.propertyStream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(member -> canonical.set(member.getKey(), of(member.getKey(), member.getValue(), order)));
        return canonical;
    }

    private static ArrayNode array(String name, ArrayNode array, Order order) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(element -> elements.add(of("", element, order)));
        if (name.equals("Items")) {
            return order.sort(elements);
        }
        if (!ORDERED.contains(name)) {
            elements.sort(Comparator.comparing(Canonical::sortedBy));
        }
        return Json.array().addAll(elements);
    }

    /** The name first, so that elements of one name are compared with each other, even where other members differ. */
    private static String sortedBy(JsonNode element) {
        return element.path("TableName").asString("")
                + element.path("IndexName").asString("")
                + element.path("AttributeName").asString("")
                + element;
    }
}
