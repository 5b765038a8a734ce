package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.RESOURCE_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.VALIDATION;
import static io.gramme.core.error.TableErrors.invalid;
import static io.gramme.core.error.TableErrors.lastAndNext;
import static io.gramme.core.error.TableErrors.limit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The wording of each message about a table's stream, encryption and tags. */
public final class SettingsErrors {
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.US);

    private SettingsErrors() {}

    public static ApiException viewMissing() {
        return invalid("Table is being created with a stream enabled, UpdateViewType is required");
    }

    public static ApiException viewWithoutStream() {
        return invalid("Table is being created with a stream disabled, UpdateViewType should not be specified");
    }

    /** The same in the words of UpdateTable. */
    public static ApiException viewMissingInUpdate() {
        return invalid("If stream is being enabled then UpdateViewType is required");
    }

    public static ApiException viewWithoutStreamInUpdate() {
        return invalid("If stream is being disabled, then UpdateViewType must not be specified");
    }

    public static ApiException streamAlreadyEnabled(String table) {
        return VALIDATION.because("Table already has an enabled stream: TableName: " + table);
    }

    public static ApiException noStreamToDisable(String table) {
        return VALIDATION.because("Table has no stream to disable: TableName: " + table);
    }

    /** @param member {@code SSEType} or {@code KMSMasterKeyId} */
    public static ApiException givenWithoutEncryption(String member) {
        return invalid(member + " can not be specified if Enabled is false");
    }

    public static ApiException keyWithoutType() {
        return invalid("SSEType KMS is required if KMSMasterKeyId is specified");
    }

    public static ApiException typeNotSupported() {
        return invalid("SSEType AES256 is not supported");
    }

    public static ApiException encryptedByDefault() {
        return invalid("Table is already encrypted by default");
    }

    public static ApiException encryptedWithThisKey() {
        return invalid("Table is already encrypted with given KMSMasterKeyId. "
                + "Use KMSMasterKeyId parameter if you want to change Master Key");
    }

    public static ApiException tooManyKeyChanges(Instant windowEnd, int changes) {
        return limit("Encryption mode changes are limited in the 24h window ending at "
                + MILLISECONDS.format(windowEnd.atOffset(ZoneOffset.UTC))
                + ". After the first 4 change, each subsequent change in the same window can be performed at most once "
                + "every 21600 seconds. Number of updates today: " + changes);
    }

    /** What the service says here is not published; this is what it says of changes of the billing mode. */
    public static ApiException tooManyClassChanges(Instant last, Instant next) {
        return limit("Update to TableClass are limited to 2 times in 30 day(s)." + lastAndNext(last, next));
    }

    public static ApiException noTag() {
        return VALIDATION.because("Atleast one Tag needs to be provided as Input.");
    }

    public static ApiException noTagKey() {
        return VALIDATION.because("Atleast one Tag Key needs to be provided as Input.");
    }

    public static ApiException tagKeyInvalid(String key) {
        return VALIDATION.because("The Tag Key provided is invalid, Key: " + key);
    }

    public static ApiException tagValueInvalid(String value) {
        return VALIDATION.because("The Tag Value provided is invalid, Value: " + value);
    }

    public static ApiException tagKeyReserved(String key) {
        return VALIDATION.because("Tag Key cannot be prefixed with aws:, Key: " + key);
    }

    public static ApiException tagKeyTwice(String key) {
        return VALIDATION.because("Duplicate Tag Keys provided as input: Duplicate Tag Key found " + key);
    }

    public static ApiException tooManyTags() {
        return VALIDATION.because("Number of Tags exceed the current limit for the provided ResourceArn");
    }

    public static ApiException notAnArn(String given) {
        return invalid("ARNs must start with 'arn:': " + given);
    }

    public static ApiException arnOfOtherService(String arn) {
        return invalid("Provided Arn is not a DynamoDB resource arn: " + arn);
    }

    public static ApiException arnNotTaggable(String arn) {
        return invalid(
                "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: " + arn);
    }

    public static ApiException taggedInOtherRegion(String arn) {
        return VALIDATION.because("Invalid TableArn: Invalid ResourceArn provided as input " + arn);
    }

    /** The misspelling is the service's own. */
    public static ApiException taggedNotFound(String arn) {
        return RESOURCE_NOT_FOUND.because("Requested resource not found: ResourcArn: " + arn + " not found");
    }
}
