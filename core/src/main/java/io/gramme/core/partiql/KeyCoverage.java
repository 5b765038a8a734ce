package io.gramme.core.partiql;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.Condition.Operand;
import io.gramme.core.expression.KeyCondition;
import io.gramme.core.expression.Relation;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeyCodec;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntBinaryOperator;

/**
 * Counts the alternatives of a WHERE clause that select each sort key of a partition. An OR that names a key attribute
 * makes alternatives, each value of IN on a key attribute is one, and an AND makes one of each combination. An
 * alternative without a condition on the sort key selects the whole partition.
 *
 * <p>The service refuses alternatives that overlap. It does not count an alternative whose sort key condition is
 * negated or {@code <>}. An OR on other attributes alone is a filter, and makes no alternatives.
 *
 * <p>The values of the clause divide the sort keys into cells, points and the gaps around them; a count for each cell
 * replaces the alternatives themselves, whose number can be exponential in the length of the clause.
 */
final class KeyCoverage {
    /** A higher count makes no difference. */
    private static final int SEVERAL = 2;

    private final KeyTerms terms;
    private final Optional<KeyAttribute> sort;
    private final Condition where;

    /**
     * Cell 2i is the gap below the bound i, cell 2i + 1 the bound itself; the last cell is the gap above all bounds.
     */
    private final List<Bytes> bounds;

    /** The attributes of each part of the clause, which are needed for every partition. */
    private final IdentityHashMap<Condition, Set<String>> attributes = new IdentityHashMap<>();

    /** @throws io.gramme.core.error.ApiException VALIDATION, if a value is of another type than the sort key */
    KeyCoverage(KeyTerms terms, Condition where) {
        this.terms = terms;
        this.sort = terms.schema().sort().stream().findFirst();
        this.where = where;
        var found = new TreeSet<Bytes>();
        collect(where, found);
        this.bounds = List.copyOf(found);
    }

    private void collect(Condition condition, Set<Bytes> found) {
        switch (condition) {
            case Condition.And(var conditions) -> conditions.forEach(each -> collect(each, found));
            case Condition.Or(var conditions) -> conditions.forEach(each -> collect(each, found));
            case Condition.In in when is(sort, in.operand()) -> points(in).forEach(found::add);
            case Condition.Compare _, Condition.Between _, Condition.BeginsWith _ ->
                terms.sortTest(condition).map(KeyCondition.Term::test).ifPresent(test -> found.addAll(bounds(test)));
            case Condition.Not _, Condition.In _, Condition.Exists _, Condition.NotExists _ -> {}
            case Condition.HasType _, Condition.Contains _ -> {}
        }
    }

    private static List<Bytes> bounds(KeyCondition.Test test) {
        if (test instanceof KeyCondition.BeginsWith(var prefix)) {
            Bytes low = KeyCodec.last(prefix);
            return List.of(low, low.afterPrefix());
        }
        return test.values().stream().map(KeyCodec::last).toList();
    }

    /** Candidates of another type than the key's are no sort keys of any item. */
    private List<Bytes> points(Condition.In in) {
        Value.Type type = sort.orElseThrow().type();
        return KeyTerms.candidates(in).orElse(List.of()).stream()
                .filter(value -> value.type() == type)
                .map(KeyCodec::last)
                .toList();
    }

    private boolean is(Optional<KeyAttribute> attribute, Operand operand) {
        return attribute.isPresent() && terms.attribute(operand).equals(attribute);
    }

    /** Whether alternatives overlap in the partition. */
    boolean overlapsIn(Value partition) {
        return Arrays.stream(counts(where, partition)).anyMatch(count -> count >= SEVERAL);
    }

