package io.gramme.delivery.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.wire.Json;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.TriggerErrors;
import io.gramme.core.item.Decimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Parses the text of a filter pattern, or reports what is wrong with it. Its length and nesting depth are bounded
 * before.
 */
final class PatternReader {
    private static final String OR = "$or";

    private final int number;
    private final JsonParser json;

    private PatternReader(int number, JsonParser json) {
        this.number = number;
        this.json = json;
    }

    /** @param number of the filter, for error texts */
    static Pattern read(int number, String text) {
        try (JsonParser json = Json.parser(text.getBytes(UTF_8))) {
            var reader = new PatternReader(number, json);
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw reader.wrong("it is not a JSON object");
            }
            Pattern pattern = reader.object();
            if (json.nextToken() != null) {
                throw reader.wrong("trailing content");
            }
            return pattern;
        } catch (JacksonException _) {
            throw TriggerErrors.badPattern(number, "it is not a JSON object");
        }
    }

    private ApiException wrong(String what) {
        return TriggerErrors.badPattern(number, what);
    }

    private Pattern object() {
        Map<String, Pattern> fields = new HashMap<>();
        List<List<Pattern>> alternatives = new ArrayList<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken token = json.nextToken();
            if (name.equals(OR)) {
                alternatives.add(alternatives(token));
            } else if (token == JsonToken.START_OBJECT) {
                fields.put(name, object());
            } else if (token == JsonToken.START_ARRAY) {
                fields.put(name, new Pattern.OneOf(rules(name)));
            } else {
                throw wrong("'" + name + "' must be an object or an array");
            }
        }
        if (fields.isEmpty() && alternatives.isEmpty()) {
            throw wrong("it contains an empty object");
        }
        return new Pattern.Fields(fields, alternatives);
    }

    private List<Pattern> alternatives(JsonToken token) {
        if (token != JsonToken.START_ARRAY) {
            throw wrong("'$or' must be an array of objects");
        }
        var ways = new ArrayList<Pattern>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw wrong("'$or' must be an array of objects");
            }
            ways.add(object());
        }
        if (ways.isEmpty()) {
            throw wrong("'$or' is empty");
        }
        return ways;
    }

    private List<Rule> rules(String name) {
        var rules = new ArrayList<Rule>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            rules.add(json.currentToken() == JsonToken.START_OBJECT ? operator() : value(name));
        }
        if (rules.isEmpty()) {
            throw wrong("'" + name + "' is empty");
        }
        return rules;
    }

    private Rule value(String where) {
        return switch (json.currentToken()) {
            case VALUE_STRING -> new Rule.Text(json.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Rule.Numeral(decimal());
            case VALUE_TRUE -> new Rule.Flag(true);
            case VALUE_FALSE -> new Rule.Flag(false);
            case VALUE_NULL -> new Rule.Null();
            default -> throw wrong("'" + where + "' must hold strings, numbers, true, false, null or operators");
        };
    }

    /** The only member of an object in an array. */
    private Rule operator() {
        String name = json.nextName();
        if (name == null) {
            throw wrong("it contains an empty operator");
        }
        JsonToken token = json.nextToken();
        Rule rule = switch (name) {
            case "prefix" -> new Rule.Prefix(text(name));
            case "suffix" -> new Rule.Suffix(text(name));
            case "equals-ignore-case" -> new Rule.IgnoringCase(text(name));
            case "exists" -> new Rule.Exists(flag(token));
            case "numeric" -> new Rule.Numeric(bounds(token));
            case "anything-but" -> new Rule.AnythingBut(excluded(token));
            default -> throw wrong("unknown operator '" + name + "'");
        };
        if (json.nextToken() != JsonToken.END_OBJECT) {
            throw wrong("an operator must have exactly one member");
        }
        return rule;
    }

    private List<Rule> excluded(JsonToken token) {
        if (token == JsonToken.START_ARRAY) {
            var excluded = new ArrayList<Rule>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                excluded.add(value("anything-but"));
            }
            if (excluded.isEmpty()) {
                throw wrong("'anything-but' is empty");
            }
            return excluded;
        }
        if (token != JsonToken.START_OBJECT) {
            return List.of(value("anything-but"));
        }
        Rule rule = operator();
        return switch (rule) {
            case Rule.Prefix _, Rule.Suffix _, Rule.IgnoringCase _ -> List.of(rule);
            case Rule.Text _, Rule.Numeral _, Rule.Flag _, Rule.Null _ ->
                throw new IllegalStateException(rule.toString());
            case Rule.AnythingBut _, Rule.Exists _, Rule.Numeric _ ->
                throw wrong("'anything-but' takes 'prefix', 'suffix' and 'equals-ignore-case', and no other operator");
        };
    }

    private List<Rule.Bound> bounds(JsonToken token) {
        var bounds = new ArrayList<Rule.Bound>();
        if (token == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                Rule.Relation relation = relation();
                json.nextToken();
                bounds.add(new Rule.Bound(relation, decimal()));
            }
        }
        if (bounds.isEmpty() || bounds.size() > 2) {
            throw wrong("'numeric' takes one or two relations: [\">\", 0, \"<=\", 10]");
        }
        return bounds;
    }

    private Rule.Relation relation() {
        return switch (json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : "") {
            case "=" -> Rule.Relation.EQUAL;
            case "<" -> Rule.Relation.LESS;
            case "<=" -> Rule.Relation.AT_MOST;
            case ">" -> Rule.Relation.MORE;
            case ">=" -> Rule.Relation.AT_LEAST;
            default -> throw wrong("'numeric' compares by =, <, <=, > or >=");
        };
    }

    private Decimal decimal() {
        if (json.currentToken() == null || !json.currentToken().isNumeric()) {
            throw wrong("'numeric' compares with numbers");
        }
        try {
            return Decimal.parse(json.getString());
        } catch (ApiException e) {
            throw wrong(e.text());
        }
    }

    private String text(String operator) {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong("'" + operator + "' takes a string");
        }
        return json.getString();
    }

    private boolean flag(JsonToken token) {
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw wrong("'exists' takes true or false");
        };
    }
}
