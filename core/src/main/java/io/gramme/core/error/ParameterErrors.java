package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.VALIDATION;

import java.util.List;

/** The wording of each message about parameters that do not fit together, or do not fit the table they are used on. */
public final class ParameterErrors {
    private ParameterErrors() {}

    /** The service's prefix for the messages of checks that need no table, in PutItem, UpdateItem and DeleteItem. */
    public static final String ONE_ERROR = "1 validation error detected: ";

    public static ApiException bothKindsOfParameters(List<String> legacy, List<String> expressions) {
        return VALIDATION.because("Can not use both expression and non-expression parameters in the same request: "
                + "Non-expression parameters: {" + String.join(", ", legacy) + "} "
                + "Expression parameters: {" + String.join(", ", expressions) + "}");
    }

    public static ApiException operatorWithoutConditions() {
        return VALIDATION.because("ConditionalOperator cannot be used without Filter or Expected");
    }

    public static ApiException operatorForOneCondition() {
        return VALIDATION.because(
                "ConditionalOperator can only be used when Filter or Expected has two or more elements");
    }

    public static ApiException returnValuesNotForThis() {
        return VALIDATION.because("ReturnValues can only be ALL_OLD or NONE");
    }

    public static ApiException invalidPlaceholderValue(ApiException fault, String placeholder) {
        return VALIDATION.because(
                "ExpressionAttributeValues contains invalid value: " + fault.text() + " for key " + placeholder);
    }

    public static ApiException noSuchIndex(String index) {
        return VALIDATION.because("The table does not have the specified index: " + index);
    }

    public static ApiException indexBackfilling(String index) {
        return VALIDATION.because("Cannot read from backfilling global secondary index: " + index);
    }

    public static ApiException consistentReadOfGlobalIndex() {
        return VALIDATION.because("Consistent reads are not supported on global secondary indexes");
    }

    public static ApiException noKeyCondition() {
        return VALIDATION.because(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
    }

    public static ApiException projectedOnlyFromIndex() {
        return VALIDATION.because(
                ONE_ERROR + "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
    }

    public static ApiException projectionMissing() {
        return VALIDATION.because(ONE_ERROR
                + "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
    }

    /** @param chosen as the service words it: {@code only the Count}, {@code ALL_ATTRIBUTES} */
    public static ApiException projectionNotForSelect(String parameter, String chosen) {
        return VALIDATION.because(ONE_ERROR + "Cannot specify the " + parameter + " when choosing to get " + chosen);
    }

    public static ApiException allAttributesNotInIndex(String index) {
        return VALIDATION.because("One or more parameter values were invalid: "
                + "Select type ALL_ATTRIBUTES is not supported for global secondary index " + index
                + " because its projection type is not ALL");
    }

    public static ApiException notProjected(String index, List<String> attributes) {
        return VALIDATION.because("One or more parameter values were invalid: Global secondary index " + index
                + " does not project [" + String.join(", ", attributes) + "]");
    }

    public static ApiException filterNotProjected(String index, List<String> attributes) {
        return VALIDATION.because("One or more parameter values were invalid: Secondary index " + index
                + " does not project one or more filter attributes: [" + String.join(", ", attributes) + "]");
    }

    public static ApiException filterOnKey(String parameter, String attribute) {
        String filter = parameter.equals("FilterExpression") ? "Filter Expression" : parameter;
        return VALIDATION.because(
                filter + " can only contain non-primary key attributes: Primary key attribute: " + attribute);
    }

    public static ApiException invalidStartingKey() {
        return VALIDATION.because("The provided starting key is invalid");
    }

    public static ApiException invalidStartingKey(ApiException fault) {
        return VALIDATION.because("The provided starting key is invalid: " + fault.text());
    }

    /** The key lies in another partition than the queried one. */
    public static ApiException startingKeyOutsideQuery() {
        return VALIDATION.because("The provided starting key is outside query boundaries based on provided conditions");
    }

    /** The key lies in the queried partition, where the condition on the sort key does not hold. */
    public static ApiException startingKeyOutsideRange() {
        return VALIDATION.because("The provided starting key does not match the range key predicate");
    }

    /** The queried table has no sort key. Refused by the service (measured); the text is not captured from it. */
    public static ApiException startingKeyOfOneItem() {
        return VALIDATION.because("The query can return at most one row and cannot be restarted");
    }

    public static ApiException startingKeyOutsideSegment(int segment, int totalSegments) {
        return VALIDATION.because("The provided starting key is invalid: Invalid ExclusiveStartKey."
                + " Please use ExclusiveStartKey with correct Segment. TotalSegments: " + totalSegments + " Segment: "
                + segment);
    }

    /** Only Scan names the missing parameter. */
    public static ApiException valuesWithoutFilter() {
        return VALIDATION.because(
                "ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null");
    }

    public static ApiException segmentMissing() {
        return VALIDATION.because("The Segment parameter is required but was not present in the request"
                + " when parameter TotalSegments is present");
    }

    public static ApiException totalSegmentsMissing() {
        return VALIDATION.because("The TotalSegments parameter is required but was not present in the request"
                + " when Segment parameter is present");
    }

    public static ApiException segmentTooHigh() {
        return VALIDATION.because("The Segment parameter is zero-based and must be less than parameter TotalSegments");
    }

    public static ApiException tooManyItems(String operation) {
        return VALIDATION.because("Too many items requested for the " + operation + " call");
    }

    public static ApiException duplicateKeys() {
        return VALIDATION.because("Provided list of item keys contains duplicates");
    }

    public static ApiException emptyWriteRequest() {
        return VALIDATION.because(
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }

    public static ApiException ambiguousWriteRequest() {
        return VALIDATION.because("Supplied AttributeValue has more than one datatypes set,"
                + " must contain exactly one of the supported datatypes");
    }
}
