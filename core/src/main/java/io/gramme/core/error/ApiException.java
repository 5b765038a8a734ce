package io.gramme.core.error;

import io.gramme.core.item.Item;
import java.util.Optional;

/** An answer the client is meant to read. It is an expected outcome, so it carries no stack trace. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    /** Not serialised: answers never leave the process as Java objects. */
    private final transient Optional<Item> item;

    ApiException(ErrorCode code, String message) {
        this(code, message, Optional.empty());
    }

    private ApiException(ErrorCode code, String message, Optional<Item> item) {
        super(message, null, false, false);
        this.code = code;
        this.item = item;
    }

    public ErrorCode code() {
        return code;
    }

    /** The words of the answer; empty for the few errors that have none. */
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    /** The stored item, where a failed condition was asked to show it. */
    public Optional<Item> item() {
        return item;
    }

    public ApiException withItem(Item stored) {
        return new ApiException(code, text(), Optional.of(stored));
    }

    /** The same error with {@code prefix} before its words. */
    public ApiException prefixed(String prefix) {
        return new ApiException(code, prefix + text(), item);
    }
}
