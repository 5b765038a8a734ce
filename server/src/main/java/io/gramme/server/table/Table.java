package io.gramme.server.table;

import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A table as it is at one moment: an immutable snapshot, replaced by another whenever something about it changes.
 *
 * @param id names this table among all that ever had its name: a UUID
 * @param store where its rows are
 * @param since when it came to its status
 * @param definitions the attributes that some key is made of, in the order the client gave them
 * @param indexes local ones first, each kind in the order of its making
 */
public record Table(
        World world,
        String name,
        String id,
        long store,
        Instant created,
        Status status,
        Instant since,
        List<KeyAttribute> definitions,
        KeySchema key,
        List<SecondaryIndex> indexes,
        Billing billing,
        Capacity capacity,
        Settings settings) {

    /** What a table is going through. */
    public enum Status {
        CREATING,
        UPDATING,
        DELETING,
        ACTIVE;

        /** Whether items can be read and written. The service may go on for a while with a table that is deleted. */
        public boolean isUsable() {
            return this == ACTIVE || this == UPDATING;
        }
    }

    public Table {
        definitions = List.copyOf(definitions);
        indexes = List.copyOf(indexes);
    }

    public String arn() {
        return world.tableArn(name);
    }

    public Optional<SecondaryIndex> index(String indexName) {
        return indexes.stream().filter(index -> index.name().equals(indexName)).findFirst();
    }

    public boolean hasLocalIndexes() {
        return !indexes.isEmpty() && indexes.getFirst().isLocal();
    }

    public List<SecondaryIndex> localIndexes() {
        return indexes.stream().filter(SecondaryIndex::isLocal).toList();
    }

    public List<SecondaryIndex> globalIndexes() {
        return indexes.stream().filter(index -> !index.isLocal()).toList();
    }

    TableName address() {
        return new TableName(world, name);
    }

    Table with(Status newStatus, Instant now) {
        return new Table(
                world,
                name,
                id,
                store,
                created,
                newStatus,
                now,
                definitions,
                key,
                indexes,
                billing,
                capacity,
                settings);
    }

    Table withIndexes(List<SecondaryIndex> newIndexes) {
        return new Table(
                world,
                name,
                id,
                store,
                created,
                status,
                since,
                definitions,
                key,
                newIndexes,
                billing,
                capacity,
                settings);
    }

    Table withDefinitions(List<KeyAttribute> newDefinitions) {
        return new Table(
                world,
                name,
                id,
                store,
                created,
                status,
                since,
                newDefinitions,
                key,
                indexes,
                billing,
                capacity,
                settings);
    }

    Table with(Billing newBilling, Capacity newCapacity) {
        return new Table(
                world,
                name,
                id,
                store,
                created,
                status,
                since,
                definitions,
                key,
                indexes,
                newBilling,
                newCapacity,
                settings);
    }

    Table with(Settings newSettings) {
        return new Table(
                world,
                name,
                id,
                store,
                created,
                status,
                since,
                definitions,
                key,
                indexes,
                billing,
                capacity,
                newSettings);
    }
}
