package io.gramme.core.expression;

import io.gramme.core.item.Value;
import io.gramme.core.key.KeySchema;
import java.util.List;
import java.util.Optional;

/**
 * The items that a query reads, before its table or index is known.
 *
 * @param terms as written; no two on the same attribute
 */
public record KeyCondition(List<Term> terms) {
    public KeyCondition {
        terms = List.copyOf(terms);
    }

    /** The names of the attributes that it tests. */
    public List<String> attributes() {
        return terms.stream().map(Term::attribute).toList();
    }

    public record Term(String attribute, Test test) {}

    /** The test of one attribute of the key. */
    public sealed interface Test {
        /** The values it compares the attribute with. */
        default List<Value> values() {
            return switch (this) {
                case Equal(var value) -> List.of(value);
                case Less(var value) -> List.of(value);
                case LessOrEqual(var value) -> List.of(value);
                case Greater(var value) -> List.of(value);
                case GreaterOrEqual(var value) -> List.of(value);
                case Between(var low, var high) -> List.of(low, high);
                case BeginsWith(var prefix) -> List.of(prefix);
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
     * @param sortTest of the sort key attribute after those; never an equality
     */
    public record Resolved(List<Value> partition, List<Value> sortEquals, Optional<Test> sortTest) {
        public Resolved {
            partition = List.copyOf(partition);
            sortEquals = List.copyOf(sortEquals);
        }
    }

    /**
     * Matches the terms with the key of a table or an index.
     *
     * @throws io.gramme.core.error.ApiException VALIDATION, if they do not fit it
     */
    public Resolved resolve(KeySchema schema) {
        return new KeyConditionFit(this, schema).resolve();
    }
}
