package io.gramme.kms.cipher;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Cipher;

/** Encryption with RSA and OAEP (RFC 8017, 7.1). */
public final class RsaEncryption {
    private RsaEncryption() {}

    /** @param plain not longer than {@link EncryptionAlgorithm#longestPlaintext} */
    public static byte[] encrypt(KeySpec spec, EncryptionAlgorithm algorithm, byte[] publicKey, byte[] plain) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.ENCRYPT_MODE, KeyPairs.publicKey(spec, publicKey), algorithm.parameters());
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK refused to encrypt", e);
        }
    }

    /** The plain bytes; empty if this key did not encrypt them in this way. */
    public static Optional<byte[]> decrypt(
            KeySpec spec, EncryptionAlgorithm algorithm, byte[] privateKey, byte[] sealed) {
        if (sealed.length != spec.bytes()) {
            return Optional.empty();
        }
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.DECRYPT_MODE, KeyPairs.privateKey(spec, privateKey), algorithm.parameters());
            return Optional.of(cipher.doFinal(sealed));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }
}
