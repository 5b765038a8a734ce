package io.gramme.tables.table;

import io.gramme.core.error.EncryptionErrors;
import io.gramme.core.error.TableErrors;
import io.gramme.storage.LogPosition;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.VersionTime;
import io.gramme.tables.cluster.Peers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * All tables of all accounts and regions in a row store. Lookups by name do not read the store; every change goes
 * through it. {@link TableLifecycle} takes the tables from one status to the next.
 */
public final class Tables {
    /** Every active server has reloaded a change that is older than this. */
    private static final Duration LONG_KNOWN = Duration.ofMinutes(5);

    private final Catalog catalog;
    private final TablespaceAllocator tablespaces;
    private final TableStatistics statistics;
    private final Histories histories;
    private final PastStreams pastStreams;
    private final ClosedSubscriptions closedSubscriptions;
    private final TableOptions options;
    private final MillisecondClock clock;
    private final SchemaPropagation sharing;
    private final Supplier<LogPosition> latest;
    private final TablespaceKeys keys;
    private final Map<TableName, VersionedTable> published = new ConcurrentHashMap<>();

    /** Held to publish changes in the order in which they were stored. */
    private final ReentrantLock changing = new ReentrantLock();

    public Tables(RowStore store, TableOptions options, InstantSource clock) {
        this(store, options, clock, Peers.ALONE);
    }

    public Tables(RowStore store, TableOptions options, InstantSource clock, Peers peers) {
        this(store, options, clock, peers, TableSealing.OFF);
    }

    /** @param peers the other servers that change the same tables */
    public Tables(RowStore store, TableOptions options, InstantSource clock, Peers peers, TableSealing sealing) {
        this.catalog = new Catalog(store);
        this.latest = () -> store.changes().latest();
        this.tablespaces = new TablespaceAllocator(catalog);
        this.histories = new Histories(this, catalog);
        this.statistics = new TableStatistics(store, peers.areThere());
        this.pastStreams = new PastStreams(catalog);
        this.closedSubscriptions = new ClosedSubscriptions(catalog);
        this.keys = new TablespaceKeys(catalog, sealing, pastStreams, closedSubscriptions);
        this.options = options;
        this.clock = new MillisecondClock(clock);
        catalog.tables().forEach(table -> published.put(table.address(), known(table)));
        this.sharing = new SchemaPropagation(this, peers);
        peers.listen(sharing);
    }

    /** A table as found at startup. If it has not changed for long, every active server has this version. */
    private VersionedTable known(Table table) {
        var versioned = new VersionedTable(table);
        if (table.since().isBefore(now().minus(LONG_KNOWN))) {
            versioned.version().becomesKnownEverywhere();
        }
        return versioned;
    }

    /**
     * Pins a table for one operation on its items.
     *
     * @param given its name or ARN
     */
    public PinnedTable use(AccountRegion accountRegion, String given) {
        return use(TableName.parse(accountRegion, given));
    }

    /** Pins several tables for one operation, or none if one of them is unavailable. */
    public PinnedTables useAll(AccountRegion accountRegion, Collection<String> given) {
        var uses = new HashMap<String, PinnedTable>();
        try {
            for (String one : given) {
                if (!uses.containsKey(one)) {
                    uses.put(one, use(accountRegion, one));
                }
            }
            return new PinnedTables(uses);
        } catch (RuntimeException e) {
            uses.values().forEach(PinnedTable::close);
            throw e;
        }
    }

    private PinnedTable use(TableName name) {
        Optional<PinnedTable> use = usable(name);
        if (use.isEmpty() && sharing.isOn()) {
            // Another server may have created it a moment ago.
            reload(name);
            use = usable(name);
        }
        return use.orElseThrow(TableErrors::tableNotFound);
    }

    private Optional<PinnedTable> usable(TableName name) {
        Optional<PinnedTable> use = versioned(name).map(VersionedTable::use);
        if (use.isEmpty() || use.get().table().isServed()) {
            return use;
        }
        use.get().close();
        if (use.get().table().isInaccessible()) {
            throw EncryptionErrors.keyAccessDenied();
        }
        return Optional.empty();
    }

