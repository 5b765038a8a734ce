package io.gramme.encryption;

import io.gramme.storage.StorageException;

/** A key service that did not answer, or asked to be called later: keys that are known stay in use for a time of grace. */
public final class KeyServiceDownException extends StorageException {
    private static final long serialVersionUID = 1;

    public KeyServiceDownException(String message, Throwable cause) {
        super(message, cause);
    }
}
