package io.gramme.storage;

/**
 * A transaction gave up because other transactions held its rows for longer than its patience. Nothing was written, and
 * the caller should retry later. The server answers it as the service answers conflicts and throttling.
 */
public final class ContentionException extends StorageException {
    private static final long serialVersionUID = 1;

    public ContentionException(String message) {
        super(message);
    }
}
