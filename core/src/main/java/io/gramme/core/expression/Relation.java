package io.gramme.core.expression;

import io.gramme.core.bytes.Utf8;
import io.gramme.core.item.Value;
import java.util.Optional;

/** The relations between two values that a comparison tests. */
public enum Relation {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String symbol;

    Relation(String symbol) {
        this.symbol = symbol;
    }

    String symbol() {
        return symbol;
    }

    /** Whether the relation needs an order of the values, and so is defined for S, N and B only. */
    boolean isOrder() {
        return this != EQUAL && this != NOT_EQUAL;
    }

    /** The relation of the right value to the left one. */
    public Relation flipped() {
        return switch (this) {
            case EQUAL -> EQUAL;
            case NOT_EQUAL -> NOT_EQUAL;
            case LESS -> GREATER;
            case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
            case GREATER -> LESS;
            case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        };
    }

    /** An absent value is unequal to everything, another absent one included, and has no order. */
    boolean holds(Optional<Value> left, Optional<Value> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return this == NOT_EQUAL;
        }
        return holds(left.get(), right.get());
    }

    /** Values of different types are unequal and have no order. */
    public boolean holds(Value left, Value right) {
        return switch (this) {
            case EQUAL -> left.equals(right);
            case NOT_EQUAL -> !left.equals(right);
            case LESS -> isOrdered(left, right) && compare(left, right) < 0;
            case LESS_OR_EQUAL -> isOrdered(left, right) && compare(left, right) <= 0;
            case GREATER -> isOrdered(left, right) && compare(left, right) > 0;
            case GREATER_OR_EQUAL -> isOrdered(left, right) && compare(left, right) >= 0;
        };
    }

    private static boolean isOrdered(Value left, Value right) {
        return left.type() == right.type() && hasOrder(left.type());
    }

    static boolean hasOrder(Value.Type type) {
        return type == Value.Type.S || type == Value.Type.N || type == Value.Type.B;
    }

    /** N by value, S by UTF-8 bytes, B by unsigned bytes; both values are of the same of these types. */
    static int compare(Value left, Value right) {
        if (left instanceof Value.S(var a) && right instanceof Value.S(var b)) {
            return Utf8.compare(a, b);
        }
        if (left instanceof Value.N(var a) && right instanceof Value.N(var b)) {
            return a.compareTo(b);
        }
        if (left instanceof Value.B(var a) && right instanceof Value.B(var b)) {
            return a.compareTo(b);
        }
        throw new IllegalStateException("left=" + left.type() + " right=" + right.type());
    }
}
