package io.gramme.kms.cipher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;

/** The additional data of a ciphertext: pairs of names and values, whose order does not matter. */
public record EncryptionContext(Map<String, String> pairs) {
    public static final EncryptionContext NONE = new EncryptionContext(Map.of());

    public EncryptionContext {
        pairs = Map.copyOf(pairs);
    }

    /** Each name and value behind its length, sorted by name: no two contexts have the same bytes. */
    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        new TreeMap<>(pairs).forEach((name, value) -> {
            write(out, name);
            write(out, value);
        });
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeBytes(Bytes.ofInt(bytes.length).toArray());
        out.writeBytes(bytes);
    }

    /** Whether it has all pairs of another. */
    public boolean covers(EncryptionContext other) {
        return pairs.entrySet().containsAll(other.pairs.entrySet());
    }
}
