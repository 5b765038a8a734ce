package io.gramme.kms.key;

import io.gramme.kms.cipher.KeySpec;
import io.gramme.kms.cipher.KeyUsage;
import io.gramme.tables.table.AccountRegion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A key: what it is, who may use it, and its materials.
 *
 * @param home the account and region that it belongs to
 * @param id a UUID
 * @param status what can change of it, apart from its materials
 * @param policy the text of its key policy
 * @param materials in the order of their making; the last one encrypts
 */
public record Key(
        AccountRegion home,
        String id,
        KeySpec spec,
        KeyUsage usage,
        boolean isManaged,
        Instant created,
        String description,
        Status status,
        String policy,
        Map<String, String> tags,
        List<Material> materials) {

    /** By the names of the service. */
    public enum State {
        ENABLED("Enabled"),
        DISABLED("Disabled"),
        PENDING_DELETION("PendingDeletion");

        private final String word;

        State(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * @param deletion the time from which the key is gone
     * @param rotationDays between automatic rotations; empty if there are none
     * @param nextRotation when the next one is due
     */
    public record Status(
            boolean enabled,
            Optional<Instant> deletion,
            Optional<Integer> rotationDays,
            Optional<Instant> nextRotation) {
        static final Status NEW = new Status(true, Optional.empty(), Optional.empty(), Optional.empty());

        Status enabled(boolean now) {
            return new Status(now, deletion, rotationDays, nextRotation);
        }

        Status deletedAt(Optional<Instant> time) {
            return new Status(false, time, rotationDays, nextRotation);
        }

        Status rotated(Optional<Integer> days, Optional<Instant> next) {
            return new Status(enabled, deletion, days, next);
        }
    }

    public Key {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        materials = List.copyOf(materials);
    }

    /** The ARN of a key of an account and region. */
    public static String arn(AccountRegion home, String id) {
        return "arn:aws:kms:" + home.region() + ":" + home.account() + ":key/" + id;
    }

    public String arn() {
        return arn(home, id);
    }

    public State state() {
        if (status.deletion.isPresent()) {
            return State.PENDING_DELETION;
        }
        return status.enabled ? State.ENABLED : State.DISABLED;
    }

    /** Whether the key is to be deleted, and the time for it has come. */
    public boolean isGone(Instant now) {
        return status.deletion.filter(time -> !now.isBefore(time)).isPresent();
    }

    public boolean isRotationDue(Instant now) {
        return state() == State.ENABLED
                && status.nextRotation.filter(time -> !now.isBefore(time)).isPresent();
    }

    public boolean isSymmetric() {
        return spec == KeySpec.SYMMETRIC_DEFAULT;
    }

    /** The one that encrypts. */
    public Material current() {
        return materials.getLast();
    }

    /** How many times its owner had it rotated. */
    public long rotationsOnDemand() {
        return materials.stream()
                .filter(one -> one.origin() == Material.Origin.ON_DEMAND)
                .count();
    }

    public Key enabled(boolean now) {
        return with(status.enabled(now));
    }

    public Key deletedAt(Instant time) {
        return with(status.deletedAt(Optional.of(time)));
    }

    /** A key whose deletion is cancelled stays disabled. */
    public Key kept() {
        return with(status.deletedAt(Optional.empty()));
    }

    public Key rotatedEach(int days, Instant from) {
        return with(status.rotated(Optional.of(days), Optional.of(from.plus(Duration.ofDays(days)))));
    }

    public Key neverRotated() {
        return with(status.rotated(Optional.empty(), Optional.empty()));
    }

    public Key described(String text) {
        return new Key(home, id, spec, usage, isManaged, created, text, status, policy, tags, materials);
    }

    public Key withPolicy(String text) {
        return new Key(home, id, spec, usage, isManaged, created, description, status, text, tags, materials);
    }

    public Key withTags(Map<String, String> others) {
        return new Key(home, id, spec, usage, isManaged, created, description, status, policy, others, materials);
    }

    /** The key with another material, which encrypts from now on. */
    public Key with(Material material) {
        var more = new ArrayList<>(materials);
        more.add(material);
        return withMaterials(more);
    }

    Key withMaterials(List<Material> others) {
        return new Key(home, id, spec, usage, isManaged, created, description, status, policy, tags, others);
    }

    private Key with(Status other) {
        return new Key(home, id, spec, usage, isManaged, created, description, other, policy, tags, materials);
    }
}
