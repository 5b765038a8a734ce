package io.gramme.core.expression.legacy;

/** How the conditions of several attributes are joined. */
public enum ConditionalOperator {
    AND,
    OR
}
