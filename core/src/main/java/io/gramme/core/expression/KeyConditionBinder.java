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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** Makes of a bound condition what it says about a key, and refuses all that a key cannot be asked. */
final class KeyConditionBinder {
    private final ExpressionErrors errors;
    private final List<Term> terms = new ArrayList<>();

    private KeyConditionBinder(ExpressionErrors errors) {
        this.errors = errors;
    }

    static KeyCondition bind(Condition condition, ExpressionErrors errors) {
        var binder = new KeyConditionBinder(errors);
        binder.collect(condition);
        var seen = new HashSet<String>();
        for (Term term : binder.terms) {
            if (!seen.add(term.attribute())) {
                throw errors.keyConditionTwice();
            }
        }
        return new KeyCondition(binder.terms);
    }

    private void collect(Condition condition) {
        switch (condition) {
            case Condition.And(var conditions) -> conditions.forEach(this::collect);
            case Condition.Compare(var left, var relation, var right) -> terms.add(comparison(left, relation, right));
            case Condition.Between(var operand, var low, var high) -> terms.add(between(operand, low, high));
            case Condition.BeginsWith(var operand, var prefix) -> terms.add(beginsWith(operand, prefix));
            case Condition.Or _ -> throw errors.notForKeys("OR");
            case Condition.Not _ -> throw errors.notForKeys("NOT");
            case Condition.In _ -> throw errors.notForKeys("IN");
            case Condition.Exists _ -> throw errors.notForKeys(Function.ATTRIBUTE_EXISTS.text());
            case Condition.NotExists _ -> throw errors.notForKeys(Function.ATTRIBUTE_NOT_EXISTS.text());
            case Condition.HasType _ -> throw errors.notForKeys(Function.ATTRIBUTE_TYPE.text());
            case Condition.Contains _ -> throw errors.notForKeys(Function.CONTAINS.text());
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
        String attribute = attribute(operand, low, high);
        requireFirst("BETWEEN", operand);
        return new Term(attribute, new KeyCondition.Between(literal(low), literal(high)));
    }

    private Term beginsWith(Operand operand, Operand prefix) {
        String attribute = attribute(operand, prefix);
        requireFirst(Function.BEGINS_WITH.text(), operand);
        return new Term(attribute, new KeyCondition.BeginsWith(literal(prefix)));
    }

    private void requireFirst(String operator, Operand operand) {
        if (!(operand instanceof Attribute)) {
            throw errors.keyAttributeNotFirst(operator);
        }
    }

    /** The one attribute among operands that are literals otherwise. */
    private String attribute(Operand... operands) {
        if (Stream.of(operands).anyMatch(Size.class::isInstance)) {
            throw errors.keyConditionNested();
        }
        List<Path> paths = Stream.of(operands)
                .flatMap(operand -> operand instanceof Attribute(var path) ? Stream.of(path) : Stream.empty())
                .toList();
        if (paths.isEmpty()) {
            throw errors.noAttributeInKeyCondition();
        }
        if (paths.size() > 1) {
            throw errors.severalAttributesInKeyCondition();
        }
        if (!paths.getFirst().isTopLevel()) {
            throw errors.keyConditionOnNestedAttribute();
        }
        return paths.getFirst().root();
    }

    private static Value literal(Operand operand) {
        if (operand instanceof Literal(var value)) {
            return value;
        }
        throw new IllegalStateException("operand=" + operand);
    }
}
