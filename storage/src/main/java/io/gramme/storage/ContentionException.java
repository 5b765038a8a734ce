package io.gramme.storage;

/**
 * A transaction gave way: others had its rows for as long as it was willing to wait. Nothing was written, and trying again
 * later is right. The server answers it as the service answers conflicts and throttling.
 */
public final class ContentionException extends StorageException {
    private static final long serialVersionUID = 1;

    public ContentionException(String message) {
        super(message);
    }
}