    /**
     * Pins a table for background work, if it is usable and still exists.
     *
     * @throws StorageException if its root key cannot be used now: the work has to wait
     */
    public Optional<PinnedTable> use(Table table) {
        return use(table.address(), table.id());
    }

    /** The same for the table that had this name and id. */
    public Optional<PinnedTable> use(TableName name, String id) {
        Optional<PinnedTable> use = versioned(name).map(VersionedTable::use);
        Optional<Table> found =
                use.map(PinnedTable::table).filter(table -> table.id().equals(id));
        if (found.filter(Table::isServed).isPresent()) {
            return use;
        }
        use.ifPresent(PinnedTable::close);
        if (found.filter(Table::isInaccessible).isPresent()) {
            throw new StorageException("The root key of the table cannot be used: table=" + name.name());
        }
        return Optional.empty();
    }

    /** The current version of the table, in any status. */
    public Optional<Table> find(TableName name) {
        return versioned(name).map(VersionedTable::table);
    }

    /** The current version of the table with this name or ARN: for the operations on tables. */
    public Table describe(AccountRegion accountRegion, String given) {
        TableName name = TableName.parse(accountRegion, given);
        return lookUp(name).orElseThrow(() -> TableErrors.tableNotFound(name.name()));
    }

    /**
     * The current version of the table, if there is one. Finds also a table that another server has created a moment
     * ago.
     */
    public Optional<Table> lookUp(TableName name) {
        if (find(name).isEmpty() && sharing.isOn()) {
            reload(name);
        }
        return find(name);
    }

    /**
     * The same as {@link #describe}, except that a table returned as ACTIVE is ACTIVE on every server: a client that
     * reads the answer may send its next request to any of them.
     */
    public Table describeSettled(AccountRegion accountRegion, String given) {
        Table table = describe(accountRegion, given);
        Optional<VersionedTable> found = versioned(table.address());
        if (!sharing.isOn() || found.isEmpty() || table.status() != Table.Status.ACTIVE) {
            return table;
        }
        sharing.requireKnown(found.get());
        return describe(accountRegion, given);
    }

    /**
     * The names of the tables of an account and region that come after {@code after}, in order; {@code after} itself
     * need not be the name of one.
     */
    public List<String> names(AccountRegion accountRegion, Optional<String> after, int limit) {
        // Names are ASCII: their order as strings is that of their UTF-8 bytes.
        return published.keySet().stream()
                .filter(name -> name.accountRegion().equals(accountRegion))
                .map(TableName::name)
                .filter(name -> after.isEmpty() || name.compareTo(after.get()) > 0)
                .sorted()
                .limit(limit)
                .toList();
    }

    public TableStatistics statistics() {
        return statistics;
    }

    public PastStreams pastStreams() {
        return pastStreams;
    }

    public ClosedSubscriptions closedSubscriptions() {
        return closedSubscriptions;
    }

    /** Whether any table, ended stream or closed subscription has its log in this tablespace. */
    public boolean isLogShown(TablespaceId tablespace) {
        return Stream.of(
                        all().stream().flatMap(table -> table.log().stream()),
                        pastStreams.all().stream().map(PastStream::log),
                        closedSubscriptions.all().stream().map(ClosedSubscription::log))
                .flatMap(logs -> logs)
                .anyMatch(log -> log.tablespace().equals(tablespace));
    }

    /** The current versions of all tables of an account and region. */
    public List<Table> of(AccountRegion accountRegion) {
        return all().stream()
                .filter(table -> table.accountRegion().equals(accountRegion))
                .toList();
    }

    /** Allocates a tablespace for a new table, global index or log: one that no server has allocated before. */
    public TablespaceId newTablespace() {
        return tablespaces.next();
    }

