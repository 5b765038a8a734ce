package io.gramme.encryption.file;

import io.gramme.core.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The first bytes of a sealed file, in clear and authenticated by each of its chunks.
 *
 * <pre>
 * "GRAMSEAL" (8) | version 1 | algorithm 1 = AES-256-GCM | log2 of the plaintext of a chunk | key id (16) |
 * salt (32) | nonce prefix (7) | length of the name (2) | name in UTF-8
 * </pre>
 *
 * @param keyId of the {@link FileKey}
 * @param salt random; the key of the chunks is derived with it, so that no two files have one
 * @param nonce random; the prefix of all nonces
 * @param name by which the file is known among those of its key
 */
record FileHeader(Bytes keyId, Bytes salt, Bytes nonce, String name) {
    /** In bytes of plaintext. */
    static final int CHUNK = 64 << 10;

    static final int SALT = 32;
    static final int NONCE = 7;
    static final Bytes MAGIC = Bytes.utf8("GRAMSEAL");

    private static final byte[] FORMAT = {1, 1, 16};
    private static final int FIXED = MAGIC.length() + FORMAT.length + FileKey.ID + SALT + NONCE + Short.BYTES;
    private static final int MOST_NAME = 1_024;

    static FileHeader of(Bytes keyId, String name, SecureRandom random) {
        if (name.getBytes(StandardCharsets.UTF_8).length > MOST_NAME) {
            throw new IllegalArgumentException(
                    "the name of a sealed file has at most " + MOST_NAME + " bytes: " + name);
        }
        return new FileHeader(keyId, random(random, SALT), random(random, NONCE), name);
    }

    private static Bytes random(SecureRandom random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    Bytes encode() {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(FIXED + text.length)
                .put(MAGIC.shared())
                .put(FORMAT)
                .put(keyId.shared())
                .put(salt.shared())
                .put(nonce.shared())
                .putShort((short) text.length)
                .put(text)
                .array());
    }

    /** @throws DamagedFileException if the stream does not begin with a header */
    static FileHeader read(InputStream in) throws IOException {
        byte[] fixed = in.readNBytes(FIXED);
        if (!Bytes.wrap(fixed).startsWith(MAGIC)) {
            throw new DamagedFileException("it is not a sealed file");
        }
        if (fixed.length < FIXED) {
            throw new DamagedFileException("it ends within its header");
        }
        var left = ByteBuffer.wrap(fixed, MAGIC.length(), FIXED - MAGIC.length());
        if (!Arrays.equals(take(left, FORMAT.length), FORMAT)) {
            throw new DamagedFileException("it has a format that this version does not know, or its header is damaged");
        }
        Bytes keyId = Bytes.wrap(take(left, FileKey.ID));
        Bytes salt = Bytes.wrap(take(left, SALT));
        Bytes nonce = Bytes.wrap(take(left, NONCE));
        int length = left.getShort() & 0xffff;
        if (length > MOST_NAME) {
            throw new DamagedFileException("its header is damaged");
        }
        byte[] name = in.readNBytes(length);
        if (name.length < length) {
            throw new DamagedFileException("it ends within its header");
        }
        return new FileHeader(keyId, salt, nonce, new String(name, StandardCharsets.UTF_8));
    }

    private static byte[] take(ByteBuffer from, int length) {
        var bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }
}
