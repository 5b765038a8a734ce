package io.gramme.kms.cipher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Encrypts with a symmetric key: AES-256 in GCM under a key of its own for each ciphertext, which HKDF with SHA-256 derives
 * from the key's material and a random nonce of 16 bytes. So a key can encrypt more often than the nonces of GCM allow.
 * The head of the blob and the encryption context are authenticated.
 */
public final class SymmetricCipher {
    private static final int NONCE = 16;
    private static final int IV = 12;
    private static final int TAG = 16;
    private static final int KEY = 32;
    private static final byte[] PURPOSE = "gramme kms encrypt".getBytes(UTF_8);
    private static final SecureRandom RANDOM = new SecureRandom();

    private SymmetricCipher() {}

    /** @param blob names the key and the material; what it has as sealed bytes does not matter */
    public static CiphertextBlob encrypt(
            CiphertextBlob blob, byte[] material, EncryptionContext context, byte[] plain) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, blob, material, nonce, context).doFinal(plain);
            return new CiphertextBlob(
                    blob.account(),
                    blob.region(),
                    blob.keyId(),
                    blob.material(),
                    Bytes.wrap(nonce).plus(Bytes.wrap(sealed)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK refused to encrypt", e);
        }
    }

    /** The plain bytes; empty if this material did not encrypt them in this context. */
    public static Optional<byte[]> decrypt(CiphertextBlob blob, byte[] material, EncryptionContext context) {
        byte[] all = blob.sealed().toArray();
        if (all.length < NONCE + TAG) {
            return Optional.empty();
        }
        try {
            byte[] nonce = Arrays.copyOf(all, NONCE);
            return Optional.of(cipher(Cipher.DECRYPT_MODE, blob, material, nonce, context)
                    .doFinal(all, NONCE, all.length - NONCE));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(
            int mode, CiphertextBlob blob, byte[] material, byte[] nonce, EncryptionContext context)
            throws GeneralSecurityException {
        KDF kdf = KDF.getInstance("HKDF-SHA256");
        SecretKey key = kdf.deriveKey("AES", parameters(material, nonce, "key", KEY));
        byte[] iv = kdf.deriveData(parameters(material, nonce, "iv", IV));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG * 8, iv));
        cipher.updateAAD(blob.head().toArray());
        cipher.updateAAD(context.bytes());
        return cipher;
    }

    private static HKDFParameterSpec parameters(byte[] material, byte[] nonce, String part, int length) {
        var info = new ByteArrayOutputStream();
        info.writeBytes(PURPOSE);
        info.writeBytes(part.getBytes(UTF_8));
        return HKDFParameterSpec.ofExtract().addIKM(material).addSalt(nonce).thenExpand(info.toByteArray(), length);
    }
}
