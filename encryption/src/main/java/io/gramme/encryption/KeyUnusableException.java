package io.gramme.encryption;

import io.gramme.storage.StorageException;

/** A root key that answers no, and will until someone changes it: what it wrapped cannot be read. */
public final class KeyUnusableException extends StorageException {
    private static final long serialVersionUID = 1;

    /** By the names of the errors of KMS. */
    public enum Reason {
        DISABLED,
        /** Pending deletion, pending import of its material, or unavailable. */
        INVALID_STATE,
        NOT_FOUND,
        ACCESS_DENIED,
        /** The wrapped key was not wrapped by this root key, or in another context. */
        INVALID_CIPHERTEXT
    }

    private final Reason reason;

    public KeyUnusableException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
