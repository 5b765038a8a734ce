package io.gramme.server.table;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a client chose for a table that does not change how its items are read and written.
 *
 * @param tableClass where the client ever chose one
 * @param encryption where the client asked for a key of its own
 * @param stream the last one, where there ever was one
 * @param tags in the order they were given
 */
public record Settings(
        boolean deletionProtected,
        Optional<ClassChoice> tableClass,
        Optional<Encryption> encryption,
        Optional<Stream> stream,
        Map<String, String> tags) {

    public static final Settings DEFAULT =
            new Settings(false, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    /** What storage costs; of no consequence here. */
    public enum TableClass {
        STANDARD,
        STANDARD_INFREQUENT_ACCESS
    }

    /** @param changed when it was last changed after the table's making */
    public record ClassChoice(TableClass tableClass, Optional<Instant> changed) {}

    /**
     * @param keyArn the KMS key; nothing is encrypted with it here
     * @param changing whether the client has not seen yet that the key is in use
     */
    public record Encryption(String keyArn, boolean changing) {}

    /** Which images a stream record carries. */
    public enum View {
        NEW_IMAGE,
        OLD_IMAGE,
        NEW_AND_OLD_IMAGES,
        KEYS_ONLY
    }

    /** @param label names the stream among those its table ever had: the time of its making */
    public record Stream(boolean enabled, View view, String label) {}

    public Settings {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    boolean isPending() {
        return encryption.map(Encryption::changing).orElse(false);
    }

    Settings settled() {
        return withEncryption(encryption.map(current -> new Encryption(current.keyArn(), false)));
    }

    Settings withDeletionProtected(boolean newDeletionProtected) {
        return new Settings(newDeletionProtected, tableClass, encryption, stream, tags);
    }

    Settings with(ClassChoice newClass) {
        return new Settings(deletionProtected, Optional.of(newClass), encryption, stream, tags);
    }

    Settings withEncryption(Optional<Encryption> newEncryption) {
        return new Settings(deletionProtected, tableClass, newEncryption, stream, tags);
    }

    Settings with(Stream newStream) {
        return new Settings(deletionProtected, tableClass, encryption, Optional.of(newStream), tags);
    }

    Settings withTags(Map<String, String> newTags) {
        return new Settings(deletionProtected, tableClass, encryption, stream, newTags);
    }
}
