package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.SERIALIZATION;
import static io.gramme.core.error.ErrorCode.VALIDATION;

import java.util.List;

/**
 * The wording of each message about the shape of a request: JSON that cannot be read, members of the wrong type,
 * members that break a constraint of the API model, and invalid attribute values.
 *
 * <p>The words about constraints are phrases, not errors, because several of them make one error, and each operation's
 * dialect joins them in its own way.
 */
public final class RequestErrors {
    private static final String INVALID_PARAMETERS = "One or more parameter values were invalid: ";

    private RequestErrors() {}

    // Unreadable requests. The texts are those seen in public reports of the service's answers.

    /** The one answer without a message: the body is not JSON. */
    public static ApiException malformed() {
        return SERIALIZATION.because("");
    }

    /** {@code token} is the service's name of a JSON scalar, as NUMBER_VALUE; {@code type} a Java type, as String. */
    public static ApiException notConvertible(String token, String type) {
        return SERIALIZATION.because(token + " cannot be converted to " + type);
    }

    public static ApiException structureNotExpected() {
        return SERIALIZATION.because("Start of structure or map found where not expected");
    }

    public static ApiException listNotExpected() {
        return SERIALIZATION.because("Start of list found where not expected");
    }

    /** There is a list where a scalar was expected, which the service reads into the Java class {@code type}. */
    public static ApiException listInsteadOf(String type) {
        return SERIALIZATION.because("Unrecognized collection type class " + type);
    }

    /** There is a scalar where a structure, a map or a list was expected. */
    public static ApiException scalarNotExpected() {
        return SERIALIZATION.because("Unexpected field type");
    }

    public static ApiException bytesNotInAString() {
        return SERIALIZATION.because("only base-64-encoded strings are convertible to bytes");
    }

    public static ApiException base64Length(int length) {
        return SERIALIZATION.because("Base64 encoded length is expected a multiple of 4 bytes but found: " + length);
    }

    /** The misspelling is the service's own. */
    public static ApiException base64Characters() {
        return SERIALIZATION.because("Invalid last non-pad Base64 character dectected");
    }

    // Constraints of the model.

    public static String mustNotBeNull() {
        return "Member must not be null";
    }

    public static String lengthAtLeast(long least) {
        return "Member must have length greater than or equal to " + least;
    }

    public static String lengthAtMost(long most) {
        return "Member must have length less than or equal to " + most;
    }

    public static String valueAtLeast(long least) {
        return "Member must have value greater than or equal to " + least;
    }

    public static String valueAtMost(long most) {
        return "Member must have value less than or equal to " + most;
    }

    public static String pattern(String pattern) {
        return "Member must satisfy regular expression pattern: " + pattern;
    }

    public static String enumeration(List<String> allowed) {
        return "Member must satisfy enum value set: " + allowed;
    }

    public static String everyElement(List<String> phrases) {
        return "Member must satisfy constraint: " + phrases;
    }

    public static String everyKey(List<String> phrases) {
        return "Map keys must satisfy constraint: " + phrases;
    }

    public static String everyValue(List<String> phrases) {
        return "Map value must satisfy constraint: " + phrases;
    }

    /** One broken constraint in the words of the newer framework; without a place for an enumeration. */
    public static String newerViolation(String place, String phrase) {
        return "Value at '" + place + "' failed to satisfy constraint: " + phrase;
    }

    public static String newerEnumViolation(String phrase) {
        return "Failed to satisfy constraint: " + phrase;
    }

    /** One broken constraint in the words of the older framework; {@code echo} is quoted by the caller, or null. */
    public static String olderViolation(String echo, String place, String phrase) {
        return "Value " + echo + " at '" + place + "' failed to satisfy constraint: " + phrase;
    }

    public static ApiException violations(List<String> violations) {
        String counted = violations.size() == 1
                ? "1 validation error detected: "
                : violations.size() + " validation errors detected: ";
        return VALIDATION.because(counted + String.join("; ", violations));
    }

    /** An answer whose whole text is kept with the operation it belongs to. */
    public static ApiException worded(String text) {
        return VALIDATION.because(text);
    }

    // Attribute values.

    public static ApiException noDatatype() {
        return VALIDATION.because(
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }

    public static ApiException severalDatatypes() {
        return VALIDATION.because("Supplied AttributeValue has more than one datatypes set,"
                + " must contain exactly one of the supported datatypes");
    }

    public static ApiException falseNull() {
        return VALIDATION.because(INVALID_PARAMETERS + "Null attribute value types must have the value of true");
    }

    /** Two spaces are the service's own. */
    public static ApiException emptyStringSet() {
        return VALIDATION.because(INVALID_PARAMETERS + "An string set  may not be empty");
    }

    public static ApiException emptyNumberSet() {
        return VALIDATION.because(INVALID_PARAMETERS + "An number set  may not be empty");
    }

    public static ApiException emptyBinarySet() {
        return VALIDATION.because(INVALID_PARAMETERS + "Binary sets should not be empty");
    }

    /** {@code members} in ascending order up to and including the first duplicate. */
    public static ApiException duplicateStrings(List<String> members) {
        return VALIDATION.because(INVALID_PARAMETERS + "Input collection [\"" + String.join("\", \"", members)
                + "\"] contains duplicates.");
    }

    public static ApiException duplicateNumbers() {
        return VALIDATION.because(INVALID_PARAMETERS + "Input collection contains duplicates.");
    }

    /** The same for bytes, {@code members} in base64. The missing space is the service's own. */
    public static ApiException duplicateBytes(List<String> members) {
        return VALIDATION.because(INVALID_PARAMETERS + "Input collection [\"" + String.join("\",\"", members)
                + "\"]of type BS contains duplicates.");
    }

    // The same for operations with the older words: what they left out of the texts, or had not added yet.

    public static ApiException emptyNumberInOlderWords() {
        return VALIDATION.because("The parameter cannot be converted to a numeric value");
    }

    /** {@code members} in the order of the request. */
    public static ApiException duplicateStringsInOlderWords(List<String> members) {
        return VALIDATION.because(
                INVALID_PARAMETERS + "Input collection [" + String.join(", ", members) + "] contains duplicates.");
    }

    public static ApiException duplicateNumbersInOlderWords() {
        return VALIDATION.because("Input collection contains duplicates");
    }

    /** {@code members} in base64, in ascending order of their signed bytes. */
    public static ApiException duplicateBytesInOlderWords(List<String> members) {
        return VALIDATION.because(INVALID_PARAMETERS + "Input collection [" + String.join(", ", members)
                + "]of type BS contains duplicates.");
    }

    public static ApiException nestedTooDeep() {
        return VALIDATION.because("Nesting Levels have exceeded supported limits:"
                + " Attributes in the item have nested levels beyond supported limit");
    }

    public static ApiException emptyAttributeName() {
        return VALIDATION.because("Empty attribute name");
    }
}
