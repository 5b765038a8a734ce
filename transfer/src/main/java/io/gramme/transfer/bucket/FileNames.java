package io.gramme.transfer.bucket;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One segment of a key, between slashes, as the name of a file or directory, and back.
 *
 * <p>Printable ASCII stays as it is; other bytes of UTF-8 are percent-encoded, and so are {@code %}, the characters
 * that some file systems reserve, a dot at the beginning and a dot or space at the end. So no segment becomes
 * {@code ..}, a hidden file or a path of its own. The empty segment is {@code %}.
 */
final class FileNames {
    private static final String RESERVED = "%/\\:*?\"<>|";
    private static final String EMPTY = "%";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private FileNames() {}

    static String encode(String segment) {
        if (segment.isEmpty()) {
            return EMPTY;
        }
        byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
        var name = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean first = i == 0;
            boolean last = i == bytes.length - 1;
            if (isPlain(c) && !(c == '.' && (first || last)) && !(c == ' ' && last)) {
                name.append(c);
            } else {
                name.append('%').append(HEX.toHexDigits(bytes[i]));
            }
        }
        return name.toString();
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f && RESERVED.indexOf(c) < 0;
    }

    /** The segment with this name; empty if the name is not the encoding of one. */
    static Optional<String> decode(String name) {
        if (name.equals(EMPTY)) {
            return Optional.of("");
        }
        var bytes = new ByteArrayOutputStream(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '%') {
                bytes.write(c);
                continue;
            }
            if (i + 2 >= name.length()
                    || !HexFormat.isHexDigit(name.charAt(i + 1))
                    || !HexFormat.isHexDigit(name.charAt(i + 2))) {
                return Optional.empty();
            }
            bytes.write(HexFormat.fromHexDigits(name, i + 1, i + 3));
            i += 2;
        }
        String segment = bytes.toString(StandardCharsets.UTF_8);
        return encode(segment).equals(name) ? Optional.of(segment) : Optional.empty();
    }
}
