package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.LIMIT_EXCEEDED;
import static io.gramme.core.error.ErrorCode.RESOURCE_IN_USE;
import static io.gramme.core.error.ErrorCode.RESOURCE_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.VALIDATION;

/** The wording of each message about triggers: ours, as the operations are. */
public final class TriggerErrors {
    private static final String INVALID = "One or more parameter values were invalid: ";

    private TriggerErrors() {}

    /** Names the account and region in which it was looked up, as {@link #tableNotFound} does. */
    public static ApiException notFound(String id, String account, String region) {
        return RESOURCE_NOT_FOUND.because("Requested resource not found: Event source mapping: " + id
                + " not found in account " + account + ", region " + region);
    }

    /** Names the account and region in which it was looked up, so that a client with the wrong region shows. */
    public static ApiException tableNotFound(String table, String account, String region) {
        return RESOURCE_NOT_FOUND.because("Requested resource not found: Table: " + table + " not found in account "
                + account + ", region " + region);
    }

    public static ApiException tableWithoutStream(String table) {
        return VALIDATION.because(INVALID + "Table " + table + " has no stream. Enable one first");
    }

    /** @param id of the existing one */
    public static ApiException exists(String id) {
        return RESOURCE_IN_USE.because(
                "This stream and this target already have an event source mapping: " + id + ". Update or delete that");
    }

    public static ApiException tooMany(int most) {
        return LIMIT_EXCEEDED.because("There are " + most + " event source mappings already, which is the most");
    }

    public static ApiException notOneTarget() {
        return VALIDATION.because(INVALID + "Give either FunctionName and Endpoint, or WebhookUrl");
    }

    /** @param what the fault, as a predicate of the member */
    public static ApiException badUrl(String member, String what) {
        return VALIDATION.because(INVALID + member + " " + what);
    }

    public static ApiException timestampMissing() {
        return VALIDATION.because(INVALID + "StartingPositionTimestamp is required for StartingPosition AT_TIMESTAMP");
    }

    public static ApiException timestampNotExpected() {
        return VALIDATION.because(
                INVALID + "StartingPositionTimestamp is for StartingPosition AT_TIMESTAMP, and for no other");
    }

    public static ApiException ageTooShort() {
        return VALIDATION.because(INVALID + "MaximumRecordAgeInSeconds is -1, or 60 to 604800");
    }

    /** @param number of the filter, from 1 */
    public static ApiException badPattern(int number, String what) {
        return VALIDATION.because(INVALID + "Filter " + number + " is no event pattern: " + what);
    }

    public static ApiException filesInMemory() {
        return VALIDATION.because(
                INVALID + "Destination cannot be a file: this server keeps its tables in memory. Give a URL");
    }
}
