package io.gramme.core.bytes;

import java.nio.charset.StandardCharsets;

/**
 * Computes properties of the UTF-8 form of a string, with a copy of a few kilobytes at most.
 *
 * <p>{@link String#getBytes} is compiled to instructions that encode many characters at once: 1,000 letters take it a
 * tenth of the time of a loop over them. So strings are encoded by it, part by part, unless they are short.
 */
public final class Utf8 {
    /** The longest string for which a loop is as fast. */
    private static final int SHORT = 16;

    /** The length of a part. */
    static final int PART = 4 << 10;

    /** The replacement of an unpaired surrogate. */
    private static final byte UNPAIRED = '?';

    private Utf8() {}

    /** The number of bytes; an unpaired surrogate counts as the one byte ({@code ?}) that Java encodes it to. */
    public static int length(String text) {
        if (text.length() <= SHORT) {
            return lengthOfShort(text);
        }
        int length = 0;
        for (int from = 0; from < text.length(); ) {
            int to = endOfPart(text, from);
            length += encoded(text, from, to).length;
            from = to;
        }
        return length;
    }

    /** Does not split a pair of surrogates. */
    private static int endOfPart(String text, int from) {
        int end = Math.min(text.length(), from + PART);
        return end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    private static byte[] encoded(String text, int from, int to) {
        return text.substring(from, to).getBytes(StandardCharsets.UTF_8);
    }

    private static int lengthOfShort(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                length += 1;
            } else if (c < 0x800) {
                length += 2;
            } else if (!Character.isSurrogate(c)) {
                length += 3;
            } else if (isPair(text, i)) {
                length += 4;
                i++;
            } else {
                length += 1;
            }
        }
        return length;
    }

    /**
     * Writes the UTF-8 form of {@code text} into {@code target}, as {@link String#getBytes} makes it. It
     * takes {@link #length} bytes.
     */
    public static void put(String text, byte[] target, int from) {
        if (text.length() <= SHORT) {
            putShort(text, target, from);
            return;
        }
        int at = from;
        for (int begin = 0; begin < text.length(); ) {
            int end = endOfPart(text, begin);
            byte[] part = encoded(text, begin, end);
            System.arraycopy(part, 0, target, at, part.length);
            at += part.length;
            begin = end;
        }
    }

    private static void putShort(String text, byte[] target, int from) {
        int at = from;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                target[at++] = (byte) c;
            } else if (c < 0x800) {
                target[at++] = (byte) (0xc0 | c >> 6);
                target[at++] = continuation(c);
            } else if (!Character.isSurrogate(c)) {
                target[at++] = (byte) (0xe0 | c >> 12);
                target[at++] = continuation(c >> 6);
                target[at++] = continuation(c);
            } else if (isPair(text, i)) {
                int point = text.codePointAt(i);
                target[at++] = (byte) (0xf0 | point >> 18);
                target[at++] = continuation(point >> 12);
                target[at++] = continuation(point >> 6);
                target[at++] = continuation(point);
                i++;
            } else {
                target[at++] = UNPAIRED;
            }
        }
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3f));
    }

    /** Whether these bytes are the UTF-8 form of {@code text}; never for a text with an unpaired surrogate. */
    public static boolean isEncoded(String text, byte[] content, int from, int length) {
        int end = from + length;
        int at = from;
        for (int i = 0; i < text.length(); i++) {
            int c = text.charAt(i);
            if (c < 0x80) {
                if (at == end || content[at++] != c) {
                    return false;
                }
                continue;
            }
            if (Character.isSurrogate((char) c)) {
                if (!isPair(text, i)) {
                    return false;
                }
                c = text.codePointAt(i++);
            }
            int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
            if (at + more >= end || content[at++] != lead(c, more)) {
                return false;
            }
            for (int shift = 6 * (more - 1); shift >= 0; shift -= 6) {
                if (content[at++] != continuation(c >> shift)) {
                    return false;
                }
            }
        }
        return at == end;
    }

    private static byte lead(int point, int more) {
        return (byte) ((0xf00 >> (more + 1)) | (point >> (6 * more)));
    }

    /** Compares by unsigned UTF-8 bytes, which is the order of code points and not that of {@link String#compareTo}. */
    public static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean surrogateX = Character.isSurrogate(x);
                boolean surrogateY = Character.isSurrogate(y);
                // A surrogate belongs to a code point above all code points without surrogates.
                return surrogateX == surrogateY ? Character.compare(x, y) : Boolean.compare(surrogateX, surrogateY);
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    private static boolean isPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }
}
