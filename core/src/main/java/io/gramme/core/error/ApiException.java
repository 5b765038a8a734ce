package io.gramme.core.error;

import io.gramme.core.item.Item;
import java.util.List;
import java.util.Optional;

/** An error answer for the client. It is an expected outcome, so it carries no stack trace. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    // Not serialised: answers never leave the process as Java objects.

    private final transient Optional<Item> item;
    private final transient List<CancellationReason> reasons;
    private final transient List<ThrottlingReason> throttling;
    private final Extent extent;

    /** What of a request is refused by an error that was found in one part of it. */
    private enum Extent {
        PART,
        /** All of it. */
        REQUEST,
        /** The part, even if it is all that there is: the request is answered. */
        UNPROCESSED
    }

    ApiException(ErrorCode code, String message) {
        this(code, message, Optional.empty(), List.of(), List.of(), Extent.PART);
    }

    private ApiException(
            ErrorCode code,
            String message,
            Optional<Item> item,
            List<CancellationReason> reasons,
            List<ThrottlingReason> throttling,
            Extent extent) {
        super(message, null, false, false);
        this.code = code;
        this.item = item;
        this.reasons = reasons;
        this.throttling = throttling;
        this.extent = extent;
    }

    public ErrorCode code() {
        return code;
    }

    /** The message of the answer; empty for the few errors that have none. */
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    /** The stored item, where the request asked to see it if its condition failed. */
    public Optional<Item> item() {
        return item;
    }

    /** The reasons of a cancelled transaction, one for each action, in their order. Empty for every other error. */
    public List<CancellationReason> reasons() {
        return reasons;
    }

    /** What was exceeded, if the request was refused for lack of throughput. Empty for every other error. */
    public List<ThrottlingReason> throttling() {
        return throttling;
    }

    /** Whether it answers the whole request, even if found in one action of a transaction. */
    public boolean isOfWholeRequest() {
        return extent == Extent.REQUEST;
    }

    /** Whether an item of a batch is left unprocessed, even if that leaves none which is processed. */
    public boolean leavesUnprocessed() {
        return extent == Extent.UNPROCESSED;
    }

    public ApiException withItem(Item stored) {
        return new ApiException(code, text(), Optional.of(stored), reasons, throttling, extent);
    }

    /** The same error with {@code prefix} before its message. */
    public ApiException prefixed(String prefix) {
        return new ApiException(code, prefix + text(), item, reasons, throttling, extent);
    }

    ApiException withReasons(List<CancellationReason> why) {
        return new ApiException(code, text(), item, List.copyOf(why), throttling, extent);
    }

    ApiException withThrottling(List<ThrottlingReason> why) {
        return new ApiException(code, text(), item, reasons, List.copyOf(why), extent);
    }

    /** The same error, as the answer to a whole request. */
    ApiException ofWholeRequest() {
        return new ApiException(code, text(), item, reasons, throttling, Extent.REQUEST);
    }

    /** The same error, for an item that a batch leaves unprocessed in any case. */
    ApiException leavingUnprocessed() {
        return new ApiException(code, text(), item, reasons, throttling, Extent.UNPROCESSED);
    }
}
