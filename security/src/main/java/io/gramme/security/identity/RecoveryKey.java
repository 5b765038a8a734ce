package io.gramme.security.identity;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.StorageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A server key as a text that a person can write on paper: the 32 bytes of the key and 3 bytes of their SHA-256 hash, in the
 * base 32 of Crockford, which has no letters that look like digits, in groups of four.
 */
public final class RecoveryKey {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BITS = 5;
    private static final int GROUP = 4;
    private static final int CHECK = 3;
    private static final int BYTES = ServerKey.LENGTH + CHECK;
    private static final int LETTERS = BYTES * Byte.SIZE / BITS;

    private RecoveryKey() {}

    /**
     * The recovery keys of a file of server keys, the first of which seals.
     *
     * @throws StorageException in one sentence for an operator, if there is none or it cannot be used
     */
    public static List<String> export(Path file) {
        return new ServerKeyFile(file, false)
                .find().orElseThrow().keys().stream().map(RecoveryKey::text).toList();
    }

    /**
     * Makes a file of server keys.
     *
     * @param texts recovery keys, in the order of the file
     * @throws IllegalArgumentException if one of them is not a recovery key, without quoting it
     * @throws StorageException if there is such a file, or it cannot be written
     */
    public static void restore(Path file, List<String> texts) {
        if (Files.exists(file)) {
            throw new StorageException("There is a server key in " + file + ": move it away first");
        }
        new ServerKeyFile(file, true)
                .write(new ServerKeys(texts.stream().map(RecoveryKey::key).toList()));
    }

    /** The recovery key of one server key. */
    public static String text(ServerKey key) {
        byte[] all = Arrays.copyOf(key.secret().toArray(), BYTES);
        System.arraycopy(hash(key.secret().toArray()), 0, all, ServerKey.LENGTH, CHECK);
        var text = new StringBuilder();
        for (int letter = 0; letter < LETTERS; letter++) {
            if (letter > 0 && letter % GROUP == 0) {
                text.append('-');
            }
            text.append(DIGITS.charAt(bits(all, letter * BITS)));
        }
        return text.toString();
    }

    private static int bits(byte[] all, int from) {
        int value = 0;
        for (int bit = from; bit < from + BITS; bit++) {
            value = (value << 1) | ((all[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE)) & 1);
        }
        return value;
    }

    /** Reads a recovery key; letters may be small, hyphens and spaces may be missing, and O, I and L are digits. */
    static ServerKey key(String text) {
        String letters = text.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        if (letters.length() != LETTERS) {
            throw new IllegalArgumentException(
                    "a recovery key has " + LETTERS + " letters and digits, not " + letters.length());
        }
        byte[] all = new byte[BYTES];
        for (int letter = 0; letter < LETTERS; letter++) {
            int value = DIGITS.indexOf(letters.charAt(letter));
            if (value < 0) {
                throw new IllegalArgumentException(
                        "group " + (letter / GROUP + 1) + " has a sign that no recovery key has");
            }
            for (int bit = 0; bit < BITS; bit++) {
                int at = letter * BITS + bit;
                all[at / Byte.SIZE] |= (byte) ((value >> (BITS - 1 - bit) & 1) << (Byte.SIZE - 1 - at % Byte.SIZE));
            }
        }
        byte[] secret = Arrays.copyOf(all, ServerKey.LENGTH);
        if (!Arrays.equals(Arrays.copyOf(hash(secret), CHECK), Arrays.copyOfRange(all, ServerKey.LENGTH, BYTES))) {
            throw new IllegalArgumentException("the recovery key is misspelled: its check does not fit");
        }
        return ServerKey.of(Bytes.wrap(secret));
    }

    private static byte[] hash(byte[] secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
