package io.gramme.core.expression.legacy;

/** The operator that joins the conditions of several attributes. */
public enum ConditionalOperator {
    AND,
    OR
}
