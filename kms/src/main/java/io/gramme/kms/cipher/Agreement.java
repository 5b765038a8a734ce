package io.gramme.kms.cipher;

import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import javax.crypto.KeyAgreement;

/** Elliptic curve Diffie-Hellman (NIST SP 800-56A, 5.7.1.2): the secret is the x coordinate of the shared point. */
public final class Agreement {
    private Agreement() {}

    /**
     * The secret that two pairs share.
     *
     * @param peer a SubjectPublicKeyInfo in DER
     * @return empty if the peer's key is not a point on the curve of this key
     */
    public static Optional<byte[]> secret(KeySpec spec, byte[] privateKey, byte[] publicKey, byte[] peer) {
        var own = (ECPublicKey) KeyPairs.publicKey(spec, publicKey);
        Optional<ECPublicKey> other = KeyPairs.peer(own, peer);
        if (other.isEmpty()) {
            return Optional.empty();
        }
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(KeyPairs.privateKey(spec, privateKey));
            agreement.doPhase(other.get(), true);
            return Optional.of(agreement.generateSecret());
        } catch (GeneralSecurityException | IllegalStateException _) {
            return Optional.empty(); // A point beside the curve.
        }
    }
}
