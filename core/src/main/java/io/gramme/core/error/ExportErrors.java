package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.EXPORT_CONFLICT;
import static io.gramme.core.error.ErrorCode.EXPORT_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.INVALID_EXPORT_TIME;
import static io.gramme.core.error.ErrorCode.LIMIT_EXCEEDED;
import static io.gramme.core.error.ErrorCode.VALIDATION;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The wording of each message about exports. Captured, unless said. */
public final class ExportErrors {
    private ExportErrors() {}

    private static ApiException invalid(String what) {
        return VALIDATION.because("Invalid Request: " + what);
    }

    public static ApiException badTableArn() {
        return VALIDATION.because("One or more parameter values were invalid: tableArn is not a valid ARN");
    }

    public static ApiException arnOfOtherResource() {
        return invalid("Table ARN is invalid.");
    }

    public static ApiException exportNotFound(String arn) {
        return EXPORT_NOT_FOUND.because("Export not found: Export not found: " + arn);
    }

    /** The ARN has another region than the endpoint. */
    public static ApiException exportOfOtherRegion() {
        return EXPORT_NOT_FOUND.because("Export not found: Invalid export arn");
    }

    public static ApiException badExportArn() {
        return VALIDATION.because("Invalid Export ARN");
    }

    public static ApiException badToken(String token) {
        return invalid("Provided nextToken is invalid: " + token);
    }

    public static ApiException conflict() {
        return EXPORT_CONFLICT.because("Export conflict: Duplicate request detected with conflicting parameters");
    }

    public static ApiException windowWithoutType() {
        return invalid(
                "Export Type expected to be Incremental Export when incremental export specification is provided");
    }

    public static ApiException windowOfFullExport() {
        return invalid("When Export Type is Full Export , Incremental Export Specification should not be provided");
    }

    public static ApiException windowMissing() {
        return invalid("Incremental Export Specification expected when export type is set as Incremental Export");
    }

    public static ApiException windowWithoutBegin() {
        return invalid("ExportFromTime must be provided in IncrementalExportSpecification");
    }

    public static ApiException keyWithoutKms() {
        return invalid("KMS Key Id is not supported for this encryption type");
    }

    public static ApiException emptyFilter() {
        return invalid("Invalid FilterSpecification: The specification can not be empty");
    }

    /** Inferred from the guide. */
    public static ApiException filterOnKey(String attribute) {
        return invalid("Invalid FilterSpecification: Filter Expression can only contain non-primary key attributes:"
                + " Primary key attribute: " + attribute);
    }

    public static ApiException beforeTable(Instant from) {
        return INVALID_EXPORT_TIME.because(
                "Incremental export period from time cannot be less than the table creation time : " + seconds(from));
    }

    public static ApiException windowTooShort() {
        return INVALID_EXPORT_TIME.because(
                "Difference between export period from time and export period to time is" + " less than 15 minutes");
    }

    /** Inferred. */
    public static ApiException windowTooLong() {
        return INVALID_EXPORT_TIME.because(
                "Difference between export period from time and export period to time is" + " greater than 24 hours");
    }

    public static ApiException endInFuture(Instant now) {
        return INVALID_EXPORT_TIME.because(
                "Incremental export period to time cannot be greater than the current time : " + seconds(now));
    }

    public static ApiException timeInvalid() {
        return INVALID_EXPORT_TIME.because("Export Time is invalid");
    }

    public static ApiException timeNotAvailable() {
        return INVALID_EXPORT_TIME.because("Point in Time Recovery is not available for specified export time");
    }

    /** Inferred. */
    public static ApiException tooManyExports(int most) {
        return LIMIT_EXCEEDED.because("Only " + most + " exports may be in progress at the same time for an account");
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
