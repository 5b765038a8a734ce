package io.gramme.api.wire;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.RequestErrors;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JsonGenerator;

/** Encodes and decodes bytes as the wire has them: base64 with padding, and in its one canonical form. */
final class Base64Text {
    private static final int GROUP = 4;

    private Base64Text() {}

    static Bytes read(Reading in) {
        return switch (in.json.currentToken()) {
            case VALUE_STRING -> decode(in.string());
            case START_OBJECT, START_ARRAY -> throw in.notA("ByteBuffer", "java.nio.ByteBuffer");
            default -> throw RequestErrors.bytesNotInAString();
        };
    }

    static void write(JsonGenerator out, Bytes bytes) {
        out.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes.shared(), 0, bytes.length());
    }

    static String encode(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.shared());
    }

    private static Bytes decode(String text) {
        if (text.length() % GROUP != 0) {
            throw RequestErrors.base64Length(text.length());
        }
        try {
            byte[] content = Base64.getDecoder().decode(text);
            requireCanonicalEnd(text, content);
            return Bytes.wrap(content);
        } catch (IllegalArgumentException _) {
            throw RequestErrors.base64Characters();
        }
    }

    /** The JDK ignores the unused bits of the last character; the service requires them to be zero. */
    private static void requireCanonicalEnd(String text, byte[] content) {
        int surplus = content.length % 3;
        if (surplus == 0) {
            return;
        }
        byte[] end = Arrays.copyOfRange(content, content.length - surplus, content.length);
        String canonical = new String(Base64.getEncoder().encode(end), StandardCharsets.ISO_8859_1);
        if (!text.endsWith(canonical)) {
            throw RequestErrors.base64Characters();
        }
    }
}
