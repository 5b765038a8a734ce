package io.gramme.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.bytes.Bytes;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** Derives keys from a secret: HKDF of RFC 5869 with SHA-256, without a salt. */
final class Hkdf {
    private Hkdf() {}

    /** @param purpose different keys for different purposes */
    static byte[] derive(Bytes secret, String purpose, int length) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(secret.toArray())
                            .thenExpand(purpose.getBytes(UTF_8), length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot derive keys", e);
        }
    }
}
