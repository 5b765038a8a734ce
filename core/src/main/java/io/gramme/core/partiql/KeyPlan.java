package io.gramme.core.partiql;

import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.Condition.Attribute;
import io.gramme.core.expression.Condition.Literal;
import io.gramme.core.expression.Condition.Operand;
import io.gramme.core.expression.KeyCondition;
import io.gramme.core.expression.Relation;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a condition says about the key of a table or an index: which item it means, or which parts to read. */
public final class KeyPlan {
    /** Of the values that a condition gives a partition key. */
    private static final int MAX_PARTITIONS = 50;

    private final KeySchema schema;

    public KeyPlan(KeySchema schema) {
        this.schema = schema;
    }

    /**
     * One item.
     *
     * @param condition what else the clause says, if it says anything else
     */
    public record One(Item key, Optional<Condition> condition) {}

    /**
     * The item that a write means.
     *
     * @throws io.gramme.core.error.ApiException VALIDATION, if it names no single item
     */
    public One one(Optional<Condition> where) {
        var key = new LinkedHashMap<String, Value>();
        var others = new ArrayList<Condition>();
        for (Condition conjunct : where.map(KeyPlan::conjuncts).orElse(List.of())) {
            Optional<Equality> equality = equality(conjunct);
            if (equality.isEmpty()) {
                others.add(conjunct);
                continue;
            }
            String attribute = equality.get().attribute().name();
            Value value = equality.get().value();
            Value earlier = key.putIfAbsent(attribute, value);
            if (earlier != null && !earlier.equals(value)) {
                throw PartiqlErrors.keyTwice(attribute);
            }
        }
        if (key.size() < schema.attributes().size()) {
            throw PartiqlErrors.noKey();
        }
        for (KeyAttribute attribute : schema.attributes()) {
            requireType(
                    attribute, Optional.ofNullable(key.get(attribute.name())).orElseThrow());
        }
        return new One(Item.of(key), others.isEmpty() ? Optional.empty() : Optional.of(new Condition.And(others)));
    }

    /** Whether the clause names a single item; what else it says does not matter. */
    public boolean isOne(Optional<Condition> where) {
        long named = where.map(KeyPlan::conjuncts).orElse(List.of()).stream()
                .flatMap(conjunct -> equality(conjunct).stream())
                .map(Equality::attribute)
                .distinct()
                .count();
        return named == schema.attributes().size();
    }

    private static void requireType(KeyAttribute attribute, Value value) {
        if (value.type() != Value.Type.S && value.type() != Value.Type.N && value.type() != Value.Type.B) {
            throw PartiqlErrors.keyNoScalar(attribute.name(), value.type());
        }
        if (value.type() != attribute.type()) {
            throw PartiqlErrors.keyType(attribute.name());
        }
    }

