package io.gramme.security.policy;

/**
 * Something in a policy that does not do what its author is likely to expect.
 *
 * @param place in the policy: {@code Statement[0].Condition}, with the Sid if there is one
 * @param sentence what it does, and what to write instead
 */
public record Finding(Code code, String place, String sentence) {
    /** What was found. */
    public enum Code {
        SCAN_BESIDE_LEADING_KEYS(Severity.ERROR),
        FOR_ALL_VALUES_WITHOUT_NULL(Severity.WARNING),
        OPERATOR_WITHOUT_SET(Severity.ERROR),
        WILDCARD_COVERS_OTHER_TABLES(Severity.WARNING),
        INDEX_NOT_COVERED(Severity.INFO),
        UNKNOWN_ACTION(Severity.ERROR),
        UNKNOWN_KEY(Severity.WARNING),
        VARIABLES_WITHOUT_VERSION(Severity.ERROR),
        VARIABLE_OF_A_SET(Severity.ERROR),
        DENY_OF_ABSENT_KEY(Severity.INFO),
        ALLOW_BY_EXCLUSION(Severity.WARNING);

        private final Severity severity;

        Code(Severity severity) {
            this.severity = severity;
        }

        public Severity severity() {
            return severity;
        }
    }

    /** How bad it is. */
    public enum Severity {
        /** The policy does not do what it says. */
        ERROR,
        /** It probably does more than it should. */
        WARNING,
        /** It may be intended. */
        INFO
    }
}
