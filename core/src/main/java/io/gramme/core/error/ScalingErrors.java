package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.CONCURRENT_UPDATE;
import static io.gramme.core.error.ErrorCode.INVALID_NEXT_TOKEN;
import static io.gramme.core.error.ErrorCode.LIMIT_EXCEEDED;
import static io.gramme.core.error.ErrorCode.OBJECT_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.RESOURCE_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.TOO_MANY_TAGS;
import static io.gramme.core.error.ErrorCode.VALIDATION;

import java.util.List;
import java.util.stream.Collectors;

/** The wording of each message about auto scaling. Texts without a note were captured, or seen in public reports. */
public final class ScalingErrors {
    private static final String OF_TABLE = "Failed to update settings for global table with name: ‘";

    private ScalingErrors() {}

    public static ApiException unsupported() {
        return VALIDATION.because("Unsupported service namespace, resource type or scalable dimension");
    }

    public static ApiException noTable(String resourceId) {
        return VALIDATION.because("DynamoDB table does not exist: " + resourceId);
    }

    public static ApiException noIndex(String resourceId) {
        return VALIDATION.because("DynamoDB index does not exist: " + resourceId);
    }

    public static ApiException notRegistered(String resourceId, String dimension) {
        return OBJECT_NOT_FOUND.because("No scalable target registered for " + named(resourceId, dimension));
    }

    public static ApiException noTarget(String resourceId, String dimension) {
        return OBJECT_NOT_FOUND.because("No scalable target found for " + named(resourceId, dimension));
    }

    public static ApiException noPolicy(String resourceId, String dimension, String name) {
        return OBJECT_NOT_FOUND.because(
                "No scaling policy found for " + named(resourceId, dimension) + ", policy name: " + name);
    }

    public static ApiException noAction(String resourceId, String dimension, String name) {
        return OBJECT_NOT_FOUND.because(
                "No scheduled action found for " + named(resourceId, dimension) + ", scheduled action name: " + name);
    }

    private static String named(String resourceId, String dimension) {
        return "service namespace: dynamodb, resource ID: " + resourceId + ", scalable dimension: " + dimension;
    }

    /** Inferred. */
    public static ApiException minimumMissing() {
        return VALIDATION.because("Minimum capacity must be specified");
    }

    /** Inferred. */
    public static ApiException maximumMissing() {
        return VALIDATION.because("Maximum capacity must be specified");
    }

    /** Inferred. */
    public static ApiException minimumTooSmall() {
        return VALIDATION.because("Minimum capacity cannot be less than 1");
    }

    public static ApiException maximumBelowMinimum() {
        return VALIDATION.because("Maximum capacity cannot be less than minimum capacity");
    }

    /** Inferred. */
    public static ApiException tooMany(String what, int most) {
        return LIMIT_EXCEEDED.because("The maximum number of " + what + " has been reached: " + most);
    }

    /** Inferred. */
    public static ApiException dimensionWithoutResource() {
        return VALIDATION.because("A resource ID must be specified if a scalable dimension is specified");
    }

    /** Inferred. */
    public static ApiException badToken() {
        return INVALID_NEXT_TOKEN.because("The next token is invalid");
    }

    /** Inferred. */
    public static ApiException concurrentUpdate() {
        return CONCURRENT_UPDATE.because("You already have a pending update to an Auto Scaling resource");
    }

    // Policies.

    /** Inferred. */
    public static ApiException onlyTargetTracking() {
        return VALIDATION.because("Only policies of type TargetTrackingScaling are supported for dynamodb");
    }

    /** Inferred. */
    public static ApiException configurationMissing() {
        return VALIDATION.because(
                "A TargetTrackingScalingPolicyConfiguration must be specified for a policy of type TargetTrackingScaling");
    }

    /** Inferred. */
    public static ApiException onlyPredefinedMetric() {
        return VALIDATION.because("Exactly one metric must be specified for dynamodb: a predefined one");
    }

    /** Inferred. */
    public static ApiException metricOfOtherDimension(String metric, String dimension) {
        return VALIDATION.because(
                "Predefined metric type " + metric + " is not supported for scalable dimension " + dimension);
    }

