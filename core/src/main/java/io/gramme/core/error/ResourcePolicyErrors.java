package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.ACCESS_DENIED;
import static io.gramme.core.error.ErrorCode.POLICY_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.RESOURCE_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.THROTTLING;
import static io.gramme.core.error.ErrorCode.VALIDATION;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The wording of each message about resource-based policies: captured unless it says otherwise. */
public final class ResourcePolicyErrors {
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.US);

    private static final String NOT_FOUND = "Resource-based policy not found for the provided ResourceArn: ";

    private ResourcePolicyErrors() {}

    public static ApiException notFound(String arn) {
        return POLICY_NOT_FOUND.because(NOT_FOUND + arn);
    }

    public static ApiException unexpected(String resource, String revision) {
        return POLICY_NOT_FOUND.because(NOT_FOUND
                + "Requested policy update expecting none to be present for table " + resource
                + ", but a policy exists with revision id " + revision + ".");
    }

    public static ApiException otherRevision(String resource, String expected, String revision) {
        return POLICY_NOT_FOUND.because(NOT_FOUND + "Requested update for policy with revision id " + expected
                + ", but the policy associated to target table " + resource + " has revision id " + revision + ".");
    }

    /** Not captured. */
    public static ApiException noRevision(String resource, String expected) {
        return POLICY_NOT_FOUND.because(NOT_FOUND + "Requested update for policy with revision id " + expected
                + ", but no policy is associated to target table " + resource + ".");
    }

    public static ApiException invalid(String reason) {
        return TableErrors.invalid("Invalid policy document: " + reason);
    }

    public static ApiException tooLarge(int bytes) {
        return TableErrors.invalid("Maximum policy size of " + bytes + " bytes exceeded");
    }

    public static ApiException unbounded() {
        return VALIDATION.because("Resource-based policy grants unbounded access in one or more elements."
                + " Please revise the policy to ensure least-privilege form of access");
    }

    public static ApiException lockedOut() {
        return ACCESS_DENIED.because(
                "The new resource policy will not allow you to update the resource policy in the future.");
    }

    /** @param resource with its kind: {@code table Music} */
    public static ApiException changedLately(String resource, Instant again) {
        return THROTTLING.because("Resource-based policy for " + resource
                + " modified within the previous 15000 milliseconds. Please try again after "
                + MILLISECONDS.format(again.atOffset(ZoneOffset.UTC)) + ".");
    }

    public static ApiException ofOtherAccount() {
        return VALIDATION.because("This action is only supported by accounts that match the resource owner’s account.");
    }

    public static ApiException ofOtherRegion(String arn) {
        return TableErrors.invalid("Invalid resource Arn: " + arn);
    }

    public static ApiException ofIndex(String arn) {
        return TableErrors.invalid(
                "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: " + arn);
    }

    public static ApiException noDynamoDbResource(String arn) {
        return TableErrors.invalid("Provided Arn is not a DynamoDB resource arn: " + arn);
    }

    public static ApiException streamNotFound(String stream, String table) {
        return RESOURCE_NOT_FOUND.because(
                "Requested resource not found: Stream: " + stream + " not found for Table: " + table);
    }
}
