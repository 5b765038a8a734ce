package io.gramme.kms.cipher;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * The encodings of signatures with RSA (RFC 8017, section 9), of digests. The JDK signs messages alone, and the service
 * signs digests that its clients computed too. The salt of PSS is as long as the digest.
 */
final class RsaSignatures {
    private static final int TRAILER = 0xbc;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RsaSignatures() {}

    static byte[] sign(KeySpec spec, SigningAlgorithm algorithm, byte[] privateKey, byte[] digest)
            throws GeneralSecurityException {
        byte[] encoded = algorithm.scheme() == SigningAlgorithm.Scheme.PSS
                ? pss(spec, algorithm.digest(), digest, salt(algorithm.digest()))
                : pkcs1(spec, algorithm.digest(), digest);
        return power(Cipher.ENCRYPT_MODE, KeyPairs.privateKey(spec, privateKey), encoded);
    }

    static boolean verify(KeySpec spec, SigningAlgorithm algorithm, byte[] publicKey, byte[] digest, byte[] signature)
            throws GeneralSecurityException {
        if (signature.length != spec.bytes()) {
            return false;
        }
        byte[] encoded = power(Cipher.ENCRYPT_MODE, KeyPairs.publicKey(spec, publicKey), signature);
        return algorithm.scheme() == SigningAlgorithm.Scheme.PSS
                ? isPss(algorithm.digest(), digest, encoded)
                : MessageDigest.isEqual(encoded, pkcs1(spec, algorithm.digest(), digest));
    }

    private static byte[] power(int mode, Key key, byte[] number) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
        cipher.init(mode, key);
        return cipher.doFinal(number);
    }

    private static byte[] salt(Digest digest) {
        var salt = new byte[digest.length()];
        RANDOM.nextBytes(salt);
        return salt;
    }

    private static byte[] pkcs1(KeySpec spec, Digest kind, byte[] digest) {
        byte[] info = kind.info();
        var encoded = new byte[spec.bytes()];
        int at = encoded.length - digest.length - info.length;
        encoded[1] = 1;
        Arrays.fill(encoded, 2, at - 1, (byte) 0xff);
        System.arraycopy(info, 0, encoded, at, info.length);
        System.arraycopy(digest, 0, encoded, at + info.length, digest.length);
        return encoded;
    }

    /** The modulus has a whole number of bytes, so one bit of the first byte is unused. */
    private static byte[] pss(KeySpec spec, Digest kind, byte[] digest, byte[] salt) {
        byte[] hash = saltedHash(kind, digest, salt);
        var encoded = new byte[spec.bytes()];
        int block = encoded.length - hash.length - 1;
        encoded[block - salt.length - 1] = 1;
        System.arraycopy(salt, 0, encoded, block - salt.length, salt.length);
        mask(kind, hash, encoded, block);
        encoded[0] &= 0x7f;
        System.arraycopy(hash, 0, encoded, block, hash.length);
        encoded[encoded.length - 1] = (byte) TRAILER;
        return encoded;
    }

    private static boolean isPss(Digest kind, byte[] digest, byte[] encoded) {
        int block = encoded.length - digest.length - 1;
        if ((encoded[encoded.length - 1] & 0xff) != TRAILER || (encoded[0] & 0x80) != 0) {
            return false;
        }
        byte[] hash = Arrays.copyOfRange(encoded, block, block + digest.length);
        mask(kind, hash, encoded, block);
        encoded[0] &= 0x7f;
        int one = block - digest.length - 1;
        for (int i = 0; i < one; i++) {
            if (encoded[i] != 0) {
                return false;
            }
        }
        byte[] salt = Arrays.copyOfRange(encoded, one + 1, block);
        return encoded[one] == 1 && MessageDigest.isEqual(hash, saltedHash(kind, digest, salt));
    }

    private static byte[] saltedHash(Digest kind, byte[] digest, byte[] salt) {
        MessageDigest hash = kind.instance();
        hash.update(new byte[8]);
        hash.update(digest);
        return hash.digest(salt);
    }

    /** Masks the first {@code length} bytes with MGF1 (RFC 8017, B.2.1); masking again removes the mask. */
    private static void mask(Digest kind, byte[] seed, byte[] bytes, int length) {
        for (int i = 0, counter = 0; i < length; counter++) {
            MessageDigest hash = kind.instance();
            hash.update(seed);
            hash.update(
                    new byte[] {(byte) (counter >>> 24), (byte) (counter >>> 16), (byte) (counter >>> 8), (byte) counter
                    });
            byte[] part = hash.digest();
            for (int j = 0; j < part.length && i < length; j++, i++) {
                bytes[i] ^= part[j];
            }
        }
    }
}
