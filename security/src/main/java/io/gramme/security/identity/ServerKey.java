package io.gramme.security.identity;

import io.gramme.core.bytes.Bytes;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The key from which a server derives the keys that seal secrets and session tokens. It is never in the store.
 *
 * @param secret 32 random bytes
 * @param id names the key in what it sealed; derived from the secret, which it does not reveal
 */
public record ServerKey(Bytes secret, int id) {
    static final int LENGTH = 32;

    public ServerKey {
        if (secret.length() != LENGTH) {
            throw new IllegalArgumentException("a server key has " + LENGTH + " bytes, not " + secret.length());
        }
    }

    public static ServerKey of(Bytes secret) {
        return new ServerKey(
                secret,
                Bytes.wrap(Hkdf.derive(secret, "gramme key id", Integer.BYTES)).intAt(0));
    }

    public static ServerKey random(SecureRandom random) {
        var secret = new byte[LENGTH];
        random.nextBytes(secret);
        return of(Bytes.wrap(secret));
    }

    static String name(int id) {
        return HexFormat.of().toHexDigits(id);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "server key " + name(id);
    }
}
