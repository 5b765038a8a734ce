package io.gramme.security.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals bytes with keys that are derived from the server keys: AES-256 in GCM. Sealed bytes are one of format, four of the
 * id of the server key, twelve of a random nonce, and the ciphertext with its tag.
 *
 * <p>Safe for use by many threads.
 */
final class Sealer {
    private static final int FORMAT = 1;
    private static final int NONCE_AT = 1 + Integer.BYTES;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int CIPHER_AT = NONCE_AT + NONCE;

    /** As many as make forty characters of base 64, which is the form of a secret access key. */
    private static final int SECRET = 30;

    private final ServerKeys keys;
    private final SecureRandom random = new SecureRandom();

    Sealer(ServerKeys keys) {
        this.keys = keys;
    }

    ServerKeys keys() {
        return keys;
    }

    /**
     * @param purpose of the derived key
     * @param context that the sealed bytes belong to: they cannot be opened in another
     */
    Bytes seal(String purpose, String context, byte[] plain) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        ServerKey key = keys.current();
        Bytes head = Bytes.of(FORMAT).plus(Bytes.ofInt(key.id())).plus(Bytes.wrap(nonce));
        try {
            return head.plus(Bytes.wrap(
                    cipher(Cipher.ENCRYPT_MODE, key, purpose, context, head).doFinal(plain)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK refused to seal", e);
        }
    }

    /** The plain bytes; empty if these were not sealed by this server's keys for this purpose and context. */
    Optional<byte[]> open(String purpose, String context, Bytes sealed) {
        Optional<ServerKey> key = sealedBy(sealed).flatMap(keys::find);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        byte[] all = sealed.shared();
        Bytes head = Bytes.copyOf(Arrays.copyOf(all, CIPHER_AT));
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key.get(), purpose, context, head)
                    .doFinal(all, CIPHER_AT, all.length - CIPHER_AT));
        } catch (AEADBadTagException _) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK refused to open", e);
        }
    }

    /** The id of the server key that sealed these bytes; empty if they have not the form of sealed bytes. */
    static Optional<Integer> sealedBy(Bytes sealed) {
        return sealed.length() < CIPHER_AT + TAG || sealed.at(0) != FORMAT
                ? Optional.empty()
                : Optional.of(sealed.intAt(1));
    }

    private static Cipher cipher(int mode, ServerKey key, String purpose, String context, Bytes head)
            throws GeneralSecurityException {
        var derived = new SecretKeySpec(Hkdf.derive(key.secret(), purpose, ServerKey.LENGTH), "AES");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, derived, new GCMParameterSpec(TAG * 8, head.toArray(), NONCE_AT, NONCE));
        cipher.updateAAD(head.toArray());
        cipher.updateAAD(context.getBytes(UTF_8));
        return cipher;
    }

    /** The secret of a session, which follows from its key id. */
    static String sessionSecret(ServerKey key, String keyId) {
        return secret(Hkdf.derive(key.secret(), "gramme session secret " + keyId, SECRET));
    }

    String randomSecret() {
        var secret = new byte[SECRET];
        random.nextBytes(secret);
        return secret(secret);
    }

    private static String secret(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
