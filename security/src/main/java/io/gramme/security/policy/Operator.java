package io.gramme.security.policy;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The operators of conditions. A negated one is true if no value of the policy matches. */
enum Operator {
    STRING_EQUALS("StringEquals", Type.STRING, false),
    STRING_NOT_EQUALS("StringNotEquals", Type.STRING, true),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", Type.STRING_IGNORING_CASE, false),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", Type.STRING_IGNORING_CASE, true),
    STRING_LIKE("StringLike", Type.PATTERN, false),
    STRING_NOT_LIKE("StringNotLike", Type.PATTERN, true),
    NUMERIC_EQUALS("NumericEquals", Type.NUMBER, false),
    NUMERIC_NOT_EQUALS("NumericNotEquals", Type.NUMBER, true),
    NUMERIC_LESS_THAN("NumericLessThan", Type.NUMBER, false),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Type.NUMBER, false),
    NUMERIC_GREATER_THAN("NumericGreaterThan", Type.NUMBER, false),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Type.NUMBER, false),
    DATE_EQUALS("DateEquals", Type.DATE, false),
    DATE_NOT_EQUALS("DateNotEquals", Type.DATE, true),
    DATE_LESS_THAN("DateLessThan", Type.DATE, false),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", Type.DATE, false),
    DATE_GREATER_THAN("DateGreaterThan", Type.DATE, false),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Type.DATE, false),
    BOOL("Bool", Type.BOOLEAN, false),
    BINARY_EQUALS("BinaryEquals", Type.BINARY, false),
    IP_ADDRESS("IpAddress", Type.ADDRESS, false),
    NOT_IP_ADDRESS("NotIpAddress", Type.ADDRESS, true),
    ARN_EQUALS("ArnEquals", Type.ARN, false),
    ARN_LIKE("ArnLike", Type.ARN, false),
    ARN_NOT_EQUALS("ArnNotEquals", Type.ARN, true),
    ARN_NOT_LIKE("ArnNotLike", Type.ARN, true),
    NULL("Null", Type.NULL, false);

    /** What a value of a policy is read as. */
    enum Type {
        STRING,
        STRING_IGNORING_CASE,
        PATTERN,
        NUMBER,
        DATE,
        BOOLEAN,
        BINARY,
        ADDRESS,
        ARN,
        NULL;

        /** Only in these do variables have a meaning. */
        boolean hasVariables() {
            return switch (this) {
                case STRING, STRING_IGNORING_CASE, PATTERN, ARN -> true;
                case NUMBER, DATE, BOOLEAN, BINARY, ADDRESS, NULL -> false;
            };
        }

        boolean hasWildcards() {
            return this == PATTERN || this == ARN;
        }
    }

    private static final Map<String, Operator> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Operator::text, Function.identity()));

    private final String text;
    private final Type type;
    private final boolean negated;

    Operator(String text, Type type, boolean negated) {
        this.text = text;
        this.type = type;
        this.negated = negated;
    }

    static Optional<Operator> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** As policies write it. */
    String text() {
        return text;
    }

    Type type() {
        return type;
    }

    boolean isNegated() {
        return negated;
    }

    /** For numbers and dates: whether the order of a request's value to the policy's is the one that it asks for. */
    boolean accepts(int order) {
        return switch (this) {
            case NUMERIC_LESS_THAN, DATE_LESS_THAN -> order < 0;
            case NUMERIC_LESS_THAN_EQUALS, DATE_LESS_THAN_EQUALS -> order <= 0;
            case NUMERIC_GREATER_THAN, DATE_GREATER_THAN -> order > 0;
            case NUMERIC_GREATER_THAN_EQUALS, DATE_GREATER_THAN_EQUALS -> order >= 0;
            default -> order == 0; // Equals, and NotEquals, which negates it.
        };
    }
}
