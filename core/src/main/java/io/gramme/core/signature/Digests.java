package io.gramme.core.signature;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * SHA-256, and HMAC with it. The objects that compute them are taken from a small pool: looking them up for each request
 * takes longer than their work, and with virtual threads there would be one for each request in a thread-local variable.
 */
final class Digests {
    private static final String HMAC = "HmacSHA256";
    private static final Pool<MessageDigest> HASHES = new Pool<>(Digests::newHash);
    private static final Pool<Mac> MACS = new Pool<>(Digests::newMac);

    private Digests() {}

    static byte[] sha256(byte[] bytes) {
        MessageDigest hash = HASHES.take();
        byte[] result = hash.digest(bytes);
        HASHES.giveBack(hash);
        return result;
    }

    static SecretKeySpec hmacKey(byte[] key) {
        return new SecretKeySpec(key, HMAC);
    }

    static byte[] hmac(SecretKeySpec key, byte[] bytes) {
        Mac mac = MACS.take();
        try {
            mac.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // It takes every key.
        }
        byte[] result = mac.doFinal(bytes);
        MACS.giveBack(mac);
        return result;
    }

    /**
     * HMAC-SHA-256 (RFC 2104) with one key of at most a block, whose two begins are computed once. Only copies of them are
     * changed, so many threads may use it.
     */
    static final class KeyedHash {
        private static final int BLOCK = 64;
        private static final byte INNER = 0x36;
        private static final byte OUTER = 0x5c;

        private final MessageDigest inner;
        private final MessageDigest outer;

        KeyedHash(byte[] key) {
            this.inner = begun(key, INNER);
            this.outer = begun(key, OUTER);
        }

        private static MessageDigest begun(byte[] key, byte pad) {
            var block = new byte[BLOCK];
            for (int i = 0; i < BLOCK; i++) {
                block[i] = (byte) ((i < key.length ? key[i] : 0) ^ pad);
            }
            MessageDigest hash = newHash();
            hash.update(block);
            return hash;
        }

        byte[] of(byte[] bytes) {
            MessageDigest end = copy(outer);
            end.update(copy(inner).digest(bytes));
            return end.digest();
        }

        private static MessageDigest copy(MessageDigest begun) {
            try {
                return (MessageDigest) begun.clone();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(e); // The JDK's can be copied.
            }
        }
    }

    private static MessageDigest newHash() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // Every JDK provides it.
        }
    }

    private static Mac newMac() {
        try {
            return Mac.getInstance(HMAC);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // Every JDK provides it.
        }
    }

    /** Slots, of which a thread looks at one. If it is empty, another thread has the object, or none has been made. */
    private static final class Pool<T> {
        private static final int SLOTS = 16;

        private final AtomicReferenceArray<T> slots = new AtomicReferenceArray<>(SLOTS);
        private final Supplier<T> maker;

        Pool(Supplier<T> maker) {
            this.maker = maker;
        }

        T take() {
            T pooled = slots.getAndSet(slot(), null);
            return pooled == null ? maker.get() : pooled;
        }

        void giveBack(T used) {
            slots.setRelease(slot(), used);
        }

        private static int slot() {
            return (int) (Thread.currentThread().threadId() % SLOTS);
        }
    }
}
