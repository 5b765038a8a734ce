package io.gramme.core.partiql;

import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.Condition.Attribute;
import io.gramme.core.expression.Condition.Literal;
import io.gramme.core.expression.Condition.Operand;
import io.gramme.core.expression.KeyCondition;
import io.gramme.core.expression.Relation;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The terms of single conditions on the attributes of a key. */
record KeyTerms(KeySchema schema) {
    record Equality(KeyAttribute attribute, Value value) {}

    KeyAttribute partition() {
        return schema.partition().getFirst();
    }

    /** The key attribute and its value, if the condition is such an equality. */
    Optional<Equality> equality(Condition condition) {
        return switch (condition) {
            case Condition.Compare(var left, var relation, Literal(var value))
            when relation == Relation.EQUAL -> attribute(left).map(attribute -> new Equality(attribute, value));
            case Condition.Compare(Literal(var value), var relation, var right)
            when relation == Relation.EQUAL -> attribute(right).map(attribute -> new Equality(attribute, value));
            default -> Optional.empty();
        };
    }

    /** The key attribute that an operand names, if any. */
    Optional<KeyAttribute> attribute(Operand operand) {
        return operand instanceof Attribute(var path) && path.isTopLevel()
                ? schema.attribute(path.root())
                : Optional.empty();
    }

    /** The values of IN, if all of them are known without an item. */
    static Optional<List<Value>> candidates(Condition.In in) {
        var values = new ArrayList<Value>();
        for (Operand candidate : in.candidates()) {
            if (!(candidate instanceof Literal(var value))) {
                return Optional.empty();
            }
            values.add(value);
        }
        return Optional.of(values);
    }

    /**
     * The condition's test of the sort key, if a query can make it.
     *
     * @throws io.gramme.core.error.ApiException VALIDATION, if a value is of another type than the key
     */
    Optional<KeyCondition.Term> sortTest(Condition condition) {
        Optional<KeyCondition.Term> term = switch (condition) {
            case Condition.Compare(var left, var relation, Literal(var value)) ->
                test(relation, value).flatMap(test -> sortTerm(left, test));
            case Condition.Compare(Literal(var value), var relation, var right) ->
                test(relation.flipped(), value).flatMap(test -> sortTerm(right, test));
            case Condition.Between(var operand, Literal(var low), Literal(var high)) ->
                sortTerm(operand, new KeyCondition.Between(low, high));
            case Condition.BeginsWith(var operand, Literal(var prefix)) ->
                sortTerm(operand, new KeyCondition.BeginsWith(prefix));
            case Condition.And _, Condition.Or _, Condition.Not _, Condition.Compare _, Condition.Between _ ->
                Optional.empty();
            case Condition.In _, Condition.Exists _, Condition.NotExists _, Condition.HasType _ -> Optional.empty();
            case Condition.BeginsWith _, Condition.Contains _ -> Optional.empty();
        };
        term.ifPresent(this::requireType);
        return term;
    }

    private Optional<KeyCondition.Term> sortTerm(Operand operand, KeyCondition.Test test) {
        return attribute(operand)
                .filter(schema.sort()::contains)
                .map(attribute -> new KeyCondition.Term(attribute.name(), test));
    }

    private static Optional<KeyCondition.Test> test(Relation relation, Value value) {
        return switch (relation) {
            case EQUAL -> Optional.of(new KeyCondition.Equal(value));
            case NOT_EQUAL -> Optional.empty();
            case LESS -> Optional.of(new KeyCondition.Less(value));
            case LESS_OR_EQUAL -> Optional.of(new KeyCondition.LessOrEqual(value));
            case GREATER -> Optional.of(new KeyCondition.Greater(value));
            case GREATER_OR_EQUAL -> Optional.of(new KeyCondition.GreaterOrEqual(value));
        };
    }

    private void requireType(KeyCondition.Term term) {
        Value.Type type = schema.attribute(term.attribute()).orElseThrow().type();
        if (!term.test().values().stream().allMatch(value -> value.type() == type)) {
            throw PartiqlErrors.keyType(term.attribute());
        }
    }

    static List<Condition> conjuncts(Condition condition) {
        if (!(condition instanceof Condition.And(var conditions))) {
            return List.of(condition);
        }
        return conditions.stream().flatMap(each -> conjuncts(each).stream()).toList();
    }
}
