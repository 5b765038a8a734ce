package io.gramme.core.expression;

import io.gramme.core.error.ExpressionErrors;

/** The request parameter in which an expression was given. */
public enum ExpressionKind {
    CONDITION("ConditionExpression"),
    FILTER("FilterExpression"),
    PROJECTION("ProjectionExpression"),
    UPDATE("UpdateExpression"),
    KEY_CONDITION("KeyConditionExpression");

    private final String parameter;

    ExpressionKind(String parameter) {
        this.parameter = parameter;
    }

    /** The name of the request's member. */
    public String parameter() {
        return parameter;
    }

    /** The messages for an expression of this kind. */
    ExpressionErrors errors() {
        return ExpressionErrors.in(parameter);
    }
}
