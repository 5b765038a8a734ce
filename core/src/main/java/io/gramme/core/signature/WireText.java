package io.gramme.core.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/** Texts with one character for each of their bytes in UTF-8, and the percent encoding of them. */
public final class WireText {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int ASCII_END = 0x80;
    private static final int ESCAPE_LENGTH = 3;

    private WireText() {}

    /** The bytes of a text in UTF-8, as characters; the text itself if it is ASCII. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= ASCII_END) {
                return new String(text.getBytes(UTF_8), ISO_8859_1);
            }
        }
        return text;
    }

    /** The text whose bytes in UTF-8 these are; bytes that are not UTF-8 become replacement characters. */
    public static String shown(String wire) {
        return new String(wire.getBytes(ISO_8859_1), UTF_8);
    }

    /** The text without its percent escapes. A malformed escape, and a plus sign, stay as they are. */
    public static String decoded(String wire) {
        int percent = wire.indexOf('%');
        if (percent < 0) {
            return wire;
        }
        var text = new StringBuilder(wire.length()).append(wire, 0, percent);
        int i = percent;
        while (i < wire.length()) {
            if (isEscape(wire, i)) {
                text.append((char) HexFormat.fromHexDigits(wire, i + 1, i + ESCAPE_LENGTH));
                i += ESCAPE_LENGTH;
            } else {
                text.append(wire.charAt(i));
                i++;
            }
        }
        return text.toString();
    }

    private static boolean isEscape(String wire, int at) {
        return wire.charAt(at) == '%'
                && at + 2 < wire.length()
                && HexFormat.isHexDigit(wire.charAt(at + 1))
                && HexFormat.isHexDigit(wire.charAt(at + 2));
    }

    /** Appends a text with an escape for each byte that is neither a letter, a digit, nor one of {@code -._~}. */
    static void encode(String wire, StringBuilder target) {
        for (int i = 0; i < wire.length(); i++) {
            char c = wire.charAt(i);
            if (isUnreserved(c)) {
                target.append(c);
            } else {
                target.append('%').append(HEX.toHighHexDigit(c)).append(HEX.toLowHexDigit(c));
            }
        }
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
