package io.gramme.tables.table;

import io.gramme.core.error.TableErrors;
import io.gramme.core.key.Blinding;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import io.gramme.storage.TablespaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An immutable snapshot of a table's definition; every change replaces it by another snapshot.
 *
 * @param id identifies this table among all that ever had its name: a UUID
 * @param tablespace of its rows
 * @param since when its last change began or ended
 * @param definitions the attributes that some key uses, in the order the client gave them
 * @param indexes local ones first, each kind in the order of creation
 * @param partitions the hash ranges of its items; global indexes have their own
 * @param log of its changes, while it has a stream or a subscription
 * @param timeToLive where it ever was enabled
 * @param history of its items, while some reader needs their earlier states
 * @param loading what fills the table before it becomes ACTIVE, if something does
 * @param global the global table that it is a replica of
 * @param blinding of its partition keys, and those of its global indexes, in the keys of rows
 */
public record Table(
        AccountRegion accountRegion,
        String name,
        String id,
        TablespaceId tablespace,
        Instant created,
        Status status,
        Instant since,
        List<KeyAttribute> definitions,
        KeySchema key,
        List<SecondaryIndex> indexes,
        PartitionMap partitions,
        Billing billing,
        Capacity capacity,
        Settings settings,
        Optional<TableLog> log,
        Optional<TimeToLive> timeToLive,
        Optional<TableHistory> history,
        Optional<TableLoad> loading,
        Optional<GlobalTable> global,
        Optional<Blinding> blinding) {

    /** The status of a table, with the names of the API. */
    public enum Status {
        CREATING,
        UPDATING,
        DELETING,
        ACTIVE,
        /** Its root key cannot be used. */
        INACCESSIBLE_ENCRYPTION_CREDENTIALS,
        /** Its root key could not be used for too long, and its backup is being made. */
        ARCHIVING,
        /** It has a backup, and can only be deleted. */
        ARCHIVED;

        /** Whether items can be read and written. The service may still serve a deleted table for a while. */
        public boolean isUsable() {
            return this == ACTIVE || this == UPDATING;
        }

        /** Whether nothing about the table changes by itself, because its root key cannot be used. */
        public boolean isLocked() {
            return this == INACCESSIBLE_ENCRYPTION_CREDENTIALS || this == ARCHIVING || this == ARCHIVED;
        }
    }

    public Table {
        definitions = List.copyOf(definitions);
        indexes = List.copyOf(indexes);
    }

    public String arn() {
        return accountRegion.tableArn(name);
    }

    public Optional<SecondaryIndex> index(String indexName) {
        return indexes.stream().filter(index -> index.name().equals(indexName)).findFirst();
    }

    /** Those of its items and of its global indexes: where its history lies. */
    public List<TablespaceId> tablespaces() {
        return Stream.concat(Stream.of(tablespace), globalIndexes().stream().map(SecondaryIndex::tablespace))
                .toList();
    }

    /** All that its rows lie in: those of its items, its global indexes, its expiry index and its log. */
    public Set<TablespaceId> allTablespaces() {
        var all = new HashSet<>(tablespaces());
        timeToLive.ifPresent(index -> all.add(index.tablespace()));
        log.ifPresent(one -> all.add(one.tablespace()));
        return all;
    }

    /**
     * Whether other regions must learn of its writes: then each item remembers the origin of its last write, and a
     * deleted one leaves a tombstone.
     */
    public boolean isReplicated() {
        return global.isPresent();
    }

    /** Whether its items can be read and written. */
    boolean isServed() {
        return status.isUsable() && !isInaccessible();
    }

    /** Whether its rows cannot be read, because its root key cannot be used or it was archived. */
    public boolean isInaccessible() {
        return status.isLocked()
                || settings.encryption()
                        .flatMap(Settings.Encryption::inaccessible)
                        .isPresent();
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

    /** All structures that hold an entry for each item in a tablespace or key range of their own. */
    public List<OnlineIndex> onlineIndexes() {
        return Stream.<OnlineIndex>concat(indexes.stream(), timeToLive.stream()).toList();
    }

    /**
     * A global index that is being created and has not reached its backfill, or that is being deleted: many changes
     * have to wait for it.
     */
    public Optional<SecondaryIndex> busyIndex() {
        return globalIndexes().stream()
                .filter(index -> index.status() == SecondaryIndex.Status.DELETING || index.isBeingAllocated())
                .findFirst();
    }

    /** Whether it is counted which keys of it, or of one of its global indexes, are used. */
    public boolean countsKeys() {
        return !settings.insights().isEmpty();
    }

    /** How long a writer keeps the image of an item before its change; empty if the table keeps none. */
    public Optional<Duration> imagesKept() {
        return history.flatMap(TableHistory::imagesKept);
    }

    public TableName address() {
        return new TableName(accountRegion, name);
    }

    /** Whether a requested change has yet to take effect, the backfill of an index apart. */
    public boolean isPending() {
        if (loading.isPresent() || status.isLocked()) {
            return false;
        }
        return status != Status.ACTIVE
                || capacity.isPending()
                || settings.isPending()
                || partitions.isPending()
                || log.filter(TableLog::isPending).isPresent()
                || history.filter(TableHistory::isPending).isPresent()
                || timeToLive.filter(TimeToLive::isPending).isPresent()
                || indexes.stream().anyMatch(SecondaryIndex::isPending);
    }

    /**
     * Whether a change that a client asked for is under way. A split of a partition, or the beginning of a log or a history, is nothing
     * that a client knows of.
     */
    boolean isChanging() {
        return status == Status.UPDATING
                || capacity.isPending()
                || settings.isPending()
                || timeToLive.filter(TimeToLive::isPending).isPresent();
    }

    /**
     * The table after all requested changes have taken effect. An index that was waiting for its backfill begins it; a
     * deleted index is gone, and with it the definitions that only it needed. A table that is being deleted stays as it
     * is.
     *
     * @param version the highest that writers with an older version of the table may have written
     */
    Table settled(Instant now, long version) {
        if (status == Status.DELETING || !isPending()) {
            return this;
        }
        List<SecondaryIndex> kept = indexes.stream()
                .filter(index -> index.status() != SecondaryIndex.Status.DELETING)
                .map(index -> index.settled(now, version))
                .toList();
        Table settled = with(Status.ACTIVE, now)
                .with(billing, capacity.settled(now))
                .with(settings.settled())
                .withPartitions(partitions.settled(version))
                .withLog(log.filter(open -> !open.closing()).map(open -> open.settled(version)))
                .withTimeToLive(timeToLive.map(TimeToLive::settled))
                .withHistory(history.map(one -> one.settled(version)))
                .withIndexes(kept);
        return kept.size() == indexes.size() ? settled : settled.withDefinitions(settled.usedDefinitions());
    }

    /**
     * The table after the backfill of an index, unless the index was deleted meanwhile.
     *
     * @param version at which the index has an entry for every item
     */
    Table filled(OnlineIndex complete, long version) {
        return switch (complete) {
            case SecondaryIndex index ->
                mapIndexes(found -> found.isFilling() && found.tablespace().equals(index.tablespace())
                        ? found.filled(version)
                        : found);
            case TimeToLive _ ->
                withTimeToLive(timeToLive.map(
                        found -> found.equals(complete) ? found.with(TimeToLive.Status.ENABLED) : found));
        };
    }

    /** The subscriptions to the table's log, its stream apart. */
    public List<Subscription> subscriptions() {
        return log.map(TableLog::subscriptions).orElse(List.of());
    }

    /**
     * The table with one more subscription, unless it has one of that name that is not ending.
     *
     * @param newTablespace for its log, if it has none
     */
    Table withSubscription(String follower, Subscription.Needs needs, TablespaceId newTablespace, Instant now) {
        if (status == Status.DELETING) {
            throw TableErrors.beingDeleted(name);
        }
        if (log.flatMap(open -> open.subscription(follower))
                .filter(subscription -> !subscription.isEnding())
                .isPresent()) {
            return this;
        }
        return withLogAsWanted(
                Stream.concat(
                                subscriptions().stream()
                                        .filter(subscription ->
                                                !subscription.name().equals(follower)),
                                Stream.of(Subscription.start(follower, needs)))
                        .toList(),
                newTablespace,
                now);
    }

    Table withoutSubscription(String follower, Instant now) {
        return withLogAsWanted(
                subscriptions().stream()
                        .map(subscription ->
                                subscription.name().equals(follower) ? subscription.ending() : subscription)
                        .toList(),
                TablespaceId.CATALOG,
                now);
    }

    /** The table with the log that its stream and these subscriptions require. */
    public Table withLogAsWanted(List<Subscription> subscriptions, TablespaceId newTablespace, Instant now) {
        return withLog(TableLog.asWanted(log, settings.loggedImages(), subscriptions, newTablespace, now));
    }

    private List<KeyAttribute> usedDefinitions() {
        return definitions.stream()
                .filter(definition -> Stream.concat(
                                Stream.of(key),
                                indexes.stream().map(index -> index.index().key()))
                        .anyMatch(schema -> schema.names().contains(definition.name())))
                .toList();
    }

    public Table mapIndexes(UnaryOperator<SecondaryIndex> change) {
        return withIndexes(indexes.stream().map(change).toList());
    }

    public Table with(Status newStatus, Instant now) {
        return changed(draft -> {
            draft.status = newStatus;
            draft.since = now;
        });
    }

    public Table withDefinitions(List<KeyAttribute> others) {
        return changed(draft -> draft.definitions = others);
    }

    public Table withIndexes(List<SecondaryIndex> others) {
        return changed(draft -> draft.indexes = others);
    }

    public Table with(Billing newBilling, Capacity newCapacity) {
        return changed(draft -> {
            draft.billing = newBilling;
            draft.capacity = newCapacity;
        });
    }

    public Table with(Settings others) {
        return changed(draft -> draft.settings = others);
    }

    Table withPartitions(PartitionMap others) {
        return changed(draft -> draft.partitions = others);
    }

    /** The table without the partitions, of its own and of its indexes, that were closed at or before a version. */
    Table withoutPartitions(long version) {
        return withPartitions(partitions.without(version))
                .mapIndexes(index -> index.with(index.partitions().without(version)));
    }

    /** Whether some partition, of its own or of its indexes, was closed at or before a version. */
    public boolean hasPartitionsClosedBy(long version) {
        return !partitions.closedBy(version).isEmpty()
                || globalIndexes().stream()
                        .anyMatch(index -> !index.partitions().closedBy(version).isEmpty());
    }

    Table withLog(Optional<TableLog> other) {
        return changed(draft -> draft.log = other);
    }

    public Table withTimeToLive(Optional<TimeToLive> other) {
        return changed(draft -> draft.timeToLive = other);
    }

    public Table withHistory(Optional<TableHistory> other) {
        return changed(draft -> draft.history = other);
    }

    public Table withLoading(Optional<TableLoad> other) {
        return changed(draft -> draft.loading = other);
    }

    public Table withBlinding(Optional<Blinding> other) {
        return changed(draft -> draft.blinding = other);
    }

    public Table withGlobal(Optional<GlobalTable> other) {
        return changed(draft -> draft.global = other);
    }

    private Table changed(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.table();
    }

    /** The changeable parts of a table, while a change is being made. */
    private static final class Draft {
        private final Table before;
        private Status status;
        private Instant since;
        private List<KeyAttribute> definitions;
        private List<SecondaryIndex> indexes;
        private PartitionMap partitions;
        private Billing billing;
        private Capacity capacity;
        private Settings settings;
        private Optional<TableLog> log;
        private Optional<TimeToLive> timeToLive;
        private Optional<TableHistory> history;
        private Optional<TableLoad> loading;
        private Optional<GlobalTable> global;
        private Optional<Blinding> blinding;

        Draft(Table before) {
            this.before = before;
            this.status = before.status;
            this.since = before.since;
            this.definitions = before.definitions;
            this.indexes = before.indexes;
            this.partitions = before.partitions;
            this.billing = before.billing;
            this.capacity = before.capacity;
            this.settings = before.settings;
            this.log = before.log;
            this.timeToLive = before.timeToLive;
            this.history = before.history;
            this.loading = before.loading;
            this.global = before.global;
            this.blinding = before.blinding;
        }

        Table table() {
            return new Table(
                    before.accountRegion,
                    before.name,
                    before.id,
                    before.tablespace,
                    before.created,
                    status,
                    since,
                    definitions,
                    before.key,
                    indexes,
                    partitions,
                    billing,
                    capacity,
                    settings,
                    log,
                    timeToLive,
                    history,
                    loading,
                    global,
                    blinding);
        }
    }
}
