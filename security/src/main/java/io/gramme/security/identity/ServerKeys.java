package io.gramme.security.identity;

import io.gramme.core.bytes.Bytes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The server keys that open what was sealed; the first of them seals. Rotation puts a new one before the others.
 *
 * <p>As text: a key on each line in base 64, which {@code openssl rand -base64 32} makes; lines that begin with
 * {@code #} are comments.
 */
public record ServerKeys(List<ServerKey> keys) {
    /** More than one for each session that may still be valid. */
    private static final int MOST = 20;

    public ServerKeys {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.size() > MOST) {
            throw new IllegalArgumentException("a server has 1 to " + MOST + " server keys, not " + keys.size());
        }
    }

    /** @throws IllegalArgumentException with a text for a person, without any of the secrets */
    public static ServerKeys parse(String text) {
        var keys = new ArrayList<ServerKey>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                keys.add(key(line));
            }
        }
        return new ServerKeys(keys);
    }

    private static ServerKey key(String line) {
        try {
            return ServerKey.of(Bytes.wrap(Base64.getDecoder().decode(line)));
        } catch (IllegalArgumentException e) {
            // The message of the decoder would quote a part of the key.
            throw new IllegalArgumentException("a line is not " + ServerKey.LENGTH + " bytes in base 64", e);
        }
    }

    public String text() {
        return keys.stream()
                .map(key -> Base64.getEncoder().encodeToString(key.secret().toArray()) + "\n")
                .collect(Collectors.joining());
    }

    ServerKey current() {
        return keys.getFirst();
    }

    Optional<ServerKey> find(int id) {
        return keys.stream().filter(key -> key.id() == id).findFirst();
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return keys.toString();
    }
}
