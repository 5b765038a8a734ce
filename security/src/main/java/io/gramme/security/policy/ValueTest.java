package io.gramme.security.policy;

import io.gramme.security.policy.Template.Syntax;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** One value of a condition, compiled: whether a value of a request matches it. */
@FunctionalInterface
interface ValueTest {
    boolean matches(String value, ConditionContext context);

    /**
     * Compiles a value for the positive form of an operator.
     *
     * @throws InvalidPolicyException if it is not of the operator's type
     */
    static ValueTest of(Operator operator, String text, boolean variables) {
        Operator.Type type = operator.type();
        return switch (type) {
            case STRING, STRING_IGNORING_CASE -> string(text, type, variables);
            case PATTERN -> pattern(template(text, type, variables));
            case ARN -> arn(template(text, type, variables));
            case NUMBER -> number(operator, parsed(ConditionValues.number(text), operator, text));
            case DATE -> date(operator, parsed(ConditionValues.date(text), operator, text));
            case ADDRESS -> address(parsed(AddressRange.parse(text), operator, text));
            case BINARY -> binary(parsed(ConditionValues.bytes(text), operator, text));
            case BOOLEAN, NULL -> {
                parsed(ConditionValues.bool(text), operator, text);
                yield (value, _) -> text.equalsIgnoreCase(value);
            }
        };
    }

    private static <T> T parsed(Optional<T> value, Operator operator, String text) {
        return value.orElseThrow(() ->
                new InvalidPolicyException("The value \"" + text + "\" is not valid for " + operator.text() + "."));
    }

    private static Template template(String text, Operator.Type type, boolean variables) {
        return Template.parse(text, new Syntax(type.hasWildcards(), variables));
    }

    private static ValueTest string(String text, Operator.Type type, boolean variables) {
        Template template = template(text, type, variables);
        boolean ignoringCase = type == Operator.Type.STRING_IGNORING_CASE;
        String constant = template.hasVariables() ? null : template.characters(ConditionContext.EMPTY);
        return (value, context) -> {
            String expected = constant != null ? constant : template.characters(context);
            return expected != null && (ignoringCase ? expected.equalsIgnoreCase(value) : expected.equals(value));
        };
    }

    private static ValueTest pattern(Template template) {
        int[] symbols = template.hasVariables() ? null : template.symbols(ConditionContext.EMPTY);
        if (symbols != null) {
            var glob = new Glob(symbols);
            return (value, _) -> glob.matches(value);
        }
        return (value, context) -> {
            int[] found = template.symbols(context);
            return found != null && new Glob(found).matches(value);
        };
    }

    private static ValueTest arn(Template template) {
        int[] symbols = template.hasVariables() ? null : template.symbols(ConditionContext.EMPTY);
        if (symbols != null) {
            Predicate<Arn> glob = ArnGlob.inCondition(symbols);
            return (value, _) -> glob.test(new Arn(value));
        }
        return (value, context) -> {
            int[] found = template.symbols(context);
            return found != null && ArnGlob.inCondition(found).test(new Arn(value));
        };
    }

    private static ValueTest number(Operator operator, BigDecimal expected) {
        return (value, _) -> ConditionValues.number(value)
                .filter(number -> operator.accepts(number.compareTo(expected)))
                .isPresent();
    }

    private static ValueTest date(Operator operator, Instant expected) {
        return (value, _) -> ConditionValues.date(value)
                .filter(date -> operator.accepts(date.compareTo(expected)))
                .isPresent();
    }

    private static ValueTest address(AddressRange range) {
        return (value, _) -> range.contains(value);
    }

    private static ValueTest binary(byte[] expected) {
        return (value, _) -> ConditionValues.bytes(value)
                .filter(bytes -> Arrays.equals(bytes, expected))
                .isPresent();
    }
}
