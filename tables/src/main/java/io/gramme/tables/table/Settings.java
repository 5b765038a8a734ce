package io.gramme.tables.table;

import io.gramme.storage.TablespaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The settings of a table that do not affect how its items are read and written.
 *
 * @param tableClass where the client ever chose one
 * @param encryption where the client requested a KMS key
 * @param keyChanges when the key was changed after the table's creation, at most {@link #REMEMBERED} times, the newest
 *     last
 * @param stream the last one, where there ever was one
 * @param tags in the order they were given
 * @param destinations the newest first
 * @param insights of the table and its global indexes, each at the tablespace that it has; those of indexes that are
 *     gone have no meaning
 * @param policies of the table and its stream
 */
public record Settings(
        boolean deletionProtected,
        Optional<ClassChoice> tableClass,
        Optional<Encryption> encryption,
        List<Instant> keyChanges,
        Optional<Stream> stream,
        Map<String, String> tags,
        List<KinesisDestination> destinations,
        Map<TablespaceId, Insights> insights,
        ResourcePolicies policies) {

    /** The most changes that any quota counts. */
    static final int REMEMBERED = 8;

    public static final Settings DEFAULT =
            new Settings(false, Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Map.of(), List.of());

    /** The storage class, which sets the price of storage; it has no effect here. */
    public enum TableClass {
        STANDARD,
        STANDARD_INFREQUENT_ACCESS
    }

    /** @param changes when it was changed after the table's creation, the newest last */
    public record ClassChoice(TableClass tableClass, List<Instant> changes) {
        public ClassChoice {
            changes = newest(changes);
        }

        public Optional<Instant> changed() {
            return changes.isEmpty() ? Optional.empty() : Optional.of(changes.getLast());
        }
    }

    /**
     * The root key that a client chose for a table. A table without one has the key that the server owns.
     *
     * @param keyArn of the root key, also where the request named it by an alias
     * @param changing whether the key of the table may still be wrapped under another root key
     * @param inaccessible since when the root key is known not to be usable; empty while it is
     * @param archival of the table, once its root key was not usable for too long
     */
    public record Encryption(
            String keyArn, boolean changing, Optional<Instant> inaccessible, Optional<Archival> archival) {
        /** With a usable root key. */
        public Encryption(String keyArn, boolean changing) {
            this(keyArn, changing, Optional.empty(), Optional.empty());
        }

        public Encryption with(Optional<Instant> newInaccessible) {
            return new Encryption(keyArn, changing, newInaccessible, archival);
        }

        public Encryption archived(Archival newArchival) {
            return new Encryption(keyArn, changing, inaccessible, Optional.of(newArchival));
        }

        private Encryption settled() {
            return new Encryption(keyArn, false, inaccessible, archival);
        }
    }

    /**
     * The end of a table whose root key was not usable for too long.
     *
     * @param backupArn of the backup that has its items
     */
    public record Archival(Instant time, String backupArn) {}

    /** Which images a stream record carries. */
    public enum View {
        NEW_IMAGE,
        OLD_IMAGE,
        NEW_AND_OLD_IMAGES,
        KEYS_ONLY;

        public TableLog.Images images() {
            return switch (this) {
                case NEW_IMAGE -> new TableLog.Images(false, true);
                case OLD_IMAGE -> new TableLog.Images(true, false);
                case NEW_AND_OLD_IMAGES -> new TableLog.Images(true, true);
                case KEYS_ONLY -> new TableLog.Images(false, false);
            };
        }
    }

    /**
     * @param label identifies the stream among those that its table ever had: the time of its creation
     * @param since the version that was current at its creation: it shows later ones
     */
    public record Stream(Status status, View view, String label, long since) {

        /** The status of a stream, from its creation to its end. */
        public enum Status {
            ENABLED,
            /** Nothing more is to be recorded for it, but some writers do not know yet. */
            DISABLING,
            DISABLED
        }

        public boolean isEnabled() {
            return status == Status.ENABLED;
        }

        public Stream with(Status changed) {
            return new Stream(changed, view, label, since);
        }
    }

    public Settings {
        keyChanges = newest(keyChanges);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        destinations = List.copyOf(destinations);
        insights = Map.copyOf(insights);
    }

    /** The settings of a table without insights and resource policies. */
    public Settings(
            boolean deletionProtected,
            Optional<ClassChoice> tableClass,
            Optional<Encryption> encryption,
            List<Instant> keyChanges,
            Optional<Stream> stream,
            Map<String, String> tags,
            List<KinesisDestination> destinations) {
        this(
                deletionProtected,
                tableClass,
                encryption,
                keyChanges,
                stream,
                tags,
                destinations,
                Map.of(),
                ResourcePolicies.NONE);
    }

    private static List<Instant> newest(List<Instant> changes) {
        return List.copyOf(changes.subList(Math.max(0, changes.size() - REMEMBERED), changes.size()));
    }

    private static List<Instant> and(List<Instant> changes, Instant now) {
        var all = new ArrayList<>(changes);
        all.add(now);
        return all;
    }

    boolean isPending() {
        return encryption.map(Encryption::changing).orElse(false)
                || stream.filter(last -> last.status() == Stream.Status.DISABLING)
                        .isPresent()
                || destinations.stream().anyMatch(KinesisDestination::isPending)
                || insights.values().stream().anyMatch(Insights::isPending);
    }

    Settings settled() {
        Optional<Encryption> settled = encryption.map(Encryption::settled);
        Optional<Stream> last =
                stream.map(one -> one.status() == Stream.Status.DISABLING ? one.with(Stream.Status.DISABLED) : one);
        List<KinesisDestination> reached =
                destinations.stream().map(KinesisDestination::settled).toList();
        Map<TablespaceId, Insights> known = insights.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().settled()));
        return new Settings(deletionProtected, tableClass, settled, keyChanges, last, tags, reached, known, policies);
    }

    /** The images that the table's stream requires of its log, if there is an active stream. */
    public Optional<TableLog.Images> loggedImages() {
        return stream.filter(Stream::isEnabled).map(Stream::view).map(View::images);
    }

    public Settings withDeletionProtected(boolean newDeletionProtected) {
        return new Settings(
                newDeletionProtected,
                tableClass,
                encryption,
                keyChanges,
                stream,
                tags,
                destinations,
                insights,
                policies);
    }

    public Settings withClass(TableClass newClass, Instant now) {
        List<Instant> before = tableClass.map(ClassChoice::changes).orElse(List.of());
        Optional<ClassChoice> chosen = Optional.of(new ClassChoice(newClass, and(before, now)));
        return new Settings(
                deletionProtected, chosen, encryption, keyChanges, stream, tags, destinations, insights, policies);
    }

    public Settings withEncryption(Optional<Encryption> newEncryption, Instant now) {
        return new Settings(
                deletionProtected,
                tableClass,
                newEncryption,
                and(keyChanges, now),
                stream,
                tags,
                destinations,
                insights,
                policies);
    }

    /** The same with another state of the root key, which is no change of the key. */
    public Settings with(Encryption newState) {
        return new Settings(
                deletionProtected,
                tableClass,
                Optional.of(newState),
                keyChanges,
                stream,
                tags,
                destinations,
                insights,
                policies);
    }

    public Settings with(Stream newStream) {
        return new Settings(
                deletionProtected,
                tableClass,
                encryption,
                keyChanges,
                Optional.of(newStream),
                tags,
                destinations,
                insights,
                policies);
    }

    public Settings withTags(Map<String, String> newTags) {
        return new Settings(
                deletionProtected,
                tableClass,
                encryption,
                keyChanges,
                stream,
                newTags,
                destinations,
                insights,
                policies);
    }

    Settings withDestinations(List<KinesisDestination> changed) {
        return new Settings(
                deletionProtected, tableClass, encryption, keyChanges, stream, tags, changed, insights, policies);
    }

    Settings withInsights(Map<TablespaceId, Insights> changed) {
        return new Settings(
                deletionProtected, tableClass, encryption, keyChanges, stream, tags, destinations, changed, policies);
    }

    public Settings with(ResourcePolicies newPolicies) {
        return new Settings(
                deletionProtected,
                tableClass,
                encryption,
                keyChanges,
                stream,
                tags,
                destinations,
                insights,
                newPolicies);
    }
}
