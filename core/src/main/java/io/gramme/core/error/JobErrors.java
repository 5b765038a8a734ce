package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.RESOURCE_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.VALIDATION;

/** The wording of each message about jobs: ours, as the operations are. */
public final class JobErrors {
    private static final String INVALID = "One or more parameter values were invalid: ";

    private JobErrors() {}

    /** Names the account and region in which it was looked up, so that a client with the wrong region shows. */
    public static ApiException notFound(String id, String account, String region) {
        return RESOURCE_NOT_FOUND.because(
                "Requested resource not found: Job: " + id + " not found in account " + account + ", region " + region);
    }

    public static ApiException hasEnded(String id, String state) {
        return VALIDATION.because(INVALID + "Job " + id + " has ended already: its state is " + state);
    }

    /** @param instead what to do, as a sentence without a full stop */
    public static ApiException cannotBeCancelled(String id, String instead) {
        return VALIDATION.because(INVALID + "Job " + id + " cannot be cancelled. " + instead);
    }

    public static ApiException invalidToken() {
        return VALIDATION.because(INVALID + "NextToken is not one that ListJobs has returned");
    }
}
