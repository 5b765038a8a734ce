package io.gramme.storage;

/**
 * A write was refused because the disk has no room for it, or nearly none. Trying again later is right: the store takes
 * writes again by itself when there is space.
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
