package io.gramme.encryption;

/** A key service that did not answer, or asked to be called later: keys that are known stay in use for a time of grace. */
public final class KeyServiceDownException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public KeyServiceDownException(String message, Throwable cause) {
        super(message, cause);
    }
}
