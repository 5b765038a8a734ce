package io.gramme.transfer.export;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The names of data files: 26 lower-case letters and digits. */
final class FileIds {
    private static final int LENGTH = 26;

    private FileIds() {}

    /** Different for each export, part and ordinal, as far as SHA-256 is. */
    static String of(String exportId, int part, int ordinal) {
        byte[] digest = sha256().digest((exportId + "/" + part + "/" + ordinal).getBytes(StandardCharsets.US_ASCII));
        String text = new BigInteger(1, digest).toString(Character.MAX_RADIX);
        return "0".repeat(Math.max(0, LENGTH - text.length())) + text.substring(Math.max(0, text.length() - LENGTH));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every JDK has it.
        }
    }
}
