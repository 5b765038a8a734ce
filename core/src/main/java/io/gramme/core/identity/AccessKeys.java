package io.gramme.core.identity;

import java.util.Optional;

/** The access keys that requests can be signed with. Safe for use by many threads, and fast: each request asks for one. */
public interface AccessKeys {

    /**
     * Finds the key of a request, before its signature is checked: what is wrong with a session is told only to a
     * client that has its secret.
     *
     * @param id that the request names
     * @param sessionToken that it names; empty for none
     */
    Found find(String id, Optional<String> sessionToken);

    /** Is told of each request that is signed with a key, once its signature is verified. */
    default void used(String id, String service, String region) {}

    /** What became of a search. */
    sealed interface Found {
        /** @param secret the forty characters that the client signs with */
        record Key(String secret, Principal principal) implements Found {
            /** Without the secret. */
            @Override
            public String toString() {
                return principal.arn();
            }
        }

        /** There is no key of this id, or it is inactive. */
        record Unknown() implements Found {}

        /** The session token is wrong, missing, or given with a key that has none. */
        record WrongToken(String secret) implements Found {
            /** Without the secret. */
            @Override
            public String toString() {
                return "WrongToken";
            }
        }

        /** The session has ended, or was revoked. */
        record Expired(String secret) implements Found {
            /** Without the secret. */
            @Override
            public String toString() {
                return "Expired";
            }
        }
    }
}