    /**
     * The parts of partitions that hold all items which meet the condition, no two of them overlapping; or nothing, if
     * they can be anywhere.
     *
     * @throws io.gramme.core.error.ApiException VALIDATION, if a value does not fit the key
     */
    public Optional<List<KeyCondition.Resolved>> parts(Optional<Condition> where) {
        if (where.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Set<Value>> pinned = pinned(where.get());
        List<List<Value>> partitions = List.of(List.of());
        for (KeyAttribute attribute : schema.partition()) {
            Set<Value> values = pinned.get(attribute.name());
            if (values == null) {
                return Optional.empty();
            }
            for (Value value : values) {
                if (value.type() != attribute.type()) {
                    throw PartiqlErrors.keyType(attribute.name());
                }
            }
            partitions = product(partitions, values);
        }
        return Optional.of(
                partitions.stream().map(values -> part(values, where.get())).toList());
    }

    private static List<List<Value>> product(List<List<Value>> tuples, Set<Value> values) {
        int size = tuples.size() * values.size();
        if (size > MAX_PARTITIONS) {
            throw ExpressionErrors.inStatement().tooManyCandidates(size);
        }
        var longer = new ArrayList<List<Value>>(size);
        for (List<Value> tuple : tuples) {
            for (Value value : values) {
                var one = new ArrayList<>(tuple);
                one.add(value);
                longer.add(one);
            }
        }
        return longer;
    }

    /** The partition key attributes that have one of some values in every item that meets the condition. */
    private Map<String, Set<Value>> pinned(Condition condition) {
        return switch (condition) {
            case Condition.And(var conditions) -> {
                var all = new LinkedHashMap<String, Set<Value>>();
                for (Condition each : conditions) {
                    pinned(each).forEach((name, values) -> all.merge(name, values, KeyPlan::common));
                }
                yield all;
            }
            case Condition.Or(var conditions) -> {
                Map<String, Set<Value>> any = new LinkedHashMap<>(pinned(conditions.getFirst()));
                for (Condition each : conditions) {
                    Map<String, Set<Value>> other = pinned(each);
                    any.keySet().retainAll(other.keySet());
                    any.replaceAll((name, values) -> union(values, other.getOrDefault(name, Set.of())));
                }
                yield any;
            }
            case Condition.In(var operand, var candidates) -> candidates(operand, candidates);
            case Condition.Compare _ ->
                equality(condition)
                        .filter(equality -> schema.partition().contains(equality.attribute()))
                        .map(equality -> Map.of(equality.attribute().name(), Set.of(equality.value())))
                        .orElse(Map.of());
            case Condition.Not _, Condition.Between _, Condition.Exists _, Condition.NotExists _ -> Map.of();
            case Condition.HasType _, Condition.BeginsWith _, Condition.Contains _ -> Map.of();
        };
    }

    private Map<String, Set<Value>> candidates(Operand operand, List<Operand> candidates) {
        Optional<KeyAttribute> attribute =
                keyAttribute(operand).filter(key -> schema.partition().contains(key));
        if (attribute.isEmpty() || !candidates.stream().allMatch(Literal.class::isInstance)) {
            return Map.of();
        }
        var values = new LinkedHashSet<Value>();
        for (Operand candidate : candidates) {
            if (candidate instanceof Literal(var value)) {
                values.add(value);
            }
        }
        return Map.of(attribute.get().name(), values);
    }

    private static Set<Value> common(Set<Value> one, Set<Value> other) {
        var common = new LinkedHashSet<>(one);
        common.retainAll(other);
        return common;
    }

    private static Set<Value> union(Set<Value> one, Set<Value> other) {
        var union = new LinkedHashSet<>(one);
        union.addAll(other);
        return union;
    }

    private KeyCondition.Resolved part(List<Value> partition, Condition where) {
        var terms = new ArrayList<KeyCondition.Term>();
        for (int i = 0; i < partition.size(); i++) {
            terms.add(
                    new KeyCondition.Term(schema.partition().get(i).name(), new KeyCondition.Equal(partition.get(i))));
        }
        Map<String, KeyCondition.Test> tests = sortTests(relevant(where, partition));
        for (KeyAttribute attribute : schema.sort()) {
            KeyCondition.Test test = tests.get(attribute.name());
            if (test == null) {
                break;
            }
            terms.add(new KeyCondition.Term(attribute.name(), test));
            if (!(test instanceof KeyCondition.Equal)) {
                break;
            }
        }
        return new KeyCondition(terms).resolve(schema);
    }

    /** What must hold for items of one partition: of several alternatives, the one that speaks of it, if there is one. */
    private Condition relevant(Condition where, List<Value> partition) {
        if (!(where instanceof Condition.Or(var alternatives))) {
            return where;
        }
        List<Condition> speaking = alternatives.stream()
                .filter(alternative -> admits(alternative, partition))
                .toList();
        return speaking.size() == 1 ? speaking.getFirst() : where;
    }

    private boolean admits(Condition condition, List<Value> partition) {
        Map<String, Set<Value>> pinned = pinned(condition);
        for (int i = 0; i < partition.size(); i++) {
            Set<Value> values = pinned.get(schema.partition().get(i).name());
            if (values != null && !values.contains(partition.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** For each sort key attribute the narrowest that is asked of it: an equality, or else what comes first. */
    private Map<String, KeyCondition.Test> sortTests(Condition condition) {
        var tests = new LinkedHashMap<String, KeyCondition.Test>();
        for (Condition conjunct : conjuncts(condition)) {
            sortTest(conjunct).ifPresent(term -> {
                requireTypes(term);
                if (term.test() instanceof KeyCondition.Equal) {
                    tests.merge(
                            term.attribute(),
                            term.test(),
                            (old, equal) -> old instanceof KeyCondition.Equal ? old : equal);
                } else {
                    tests.putIfAbsent(term.attribute(), term.test());
                }
            });
        }
        return tests;
    }

    private void requireTypes(KeyCondition.Term term) {
        Value.Type type = schema.attribute(term.attribute()).orElseThrow().type();
        if (!term.test().values().stream().allMatch(value -> value.type() == type)) {
            throw PartiqlErrors.keyType(term.attribute());
        }
    }

    private Optional<KeyCondition.Term> sortTest(Condition condition) {
        return switch (condition) {
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
    }

    private Optional<KeyCondition.Term> sortTerm(Operand operand, KeyCondition.Test test) {
        return keyAttribute(operand)
                .filter(attribute -> schema.sort().contains(attribute))
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

    private record Equality(KeyAttribute attribute, Value value) {}

    /** The key attribute and its value, if that is what the condition says. */
    private Optional<Equality> equality(Condition condition) {
        return switch (condition) {
            case Condition.Compare(var left, var relation, Literal(var value))
            when relation == Relation.EQUAL -> keyAttribute(left).map(attribute -> new Equality(attribute, value));
            case Condition.Compare(Literal(var value), var relation, var right)
            when relation == Relation.EQUAL -> keyAttribute(right).map(attribute -> new Equality(attribute, value));
            default -> Optional.empty();
        };
    }

    private Optional<KeyAttribute> keyAttribute(Operand operand) {
        return operand instanceof Attribute(var path) && path.isTopLevel()
                ? schema.attribute(path.root())
                : Optional.empty();
    }

    private static List<Condition> conjuncts(Condition condition) {
        if (!(condition instanceof Condition.And(var conditions))) {
            return List.of(condition);
        }
        return conditions.stream().flatMap(each -> conjuncts(each).stream()).toList();
    }
}
