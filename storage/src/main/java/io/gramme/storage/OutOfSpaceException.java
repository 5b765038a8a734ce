package io.gramme.storage;

/**
 * A write was refused because the disk has no space for it, or nearly none. The caller should retry later: the store
 * accepts writes again by itself when there is space.
 */
public final class OutOfSpaceException extends StorageException {
    private static final long serialVersionUID = 1;

    public OutOfSpaceException(String message) {
        super(message);
    }

    public OutOfSpaceException(String message, Throwable cause) {
        super(message, cause);
    }
}
