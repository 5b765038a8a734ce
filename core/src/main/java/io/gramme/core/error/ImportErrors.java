package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.IMPORT_CONFLICT;
import static io.gramme.core.error.ErrorCode.IMPORT_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.LIMIT_EXCEEDED;
import static io.gramme.core.error.ErrorCode.VALIDATION;

/** The wording of each message about imports. Captured, unless said. */
public final class ImportErrors {
    private ImportErrors() {}

    /** The beginning of the text is inferred. */
    public static ApiException importNotFound(String arn) {
        return IMPORT_NOT_FOUND.because("Import not found: " + arn);
    }

    public static ApiException badImportArn() {
        return VALIDATION.because("Invalid Import ARN");
    }

    public static ApiException conflict() {
        return IMPORT_CONFLICT.because("Import conflict: Duplicate request detected with conflicting parameters");
    }

    public static ApiException optionsOfOtherFormat(String format) {
        return VALIDATION.because(
                "Invalid Request: Unsupported InputFormatOptions for the given input format: " + format + ".");
    }

    public static ApiException capacityMissing() {
        return VALIDATION.because("One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits"
                + " must both be specified when BillingMode is PROVISIONED");
    }

    /** Inferred. */
    public static ApiException badToken(String token) {
        return VALIDATION.because("Invalid Request: Provided nextToken is invalid: " + token);
    }

    /** A text of ours, as is the operation. */
    public static ApiException badErrorToken() {
        return VALIDATION.because(
                "One or more parameter values were invalid: NextToken is not one that ListImportErrors has returned");
    }

    /** Inferred. */
    public static ApiException tooManyImports(int most) {
        return LIMIT_EXCEEDED.because("Only " + most + " imports may be in progress at the same time for an account");
    }
}
