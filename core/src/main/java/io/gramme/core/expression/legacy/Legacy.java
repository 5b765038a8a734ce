package io.gramme.core.expression.legacy;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.LegacyErrors;
import io.gramme.core.error.RequestErrors;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.Condition.Attribute;
import io.gramme.core.expression.Condition.Literal;
import io.gramme.core.expression.Condition.Operand;
import io.gramme.core.expression.KeyCondition;
import io.gramme.core.expression.Projection;
import io.gramme.core.expression.Relation;
import io.gramme.core.expression.Update;
import io.gramme.core.item.Path;
import io.gramme.core.item.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Converts legacy parameters to bound forms. Attribute names are names here and never paths: {@code a.b} is one
 * attribute. The methods throw an {@link ApiException} (VALIDATION) for what the service refuses.
 */
public final class Legacy {
    private Legacy() {}

    /** Without expectations every item meets the condition. */
    public static Condition expected(Map<String, LegacyExpected> expected, ConditionalOperator operator) {
        var conditions = new ArrayList<Condition>(expected.size());
        expected.forEach((attribute, expectation) -> conditions.add(expected(attribute, expectation)));
        return joined(conditions, operator);
    }

    /** The condition of QueryFilter or ScanFilter; without conditions every item meets it. */
    public static Condition filter(Map<String, LegacyCondition> filter, ConditionalOperator operator) {
        var conditions = new ArrayList<Condition>(filter.size());
        filter.forEach((attribute, condition) ->
                conditions.add(condition(attribute, condition.operator(), condition.values())));
        return joined(conditions, operator);
    }

    private static Condition joined(List<Condition> conditions, ConditionalOperator operator) {
        return switch (operator) {
            case AND -> new Condition.And(conditions);
            case OR -> conditions.isEmpty() ? new Condition.And(conditions) : new Condition.Or(conditions);
        };
    }

    private static Condition expected(String attribute, LegacyExpected expected) {
        requireNamed(attribute);
        if (expected.value().isPresent() && expected.values().isPresent()) {
            throw LegacyErrors.valueAndList(attribute);
        }
        if (expected.operator().isPresent()) {
            return compared(attribute, expected.operator().get(), expected);
        }
        if (expected.values().isPresent()) {
            throw LegacyErrors.listWithoutOperator(attribute);
        }
        boolean absent = expected.exists().isPresent() && !expected.exists().get();
        if (!absent) {
            Value value = expected.value().orElseThrow(() -> withoutValue(attribute, expected));
            return condition(attribute, ComparisonOperator.EQ, List.of(value));
        }
        if (expected.value().isPresent()) {
            throw LegacyErrors.valueOfMissing(attribute);
        }
        return new Condition.NotExists(Path.of(attribute));
    }

    private static ApiException withoutValue(String attribute, LegacyExpected expected) {
        return LegacyErrors.existsWithoutValue(expected.exists().isPresent() ? "true" : "null", attribute);
    }

    private static Condition compared(String attribute, ComparisonOperator operator, LegacyExpected expected) {
        if (expected.exists().isPresent()) {
            throw LegacyErrors.existsAndOperator(attribute);
        }
        boolean bare = expected.value().isEmpty() && expected.values().isEmpty();
        if (bare && !operator.takesNone()) {
            throw LegacyErrors.operatorWithoutValue(operator.name(), attribute);
        }
        List<Value> values =
                expected.values().orElseGet(() -> expected.value().stream().toList());
        return condition(attribute, operator, values);
    }

    private static Condition condition(String attribute, ComparisonOperator operator, List<Value> values) {
        requireNamed(attribute);
        requireArguments(operator, values);
        var operand = new Attribute(Path.of(attribute));
        return switch (operator) {
            case EQ -> compare(operand, Relation.EQUAL, values);
            case NE -> compare(operand, Relation.NOT_EQUAL, values);
            case LE -> compare(operand, Relation.LESS_OR_EQUAL, values);
            case LT -> compare(operand, Relation.LESS, values);
            case GE -> compare(operand, Relation.GREATER_OR_EQUAL, values);
            case GT -> compare(operand, Relation.GREATER, values);
            case IN -> new Condition.In(operand, literals(values));
            case BETWEEN ->
                new Condition.Between(operand, new Literal(values.getFirst()), new Literal(values.getLast()));
            case NOT_NULL -> new Condition.Exists(operand.path());
            case NULL -> new Condition.NotExists(operand.path());
            case CONTAINS -> new Condition.Contains(operand, new Literal(values.getFirst()));
            // Unlike NE, and unlike NOT contains(...), this one is false for a missing attribute (not captured from the
            // service).
            case NOT_CONTAINS ->
                new Condition.And(List.of(
                        new Condition.Exists(operand.path()),
                        new Condition.Not(new Condition.Contains(operand, new Literal(values.getFirst())))));
            case BEGINS_WITH -> new Condition.BeginsWith(operand, new Literal(values.getFirst()));
        };
    }

