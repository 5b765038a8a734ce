package io.gramme.server.operation;

import io.gramme.api.SSESpecification;
import io.gramme.api.SSEType;
import io.gramme.api.StreamSpecification;
import io.gramme.core.error.SettingsErrors;
import io.gramme.storage.VersionTime;
import io.gramme.tables.table.Settings.Encryption;
import io.gramme.tables.table.Settings.Stream;
import io.gramme.tables.table.Settings.View;
import io.gramme.tables.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** The service's validation rules for stream and encryption settings. */
final class SettingsRules {
    private static final DateTimeFormatter LABEL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private static final int FREE_KEY_CHANGES = 4;
    private static final Duration KEY_WINDOW = Duration.ofHours(24);
    private static final Duration KEY_INTERVAL = Duration.ofHours(6);
    private static final int MOST_CLASS_CHANGES = 2;
    private static final Duration CLASS_WINDOW = Duration.ofDays(30);

    private SettingsRules() {}

    static void requireShapeOfNew(StreamSpecification given) {
        if (given.streamEnabled() && given.streamViewType().isEmpty()) {
            throw SettingsErrors.viewMissing();
        }
        if (!given.streamEnabled() && given.streamViewType().isPresent()) {
            throw SettingsErrors.viewWithoutStream();
        }
    }

    static Optional<Stream> streamOfNew(Optional<StreamSpecification> given, Instant now) {
        return given.filter(StreamSpecification::streamEnabled).map(stream -> enabled(stream, now));
    }

    /** The checks of an update that need no table. */
    static void requireShape(StreamSpecification given) {
        if (given.streamEnabled() && given.streamViewType().isEmpty()) {
            throw SettingsErrors.viewMissingInUpdate();
        }
        if (!given.streamEnabled() && given.streamViewType().isPresent()) {
            throw SettingsErrors.viewWithoutStreamInUpdate();
        }
    }

    /** The stream after an update. Enabling makes a new stream with a new label; disabling keeps the label. */
    static Stream stream(Table table, StreamSpecification given, Instant now) {
        Optional<Stream> running = table.settings().stream().filter(Stream::isEnabled);
        if (given.streamEnabled()) {
            if (running.isPresent()) {
                throw SettingsErrors.streamAlreadyEnabled(table.name());
            }
            return enabled(given, now);
        }
        Stream last = running.orElseThrow(() -> SettingsErrors.noStreamToDisable(table.name()));
        return last.with(Stream.Status.DISABLING);
    }

    private static Stream enabled(StreamSpecification given, Instant now) {
        View view = View.valueOf(given.streamViewType().orElseThrow().wire());
        return new Stream(Stream.Status.ENABLED, view, LABEL.format(now), VersionTime.versionAt(now));
    }

    static void requireShape(SSESpecification given) {
        if (given.enabled().isPresent() && !given.enabled().get()) {
            if (given.sseType().isPresent()) {
                throw SettingsErrors.givenWithoutEncryption("SSEType");
            }
            if (given.kmsMasterKeyId().isPresent()) {
                throw SettingsErrors.givenWithoutEncryption("KMSMasterKeyId");
            }
        }
        if (given.kmsMasterKeyId().isPresent() && given.sseType().isEmpty()) {
            throw SettingsErrors.keyWithoutType();
        }
        if (given.sseType().filter(type -> type != SSEType.KMS).isPresent()) {
            throw SettingsErrors.typeNotSupported();
        }
    }

    /**
     * The encryption after an update; most requests for the current state are errors.
     *
     * @param keyArn of the key that is asked for; empty if it is the one that the server owns
     */
    static Optional<Encryption> encryption(Table table, SSESpecification given, Optional<String> keyArn) {
        Optional<Encryption> current = table.settings().encryption();
        if (keyArn.isEmpty()) {
            if (current.isEmpty()) {
                throw SettingsErrors.encryptedByDefault();
            }
            return Optional.empty();
        }
        boolean same = given.kmsMasterKeyId().isPresent()
                && current.map(Encryption::keyArn).equals(keyArn);
        if (same) {
            throw SettingsErrors.encryptedWithThisKey();
        }
        return Optional.of(new Encryption(keyArn.get(), true));
    }

    /** Four changes in 24 hours are allowed at any time, further ones 6 hours apart. */
    static void requireFewKeyChanges(List<Instant> changes, Instant now) {
        List<Instant> counted =
                changes.stream().filter(at -> at.isAfter(now.minus(KEY_WINDOW))).toList();
        if (counted.size() >= FREE_KEY_CHANGES && counted.getLast().isAfter(now.minus(KEY_INTERVAL))) {
            throw SettingsErrors.tooManyKeyChanges(counted.getFirst().plus(KEY_WINDOW), counted.size());
        }
    }

    static void requireFewClassChanges(List<Instant> changes, Instant now) {
        List<Instant> counted = changes.stream()
                .filter(at -> at.isAfter(now.minus(CLASS_WINDOW)))
                .toList();
        if (counted.size() >= MOST_CLASS_CHANGES) {
            throw SettingsErrors.tooManyClassChanges(
                    counted.getLast(), counted.getFirst().plus(CLASS_WINDOW));
        }
    }

    static boolean asksForEncryption(SSESpecification given) {
        return given.enabled().orElse(given.sseType().isPresent());
    }
}
