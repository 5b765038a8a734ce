package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.LIMIT_EXCEEDED;
import static io.gramme.core.error.ErrorCode.THROTTLING;
import static io.gramme.core.error.ErrorCode.VALIDATION;

import java.util.Optional;

/** The wording of each message about fault rules, and of the faults that they induce: ours, but for {@link #rateExceeded}. */
public final class FaultErrors {
    private static final String INVALID = "One or more parameter values were invalid: ";

    private FaultErrors() {}

    public static ApiException notForTests() {
        return VALIDATION.because(
                "Fault rules are for tests: this server was started without --fault-rules, and has none");
    }

    public static ApiException tooMany(int most) {
        return LIMIT_EXCEEDED.because("A server has at most " + most + " fault rules; delete some");
    }

    public static ApiException unknownOperation(String name) {
        return VALIDATION.because(INVALID + "Operations: " + name
                + " is not an operation of DynamoDB or of DynamoDB Streams; leave Operations out for all of them");
    }

    public static ApiException unknownError(String name) {
        return VALIDATION.because(
                INVALID + "ErrorName: " + name
                        + " is not an error that a rule can induce, such as InternalServerError or ServiceUnavailableException");
    }

    /** @param effect the effect that {@code member} belongs to */
    public static ApiException onlyWith(String member, String effect) {
        return VALIDATION.because(INVALID + member + " belongs to the effect " + effect);
    }

    public static ApiException delayMissing() {
        return VALIDATION.because(INVALID + "DelayMilliseconds is required for the effect DELAY");
    }

    public static ApiException improbable() {
        return VALIDATION.because(INVALID + "Probability is more than 0 and at most 1");
    }

    public static ApiException tableMissing(String member) {
        return VALIDATION.because(INVALID + member + " requires TableName");
    }

    public static ApiException noKey() {
        return VALIDATION.because(INVALID + "PartitionKey is of type S, N or B");
    }

    public static ApiException keyTooLong(int most) {
        return VALIDATION.because(INVALID + "PartitionKey has at most " + most + " bytes");
    }

    public static ApiException withoutEffect(String effect, String operation) {
        return VALIDATION.because(INVALID + "The effect " + effect + " cannot occur in " + operation);
    }

    /** @param member selects items */
    public static ApiException withoutItems(String member, String operation) {
        return VALIDATION.because(INVALID + member + " selects items, and " + operation + " has none");
    }

    /** What the service says to calls on tables that come too fast. */
    public static ApiException rateExceeded() {
        return THROTTLING.because("Rate exceeded");
    }

    public static ApiException leftUnprocessed() {
        return THROTTLING.because("A fault rule leaves this item unprocessed").leavingUnprocessed();
    }

    public static ApiException induced(ErrorCode error, Optional<String> message) {
        return error.because(message.orElse("Induced by a fault rule"));
    }
}
