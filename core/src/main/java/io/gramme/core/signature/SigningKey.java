package io.gramme.core.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.HexFormat;

/** The key that is derived from a secret for one scope. It cannot sign for another scope. Safe for use by many threads. */
public final class SigningKey {
    private static final int SIGNATURE_BYTES = 32;

    private final Digests.KeyedHash key;

    private SigningKey(byte[] key) {
        this.key = new Digests.KeyedHash(key);
    }

    /** Takes four HMACs. */
    public static SigningKey derive(String secret, SigningScope scope) {
        byte[] date = hmac(("AWS4" + secret).getBytes(UTF_8), scope.date());
        byte[] region = hmac(date, scope.region());
        byte[] service = hmac(region, scope.service());
        return new SigningKey(hmac(service, SigningScope.TERMINATOR));
    }

    private static byte[] hmac(byte[] key, String text) {
        return Digests.hmac(Digests.hmacKey(key), text.getBytes(ISO_8859_1));
    }

    private byte[] bytes(String stringToSign) {
        return key.of(stringToSign.getBytes(ISO_8859_1));
    }

    /** The signature, in 64 lower-case hexadecimal digits. */
    public String signature(String stringToSign) {
        return HexFormat.of().formatHex(bytes(stringToSign));
    }

    /** Whether a signature is right. The time that this takes does not depend on how much of it is. */
    public boolean verifies(String stringToSign, String signature) {
        return isWellFormed(signature)
                && MessageDigest.isEqual(HexFormat.of().parseHex(signature), bytes(stringToSign));
    }

    private static boolean isWellFormed(String signature) {
        if (signature.length() != 2 * SIGNATURE_BYTES) {
            return false;
        }
        for (int i = 0; i < signature.length(); i++) {
            char c = signature.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SigningKey";
    }
}
