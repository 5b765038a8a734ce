package io.gramme.http;

import io.gramme.core.signature.SigningKey;
import io.gramme.core.signature.SigningScope;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The derived keys of the last clients, so that a request takes one HMAC and not five. A key is kept once a signature
 * was right: requests without a secret take no room. A secret that has changed is noticed when its key is used.
 *
 * <p>There are two generations: when the younger one is full, it becomes the elder, and what was in the elder and has
 * not been used since is forgotten. Safe for use by many threads.
 */
final class SigningKeys {
    static final int GENERATION = 2_000;

    private record Name(String keyId, SigningScope scope) {}

    private record Derived(String secret, SigningKey key) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Derived";
        }
    }

    private record Generations(Map<Name, Derived> young, Map<Name, Derived> old) {}

    private volatile Generations generations = new Generations(new ConcurrentHashMap<>(), Map.of());

    /** The key that a secret has for a scope. */
    SigningKey of(String keyId, String secret, SigningScope scope) {
        var name = new Name(keyId, scope);
        Generations now = generations;
        Derived derived = now.young.getOrDefault(name, now.old.get(name));
        return derived != null && derived.secret.equals(secret) ? derived.key : SigningKey.derive(secret, scope);
    }

    /** Keeps a key with which a signature was right. */
    void keep(String keyId, String secret, SigningScope scope, SigningKey key) {
        var name = new Name(keyId, scope);
        Generations now = generations;
        Derived kept = now.young.get(name);
        if (kept != null && kept.key == key) {
            return;
        }
        if (now.young.size() >= GENERATION) {
            now = next();
        }
        now.young.put(name, new Derived(secret, key));
    }

    /** The next generation; another thread may have begun it. */
    private synchronized Generations next() {
        Generations now = generations;
        if (now.young.size() >= GENERATION) {
            now = new Generations(new ConcurrentHashMap<>(), now.young);
            generations = now;
        }
        return now;
    }

    /** The number of keys that are kept. */
    int size() {
        return generations.young.size() + generations.old.size();
    }
}
