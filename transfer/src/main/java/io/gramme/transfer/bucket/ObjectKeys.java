package io.gramme.transfer.bucket;

import io.gramme.core.bytes.Utf8;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The rules for the key of an object, which are those of S3. */
final class ObjectKeys {
    private static final int MAX_BYTES = 1_024;

    private ObjectKeys() {}

    /** @throws BucketException INVALID_KEY, if it is none */
    static void require(String key) {
        if (key.isEmpty()) {
            throw BucketException.invalidKey("The key of an object is empty");
        }
        if (Utf8.length(key) > MAX_BYTES) {
            throw BucketException.invalidKey("The key of an object has more than " + MAX_BYTES + " bytes");
        }
        if (key.indexOf('\0') >= 0 || !isText(key)) {
            throw BucketException.invalidKey("The key of an object is no valid text");
        }
    }

    private static boolean isText(String key) {
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(key));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    /** The order of a bucket. */
    static int compare(String a, String b) {
        return Utf8.compare(a, b);
    }
}
