package io.gramme.core.expression;

import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.expression.Condition.Attribute;
import io.gramme.core.expression.Condition.Literal;
import io.gramme.core.expression.Condition.Operand;
import io.gramme.core.expression.Condition.Size;
import io.gramme.core.expression.KeyCondition.Term;
import io.gramme.core.expression.KeyCondition.Test;
import io.gramme.core.item.Path;
import io.gramme.core.item.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Converts a bound condition to a key condition, and refuses everything that a key condition cannot express. */
final class KeyConditionBinder {
    private final ExpressionErrors errors;

    /** By attribute, as written. */
    private final Map<String, Term> terms = new LinkedHashMap<>();

    private KeyConditionBinder(ExpressionErrors errors) {
        this.errors = errors;
    }

    static KeyCondition bind(Condition condition, ExpressionErrors errors) {
        var binder = new KeyConditionBinder(errors);
        binder.collect(condition);
        return new KeyCondition(List.copyOf(binder.terms.values()));
    }

    private void collect(Condition condition) {
        switch (condition) {
            case Condition.And(var conditions) -> conditions.forEach(this::collect);
            case Condition.Compare(var left, var relation, var right) -> add(comparison(left, relation, right));
            case Condition.Between(var operand, var low, var high) -> add(between(operand, low, high));
            case Condition.BeginsWith(var operand, var prefix) -> add(beginsWith(operand, prefix));
            case Condition.Or _ -> throw errors.notForKeys("OR");
            case Condition.Not _ -> throw errors.notForKeys("NOT");
            case Condition.In _ -> throw errors.notForKeys("IN");
            case Condition.Exists _ -> throw errors.notForKeys(Function.ATTRIBUTE_EXISTS.text());
            case Condition.NotExists _ -> throw errors.notForKeys(Function.ATTRIBUTE_NOT_EXISTS.text());
            case Condition.HasType _ -> throw errors.notForKeys(Function.ATTRIBUTE_TYPE.text());
            case Condition.Contains _ -> throw errors.notForKeys(Function.CONTAINS.text());
        }
    }

    private void add(Term term) {
        if (terms.putIfAbsent(term.attribute(), term) != null) {
            throw errors.keyConditionTwice();
        }
    }

    private Term comparison(Operand left, Relation relation, Operand right) {
        if (relation == Relation.NOT_EQUAL) {
            throw errors.notForKeys(relation.symbol());
        }
        String attribute = attribute(left, right);
        return right instanceof Literal(var value)
                ? new Term(attribute, test(relation, value))
                : new Term(attribute, test(relation.flipped(), literal(left)));
    }

    private Test test(Relation relation, Value value) {
        return switch (relation) {
            case EQUAL -> new KeyCondition.Equal(value);
            case NOT_EQUAL -> throw errors.notForKeys(relation.symbol());
            case LESS -> new KeyCondition.Less(value);
            case LESS_OR_EQUAL -> new KeyCondition.LessOrEqual(value);
            case GREATER -> new KeyCondition.Greater(value);
            case GREATER_OR_EQUAL -> new KeyCondition.GreaterOrEqual(value);
        };
    }

    private Term between(Operand operand, Operand low, Operand high) {
        String attribute = attributeFirst("BETWEEN", operand, low, high);
        return new Term(attribute, new KeyCondition.Between(literal(low), literal(high)));
    }

    private Term beginsWith(Operand operand, Operand prefix) {
        String attribute = attributeFirst(Function.BEGINS_WITH.text(), operand, prefix);
        return new Term(attribute, new KeyCondition.BeginsWith(literal(prefix)));
    }

    private String attributeFirst(String operator, Operand first, Operand... others) {
        if (first instanceof Literal) {
            throw errors.keyAttributeNotFirst(operator);
        }
        return attribute(Stream.concat(Stream.of(first), Stream.of(others)).toArray(Operand[]::new));
    }

    /** The one attribute among operands that are otherwise literals. */
    private String attribute(Operand... operands) {
        Optional<String> found = Optional.empty();
        for (Operand operand : operands) {
            switch (operand) {
                case Literal _ -> {}
                case Size _ -> throw errors.keyConditionNested();
                case Attribute(var path) -> {
                    if (found.isPresent()) {
                        throw errors.severalAttributesInKeyCondition();
                    }
                    found = Optional.of(name(path));
                }
            }
        }
        return found.orElseThrow(errors::noAttributeInKeyCondition);
    }

    private String name(Path path) {
        if (path.isTopLevel()) {
            return path.root();
        }
        throw errors.keyConditionOnNestedAttribute();
    }

    private static Value literal(Operand operand) {
        if (operand instanceof Literal(var value)) {
            return value;
        }
        throw new IllegalStateException("operand=" + operand);
    }
}
