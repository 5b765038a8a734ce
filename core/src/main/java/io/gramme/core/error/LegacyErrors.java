package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.VALIDATION;

import io.gramme.core.item.Value;

/**
 * The wording of each message about Expected, QueryFilter, ScanFilter, KeyConditions, AttributeUpdates and
 * AttributesToGet, the parameters that expressions replaced.
 */
public final class LegacyErrors {
    private static final String INVALID = "One or more parameter values were invalid: ";

    private LegacyErrors() {}

    private static ApiException invalid(String message) {
        return VALIDATION.because(INVALID + message);
    }

    // Expected

    public static ApiException valueAndList(String attribute) {
        return invalid("Value and AttributeValueList cannot be used together for Attribute: " + attribute);
    }

    public static ApiException existsAndOperator(String attribute) {
        return invalid("Exists and ComparisonOperator cannot be used together for Attribute: " + attribute);
    }

    public static ApiException listWithoutOperator(String attribute) {
        return invalid("AttributeValueList can only be used with a ComparisonOperator for Attribute: " + attribute);
    }

    public static ApiException operatorWithoutValue(String operator, String attribute) {
        return invalid("Value or AttributeValueList must be used with ComparisonOperator: " + operator
                + " for Attribute: " + attribute);
    }

    /** @param exists true or null */
    public static ApiException existsWithoutValue(String exists, String attribute) {
        return invalid("Value must be provided when Exists is " + exists + " for Attribute: " + attribute);
    }

    public static ApiException valueOfMissing(String attribute) {
        return invalid("Value cannot be used when Exists is false for Attribute: " + attribute);
    }

    // Conditions

    public static ApiException argumentCount(String operator) {
        return invalid("Invalid number of argument(s) for the " + operator + " ComparisonOperator");
    }

    public static ApiException argumentType(String operator, Value.Type type) {
        return invalid("ComparisonOperator " + operator + " is not valid for " + type + " AttributeValue type");
    }

    public static ApiException argumentsOfDifferentTypes() {
        return invalid("AttributeValues inside AttributeValueList must be of same type");
    }

    public static ApiException boundsInverted() {
        return VALIDATION.because(
                "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound");
    }

    public static ApiException notForKeys() {
        return VALIDATION.because("Attempted conditional constraint is not an indexable operation");
    }

    public static ApiException noKeyConditions() {
        return VALIDATION.because("Conditions must be at least length 1");
    }

    // Updates

    public static ApiException actionWithoutValue() {
        return invalid("Only DELETE action is allowed when no attribute value is specified");
    }

    public static ApiException addedType(Value.Type type) {
        return invalid("ADD action is not supported for the type " + ExpressionErrors.longName(type));
    }

    public static ApiException deletedType(Value.Type type) {
        return invalid("DELETE action with value is not supported for the type " + ExpressionErrors.longName(type));
    }

    /** Depends on the item. */
    public static ApiException typeMismatch() {
        return VALIDATION.because("Type mismatch for attribute to update");
    }

    // AttributesToGet

    public static ApiException duplicateAttribute(String attribute) {
        return invalid("Duplicate value in attribute name: " + attribute);
    }
}
