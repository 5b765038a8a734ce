package io.gramme.http;

import io.gramme.core.cache.BoundedCache;
import io.gramme.core.signature.SigningKey;
import io.gramme.core.signature.SigningScope;

/**
 * The derived keys of the last clients, so that a request takes one HMAC and not five. A key is kept once a signature
 * was right: requests without a secret take no room. A secret that has changed is noticed when its key is used. Safe
 * for use by many threads.
 */
final class SigningKeys {
    static final int MOST = 4_000;

    private record Name(String keyId, SigningScope scope) {}

    private record Derived(String secret, SigningKey key) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Derived";
        }
    }

    private final BoundedCache<Name, Derived> keys = new BoundedCache<>(MOST, (_, _) -> 1);

    /** The key that a secret has for a scope. */
    SigningKey of(String keyId, String secret, SigningScope scope) {
        Derived derived = keys.get(new Name(keyId, scope));
        return derived != null && derived.secret.equals(secret) ? derived.key : SigningKey.derive(secret, scope);
    }

    /** Keeps a key with which a signature was right. */
    void keep(String keyId, String secret, SigningScope scope, SigningKey key) {
        var name = new Name(keyId, scope);
        Derived kept = keys.get(name);
        if (kept == null || kept.key != key) {
            keys.put(name, new Derived(secret, key));
        }
    }

    /** The number of keys that are kept. */
    int size() {
        return keys.size();
    }
}
