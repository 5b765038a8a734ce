package io.gramme.core.expression;

import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which items a query reads, before it is known of what table or index.
 *
 * @param terms as written; no two on the same attribute
 */
public record KeyCondition(List<Term> terms) {
    public KeyCondition {
        terms = List.copyOf(terms);
    }

    public record Term(String attribute, Test test) {}

    /** What is asked of one attribute of the key. */
    public sealed interface Test {
        /** The values it is held against. */
        default Stream<Value> values() {
            return switch (this) {
                case Equal(var value) -> Stream.of(value);
                case Less(var value) -> Stream.of(value);
                case LessOrEqual(var value) -> Stream.of(value);
                case Greater(var value) -> Stream.of(value);
                case GreaterOrEqual(var value) -> Stream.of(value);
                case Between(var low, var high) -> Stream.of(low, high);
                case BeginsWith(var prefix) -> Stream.of(prefix);
            };
        }
    }

    public record Equal(Value value) implements Test {}

    public record Less(Value value) implements Test {}

    public record LessOrEqual(Value value) implements Test {}

    public record Greater(Value value) implements Test {}

    public record GreaterOrEqual(Value value) implements Test {}

    /** Both bounds included. */
    public record Between(Value low, Value high) implements Test {}

    public record BeginsWith(Value prefix) implements Test {}

    /**
     * A key condition on a certain key.
     *
     * @param partition a value for each partition key attribute
     * @param sortEquals values of the first sort key attributes, all of them or fewer
     * @param sortTest of the sort key attribute behind those; never an equality
     */
    public record Resolved(List<Value> partition, List<Value> sortEquals, Optional<Test> sortTest) {
        public Resolved {
            partition = List.copyOf(partition);
            sortEquals = List.copyOf(sortEquals);
        }
    }

    /**
     * Holds the terms against the key of a table or an index.
     *
     * @throws io.gramme.core.error.ApiException VALIDATION, if they do not fit it
     */
    public Resolved resolve(KeySchema schema) {
        Map<String, Test> tests = new LinkedHashMap<>();
        terms.forEach(term -> tests.put(term.attribute(), term.test()));
        if (tests.size() > schema.attributes().size()) {
            throw ExpressionErrors.tooManyKeyConditions(
                    tests.size(), schema.attributes().size());
        }
        var partition = new ArrayList<Value>();
        for (KeyAttribute attribute : schema.partition()) {
            partition.add(partitionValue(attribute, tests));
        }
        requireKnown(tests, schema);
        List<Test> sortTests = sortTests(tests, schema.sort());
        for (KeyAttribute attribute : schema.attributes()) {
            Test test = tests.get(attribute.name());
            if (test != null) {
                requireValues(attribute, test);
            }
        }
        var sortEquals = new ArrayList<Value>();
        Optional<Test> sortTest = Optional.empty();
        for (Test test : sortTests) {
            if (test instanceof Equal(var value)) {
                sortEquals.add(value);
            } else {
                sortTest = Optional.of(test);
            }
        }
        return new Resolved(partition, sortEquals, sortTest);
    }

    private static Value partitionValue(KeyAttribute attribute, Map<String, Test> tests) {
        Test test = tests.get(attribute.name());
        if (test == null) {
            throw ExpressionErrors.missedKeyElement(attribute.name());
        }
        if (test instanceof Equal(var value)) {
            return value;
        }
        throw ExpressionErrors.keyConditionNotSupported();
    }

    /** Terms are no more than attributes, so a foreign one means that a sort key attribute goes without. */
    private static void requireKnown(Map<String, Test> tests, KeySchema schema) {
        boolean foreign =
                tests.keySet().stream().anyMatch(name -> schema.attribute(name).isEmpty());
        if (foreign) {
            String missed = schema.sort().stream()
                    .map(KeyAttribute::name)
                    .filter(name -> !tests.containsKey(name))
                    .findFirst()
                    .orElseThrow();
            throw ExpressionErrors.missedKeyElement(missed);
        }
    }

    /** The tests of the first sort key attributes: equalities, but for the last, and no attribute left out. */
    private static List<Test> sortTests(Map<String, Test> tests, List<KeyAttribute> sort) {
        List<String> names = sort.stream().map(KeyAttribute::name).toList();
        int count = names.size();
        while (count > 0 && !tests.containsKey(names.get(count - 1))) {
            count--;
        }
        var found = new ArrayList<Test>();
        var unequal = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            Optional<Test> test = Optional.ofNullable(tests.get(names.get(i)));
            test.ifPresent(found::add);
            if (i < count - 1 && !(test.orElse(null) instanceof Equal)) {
                unequal.add(names.get(i));
            }
        }
        if (!unequal.isEmpty()) {
            throw ExpressionErrors.sortKeyGap(unequal, names.get(count - 1));
        }
        return found;
    }

    private static void requireValues(KeyAttribute attribute, Test test) {
        test.values().forEach(value -> {
            if (value.type() != attribute.type()) {
                throw ExpressionErrors.keyConditionType();
            }
            if (isEmpty(value)) {
                throw ExpressionErrors.emptyKeyValue(attribute.name(), attribute.type());
            }
        });
        if (test instanceof BeginsWith && attribute.type() == Value.Type.N) {
            throw ExpressionErrors.keyConditionType();
        }
    }

    private static boolean isEmpty(Value value) {
        return (value instanceof Value.S(var text) && text.isEmpty())
                || (value instanceof Value.B(var bytes) && bytes.isEmpty());
    }
}
