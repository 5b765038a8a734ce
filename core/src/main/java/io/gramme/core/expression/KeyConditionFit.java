package io.gramme.core.expression;

import io.gramme.core.error.Errors;
import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.expression.KeyCondition.BeginsWith;
import io.gramme.core.expression.KeyCondition.Equal;
import io.gramme.core.expression.KeyCondition.Resolved;
import io.gramme.core.expression.KeyCondition.Term;
import io.gramme.core.expression.KeyCondition.Test;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Matches one key condition with one key. The textual order of the terms is free; the key's order counts. */
final class KeyConditionFit {
    private static final int MAX_PARTITION_KEY = 2048;
    private static final int MAX_SORT_KEY = 1024;

    private final KeySchema schema;
    private final Map<String, Test> tests = new LinkedHashMap<>();

    KeyConditionFit(KeyCondition condition, KeySchema schema) {
        this.schema = schema;
        for (Term term : condition.terms()) {
            tests.put(term.attribute(), term.test());
        }
    }

    Resolved resolve() {
        int attributes = schema.attributes().size();
        if (tests.size() > attributes) {
            throw ExpressionErrors.tooManyKeyConditions(tests.size(), attributes);
        }
        requireEqualities();
        var partition = new ArrayList<Value>();
        for (KeyAttribute attribute : schema.partition()) {
            partition.add(partitionValue(attribute));
        }
        requireNoOthers();
        return resolved(partition, sortTests());
    }

    private Optional<Test> test(KeyAttribute attribute) {
        return Optional.ofNullable(tests.get(attribute.name()));
    }

    /**
     * Each of several partition key attributes needs an equality; those without any test are reported before the
     * others. A single one is reported by itself, in other words.
     */
    private void requireEqualities() {
        if (schema.partition().size() == 1) {
            return;
        }
        requireNone(attribute -> test(attribute).isEmpty());
        requireNone(
                attribute -> test(attribute).flatMap(KeyConditionFit::equalTo).isEmpty());
    }

    private void requireNone(Predicate<KeyAttribute> unfit) {
        List<String> found = schema.partition().stream()
                .filter(unfit)
                .map(KeyAttribute::name)
                .toList();
        if (!found.isEmpty()) {
            throw ExpressionErrors.partitionKeyUnequal(found);
        }
    }

    private Value partitionValue(KeyAttribute attribute) {
        Test test = test(attribute).orElseThrow(() -> ExpressionErrors.missedKeyElement(attribute.name()));
        requireType(attribute, test);
        Value value = equalTo(test).orElseThrow(ExpressionErrors::keyConditionNotSupported);
        requireNotEmpty(attribute, test);
        if (ItemSize.of(value) > MAX_PARTITION_KEY) {
            throw Errors.keyTooLong(true, MAX_PARTITION_KEY);
        }
        return value;
    }

    private static Optional<Value> equalTo(Test test) {
        return test instanceof Equal(var value) ? Optional.of(value) : Optional.empty();
    }

    /** There are no more terms than attributes, so if one is on no key attribute, a sort key attribute has none. */
    private void requireNoOthers() {
        if (tests.keySet().stream().allMatch(name -> schema.attribute(name).isPresent())) {
            return;
        }
        for (KeyAttribute attribute : schema.sort()) {
            if (test(attribute).isEmpty()) {
                throw ExpressionErrors.missedKeyElement(attribute.name());
            }
        }
    }

    private static void requireType(KeyAttribute attribute, Test test) {
        boolean fits = test.values().stream().allMatch(value -> value.type() == attribute.type());
        if (!fits || (test instanceof BeginsWith && attribute.type() == Value.Type.N)) {
            throw ExpressionErrors.keyConditionType();
        }
    }

    private static void requireNotEmpty(KeyAttribute attribute, Test test) {
        if (test.values().stream().anyMatch(value -> ItemSize.of(value) == 0)) {
            throw ExpressionErrors.emptyKeyValue(attribute.name(), attribute.type());
        }
    }

    private static void requireShort(Test test) {
        if (test.values().stream().anyMatch(value -> ItemSize.of(value) > MAX_SORT_KEY)) {
            throw ExpressionErrors.sortKeyTooLong(MAX_SORT_KEY);
        }
    }

    /** The tests from the first sort key attribute to the last one named: equalities, except for the last. */
    private List<Test> sortTests() {
        List<KeyAttribute> named = namedSortAttributes();
        var found = new ArrayList<Test>();
        var unequal = new ArrayList<String>();
        for (KeyAttribute attribute : named) {
            Optional<Test> test = test(attribute);
            test.ifPresent(present -> found.add(fitting(attribute, present)));
            if (test.flatMap(KeyConditionFit::equalTo).isEmpty()) {
                unequal.add(attribute.name());
            }
        }
        if (!named.isEmpty()) {
            String last = named.getLast().name();
            unequal.remove(last);
            if (!unequal.isEmpty()) {
                throw ExpressionErrors.sortKeyGap(unequal, last);
            }
        }
        return found;
    }

    private static Test fitting(KeyAttribute attribute, Test test) {
        requireType(attribute, test);
        requireNotEmpty(attribute, test);
        requireShort(test);
        return test;
    }

    /** Includes the unnamed attributes between named ones. */
    private List<KeyAttribute> namedSortAttributes() {
        List<KeyAttribute> named = schema.sort();
        while (!named.isEmpty() && test(named.getLast()).isEmpty()) {
            named = named.subList(0, named.size() - 1);
        }
        return named;
    }

    private static Resolved resolved(List<Value> partition, List<Test> sortTests) {
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
}
