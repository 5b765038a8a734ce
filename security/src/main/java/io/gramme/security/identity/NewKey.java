package io.gramme.security.identity;

/** An access key with its secret, as it is shown once. */
public record NewKey(AccessKey key, String secret) {
    /** Without the secret. */
    @Override
    public String toString() {
        return key.id();
    }
}