    /** The current time, in the precision that tables store. */
    Instant now() {
        return clock.instant();
    }

    /** Creates a table, unless there is one of its name. */
    public Table create(Table table) {
        requireFree(table.address());
        return store(
                        table.address(),
                        before -> {
                            before.ifPresent(Tables::refuseAnother);
                            return Optional.of(table);
                        },
                        keys.ofNew(table))
                .orElseThrow();
    }

    /** Rejects a name that is taken, as {@link #create} does unless the name becomes free meanwhile. */
    public void requireFree(TableName name) {
        find(name).ifPresent(Tables::refuseAnother);
    }

    private static void refuseAnother(Table existing) {
        throw switch (existing.status()) {
            case CREATING -> TableErrors.beingCreated(existing.name());
            case DELETING -> TableErrors.beingDeleted(existing.name());
            case ACTIVE, UPDATING, INACCESSIBLE_ENCRYPTION_CREDENTIALS, ARCHIVING, ARCHIVED ->
                TableErrors.tableExists(existing.name());
        };
    }

    /**
     * Replaces a table by the result of {@code edit}.
     *
     * @param edit pure, because it may run again; if it throws, nothing changes
     */
    public Table change(TableName name, UnaryOperator<Table> edit) {
        return store(
                        name,
                        before -> Optional.of(
                                edit.apply(before.orElseThrow(() -> TableErrors.tableNotFound(name.name())))))
                .orElseThrow();
    }

    /**
     * Adds a subscription to a table: from the next settling on, the table's log meets its needs. Changes nothing if
     * there is one of that name already that is not ending.
     *
     * @param listener the subscription's name, unique among those of this table
     */
    public Table subscribe(TableName name, String listener, Subscription.Needs needs) {
        TablespaceId newTablespace = newTablespace();
        return change(name, before -> before.withSubscription(listener, needs, newTablespace, now()));
    }

    /** Lets a table that was loaded become ACTIVE at the next settling. */
    public Table loaded(TableName name, String id) {
        return change(name, before -> before.id().equals(id) ? before.withLoading(Optional.empty()) : before);
    }

    /** Deletes a table whose load has failed, if it still waits for it. */
    public Optional<Table> abandonLoad(TableName name, String id) {
        return store(
                name,
                before -> before.map(
                        table -> table.id().equals(id) && table.loading().isPresent()
                                ? table.withLoading(Optional.empty()).with(Table.Status.DELETING, now())
                                : table));
    }

    /**
     * Ends a subscription. The next settling turns it into a {@link ClosedSubscription}, which keeps what was logged
     * for it until then.
     */
    public Table unsubscribe(TableName name, String listener) {
        return change(name, before -> before.withoutSubscription(listener, now()));
    }

    /**
     * Begins to split a partition of a table, unless the table has changed meanwhile.
     *
     * @param last the last hash of the first child
     */
    public Table split(Table table, Partition partition, long last) {
        return change(
                table.address(),
                before -> before.equals(table)
                        ? before.withPartitions(before.partitions().split(partition.id(), last, versionOfSplit()))
                        : before);
    }

    /**
     * Begins to split a partition of a global index, unless the table has changed meanwhile.
     *
     * @param last the last hash of the first child
     */
    public Table split(Table table, SecondaryIndex index, Partition partition, long last) {
        return change(
                table.address(),
                before -> before.equals(table)
                        ? before.mapIndexes(found -> found.equals(index)
                                ? found.with(found.partitions().split(partition.id(), last, versionOfSplit()))
                                : found)
                        : before);
    }

    /** The first records of the children may come from a server whose clock is behind. */
    private long versionOfSplit() {
        return VersionTime.versionAt(sharing.beforeAll(now()));
    }

    /** Forgets the partitions of a table and its indexes that were closed at or before a version. */
    public void forgetPartitions(Table table, long version) {
        change(table.address(), before -> before.id().equals(table.id()) ? before.withoutPartitions(version) : before);
    }

