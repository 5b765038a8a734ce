package io.gramme.encryption;

import io.gramme.storage.StorageException;

/** The server key that sealed a store is not among those that were given. */
public final class WrongServerKeyException extends StorageException {
    private static final long serialVersionUID = 1;

    private final String name;

    WrongServerKeyException(String name, Throwable cause) {
        super("the store is sealed with the server key " + name + ", which is not the one that was given", cause);
        this.name = name;
    }

    /** The name of the key that is needed, which does not reveal it. */
    public String name() {
        return name;
    }
}
