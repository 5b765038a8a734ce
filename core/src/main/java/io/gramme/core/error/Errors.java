package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.CONDITION_FAILED;
import static io.gramme.core.error.ErrorCode.ITEM_COLLECTION_TOO_LARGE;
import static io.gramme.core.error.ErrorCode.VALIDATION;

import io.gramme.core.item.Value;

/**
 * The wording of each message about items, numbers and keys, as the service words it. Callers name the situation, not
 * the text. Expressions, tables and the wire have classes of their own in this package.
 */
public final class Errors {
    private Errors() {}

    public static ApiException notANumber(String text) {
        return VALIDATION.because("The parameter cannot be converted to a numeric value: " + text);
    }

    public static ApiException numberOverflow() {
        return VALIDATION.because(
                "Number overflow. Attempting to store a number with magnitude larger than supported range");
    }

    public static ApiException numberUnderflow() {
        return VALIDATION.because(
                "Number underflow. Attempting to store a number with magnitude smaller than supported range");
    }

    public static ApiException tooManyDigits() {
        return VALIDATION.because("Attempting to store more than 38 significant digits in a Number");
    }

    public static ApiException keyDoesNotMatchSchema() {
        return VALIDATION.because("The provided key element does not match the schema");
    }

    public static ApiException missingKey(String attribute) {
        return VALIDATION.because(
                "One or more parameter values were invalid: Missing the key " + attribute + " in the item");
    }

    public static ApiException keyTypeMismatch(String attribute, Value.Type expected, Value.Type actual) {
        return VALIDATION.because("One or more parameter values were invalid: Type mismatch for key " + attribute
                + " expected: " + expected + " actual: " + actual);
    }

    public static ApiException emptyKey(String attribute, Value.Type type) {
        return VALIDATION
                .because("One or more parameter values are not valid. "
                        + "The AttributeValue for a key attribute cannot contain an empty " + scalar(type)
                        + " value. Key: " + attribute)
                .ofWholeRequest();
    }

    /** The missing space is the service's own. */
    public static ApiException keyTooLong(boolean partition, int limit) {
        return VALIDATION.because(
                partition
                        ? "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of"
                                + limit + " bytes"
                        : "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size"
                                + " limit of " + limit + " bytes");
    }

    public static ApiException indexKeyTypeMismatch(
            String attribute, Value.Type expected, Value.Type actual, String index) {
        return VALIDATION.because("One or more parameter values were invalid: Type mismatch for Index Key " + attribute
                + " Expected: " + expected + " Actual: " + actual + " IndexName: " + index);
    }

    public static ApiException emptyIndexKey(String attribute, Value.Type type, String index) {
        return VALIDATION
                .because("One or more parameter values are not valid. "
                        + "A value specified for a secondary index key is not supported. "
                        + "The AttributeValue for a key attribute cannot contain an empty " + scalar(type)
                        + " value. IndexName: " + index + ", IndexKey: " + attribute)
                .ofWholeRequest();
    }

    public static ApiException indexKeyTooLong(String attribute, int size, int limit, String index) {
        return VALIDATION.because("One or more parameter values were invalid: Size limit exceeded for Index Key "
                + attribute + " Actual Size: " + size + " bytes Max Size: " + limit + " bytes IndexName: " + index);
    }

    public static ApiException updatedIndexKeyTypeMismatch() {
        return VALIDATION.because(
                "The update expression attempted to update the secondary index key to unsupported type");
    }

    public static ApiException updatedIndexKeyEmpty(Value.Type type) {
        return VALIDATION
                .because("One or more parameter values are not valid. "
                        + "The update expression attempted to update a secondary index key to a value that is not supported. "
                        + "The AttributeValue for a key attribute cannot contain an empty " + scalar(type) + " value.")
                .ofWholeRequest();
    }

    public static ApiException itemTooLarge() {
        return VALIDATION
                .because("Item size has exceeded the maximum allowed size")
                .ofWholeRequest();
    }

    public static ApiException updatedItemTooLarge() {
        return VALIDATION.because("Item size to update has exceeded the maximum allowed size");
    }

    public static ApiException nestedTooDeep() {
        return VALIDATION.because("Nesting Levels have exceeded supported limits: "
                + "Attributes in the item have nested levels beyond supported limit");
    }

    public static ApiException updatesKey(String attribute) {
        return VALIDATION.because("One or more parameter values were invalid: Cannot update attribute " + attribute
                + ". This attribute is part of the key");
    }

    public static ApiException collectionTooLarge() {
        return ITEM_COLLECTION_TOO_LARGE.because("Collection size exceeded.");
    }

    private static String scalar(Value.Type type) {
        return type == Value.Type.B ? "binary" : "string";
    }

    public static ApiException conditionFailed() {
        return CONDITION_FAILED.because("The conditional request failed");
    }
}
