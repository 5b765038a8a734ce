package io.gramme.encryption.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.KeyService;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/**
 * Lines that are sealed one by one, for files that are appended to and rotated: {@code gramme-sealed-1 KEY CONTENT}, both in
 * base 64, where KEY is the encoded {@link FileKey} and CONTENT a sealed file of the line. That lines are missing or in another
 * order is not detected. Safe for use by many threads.
 */
public final class SealedLines {
    private static final String MARK = "gramme-sealed-1 ";

    private final FileCipher cipher;

    private SealedLines(FileCipher cipher) {
        this.cipher = cipher;
    }

    /** Makes a key, which all lines have until the process ends. */
    public static SealedLines under(KeyService service, String rootKey, Map<String, String> context) {
        FileKey key = FileKey.generate(service, rootKey, context, new SecureRandom());
        return new SealedLines(FileCipher.of(key, service));
    }

    /** @param name of the file that the line belongs to */
    public byte[] seal(String name, byte[] line) {
        var sealed = new ByteArrayOutputStream();
        try (var out = cipher.seal(name, sealed)) {
            out.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Memory throws none.
        }
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return (MARK
                        + base64.encodeToString(cipher.key().encode().shared()) + " "
                        + base64.encodeToString(sealed.toByteArray()))
                .getBytes(UTF_8);
    }

    public static boolean isSealed(String line) {
        return line.startsWith(MARK);
    }

    /**
     * A line as it was before it was sealed.
     *
     * @throws DamagedFileException if it was not sealed as a line of this file
     * @throws io.gramme.encryption.KeyUnusableException if its root key cannot be used
     */
    public static String open(KeyService service, String name, String line) throws IOException {
        String[] parts = line.split(" ", -1);
        if (!isSealed(line) || parts.length != 3) {
            throw new DamagedFileException("it is not a sealed line");
        }
        FileKey key;
        Bytes content;
        try {
            key = FileKey.decode(Bytes.wrap(Base64.getDecoder().decode(parts[1])));
            content = Bytes.wrap(Base64.getDecoder().decode(parts[2]));
        } catch (IllegalArgumentException e) {
            throw new DamagedFileException("it is not a sealed line, or its base 64 is damaged");
        }
        try (var in = FileCipher.of(key, service).open(name, new ByteArrayInputStream(content.shared()))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
