package io.gramme.encryption.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.bytes.Bytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Seals and opens the chunks of one file. The nonce of a chunk is the prefix of the file, the number of the chunk and
 * whether it is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár): so no chunk can be taken for another, and the
 * end is known to be the end. Used by one thread at a time.
 */
final class Chunks {
    static final int TAG = 16;
    static final int SEALED = FileHeader.CHUNK + TAG;

    /** Of the numbers of chunks. */
    static final long MOST = 1L << 32;

    private static final int NONCE = 12;
    private static final byte[] PURPOSE = "gramme sealed file".getBytes(UTF_8);

    private final SecretKey key;
    private final FileHeader header;
    private final byte[] bound;
    private final Cipher cipher;

    Chunks(Bytes secret, FileHeader header) {
        this.header = header;
        this.bound = header.encode().toArray();
        try {
            this.key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(secret.toArray())
                                    .addSalt(header.salt().toArray())
                                    .thenExpand(PURPOSE, FileCipher.SECRET));
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks HKDF or AES", e);
        }
    }

    byte[] seal(byte[] plain, int length, long number, boolean last) {
        try {
            begin(Cipher.ENCRYPT_MODE, number, last);
            return cipher.doFinal(plain, 0, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK refused to seal", e);
        }
    }

    /** Empty if it is not this chunk of the file. */
    Optional<byte[]> open(byte[] sealed, int length, long number, boolean last) {
        try {
            begin(Cipher.DECRYPT_MODE, number, last);
            return Optional.of(cipher.doFinal(sealed, 0, length));
        } catch (AEADBadTagException _) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK refused to open", e);
        }
    }

    private void begin(int mode, long number, boolean last) throws GeneralSecurityException {
        if (number >= MOST) {
            throw new IllegalStateException("a sealed file has at most " + MOST + " chunks");
        }
        byte[] nonce = ByteBuffer.allocate(NONCE)
                .put(header.nonce().shared())
                .putInt((int) number)
                .put((byte) (last ? 1 : 0))
                .array();
        cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
        cipher.updateAAD(bound);
    }
}
