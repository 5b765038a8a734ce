package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.CONDITION_FAILED;
import static io.gramme.core.error.ErrorCode.VALIDATION;

/**
 * The wording of each message about items, numbers and keys, as the service words it. Callers name the situation, not
 * the text. Expressions, tables and the wire have chapters of their own in this package.
 */
public final class Errors {
    private Errors() {}

    public static ApiException notANumber(String text) {
        return VALIDATION.because("The parameter cannot be converted to a numeric value: " + text);
    }

    public static ApiException numberOverflow() {
        return VALIDATION.because(
                "Number overflow. Attempting to store a number with magnitude larger than supported range");
    }

    public static ApiException numberUnderflow() {
        return VALIDATION.because(
                "Number underflow. Attempting to store a number with magnitude smaller than supported range");
    }

    public static ApiException tooManyDigits() {
        return VALIDATION.because("Attempting to store more than 38 significant digits in a Number");
    }

    public static ApiException conditionFailed() {
        return CONDITION_FAILED.because("The conditional request failed");
    }
}
