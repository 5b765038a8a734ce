package io.gramme.differential.generate;

import io.gramme.differential.generate.TableModel.KeyAttribute;
import io.gramme.differential.wire.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Random conditions and updates in the legacy parameters, which expressions replaced. */
final class LegacyParameters {
    private static final List<String> OPERATORS = List.of(
            "EQ",
            "NE",
            "LE",
            "LT",
            "GE",
            "GT",
            "NOT_NULL",
            "NULL",
            "CONTAINS",
            "NOT_CONTAINS",
            "BEGINS_WITH",
            "IN",
            "BETWEEN");

    private final Luck luck;
    private final Values values;

    LegacyParameters(Luck luck, Values values) {
        this.luck = luck;
        this.values = values;
    }

    void expect(List<String> attributes, ObjectNode request) {
        ObjectNode expected = request.putObject("Expected");
        for (String attribute : luck.some(attributes, luck.between(1, 2))) {
            expected.set(attribute, expectation(attribute));
        }
        operator(expected.size(), request);
    }

    private ObjectNode expectation(String attribute) {
        return switch (luck.below(4)) {
            case 0 -> Json.object().put("Exists", false);
            case 1 -> {
                ObjectNode expectation = Json.object("Value", values.usual(attribute));
                yield luck.chance(50) ? expectation : expectation.put("Exists", true);
            }
            default -> condition(attribute);
        };
    }

    private void operator(int conditions, ObjectNode request) {
        if (luck.chance(conditions > 1 ? 40 : 3)) {
            request.put("ConditionalOperator", luck.of("AND", "OR"));
        }
    }

    private ObjectNode condition(String attribute) {
        String operator = luck.of(OPERATORS);
        ObjectNode condition = Json.object("ComparisonOperator", operator);
        int arguments = switch (operator) {
            case "NOT_NULL", "NULL" -> 0;
            case "IN" -> luck.between(1, 3);
            case "BETWEEN" -> 2;
            default -> 1;
        };
        if (arguments > 0) {
            ArrayNode list = condition.putArray("AttributeValueList");
            for (int i = 0; i < arguments; i++) {
                list.add(values.usual(attribute));
            }
        }
        return condition;
    }

    /** @param parameter QueryFilter or ScanFilter */
    void filter(String parameter, List<String> attributes, ObjectNode request) {
        ObjectNode filter = request.putObject(parameter);
        for (String attribute : luck.some(attributes, luck.between(1, 2))) {
            filter.set(attribute, condition(attribute));
        }
        operator(filter.size(), request);
    }

    void keyConditions(List<KeyAttribute> hash, List<KeyAttribute> range, ObjectNode request) {
        ObjectNode conditions = request.putObject("KeyConditions");
        hash.forEach(attribute -> conditions.set(attribute.name(), keyCondition(attribute, "EQ")));
        range.forEach(attribute -> {
            if (luck.chance(60)) {
                String operator = luck.of("EQ", "LE", "LT", "GE", "GT", "BEGINS_WITH", "BETWEEN", "BETWEEN", "NE");
                conditions.set(attribute.name(), keyCondition(attribute, operator));
            }
        });
    }

    private ObjectNode keyCondition(KeyAttribute attribute, String operator) {
        ObjectNode condition = Json.object("ComparisonOperator", operator);
        ArrayNode list = condition.putArray("AttributeValueList").add(values.key(attribute));
        if (operator.equals("BETWEEN")) {
            list.add(values.key(attribute));
        }
        return condition;
    }

    void update(List<String> attributes, ObjectNode request) {
        ObjectNode updates = request.putObject("AttributeUpdates");
        for (String attribute : luck.some(attributes, luck.between(1, 3))) {
            ObjectNode update = updates.putObject(attribute);
            switch (luck.below(5)) {
                case 0 -> update.put("Action", "DELETE");
                case 1 -> update.put("Action", "DELETE").set("Value", values.usual(attribute));
                case 2 -> update.put("Action", "ADD").set("Value", values.usual(attribute));
                // The action is PUT if there is none.
                case 3 -> update.set("Value", values.usual(attribute));
                default -> update.put("Action", "PUT").set("Value", values.usual(attribute));
            }
        }
    }
}
