package io.gramme.api.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks that a JSON text is well-formed Unicode: valid UTF-8 in which no escape makes half of a surrogate pair. The
 * parser accepts some texts that are neither. Every body is checked, so eight bytes of ASCII are tested in one step.
 */
final class WellFormedText {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONE_IN_EACH = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int ESCAPE = 6;
    /** The number of bytes by which the parser detects UTF-16 or UTF-32: one of them is zero then. */
    private static final int SAMPLE = 4;

    private final byte[] text;
    private int at;

    private WellFormedText(byte[] text) {
        this.text = text;
    }

    static boolean is(byte[] text) {
        for (int i = 0; i < Math.min(SAMPLE, text.length); i++) {
            if (text[i] == 0) {
                return false;
            }
        }
        return new WellFormedText(text).read();
    }

    private boolean read() {
        while (skipPlain()) {
            boolean sound = text[at] == '\\' ? skipEscape() : skipSequence();
            if (!sound) {
                return false;
            }
        }
        return true;
    }

    /** Moves to the next byte that is a backslash or not ASCII; returns whether there is one. */
    private boolean skipPlain() {
        while (at + Long.BYTES <= text.length && isPlain((long) LONGS.get(text, at))) {
            at += Long.BYTES;
        }
        while (at < text.length && text[at] >= 0 && text[at] != '\\') {
            at++;
        }
        return at < text.length;
    }

    private static boolean isPlain(long eight) {
        long zeroWhereBackslash = eight ^ ('\\' * ONE_IN_EACH);
        long backslashes = (zeroWhereBackslash - ONE_IN_EACH) & ~zeroWhereBackslash;
        return ((eight | backslashes) & HIGH_BITS) == 0;
    }

    /** An invalid escape is left to the parser. */
    private boolean skipEscape() {
        int unit = escapedUnit(at);
        if (unit < 0) {
            at += 2;
            return true;
        }
        at += ESCAPE;
        if (!Character.isSurrogate((char) unit)) {
            return true;
        }
        int second = escapedUnit(at);
        at += ESCAPE;
        return second >= 0 && Character.isSurrogatePair((char) unit, (char) second);
    }

    /** The UTF-16 unit that is escaped here, or -1. */
    private int escapedUnit(int from) {
        if (from + ESCAPE > text.length || text[from] != '\\' || text[from + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = from + 2; i < from + ESCAPE; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /**
     * The sequences of more than one byte that Unicode allows: no overlong one, no surrogate, nothing above U+10FFFF.
     */
    private boolean skipSequence() {
        int lead = text[at] & 0xff;
        if (lead >= 0xc2 && lead <= 0xdf) {
            return skip(1, 0x80, 0xbf);
        }
        return switch (lead) {
            case 0xe0 -> skip(2, 0xa0, 0xbf);
            case 0xed -> skip(2, 0x80, 0x9f);
            case 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xee, 0xef ->
                skip(2, 0x80, 0xbf);
            case 0xf0 -> skip(3, 0x90, 0xbf);
            case 0xf1, 0xf2, 0xf3 -> skip(3, 0x80, 0xbf);
            case 0xf4 -> skip(3, 0x80, 0x8f);
            default -> false;
        };
    }

    /**
     * A lead byte followed by {@code more} bytes, of which the first lies between two bounds and the rest are
     * continuations.
     */
    private boolean skip(int more, int least, int most) {
        if (at + more >= text.length) {
            return false;
        }
        int second = text[at + 1] & 0xff;
        if (second < least || second > most) {
            return false;
        }
        for (int i = 2; i <= more; i++) {
            if ((text[at + i] & 0xc0) != 0x80) {
                return false;
            }
        }
        at += 1 + more;
        return true;
    }
}
