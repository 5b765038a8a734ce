package io.gramme.storage;

/**
 * The engine could not fulfil a request. The client did not cause it, and never sees its details.
 *
 * <p>The message is a constant that can be counted, followed by {@code key=value} context.
 */
public class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
