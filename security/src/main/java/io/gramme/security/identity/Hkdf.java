package io.gramme.security.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.bytes.Bytes;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** Derives keys from a server key: HKDF with SHA-256 (RFC 5869). */
final class Hkdf {
    private Hkdf() {}

    /** @param purpose another purpose gives another key, from which none of the others can be computed */
    static byte[] derive(Bytes secret, String purpose, int length) {
        try {
            var parameters =
                    HKDFParameterSpec.ofExtract().addIKM(secret.toArray()).thenExpand(purpose.getBytes(UTF_8), length);
            return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no HKDF", e);
        }
    }
}
