package io.gramme.encryption;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of AES-256-GCM. What it seals is a random nonce of 12 bytes, the encrypted bytes, and a tag of 16 bytes; so it seals no
 * more than 2^30 times.
 *
 * <p>For use by any thread. A few ciphers are kept with their expanded keys, and the random bytes of some nonces with them: virtual
 * threads are too many for one each.
 */
final class GcmKey {
    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;
    static final int OVERHEAD = NONCE_BYTES + TAG_BYTES;

    /** Threads that use one key at the same moment; others make a cipher for themselves. */
    private static final int KEPT = 8;

    private static final int NONCES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;
    private final AtomicReferenceArray<Sealing> sealings = new AtomicReferenceArray<>(KEPT);
    private final AtomicReferenceArray<Cipher> openings = new AtomicReferenceArray<>(KEPT);

    /** @param key which is copied */
    GcmKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key of AES-256 has " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Writes {@code plain}, sealed, into {@code target} from an index on. */
    void seal(byte[] plain, byte[] authenticated, byte[] target, int at) {
        int slot = slot();
        Sealing sealing = sealings.getAndSet(slot, null);
        if (sealing == null) {
            sealing = new Sealing();
        }
        try {
            sealing.seal(plain, authenticated, target, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM cannot seal", e);
        }
        sealings.set(slot, sealing);
    }

    /** Opens what lies in {@code source} from an index to its end; empty if it is not what was sealed with this key. */
    Optional<byte[]> open(byte[] source, int at, byte[] authenticated) {
        int slot = slot();
        Cipher cipher = openings.getAndSet(slot, null);
        try {
            if (cipher == null) {
                cipher = cipher();
            }
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, source, at, NONCE_BYTES));
            cipher.updateAAD(authenticated);
            byte[] plain = cipher.doFinal(source, at + NONCE_BYTES, source.length - at - NONCE_BYTES);
            openings.set(slot, cipher);
            return Optional.of(plain);
        } catch (AEADBadTagException _) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM cannot open", e);
        }
    }

    private static int slot() {
        return (int) Thread.currentThread().threadId() & (KEPT - 1);
    }

    private static Cipher cipher() throws GeneralSecurityException {
        return Cipher.getInstance("AES/GCM/NoPadding");
    }

    /** A cipher and nonces for it; for one thread at a time. */
    private final class Sealing {
        private final byte[] nonces = new byte[NONCES * NONCE_BYTES];
        private Optional<Cipher> cipher = Optional.empty();
        private int next = nonces.length;

        void seal(byte[] plain, byte[] authenticated, byte[] target, int at) throws GeneralSecurityException {
            if (cipher.isEmpty()) {
                cipher = Optional.of(cipher());
            }
            if (next == nonces.length) {
                RANDOM.nextBytes(nonces);
                next = 0;
            }
            System.arraycopy(nonces, next, target, at, NONCE_BYTES);
            next += NONCE_BYTES;
            Cipher own = cipher.get();
            own.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, target, at, NONCE_BYTES));
            own.updateAAD(authenticated);
            own.doFinal(plain, 0, plain.length, target, at + NONCE_BYTES);
        }
    }

    /** The sealed bytes alone. */
    byte[] seal(byte[] plain, byte[] authenticated) {
        byte[] sealed = new byte[plain.length + OVERHEAD];
        seal(plain, authenticated, sealed, 0);
        return sealed;
    }

    /** Wraps a key, and forgets its bytes. */
    byte[] wrap(byte[] other, byte[] authenticated) {
        try {
            return seal(other, authenticated);
        } finally {
            Arrays.fill(other, (byte) 0);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "key of AES-256-GCM";
    }
}
