package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH;
import static io.gramme.core.error.ErrorCode.LIMIT_EXCEEDED;
import static io.gramme.core.error.ErrorCode.RESOURCE_IN_USE;
import static io.gramme.core.error.ErrorCode.RESOURCE_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.VALIDATION;

/** The wording of each message about bulk operations. The types are those of the model, all texts are inferred. */
public final class BulkErrors {
    private BulkErrors() {}

    public static ApiException operationNotFound(String arn) {
        return RESOURCE_NOT_FOUND.because("Requested resource not found: Bulk operation: " + arn + " not found");
    }

    public static ApiException badOperationArn() {
        return VALIDATION.because("Invalid Bulk Operation ARN");
    }

    public static ApiException outputBucketMissing() {
        return VALIDATION.because(
                "One or more parameter values were invalid: OutputS3Configuration must specify S3Bucket");
    }

    public static ApiException keyWithoutKms() {
        return VALIDATION.because("Invalid Request: KMS Key Id is not supported for this encryption type");
    }

    public static ApiException tableNotReady(String table, String status) {
        return RESOURCE_IN_USE.because("Attempt to change a resource which is still in use: Table: " + table
                + " cannot receive a bulk operation while it is " + status);
    }

    public static ApiException indexNotReady(String table, String index) {
        return RESOURCE_IN_USE.because("Attempt to change a resource which is still in use: Table: " + table
                + " cannot receive a bulk operation while its index is being created: " + index);
    }

    public static ApiException tokenOfOtherRequest() {
        return IDEMPOTENT_PARAMETER_MISMATCH.because(
                "The client token was used with other parameters within the last 8 hours");
    }

    public static ApiException badToken(String token) {
        return VALIDATION.because("Invalid Request: Provided nextToken is invalid: " + token);
    }

    public static ApiException tooManyOperations(int most) {
        return LIMIT_EXCEEDED.because(
                "Only " + most + " bulk operations may be in progress at the same time for an account");
    }
}
