package io.gramme.kms.cipher;

import java.security.GeneralSecurityException;
import java.security.Signature;

/** Signs digests, and verifies their signatures. One of ECDSA is in DER (RFC 3279, 2.2.3). */
public final class Signatures {
    private static final String ECDSA_OF_DIGEST = "NONEwithECDSA";

    private Signatures() {}

    /** @param digest of the length that the algorithm's has */
    public static byte[] sign(KeySpec spec, SigningAlgorithm algorithm, byte[] privateKey, byte[] digest) {
        try {
            if (algorithm.scheme() != SigningAlgorithm.Scheme.ECDSA) {
                return RsaSignatures.sign(spec, algorithm, privateKey, digest);
            }
            Signature signature = Signature.getInstance(ECDSA_OF_DIGEST);
            signature.initSign(KeyPairs.privateKey(spec, privateKey));
            signature.update(digest);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK refused to sign", e);
        }
    }

    public static boolean verify(
            KeySpec spec, SigningAlgorithm algorithm, byte[] publicKey, byte[] digest, byte[] given) {
        try {
            if (algorithm.scheme() != SigningAlgorithm.Scheme.ECDSA) {
                return RsaSignatures.verify(spec, algorithm, publicKey, digest, given);
            }
            Signature signature = Signature.getInstance(ECDSA_OF_DIGEST);
            signature.initVerify(KeyPairs.publicKey(spec, publicKey));
            signature.update(digest);
            return signature.verify(given);
        } catch (GeneralSecurityException _) {
            return false; // Not even of the form of a signature.
        }
    }
}
