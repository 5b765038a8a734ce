package io.gramme.core.expression;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.expression.Condition.And;
import io.gramme.core.expression.Condition.Attribute;
import io.gramme.core.expression.Condition.BeginsWith;
import io.gramme.core.expression.Condition.Between;
import io.gramme.core.expression.Condition.Compare;
import io.gramme.core.expression.Condition.Contains;
import io.gramme.core.expression.Condition.Exists;
import io.gramme.core.expression.Condition.HasType;
import io.gramme.core.expression.Condition.In;
import io.gramme.core.expression.Condition.Literal;
import io.gramme.core.expression.Condition.Not;
import io.gramme.core.expression.Condition.NotExists;
import io.gramme.core.expression.Condition.Operand;
import io.gramme.core.expression.Condition.Or;
import io.gramme.core.expression.Condition.Size;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.util.List;
import java.util.Optional;

/** Decides whether an item satisfies a condition. Total: it returns for every item and never throws. */
final class Evaluator {
    /** The most steps of a search that may have to try every position. */
    private static final long QUADRATIC_WORK = 1 << 20;

    private Evaluator() {}

    static boolean matches(Condition condition, Item item) {
        return switch (condition) {
            case And(var conditions) -> matchesAll(conditions, item);
            case Or(var conditions) -> matchesAny(conditions, item);
            case Not(var inner) -> !matches(inner, item);
            case Compare(var left, var relation, var right) -> relation.holds(value(left, item), value(right, item));
            case Between(var operand, var low, var high) -> isBetween(value(operand, item), low, high, item);
            case In(var operand, var candidates) -> isIn(value(operand, item), candidates, item);
            case Exists(var path) -> path.in(item).isPresent();
            case NotExists(var path) -> path.in(item).isEmpty();
            case HasType(var operand, var type) ->
                value(operand, item).map(Value::type).filter(type::equals).isPresent();
            case BeginsWith(var operand, var prefix) -> beginsWith(value(operand, item), value(prefix, item));
            case Contains(var operand, var part) -> contains(value(operand, item), value(part, item));
        };
    }

    private static boolean matchesAll(List<Condition> conditions, Item item) {
        for (Condition condition : conditions) {
            if (!matches(condition, item)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matchesAny(List<Condition> conditions, Item item) {
        for (Condition condition : conditions) {
            if (matches(condition, item)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Value> value(Operand operand, Item item) {
        return switch (operand) {
            case Attribute(var path) -> path.in(item);
            case Literal(var value) -> Optional.of(value);
            case Size(var inner) -> value(inner, item).flatMap(Evaluator::size);
        };
    }

    /** Strings are counted in UTF-16 code units (measured); numbers, booleans and nulls have no size. */
    private static Optional<Value> size(Value value) {
        return switch (value) {
            case Value.S(var text) -> count(text.length());
            case Value.B(var bytes) -> count(bytes.length());
            case Value.SS(var members) -> count(members.size());
            case Value.NS(var members) -> count(members.size());
            case Value.BS(var members) -> count(members.size());
            case Value.L(var elements) -> count(elements.size());
            case Value.M(var entries) -> count(entries.size());
            case Value.N _, Value.Bool _, Value.Null _ -> Optional.empty();
        };
    }

    private static Optional<Value> count(int size) {
        return Optional.of(new Value.N(Decimal.of(size)));
    }

    private static boolean isBetween(Optional<Value> value, Operand low, Operand high, Item item) {
        return Relation.GREATER_OR_EQUAL.holds(value, value(low, item))
                && Relation.LESS_OR_EQUAL.holds(value, value(high, item));
    }

    private static boolean isIn(Optional<Value> value, List<Operand> candidates, Item item) {
        for (Operand candidate : candidates) {
            if (Relation.EQUAL.holds(value, value(candidate, item))) {
                return true;
            }
        }
        return false;
    }

    private static boolean beginsWith(Optional<Value> value, Optional<Value> prefix) {
        if (value.isEmpty() || prefix.isEmpty()) {
            return false;
        }
        if (value.get() instanceof Value.S(var text) && prefix.get() instanceof Value.S(var start)) {
            return text.startsWith(start);
        }
        return value.get() instanceof Value.B(var bytes)
                && prefix.get() instanceof Value.B(var start)
                && bytes.startsWith(start);
    }

    private static boolean contains(Optional<Value> value, Optional<Value> part) {
        return value.isPresent() && part.isPresent() && contains(value.get(), part.get());
    }

    private static boolean contains(Value value, Value part) {
        return switch (value) {
            case Value.S(var text) -> part instanceof Value.S(var inner) && contains(text, inner);
            case Value.B(var bytes) -> part instanceof Value.B(var inner) && contains(bytes, inner);
            case Value.SS(var members) -> part instanceof Value.S(var member) && members.contains(member);
            case Value.NS(var members) -> part instanceof Value.N(var member) && members.contains(member);
            case Value.BS(var members) -> part instanceof Value.B(var member) && members.contains(member);
            case Value.L(var elements) -> elements.contains(part);
            case Value.M _, Value.N _, Value.Bool _, Value.Null _ -> false;
        };
    }

    private static boolean contains(String text, String inner) {
        // The JDK's search is faster, unless both are long and almost match at every position.
        return (long) text.length() * inner.length() <= QUADRATIC_WORK
                ? text.contains(inner)
                : Occurrence.of(inner::charAt, inner.length(), text::charAt, text.length());
    }

    private static boolean contains(Bytes bytes, Bytes inner) {
        return Occurrence.of(inner::at, inner.length(), bytes::at, bytes.length());
    }
}
