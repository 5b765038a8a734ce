package io.gramme.core.key;

import io.gramme.core.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Puts pseudorandom bytes in the place of the bytes of a partition key: equal for equal keys of one table, and without
 * the secret of the table of no use. Who sees them learns which rows have one partition key, and no more.
 *
 * <p>They are the first 16 bytes of an HMAC-SHA-256 (RFC 2104): of 10^12 keys, two have the same with a chance of 10^-15.
 *
 * @param secret of the table, 32 bytes; none if it is not known any more, as in the files of a backup
 */
public record Blinding(Bytes secret) {
    public static final int SECRET_BYTES = 32;
    private static final int LENGTH = 16;
    private static final String ALGORITHM = "HmacSHA256";

    /** What is left of it where the secret must not be. */
    public Blinding withoutSecret() {
        return new Blinding(Bytes.EMPTY);
    }

    public Bytes of(Bytes key) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.shared(), ALGORITHM));
            return Bytes.wrap(Arrays.copyOf(mac.doFinal(key.shared()), LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // Every JDK has it, and it takes any key.
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Blinding";
    }
}
