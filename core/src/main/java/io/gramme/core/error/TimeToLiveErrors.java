package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.RESOURCE_IN_USE;
import static io.gramme.core.error.ErrorCode.VALIDATION;

/** The wording of each message about time to live: the service's, as clients have reported it. */
public final class TimeToLiveErrors {
    private TimeToLiveErrors() {}

    public static ApiException alreadyEnabled() {
        return VALIDATION.because("TimeToLive is already enabled");
    }

    public static ApiException alreadyDisabled() {
        return VALIDATION.because("TimeToLive is already disabled");
    }

    /** @param attribute the current time to live attribute */
    public static ApiException otherAttribute(String attribute) {
        return VALIDATION.because(
                "TimeToLive is active on a different AttributeName: current AttributeName is " + attribute);
    }

    public static ApiException changedTooSoon() {
        return VALIDATION.because("Time to live has been modified multiple times within a fixed interval");
    }

    /** In other words than those of the other table operations. */
    public static ApiException beingCreated(String table) {
        return RESOURCE_IN_USE.because(
                "Attempt to change a resource which is still in use: Table " + table + " is being created");
    }

    /** @param status {@code CREATING} or {@code DELETING} */
    public static ApiException notDescribed(String status) {
        return VALIDATION.because("Cannot describe time to live while table is in " + status
                + " state: Current table state is " + status);
    }
}
