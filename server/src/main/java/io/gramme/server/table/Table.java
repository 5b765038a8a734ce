package io.gramme.server.table;

import io.gramme.core.error.TableErrors;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A table as it is at one moment: an immutable snapshot, replaced by another whenever something about it changes.
 *
 * @param id names this table among all that ever had its name: a UUID
 * @param store where its rows are
 * @param since when its last change began or ended
 * @param definitions the attributes that some key is made of, in the order the client gave them
 * @param indexes local ones first, each kind in the order of its making
 * @param log of its changes, while anybody follows them
 * @param timeToLive where it ever was enabled
 */
public record Table(
        AccountRegion accountRegion,
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
        Settings settings,
        Optional<TableLog> log,
        Optional<TimeToLive> timeToLive) {

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
        return accountRegion.tableArn(name);
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

    /** Everything that is made of each item in a place of its own. */
    List<OnlineIndex> onlineIndexes() {
        return Stream.<OnlineIndex>concat(indexes.stream(), timeToLive.stream()).toList();
    }

    /** A global index whose making has not come to the backfilling, or that is being deleted: much has to wait for it. */
    Optional<SecondaryIndex> busyIndex() {
        return globalIndexes().stream()
                .filter(index -> index.status() == SecondaryIndex.Status.DELETING || index.isBeingAllocated())
                .findFirst();
    }

    public TableName address() {
        return new TableName(accountRegion, name);
    }

    /** Whether something that the client asked for has yet to happen; the filling of an index apart. */
    boolean isPending() {
        return status != Status.ACTIVE
                || capacity.isPending()
                || settings.isPending()
                || log.filter(TableLog::isPending).isPresent()
                || timeToLive.filter(TimeToLive::isPending).isPresent()
                || indexes.stream().anyMatch(SecondaryIndex::isPending);
    }

    /**
     * The table as it is when all that was asked for has happened. An index that was waiting for its backfilling begins
     * it, and one that was given up is gone, and with it the definitions that only it needed. A table that is being
     * deleted stays as it is.
     *
     * @param version the highest that writers who knew it otherwise may have written
     */
    Table settled(Instant now, long version) {
        if (status == Status.DELETING || !isPending()) {
            return this;
        }
        List<SecondaryIndex> kept = indexes.stream()
                .filter(index -> index.status() != SecondaryIndex.Status.DELETING)
                .map(index -> index.settled(now))
                .toList();
        Table settled = with(Status.ACTIVE, now)
                .with(billing, capacity.settled(now))
                .with(settings.settled())
                .withLog(log.filter(open -> !open.closing()).map(open -> open.settled(version)))
                .withTimeToLive(timeToLive.map(TimeToLive::settled))
                .withIndexes(kept);
        return kept.size() == indexes.size() ? settled : settled.withDefinitions(settled.usedDefinitions());
    }

    /** The table when every item has its entry in an index, unless that was given up meanwhile. */
    Table filled(OnlineIndex complete) {
        return switch (complete) {
            case SecondaryIndex index ->
                mapIndexes(found -> found.place() == index.place() && found.isFilling()
                        ? found.with(SecondaryIndex.Status.ACTIVE).withBackfilling(Optional.empty())
                        : found);
            case TimeToLive _ ->
                withTimeToLive(timeToLive.map(
                        found -> found.equals(complete) ? found.with(TimeToLive.Status.ENABLED) : found));
        };
    }

    /** Who follows the table besides its stream. */
    public List<Subscription> followings() {
        return log.map(TableLog::followings).orElse(List.of());
    }

    /**
     * The table with one more who follows it, unless they do already.
     *
     * @param newStore for its log, if it has none
     */
    Table followedBy(String follower, TableLog.Images wants, long newStore, Instant now) {
        if (status == Status.DELETING) {
            throw TableErrors.beingDeleted(name);
        }
        if (log.flatMap(open -> open.following(follower))
                .filter(following -> !following.isEnding())
                .isPresent()) {
            return this;
        }
        return withLogAsWanted(
                Stream.concat(
                                followings().stream()
                                        .filter(following -> !following.name().equals(follower)),
                                Stream.of(Subscription.start(follower, wants)))
                        .toList(),
                newStore,
                now);
    }

    Table notFollowedBy(String follower, Instant now) {
        return withLogAsWanted(
                followings().stream()
                        .map(following -> following.name().equals(follower) ? following.ending() : following)
                        .toList(),
                0,
                now);
    }

    /** The table with the log that its stream and these followings want. */
    Table withLogAsWanted(List<Subscription> followings, long newStore, Instant now) {
        return withLog(TableLog.asWanted(
                log,
                settings.loggedImages(),
                followings,
                newStore,
                capacity.warm().partitions(),
                now));
    }

    private List<KeyAttribute> usedDefinitions() {
        return definitions.stream()
                .filter(definition -> Stream.concat(
                                Stream.of(key),
                                indexes.stream().map(index -> index.index().key()))
                        .anyMatch(schema -> schema.names().contains(definition.name())))
                .toList();
    }

    Table mapIndexes(UnaryOperator<SecondaryIndex> change) {
        return withIndexes(indexes.stream().map(change).toList());
    }

    Table with(Status newStatus, Instant now) {
        return changed(draft -> {
            draft.status = newStatus;
            draft.since = now;
        });
    }

    Table withDefinitions(List<KeyAttribute> others) {
        return changed(draft -> draft.definitions = others);
    }

    Table withIndexes(List<SecondaryIndex> others) {
        return changed(draft -> draft.indexes = others);
    }

    Table with(Billing newBilling, Capacity newCapacity) {
        return changed(draft -> {
            draft.billing = newBilling;
            draft.capacity = newCapacity;
        });
    }

    Table with(Settings others) {
        return changed(draft -> draft.settings = others);
    }

    Table withLog(Optional<TableLog> other) {
        return changed(draft -> draft.log = other);
    }

    Table withTimeToLive(Optional<TimeToLive> other) {
        return changed(draft -> draft.timeToLive = other);
    }

    private Table changed(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.table();
    }

    /** What of a table can change, while it is changed. */
    private static final class Draft {
        private final Table before;
        private Status status;
        private Instant since;
        private List<KeyAttribute> definitions;
        private List<SecondaryIndex> indexes;
        private Billing billing;
        private Capacity capacity;
        private Settings settings;
        private Optional<TableLog> log;
        private Optional<TimeToLive> timeToLive;

        Draft(Table before) {
            this.before = before;
            this.status = before.status;
            this.since = before.since;
            this.definitions = before.definitions;
            this.indexes = before.indexes;
            this.billing = before.billing;
            this.capacity = before.capacity;
            this.settings = before.settings;
            this.log = before.log;
            this.timeToLive = before.timeToLive;
        }

        Table table() {
            return new Table(
                    before.accountRegion,
                    before.name,
                    before.id,
                    before.store,
                    before.created,
                    status,
                    since,
                    definitions,
                    before.key,
                    indexes,
                    billing,
                    capacity,
                    settings,
                    log,
                    timeToLive);
        }
    }
}
