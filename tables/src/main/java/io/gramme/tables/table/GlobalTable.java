package io.gramme.tables.table;

import io.gramme.core.item.StoredItem.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The tables of one name in several regions that agree on their items: what one of them knows of the group. Each
 * member stores it; of two records of one group, the later {@code version} holds, whichever member wrote it.
 *
 * @param group identifies the group among all: a UUID
 * @param version when, and in which region, this record was last changed
 * @param definition when, and in which region, the settings that all members share were last changed
 * @param replicas all members, in the order in which they joined; the table of this record is one of them
 */
public record GlobalTable(String group, Origin version, Origin definition, List<Replica> replicas) {

    /** The status of a replica, with the names of the API. */
    public enum Status {
        CREATING,
        CREATION_FAILED,
        UPDATING,
        DELETING,
        ACTIVE,
        REGION_DISABLED,
        INACCESSIBLE_ENCRYPTION_CREDENTIALS,
        ARCHIVING,
        ARCHIVED,
        REPLICATION_NOT_AUTHORIZED
    }

    /**
     * A member of the group.
     *
     * @param tableId of the table that it is; another table of its name is not a member
     * @param since when its status began
     * @param source the region that it was filled from; empty for the first
     * @param keyArn of the root key that the request which added it named
     * @param overrides what the region was asked to have of its own
     */
    public record Replica(
            String region,
            String tableId,
            Status status,
            Instant since,
            Optional<String> source,
            Optional<String> keyArn,
            Overrides overrides) {

        public Replica with(Status newStatus, Instant now) {
            return new Replica(region, tableId, newStatus, now, source, keyArn, overrides);
        }

        public Replica with(Overrides others) {
            return new Replica(region, tableId, status, since, source, keyArn, others);
        }
    }

    /**
     * What a replica may have of its own, where it was asked for.
     *
     * @param readUnits provisioned, per second
     * @param maxReadUnits on demand, per second
     * @param tableClass of its storage
     * @param indexes of its global indexes
     */
    public record Overrides(
            OptionalLong readUnits,
            OptionalLong maxReadUnits,
            Optional<Settings.TableClass> tableClass,
            List<IndexOverrides> indexes) {
        public static final Overrides NONE =
                new Overrides(OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), List.of());

        public Overrides {
            indexes = List.copyOf(indexes);
        }
    }

    /** The same of a global index. */
    public record IndexOverrides(String index, OptionalLong readUnits, OptionalLong maxReadUnits) {}

    public GlobalTable {
        replicas = List.copyOf(replicas);
    }

    public Optional<Replica> replica(String region) {
        return replicas.stream().filter(one -> one.region().equals(region)).findFirst();
    }

    /** The members besides that of a region. */
    public List<Replica> others(String region) {
        return replicas.stream().filter(one -> !one.region().equals(region)).toList();
    }

    public GlobalTable with(Replica added, Origin newVersion) {
        return new GlobalTable(
                group,
                newVersion,
                definition,
                Stream.concat(replicas.stream(), Stream.of(added)).toList());
    }

    public GlobalTable without(String region, Origin newVersion) {
        return new GlobalTable(group, newVersion, definition, others(region));
    }

    public GlobalTable map(String region, UnaryOperator<Replica> change, Origin newVersion) {
        return new GlobalTable(
                group,
                newVersion,
                definition,
                replicas.stream()
                        .map(one -> one.region().equals(region) ? change.apply(one) : one)
                        .toList());
    }

    /** The same after a change of the settings that all members share. */
    public GlobalTable defined(Origin newDefinition) {
        return new GlobalTable(group, newDefinition, newDefinition, replicas);
    }
}
