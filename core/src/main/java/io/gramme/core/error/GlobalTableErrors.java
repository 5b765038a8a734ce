package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.GLOBAL_TABLE_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.VALIDATION;

/** The errors of the operations on global tables. */
public final class GlobalTableErrors {
    private GlobalTableErrors() {}

    /** The service makes no global tables of its first version any more (captured in public reports of 2026). */
    public static ApiException firstVersion() {
        return VALIDATION.because("One or more parameter values were invalid: DynamoDB global tables version 2017.11.29"
                + " is not supported. We recommend using DynamoDB global tables version 2019.11.21, instead of version"
                + " 2017.11.29 (Legacy).");
    }

    /** The type was captured, the words are inferred. */
    public static ApiException notFound(String name) {
        return GLOBAL_TABLE_NOT_FOUND.because(
                "Global table not found: Global table with name: '" + name + "' does not exist");
    }
}
