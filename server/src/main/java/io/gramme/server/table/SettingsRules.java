package io.gramme.server.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.SSESpecification;
import io.gramme.api.SSEType;
import io.gramme.api.StreamSpecification;
import io.gramme.core.error.SettingsErrors;
import io.gramme.server.table.Settings.Encryption;
import io.gramme.server.table.Settings.Stream;
import io.gramme.server.table.Settings.View;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;

/** What the service demands of stream and encryption settings. */
final class SettingsRules {
    private static final DateTimeFormatter LABEL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private SettingsRules() {}

    static Optional<Stream> streamOfNew(Optional<StreamSpecification> given, Instant now) {
        if (given.isEmpty()) {
            return Optional.empty();
        }
        StreamSpecification stream = given.get();
        if (!stream.streamEnabled()) {
            if (stream.streamViewType().isPresent()) {
                throw SettingsErrors.viewWithoutStream();
            }
            return Optional.empty();
        }
        if (stream.streamViewType().isEmpty()) {
            throw SettingsErrors.viewMissing();
        }
        return Optional.of(enabled(stream, now));
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

    /** A stream that is enabled anew is another one; of one that is disabled the label stays. */
    static Stream stream(Table table, StreamSpecification given, Instant now) {
        Optional<Stream> running = table.settings().stream().filter(Stream::enabled);
        if (given.streamEnabled()) {
            if (running.isPresent()) {
                throw SettingsErrors.streamAlreadyEnabled(table.name());
            }
            return enabled(given, now);
        }
        Stream last = running.orElseThrow(() -> SettingsErrors.noStreamToDisable(table.name()));
        return new Stream(false, last.view(), last.label());
    }

    private static Stream enabled(StreamSpecification given, Instant now) {
        View view = View.valueOf(given.streamViewType().orElseThrow().wire());
        return new Stream(true, view, LABEL.format(now));
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

    static Optional<Encryption> encryptionOfNew(Optional<SSESpecification> given, World world) {
        given.ifPresent(SettingsRules::requireShape);
        return given.filter(SettingsRules::asksForEncryption)
                .map(specification -> new Encryption(keyArn(specification, world), false));
    }

    /** What an update makes of a table's encryption; to ask for what is there already is an error in most of its forms. */
    static Optional<Encryption> encryption(Table table, SSESpecification given) {
        Optional<Encryption> current = table.settings().encryption();
        if (!asksForEncryption(given)) {
            if (current.isEmpty()) {
                throw SettingsErrors.encryptedByDefault();
            }
            return Optional.empty();
        }
        boolean same = given.kmsMasterKeyId().isPresent()
                && current.map(Encryption::keyArn).equals(given.kmsMasterKeyId());
        if (same) {
            throw SettingsErrors.encryptedWithThisKey();
        }
        return Optional.of(new Encryption(keyArn(given, table.world()), true));
    }

    private static boolean asksForEncryption(SSESpecification given) {
        return given.enabled().orElse(given.sseType().isPresent());
    }

    /** An alias gets a key of its own, always the same; so does the key that the service keeps in every account. */
    private static String keyArn(SSESpecification given, World world) {
        String id = given.kmsMasterKeyId().orElse("alias/aws/dynamodb");
        if (id.startsWith("arn:")) {
            return id;
        }
        String prefix = "arn:aws:kms:" + world.region() + ":" + world.account() + ":key/";
        return prefix
                + (id.startsWith("alias/")
                        ? UUID.nameUUIDFromBytes((prefix + id).getBytes(UTF_8)).toString()
                        : id);
    }
}
