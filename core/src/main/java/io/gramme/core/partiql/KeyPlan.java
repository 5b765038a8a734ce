package io.gramme.core.partiql;

import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.KeyCondition;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import io.gramme.core.partiql.KeyTerms.Equality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The plan of a statement for the key of a table or an index: the item or the key ranges that its WHERE clause selects.
 * No part of the key has several attributes: statements cannot read such indexes.
 */
public final class KeyPlan {
    /** The most partition key values in a condition. */
    private static final int MAX_PARTITIONS = 50;

    private final KeySchema schema;
    private final KeyTerms terms;

    public KeyPlan(KeySchema schema) {
        if (schema.isMultiAttribute()) {
            throw new IllegalArgumentException("statements do not read by such keys: " + schema.names());
        }
        this.schema = schema;
        this.terms = new KeyTerms(schema);
    }

    /**
     * A single item.
     *
     * @param condition the rest of the clause, if there is any
     */
    public record One(Item key, Optional<Condition> condition) {}

    /**
     * The item that a write addresses.
     *
     * @throws io.gramme.core.error.ApiException VALIDATION, if it names no single item
     */
    public One one(Optional<Condition> where) {
        var key = new LinkedHashMap<String, Value>();
        var others = new ArrayList<Condition>();
        for (Condition conjunct : where.map(KeyTerms::conjuncts).orElse(List.of())) {
            Optional<Equality> equality = terms.equality(conjunct);
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

    /** Whether the clause names a single item; the rest of the clause does not matter. */
    public boolean isOne(Optional<Condition> where) {
        long named = where.map(KeyTerms::conjuncts).orElse(List.of()).stream()
                .flatMap(conjunct -> terms.equality(conjunct).stream())
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
     * The parts of partitions that hold all items which meet the condition, no two of them overlapping; empty if they
     * can be anywhere.
     *
     * @throws io.gramme.core.error.ApiException VALIDATION, if a value does not fit the key, or if alternatives of the
     *     condition overlap
     */
    public Optional<List<KeyCondition.Resolved>> parts(Optional<Condition> where) {
        Optional<Set<Value>> partitions = where.flatMap(this::partitions);
        if (where.isEmpty() || partitions.isEmpty()) {
            return Optional.empty();
        }
        Set<Value> values = partitions.get();
        for (Value value : values) {
            if (value.type() != terms.partition().type()) {
                throw PartiqlErrors.keyType(terms.partition().name());
            }
        }
        if (values.size() > MAX_PARTITIONS) {
            throw ExpressionErrors.inStatement().tooManyCandidates(values.size());
        }
        var coverage = new KeyCoverage(terms, where.get());
        if (values.stream().anyMatch(coverage::overlapsIn)) {
            throw PartiqlErrors.overlappingConditions();
        }
        return Optional.of(
                values.stream().map(value -> part(value, where.get())).toList());
    }

    /** The possible partition key values of the items that meet the condition, if the condition restricts them. */
    private Optional<Set<Value>> partitions(Condition condition) {
        return switch (condition) {
            case Condition.And(var conditions) ->
                conditions.stream().flatMap(each -> partitions(each).stream()).reduce(KeyPlan::common);
            case Condition.Or(var conditions) -> {
                List<Set<Value>> told = conditions.stream()
                        .flatMap(each -> partitions(each).stream())
                        .toList();
                yield told.size() == conditions.size() ? told.stream().reduce(KeyPlan::union) : Optional.empty();
            }
            case Condition.In in ->
                terms.attribute(in.operand())
                        .filter(terms.partition()::equals)
                        .flatMap(_ -> KeyTerms.candidates(in))
                        .<Set<Value>>map(LinkedHashSet::new);
            case Condition.Compare _ ->
                terms.equality(condition)
                        .filter(equality -> equality.attribute().equals(terms.partition()))
                        .map(equality -> Set.of(equality.value()));
            case Condition.Not _, Condition.Between _, Condition.Exists _, Condition.NotExists _ -> Optional.empty();
            case Condition.HasType _, Condition.BeginsWith _, Condition.Contains _ -> Optional.empty();
        };
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

    private KeyCondition.Resolved part(Value partition, Condition where) {
        var found = new ArrayList<KeyCondition.Term>();
        found.add(new KeyCondition.Term(terms.partition().name(), new KeyCondition.Equal(partition)));
        sortTest(relevant(where, partition)).ifPresent(found::add);
        return new KeyCondition(found).resolve(schema);
    }

    /**
     * The condition on items of one partition: of several alternatives, the one for this partition, if there is one.
     */
    private Condition relevant(Condition where, Value partition) {
        if (!(where instanceof Condition.Or(var alternatives))) {
            return where;
        }
        List<Condition> speaking = alternatives.stream()
                .filter(alternative -> partitions(alternative)
                        .filter(values -> !values.contains(partition))
                        .isEmpty())
                .toList();
        return speaking.size() == 1 ? speaking.getFirst() : where;
    }

    /** The narrowest test of the sort key: an equality, or else the first. */
    private Optional<KeyCondition.Term> sortTest(Condition condition) {
        List<KeyCondition.Term> tests = KeyTerms.conjuncts(condition).stream()
                .flatMap(conjunct -> terms.sortTest(conjunct).stream())
                .toList();
        return tests.stream()
                .filter(term -> term.test() instanceof KeyCondition.Equal)
                .findFirst()
                .or(() -> tests.stream().findFirst());
    }
}