    private int[] counts(Condition condition, Value partition) {
        return switch (condition) {
            case Condition.And(var conditions) -> combined(conditions, partition, (one, other) -> one * other, 1);
            case Condition.Or(var conditions)
            when namesKey(condition) -> combined(conditions, partition, Integer::sum, 0);
            case Condition.Not(var inner) -> all(names(sort, inner) ? 0 : 1);
            case Condition.Compare(var _, var relation, var _)
            when relation == Relation.NOT_EQUAL -> all(names(sort, condition) ? 0 : 1);
            case Condition.In in -> in(in, partition);
            case Condition.Compare _, Condition.Between _, Condition.BeginsWith _ -> test(condition, partition);
            case Condition.Or _, Condition.Exists _, Condition.NotExists _, Condition.HasType _ -> all(1);
            case Condition.Contains _ -> all(1);
        };
    }

    private int[] combined(List<Condition> conditions, Value partition, IntBinaryOperator operator, int neutral) {
        int[] counts = all(neutral);
        for (Condition condition : conditions) {
            int[] more = counts(condition, partition);
            for (int cell = 0; cell < counts.length; cell++) {
                counts[cell] = Math.min(SEVERAL, operator.applyAsInt(counts[cell], more[cell]));
            }
        }
        return counts;
    }

    private int[] all(int count) {
        var counts = new int[2 * bounds.size() + 1];
        Arrays.fill(counts, count);
        return counts;
    }

    private boolean namesKey(Condition condition) {
        return names(Optional.of(terms.partition()), condition) || names(sort, condition);
    }

    private boolean names(Optional<KeyAttribute> attribute, Condition condition) {
        return attribute.isPresent()
                && attributes
                        .computeIfAbsent(condition, Condition::attributes)
                        .contains(attribute.get().name());
    }

    private int[] in(Condition.In in, Value partition) {
        Optional<List<Value>> candidates = KeyTerms.candidates(in);
        if (candidates.isPresent() && is(Optional.of(terms.partition()), in.operand())) {
            long times = candidates.get().stream().filter(partition::equals).count();
            return all((int) Math.min(SEVERAL, times));
        }
        if (candidates.isEmpty() || !is(sort, in.operand())) {
            return all(1);
        }
        int[] counts = all(0);
        for (Bytes point : points(in)) {
            int cell = cellOf(point);
            counts[cell] = Math.min(SEVERAL, counts[cell] + 1);
        }
        return counts;
    }

    private int[] test(Condition condition, Value partition) {
        Optional<KeyTerms.Equality> equality = terms.equality(condition);
        if (equality.isPresent() && equality.get().attribute().equals(terms.partition())) {
            return all(equality.get().value().equals(partition) ? 1 : 0);
        }
        return terms.sortTest(condition).map(term -> counts(term.test())).orElseGet(() -> all(1));
    }

    private int[] counts(KeyCondition.Test test) {
        int[] counts = all(0);
        int last = counts.length - 1;
        switch (test) {
            case KeyCondition.Equal(var value) -> fill(counts, cellOf(value), cellOf(value));
            case KeyCondition.Less(var value) -> fill(counts, 0, cellOf(value) - 1);
            case KeyCondition.LessOrEqual(var value) -> fill(counts, 0, cellOf(value));
            case KeyCondition.Greater(var value) -> fill(counts, cellOf(value) + 1, last);
            case KeyCondition.GreaterOrEqual(var value) -> fill(counts, cellOf(value), last);
            case KeyCondition.Between(var low, var high) -> fill(counts, cellOf(low), cellOf(high));
            case KeyCondition.BeginsWith(var prefix) -> {
                Bytes above = KeyCodec.last(prefix).afterPrefix();
                fill(counts, cellOf(prefix), above.isEmpty() ? last : cellOf(above) - 1);
            }
        }
        return counts;
    }

    private static void fill(int[] counts, int from, int to) {
        Arrays.fill(counts, from, to + 1, 1);
    }

    private int cellOf(Value bound) {
        return cellOf(KeyCodec.last(bound));
    }

    private int cellOf(Bytes bound) {
        return 2 * Collections.binarySearch(bounds, bound) + 1;
    }
}
