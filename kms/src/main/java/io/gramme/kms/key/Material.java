package io.gramme.kms.key;

import io.gramme.core.bytes.Bytes;
import java.time.Instant;

/**
 * The secret of a key, sealed under the server key. A rotation adds another; the older ones still decrypt.
 *
 * @param id 64 hexadecimal digits, random
 * @param made when, and by what
 * @param sealed of the key's kind: random bytes, or a private key
 * @param publicKey of a pair; else empty
 */
public record Material(String id, Instant made, Origin origin, Bytes sealed, Bytes publicKey) {
    /** By the names of the service, but for the first, which it does not list. */
    public enum Origin {
        FIRST,
        AUTOMATIC,
        ON_DEMAND
    }

    Material sealed(Bytes anew) {
        return new Material(id, made, origin, anew, publicKey);
    }
}
