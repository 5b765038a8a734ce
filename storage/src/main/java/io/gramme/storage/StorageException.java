package io.gramme.storage;

/**
 * The engine could not do what was asked. Not the client's fault, and never shown to it in detail.
 *
 * <p>The message is a constant that can be counted, with {@code key=value} context behind it.
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
