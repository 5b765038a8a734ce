package io.gramme.security.identity;

import io.gramme.core.bytes.Bytes;
import java.time.Instant;

/**
 * A stored access key.
 *
 * @param user the name of its user; empty for the root of the account
 * @param sealed the secret, under the server key
 */
public record AccessKey(String id, String account, String user, boolean active, Instant created, Bytes sealed) {

    /** When and for what a key was last used, in the grain of minutes. */
    public record Use(Instant at, String service, String region) {}

    public AccessKey activated(boolean nowActive) {
        return new AccessKey(id, account, user, nowActive, created, sealed);
    }

    AccessKey of(String otherUser) {
        return new AccessKey(id, account, otherUser, active, created, sealed);
    }

    AccessKey sealed(Bytes anew) {
        return new AccessKey(id, account, user, active, created, anew);
    }
}
