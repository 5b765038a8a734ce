package io.gramme.security.policy;

import java.util.List;
import java.util.Optional;

/**
 * One key of one operator of a statement's Condition, with the values of the policy.
 *
 * @param qualifier how several values of a request count
 * @param ifExists whether it is true for a request without the key
 * @param key in lower case
 * @param values as they stand in the policy
 */
record Condition(
        Operator operator,
        Qualifier qualifier,
        boolean ifExists,
        String key,
        List<String> values,
        List<ValueTest> tests) {

    /** How several values of one key in a request count. */
    enum Qualifier {
        /** A key of one value. */
        NONE(""),
        ALL_VALUES("ForAllValues:"),
        ANY_VALUE("ForAnyValue:");

        private final String prefix;

        Qualifier(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final String IF_EXISTS = "IfExists";

    Condition {
        values = List.copyOf(values);
        tests = List.copyOf(tests);
    }

    /** @throws InvalidPolicyException if there is no such operator, or a value is not of its type */
    static Condition parse(String name, String key, List<String> values, boolean variables) {
        Qualifier qualifier = qualifier(name);
        String rest = name.substring(qualifier.prefix.length());
        boolean ifExists = rest.endsWith(IF_EXISTS);
        Operator operator = Operator.named(ifExists ? rest.substring(0, rest.length() - IF_EXISTS.length()) : rest)
                .filter(found -> found != Operator.NULL || (!ifExists && qualifier == Qualifier.NONE))
                .orElseThrow(() -> new InvalidPolicyException("Invalid Condition type : " + name + "."));
        requireKey(key);
        List<ValueTest> tests = values.stream()
                .map(value -> ValueTest.of(operator, value, variables))
                .toList();
        return new Condition(operator, qualifier, ifExists, ConditionKeys.lower(key), values, tests);
    }

    private static Qualifier qualifier(String name) {
        for (Qualifier qualifier : List.of(Qualifier.ALL_VALUES, Qualifier.ANY_VALUE)) {
            if (name.startsWith(qualifier.prefix)) {
                return qualifier;
            }
        }
        return Qualifier.NONE;
    }

    private static void requireKey(String key) {
        int colon = key.indexOf(':');
        if (colon <= 0 || colon == key.length() - 1) {
            throw new InvalidPolicyException(
                    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }
    }

    boolean holds(ConditionContext context) {
        Optional<List<String>> found = context.values(key);
        if (operator == Operator.NULL) {
            String absent = String.valueOf(found.isEmpty() || found.get().isEmpty());
            return matches(absent, context);
        }
        if (found.isEmpty()) {
            return ifExists || holdsForNothing();
        }
        List<String> present = found.get();
        if (present.isEmpty()) {
            return holdsForNothing();
        }
        return switch (qualifier) {
            // A set is not compared with one value, even if it has one: see the IAM guide on multivalued keys.
            case NONE -> !isSet(present) && accepts(present.getFirst(), context);
            case ALL_VALUES -> present.stream().allMatch(value -> accepts(value, context));
            case ANY_VALUE -> present.stream().anyMatch(value -> accepts(value, context));
        };
    }

    private boolean holdsForNothing() {
        return switch (qualifier) {
            case NONE -> operator.isNegated();
            case ALL_VALUES -> true;
            case ANY_VALUE -> false;
        };
    }

    private boolean isSet(List<String> present) {
        return present.size() > 1 || ConditionKeys.isMultivalued(key);
    }

    private boolean accepts(String value, ConditionContext context) {
        return operator.isNegated() != matches(value, context);
    }

    private boolean matches(String value, ConditionContext context) {
        for (ValueTest test : tests) {
            if (test.matches(value, context)) {
                return true;
            }
        }
        return false;
    }

    /** The operator as the policy writes it, with its prefix and suffix. */
    String operatorText() {
        return qualifier.prefix + operator.text() + (ifExists ? IF_EXISTS : "");
    }
}