    private static Condition compare(Operand operand, Relation relation, List<Value> values) {
        return new Condition.Compare(operand, relation, new Literal(values.getFirst()));
    }

    private static List<Operand> literals(List<Value> values) {
        return values.stream().<Operand>map(Literal::new).toList();
    }

    private static void requireArguments(ComparisonOperator operator, List<Value> values) {
        if (!operator.takes(values.size())) {
            throw LegacyErrors.argumentCount(operator.name());
        }
        for (Value value : values) {
            if (!operator.takes(value.type())) {
                throw LegacyErrors.argumentType(operator.name(), value.type());
            }
        }
        if (values.stream().map(Value::type).distinct().count() > 1) {
            throw LegacyErrors.argumentsOfDifferentTypes();
        }
        if (operator == ComparisonOperator.BETWEEN
                && !Relation.LESS_OR_EQUAL.holds(values.getFirst(), values.getLast())) {
            throw LegacyErrors.boundsInverted();
        }
    }

    public static KeyCondition keyConditions(Map<String, LegacyCondition> conditions) {
        if (conditions.isEmpty()) {
            throw LegacyErrors.noKeyConditions();
        }
        var terms = new ArrayList<KeyCondition.Term>(conditions.size());
        conditions.forEach((attribute, condition) -> {
            requireNamed(attribute);
            requireArguments(condition.operator(), condition.values());
            terms.add(new KeyCondition.Term(attribute, keyTest(condition.operator(), condition.values())));
        });
        return new KeyCondition(terms);
    }

    private static KeyCondition.Test keyTest(ComparisonOperator operator, List<Value> values) {
        return switch (operator) {
            case EQ -> new KeyCondition.Equal(values.getFirst());
            case LE -> new KeyCondition.LessOrEqual(values.getFirst());
            case LT -> new KeyCondition.Less(values.getFirst());
            case GE -> new KeyCondition.GreaterOrEqual(values.getFirst());
            case GT -> new KeyCondition.Greater(values.getFirst());
            case BETWEEN -> new KeyCondition.Between(values.getFirst(), values.getLast());
            case BEGINS_WITH -> new KeyCondition.BeginsWith(values.getFirst());
            case NE, IN, NOT_NULL, NULL, CONTAINS, NOT_CONTAINS -> throw LegacyErrors.notForKeys();
        };
    }

    public static Update updates(Map<String, LegacyUpdate> updates) {
        var actions = new ArrayList<Update.Action>(updates.size());
        updates.forEach((attribute, update) -> {
            requireNamed(attribute);
            actions.add(action(Path.of(attribute), update));
        });
        return Update.of(actions, Update.Origin.ATTRIBUTE_UPDATES);
    }

    private static Update.Action action(Path path, LegacyUpdate update) {
        if (update.value().isEmpty()) {
            if (update.action() == LegacyUpdate.Action.DELETE) {
                return new Update.Remove(path);
            }
            throw LegacyErrors.actionWithoutValue();
        }
        Value value = update.value().get();
        return switch (update.action()) {
            case PUT -> new Update.Assign(path, new Update.Literal(value));
            case ADD -> new Update.Add(path, added(value));
            case DELETE -> new Update.Delete(path, deleted(value));
        };
    }

    private static Value added(Value value) {
        return switch (value) {
            case Value.N _, Value.SS _, Value.NS _, Value.BS _, Value.L _ -> value;
            case Value.S _, Value.B _, Value.Bool _, Value.Null _, Value.M _ ->
                throw LegacyErrors.addedType(value.type());
        };
    }

    private static Value deleted(Value value) {
        return switch (value) {
            case Value.SS _, Value.NS _, Value.BS _ -> value;
            case Value.N _, Value.S _, Value.B _, Value.Bool _, Value.Null _, Value.L _, Value.M _ ->
                throw LegacyErrors.deletedType(value.type());
        };
    }

    public static Projection attributesToGet(List<String> attributes) {
        var seen = new HashSet<String>();
        for (String attribute : attributes) {
            requireNamed(attribute);
            if (!seen.add(attribute)) {
                throw LegacyErrors.duplicateAttribute(attribute);
            }
        }
        return Projection.of(attributes.stream().map(Path::of).toList());
    }

    private static void requireNamed(String attribute) {
        if (attribute.isEmpty()) {
            throw RequestErrors.emptyAttributeName();
        }
    }
}
