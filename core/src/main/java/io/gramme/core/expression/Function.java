package io.gramme.core.expression;

import io.gramme.core.error.ExpressionErrors;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The functions of expressions. Their names, unlike keywords, are case-sensitive. */
public enum Function {
    ATTRIBUTE_EXISTS("attribute_exists", Role.TEST, 1),
    ATTRIBUTE_NOT_EXISTS("attribute_not_exists", Role.TEST, 1),
    ATTRIBUTE_TYPE("attribute_type", Role.TEST, 2),
    BEGINS_WITH("begins_with", Role.TEST, 2),
    CONTAINS("contains", Role.TEST, 2),
    SIZE("size", Role.MEASURE, 1),
    IF_NOT_EXISTS("if_not_exists", Role.OPERAND_OF_UPDATE, 2),
    LIST_APPEND("list_append", Role.SOURCE_OF_UPDATE, 2);

    /** The positions in which a function may occur. */
    public enum Role {
        /** Alone in a condition. */
        TEST,
        /** As an operand in a condition. */
        MEASURE,
        /** As an operand, or alone, on the right of SET. */
        OPERAND_OF_UPDATE,
        /** Alone on the right of SET. */
        SOURCE_OF_UPDATE
    }

    private static final Map<String, Function> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Function::text, f -> f));

    private final String text;
    private final Role role;
    private final int operands;

    Function(String text, Role role, int operands) {
        this.text = text;
        this.role = role;
        this.operands = operands;
    }

    public static Optional<Function> named(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }

    public String text() {
        return text;
    }

    public Role role() {
        return role;
    }

    /** Refuses a use with more or fewer operands than the function takes. */
    void requireOperands(int given, ExpressionErrors errors) {
        if (given != operands) {
            throw errors.operandCount(text, given);
        }
    }

    public boolean isForUpdates() {
        return role == Role.OPERAND_OF_UPDATE || role == Role.SOURCE_OF_UPDATE;
    }
}
