package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.ACCESS_DENIED;
import static io.gramme.core.error.ErrorCode.RESOURCE_IN_USE;
import static io.gramme.core.error.ErrorCode.RESOURCE_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.VALIDATION;

/** The wording of each message about tables, their indexes and their life. */
public final class TableErrors {
    private TableErrors() {}

    /** What an operation on items answers where there is no such table. */
    public static ApiException tableNotFound() {
        return RESOURCE_NOT_FOUND.because("Requested resource not found");
    }

    /** The same in the words of the operations on tables. */
    public static ApiException tableNotFound(String name) {
        return RESOURCE_NOT_FOUND.because("Requested resource not found: Table: " + name + " not found");
    }

    public static ApiException tableExists(String name) {
        return RESOURCE_IN_USE.because("Table already exists: " + name);
    }

    public static ApiException nameTooShort(String name, boolean unclean) {
        return badName(name, "Member must have length greater than or equal to 3", unclean);
    }

    public static ApiException nameTooLong(String name, boolean unclean) {
        return badName(name, "Member must have length less than or equal to 255", unclean);
    }

    public static ApiException nameUnclean(String name) {
        return VALIDATION.because("1 validation error detected: " + patternViolation(name));
    }

    private static ApiException badName(String name, String rule, boolean unclean) {
        String violation = "Value '" + name + "' at 'tableName' failed to satisfy constraint: " + rule;
        return VALIDATION.because(
                unclean
                        ? "2 validation errors detected: " + patternViolation(name) + "; " + violation
                        : "1 validation error detected: " + violation);
    }

    private static String patternViolation(String name) {
        return "Value '" + name + "' at 'tableName' failed to satisfy constraint: "
                + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";
    }

    public static ApiException badTableArn(String arn) {
        return VALIDATION.because("Invalid TableArn: Invalid ResourceArn provided as input " + arn);
    }

    /** Nobody has published what the service says here. */
    public static ApiException arnOfOtherRegion(String arn, String region) {
        return VALIDATION.because("Invalid TableArn: " + arn + " is not in region " + region);
    }

    /** The service names the caller and the action too, which are not known here. */
    public static ApiException arnOfOtherAccount(String arn) {
        return ACCESS_DENIED.because(
                "User is not authorized to access resource: " + arn + " because no resource-based policy allows it");
    }
}
