package io.gramme.api.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Reads the strings without escapes of a long body from its bytes, with one copy of each. The parser collects a string
 * in pieces of characters and joins them twice, which takes four to five times its length; it skips a string that it is
 * not asked for. The body must be valid UTF-8.
 */
final class PlainStrings {
    /** Below this length the parser's buffers, which it uses again, hold a string; it is faster there. */
    private static final int LONG_BODY = 4 << 10;

    private static final int FIRST_BYTE_OF_ORDER_MARK = 0xef;
    private static final int FIRST_PRINTABLE = 0x20;

    private final byte[] body;
    private final boolean readable;

    PlainStrings(byte[] body) {
        this.body = body;
        // The parser's offsets do not count an order mark.
        this.readable = body.length >= LONG_BODY && (body[0] & 0xff) != FIRST_BYTE_OF_ORDER_MARK;
    }

    /** The parser's current token, if it is a string that can be read here. */
    @Nullable String current(JsonParser json) {
        return readable ? at(json.currentTokenLocation().getByteOffset()) : null;
    }

    /** @param quote the offset of the quote that opens the string */
    private @Nullable String at(long quote) {
        if (quote < 0 || quote >= body.length || body[(int) quote] != '"') {
            return null;
        }
        int from = (int) quote + 1;
        for (int end = from; end < body.length; end++) {
            byte next = body[end];
            if (next == '"') {
                return new String(body, from, end - from, StandardCharsets.UTF_8);
            }
            // Negative bytes are those of a longer sequence.
            if (next == '\\' || (next >= 0 && next < FIRST_PRINTABLE)) {
                return null;
            }
        }
        return null;
    }
}
