package io.gramme.core.expression.legacy;

import io.gramme.core.item.Value;

/** The operator with which a legacy condition tests its attribute. */
public enum ComparisonOperator {
    EQ(1, 1, Operands.ANY),
    NE(1, 1, Operands.ANY),
    IN(1, Integer.MAX_VALUE, Operands.ORDERED),
    LE(1, 1, Operands.ORDERED),
    LT(1, 1, Operands.ORDERED),
    GE(1, 1, Operands.ORDERED),
    GT(1, 1, Operands.ORDERED),
    BETWEEN(2, 2, Operands.ORDERED),
    NOT_NULL(0, 0, Operands.ANY),
    NULL(0, 0, Operands.ANY),
    CONTAINS(1, 1, Operands.MEMBER),
    NOT_CONTAINS(1, 1, Operands.MEMBER),
    BEGINS_WITH(1, 1, Operands.SEQUENCE);

    private final int fewest;
    private final int most;
    private final Operands operands;

    ComparisonOperator(int fewest, int most, Operands operands) {
        this.fewest = fewest;
        this.most = most;
        this.operands = operands;
    }

    boolean takesNone() {
        return most == 0;
    }

    boolean takes(int count) {
        return fewest <= count && count <= most;
    }

    boolean takes(Value.Type type) {
        return operands.include(type);
    }

    /** The types of values that an operator accepts. */
    private enum Operands {
        ANY,
        /** Types that have an order. */
        ORDERED,
        /** Types that can be members of a set or a list. */
        MEMBER,
        /** Types that have a prefix. */
        SEQUENCE;

        boolean include(Value.Type type) {
            return switch (this) {
                case ANY -> true;
                case ORDERED -> type == Value.Type.S || type == Value.Type.N || type == Value.Type.B;
                case MEMBER ->
                    switch (type) {
                        case S, N, B, BOOL, NULL -> true;
                        case SS, NS, BS, L, M -> false;
                    };
                case SEQUENCE -> type == Value.Type.S || type == Value.Type.B;
            };
        }
    }
}
