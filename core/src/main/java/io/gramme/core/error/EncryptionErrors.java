package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.ACCESS_DENIED;
import static io.gramme.core.error.ErrorCode.RESOURCE_IN_USE;
import static io.gramme.core.error.ErrorCode.THROTTLING;
import static io.gramme.core.error.ErrorCode.VALIDATION;
import static io.gramme.core.error.TableErrors.invalid;

/** The wording of each message about the root keys of tables. */
public final class EncryptionErrors {
    private static final String KMS = "com.amazonaws.services.kms.model.";

    private EncryptionErrors() {}

    /** The answer of every request for items while the root key of the table cannot be used (captured; its request id apart). */
    public static ApiException keyAccessDenied() {
        return ACCESS_DENIED.because(
                "KMS key access denied error: " + KMS + "AWSKMSException: The ciphertext refers to a "
                        + "customer master key that does not exist, does not exist in this region, or you are not allowed to "
                        + "access. (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: null; "
                        + "Proxy: null)");
    }

    /**
     * A key that was named for a table and cannot be used.
     *
     * @param error the name of the error of KMS, such as {@code NotFoundException}
     * @param message of KMS
     */
    public static ApiException keyInvalid(String error, String message) {
        return invalid("KMS validation error: " + KMS + error + ": " + message
                + " (Service: AWSKMS; Status Code: 400; Error Code: " + error + "; Request ID: null; Proxy: null)");
    }

    /** The service's words for this are not published. */
    public static ApiException keyNotSymmetric(String arn) {
        return invalid("KMS validation error: Only symmetric encryption keys are supported: " + arn);
    }

    /** The key service did not answer; the client should try again. */
    public static ApiException keyServiceDown() {
        return THROTTLING.because("The key management service did not answer. Try your request again.");
    }

    /** Gramme's own, as are the following. */
    public static ApiException notSealed() {
        return VALIDATION.because("This server does not seal its tables, so they have no keys");
    }

    public static ApiException notRotatable(String table, String status) {
        return VALIDATION.because("The key of a table is rotated while it is ACTIVE: " + table + " is " + status);
    }

    public static ApiException statesAreSealed(String table) {
        return VALIDATION.because(
                "Earlier states of table " + table + " are sealed with its data keys: they can be"
                        + " retired when it keeps none, without point-in-time recovery, and when the files of its backups are made");
    }

    public static ApiException blindNeither(String tag) {
        return VALIDATION.because("The tag " + tag + " is true or false");
    }

    public static ApiException blindInClear(String tag) {
        return VALIDATION.because("The tag " + tag
                + " is for a server that encrypts its tables: the tables of this one are not encrypted");
    }

    public static ApiException blindForLife(String tag) {
        return VALIDATION.because("The tag " + tag + " is given when a table is created, and stays as it is");
    }

    /** The service's words for this are not published. */
    public static ApiException archived(String table) {
        return RESOURCE_IN_USE.because(
                "Attempt to change a resource which is still in use: Table is archived: " + table);
    }
}
