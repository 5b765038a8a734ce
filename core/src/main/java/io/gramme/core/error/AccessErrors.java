package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.ACCESS_DENIED;

/** Errors of who may not do what its request needs. */
public final class AccessErrors {
    private AccessErrors() {}

    /** Ours: what the service says is not known. */
    public static ApiException tagTwice(String key) {
        return TableErrors.invalid(
                "Tag keys that differ in the case of letters alone cannot be judged by policies: " + key);
    }

    /** @param text which caller, action and resource, and why: captured */
    public static ApiException denied(String text) {
        return ACCESS_DENIED.because(text);
    }
}