    public static ApiException targetOutOfRange(String metric, double target) {
        return VALIDATION.because("For predefined metric type " + metric
                + ", target value must be between '10.0' and '90.0', but was '" + target + "'.");
    }

    public static ApiException targetNotPositive(double target) {
        return VALIDATION.because("For target tracking scaling, target value must be between '8.51592E-109' and"
                + " '1.174271E108', but was '" + target + "'.");
    }

    public static ApiException onePolicyForAMetric() {
        return VALIDATION.because("Only one TargetTrackingScaling policy for a given metric specification is allowed.");
    }

    // Scheduled actions.

    /** Inferred. */
    public static ApiException badSchedule(String schedule) {
        return VALIDATION.because("Invalid schedule: '" + schedule + "'. It must be at(yyyy-mm-ddThh:mm:ss),"
                + " rate(value unit) or cron(fields)");
    }

    /** Inferred. */
    public static ApiException badTimeZone(String zone) {
        return VALIDATION.because("Invalid time zone: '" + zone + "'");
    }

    /** Inferred. */
    public static ApiException badActionName(String name) {
        return VALIDATION.because("Invalid scheduled action name: '" + name
                + "'. It must not contain control characters, ':', '/' or '|', nor begin or end with a space");
    }

    /** Inferred. */
    public static ApiException scheduleMissing() {
        return VALIDATION.because("A schedule must be specified for a new scheduled action");
    }

    /** Inferred. */
    public static ApiException actionMissing() {
        return VALIDATION.because("A minimum or maximum capacity must be specified for a scheduled action");
    }

    /** Inferred. */
    public static ApiException endBeforeStart() {
        return VALIDATION.because("The end time of a scheduled action must be after its start time");
    }

    /** Inferred. */
    public static ApiException timeOutOfRange() {
        return VALIDATION.because("The start and end time of a scheduled action must be in the years 1970 to 9999");
    }

    /** Inferred. */
    public static ApiException neverRuns() {
        return VALIDATION.because("The schedule of the action has no time in the future");
    }

    // Tags.

    /** Inferred. */
    public static ApiException noTaggedTarget(String arn) {
        return RESOURCE_NOT_FOUND.because("No scalable target found for resource ARN: " + arn);
    }

    /** Inferred. */
    public static ApiException tooManyTags(int most) {
        return TOO_MANY_TAGS.because("A scalable target can have " + most + " tags at most");
    }

    public static ApiException taggedAlready() {
        return VALIDATION.because(
                "The scalable target that you tried to tag already exists. To update tags on an existing"
                        + " scalable target, use the TagResource API.");
    }

    /** Inferred. */
    public static ApiException reservedTagKey(String key) {
        return VALIDATION.because("Tag keys must not begin with aws: '" + key + "'");
    }

    // UpdateTableReplicaAutoScaling. The quotation marks are the service's own.

    public static ApiException noGlobalTable(String table) {
        return RESOURCE_NOT_FOUND.because("Global table with name: '" + table + "' does not exist.");
    }

    public static ApiException nothingToUpdate(String table) {
        return VALIDATION.because(OF_TABLE + table + "’ because at least one update parameter must be specified.");
    }

    public static ApiException nothingToUpdate(String table, String region) {
        return VALIDATION.because(OF_TABLE + table
                + "’ because at least one update parameter must be specified for region: ‘" + region + "’.");
    }

    public static ApiException regionsTwice(String table, List<String> regions) {
        return VALIDATION.because(
                OF_TABLE + table + "’ because the regions: ‘" + regions + "’ were specified more than once.");
    }

    public static ApiException settingsMissing(String table, List<String> members) {
        return VALIDATION.because(OF_TABLE + table + "’: Parameters " + quoted(members)
                + " are required unless auto scaling is being disabled.");
    }

    public static ApiException settingsOfDisabled(String table, List<String> members) {
        return VALIDATION.because(OF_TABLE + table + "’: Parameters " + quoted(members)
                + " must be left blank when disabling auto scaling.");
    }

    private static String quoted(List<String> members) {
        return members.stream().map(member -> "'" + member + "'").collect(Collectors.joining(", "));
    }
}