    /** Completes a new index that has an entry for every item, unless it was deleted meanwhile. */
    public void filled(Table table, OnlineIndex index) {
        long version = latest.get().version();
        change(table.address(), before -> before.id().equals(table.id()) ? before.filled(index, version) : before);
    }

    public TablespaceKeys keys() {
        return keys;
    }

    /** Forgets a table whose rows have been dropped. */
    void remove(Table table) {
        store(table.address(), before -> before.filter(found -> !found.id().equals(table.id())));
    }

    Optional<Table> store(TableName name, UnaryOperator<Optional<Table>> edit) {
        return store(name, edit, keys.ofAdded(find(name), edit));
    }

    private Optional<Table> store(TableName name, UnaryOperator<Optional<Table>> edit, Catalog.Keys added) {
        Optional<Table> stored;
        changing.lock();
        try {
            stored = publish(name, catalog.change(name, edit, added));
        } catch (StorageException e) {
            publishWhatIsStored(name, e);
            throw e;
        } finally {
            changing.unlock();
        }
        sharing.announce(name);
        return stored;
    }

    /** Whether other servers change the same tables. */
    public boolean areShared() {
        return sharing.isOn();
    }

    /** Adds what runs after changes of other servers have been applied here. */
    public void whenReloaded(Runnable alarm) {
        sharing.whenReloaded(alarm);
    }

    SchemaPropagation sharing() {
        return sharing;
    }

    /** Reloads a table that another server may have changed. */
    public void reload(TableName name) {
        // First compared without the lock: most unknown names are those of tables that do not exist.
        if (catalog.table(name).equals(find(name))) {
            return;
        }
        changing.lock();
        try {
            publish(name, catalog.table(name));
        } finally {
            changing.unlock();
        }
    }

    /**
     * Makes the other servers reload the stored table; that also tells them that something related to it has changed.
     */
    public void announce(TableName name) {
        var _ = sharing.announce(name);
    }

    /** Reloads all tables. */
    void reloadAll() {
        changing.lock();
        try {
            var stored = new HashMap<TableName, Table>();
            catalog.tables().forEach(table -> stored.put(table.address(), table));
            var names = new HashSet<>(published.keySet());
            names.addAll(stored.keySet());
            names.forEach(name -> publish(name, Optional.ofNullable(stored.get(name))));
        } finally {
            changing.unlock();
        }
        reloadEnded();
    }

    /** Reloads the ended streams and the closed subscriptions. */
    void reloadEnded() {
        pastStreams.load();
        closedSubscriptions.load();
    }

    /** Whether no request in this process uses an older version of any table. */
    boolean haveSettled() {
        return published.values().stream().allMatch(VersionedTable::hasSettled);
    }

    /**
     * Publishes the stored table after a failure that leaves unknown whether the change was stored. If the store cannot
     * tell either, a restart will.
     */
    private void publishWhatIsStored(TableName name, StorageException failure) {
        try {
            publish(name, catalog.table(name));
        } catch (StorageException e) {
            failure.addSuppressed(e);
        }
    }

    private Optional<Table> publish(TableName name, Optional<Table> table) {
        if (table.isEmpty()) {
            VersionedTable gone = published.remove(name);
            if (gone != null) {
                sharing.retire(gone);
            }
            return table;
        }
        VersionedTable versioned = published.computeIfAbsent(name, _ -> new VersionedTable(table.get()));
        if (!versioned.table().equals(table.get())) {
            versioned.publish(table.get());
        }
        return table;
    }

    /** The current versions of all tables of all accounts and regions. */
    public List<Table> all() {
        return published.values().stream().map(VersionedTable::table).toList();
    }

    Optional<VersionedTable> versioned(TableName name) {
        return Optional.ofNullable(published.get(name));
    }

    Catalog catalog() {
        return catalog;
    }

    /** What tables keep of their earlier states, and for whom. */
    public Histories histories() {
        return histories;
    }

    TableOptions options() {
        return options;
    }
}
