package io.gramme.tables.table;

import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.tables.job.BackgroundJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes tables and indexes from each transient status to the next, one bounded step at a time:
 *
 * <pre>
 * table    CREATING, UPDATING -> ACTIVE         when the delay is over, and the requested changes have taken effect
 *                                               and what loads it is done: {@link TableLoad}
 * keeper   starting -> started                  when every writer knows of it: {@link TableHistory}
 *          DELETING -> gone                     when no request uses the table; its tablespaces are dropped, or it is
 *                                               a {@link DepartedTable} while a keeper of its history reads it
 * index    CREATING -> ACTIVE                   together with its new table
 *          CREATING, to be backfilled -> backfilling, and the table ACTIVE
 *                                               when every active writer knows of the index
 *          CREATING, backfilling -> ACTIVE      when every active writer maintains its entries, and the
 *                                               backfill has seen every item since: {@link IndexMaintenance}
 *          DELETING -> gone, the table ACTIVE   when no request uses the index; its tablespace is dropped
 * time to live  goes with its index: ENABLING -> FILLING -> ENABLED, DISABLING -> DISABLED
 * stream   DISABLING -> past, the table ACTIVE  when every writer knows that nothing is recorded for it any more
 * subscription  STARTING -> RUNNING             when every writer knows what to record for it
 *               ENDING -> closed                when every writer knows that nothing is
 * shard    CLOSING -> CLOSED                    when every writer knows of its children
 * </pre>
 *
 * <p>The state of a table is stored, so its lifecycle resumes from there after a restart: each step is one stored
 * change, or is idempotent. One thread at a time takes a step of a table. Where several servers share the tables, the
 * server with the lease of this work takes all steps, and "every writer" means the writers of all servers.
 */
public final class TableLifecycle implements BackgroundJob.Pass {
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** The pause before the next check for users that have not finished. */
    private static final Duration RETRY = Duration.ofMillis(100);

    /**
     * How long a step takes.
     *
     * @param users how long it waits for users of an older version
     * @param fill how long it takes part in the fill of an index
     */
    private record Patience(Duration users, Duration fill) {
        /** The pass has other tables to process; jobs fill the indexes beside it. */
        static final Patience OF_PASS = new Patience(Duration.ofMillis(10), Duration.ZERO);

        static final Patience OF_CLIENT = new Patience(Duration.ofSeconds(2), Duration.ofSeconds(2));
    }

    private static final int STEPS_FOR_CLIENT = 100;

    /** The pause before the next check that the fill of an index is under way. */
    private static final Duration FILLING = Duration.ofSeconds(1);

    private final Tables tables;
    private final RowStore store;
    private final IndexFiller filler;
    private final List<Runnable> whenDeparted = new CopyOnWriteArrayList<>();
    private volatile Runnable alarm = () -> {};

    public TableLifecycle(Tables tables, RowStore store, IndexFiller filler) {
        this.tables = tables;
        this.store = store;
        this.filler = filler;
    }

    @Override
    public void wakeBy(Runnable newAlarm) {
        alarm = newAlarm;
        tables.sharing().whenReloaded(newAlarm);
    }

    /** Adds what runs after a table has become a {@link DepartedTable}. */
    public void whenDeparted(Runnable listener) {
        whenDeparted.add(listener);
    }

    /** Takes one step for each table that has steps left. A failure of one table delays none of the others. */
    @Override
    public Duration run() {
        Duration rest = IDLE;
        var failures = new ArrayList<RuntimeException>();
        for (Table table : tables.all()) {
            try {
                Duration next = tryStep(table).orElse(IDLE);
                rest = next.compareTo(rest) < 0 ? next : rest;
            } catch (StorageException | IllegalStateException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.removeFirst();
            failures.forEach(first::addSuppressed);
            throw first;
        }
        return rest;
    }

    /**
     * Takes the steps that are possible at once after a change, so that without a delay a small table has settled
     * before the client reads the answer. The pass takes the remaining steps. Where there are other servers, the pass
     * takes all of them on one server; the client sees the table CREATING or UPDATING for a moment, as it does on the
     * service.
     */
    public void settle(Table changed) {
        if (tables.areShared()) {
            alarm.run();
            return;
        }
        try {
            for (int i = 0; i < STEPS_FOR_CLIENT; i++) {
                Optional<Duration> rest = step(changed.address(), Patience.OF_CLIENT);
                if (rest.isEmpty()) {
                    return;
                }
                if (!rest.get().isZero()) {
                    break;
                }
            }
        } catch (StorageException _) {
            // The change itself is stored. The pass meets the failure again, and reports it.
        }
        alarm.run();
    }

    /** Skips a table whose lock is held, because a client is settling it. */
    private Optional<Duration> tryStep(Table table) {
        Optional<VersionedTable> found = tables.versioned(table.address());
        if (isSettled(table) || found.isEmpty()) {
            return Optional.empty();
        }
        VersionedTable versioned = found.get();
        if (!versioned.stepping().tryLock()) {
            return Optional.of(RETRY);
        }
        try {
            return step(versioned, Patience.OF_PASS);
        } finally {
            versioned.stepping().unlock();
        }
    }

    private Optional<Duration> step(TableName name, Patience patience) {
        Optional<VersionedTable> found = tables.versioned(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        VersionedTable versioned = found.get();
        versioned.stepping().lock();
        try {
            return step(versioned, patience);
        } finally {
            versioned.stepping().unlock();
        }
    }

    private static boolean isSettled(Table table) {
        return !table.isPending() && fillable(table).isEmpty();
    }

    /** Takes a step if one is possible; returns how long to wait before the next, or nothing if there is none. */
    private Optional<Duration> step(VersionedTable versioned, Patience patience) {
        Table table = versioned.table();
        Duration early = Duration.between(
                tables.now(), table.since().plus(tables.options().delay()));
        boolean due = early.isNegative() || early.isZero();
        List<OnlineIndex> fillable = fillable(table);
        if (table.isPending() && due) {
            return Optional.of(applyPending(versioned, table, patience));
        }
        if (!fillable.isEmpty()) {
            if (!tables.sharing().awaitKnown(versioned, patience.users())) {
                return Optional.of(RETRY);
            }
            fillable.forEach(index -> filler.fill(table, index, patience.fill()));
            Duration rest = fillable(versioned.table()).isEmpty() ? Duration.ZERO : FILLING;
            return Optional.of(table.isPending() && early.compareTo(rest) < 0 ? early : rest);
        }
        return table.isPending() ? Optional.of(early) : Optional.empty();
    }

    private static List<OnlineIndex> fillable(Table table) {
        return table.isInaccessible()
                ? List.of()
                : table.onlineIndexes().stream().filter(OnlineIndex::isFilling).toList();
    }

    private Duration applyPending(VersionedTable versioned, Table table, Patience patience) {
        List<OnlineIndex> leaving =
                table.onlineIndexes().stream().filter(OnlineIndex::isLeaving).toList();
        boolean arriving =
                table.onlineIndexes().stream().anyMatch(index -> index.maintenance() == IndexMaintenance.DELETE_ONLY);
        boolean logged = table.log().filter(TableLog::isPending).isPresent()
                || table.history().filter(TableHistory::isPending).isPresent()
                || table.partitions().isPending()
                || hasEndingStream(table);
        boolean waits = tables.areShared()
                || table.status() == Table.Status.DELETING
                || !leaving.isEmpty()
                || arriving
                || logged;
        if (waits && !tables.sharing().awaitKnown(versioned, patience.users())) {
            return RETRY;
        }
        if (table.status() == Table.Status.DELETING) {
            delete(table);
            return Duration.ZERO;
        }
        leaving.forEach(this::drop);
        // Until this succeeds, the former root key must stay usable.
        tables.keys().rewrap(table);
        long version = lastVersion();
        if (hasEndingStream(table)) {
            tables.pastStreams().add(PastStream.of(table, version, tables.now()));
        }
        table.subscriptions().stream()
                .filter(Subscription::isEnding)
                .forEach(subscription -> tables.closedSubscriptions()
                        .add(ClosedSubscription.of(table, subscription, version, tables.now())));
        // This step has not waited for the users of a later change; the next step does.
        tables.change(table.address(), before -> before.equals(table) ? before.settled(tables.now(), version) : before);
        return Duration.ZERO;
    }

    /** An upper bound of the versions written by writers with an older version of a table. */
    private long lastVersion() {
        return tables.sharing().aboveAll(store.changes().latest().version());
    }

    private static boolean hasEndingStream(Table table) {
        return table.settings().stream()
                .filter(stream -> stream.status() == Settings.Stream.Status.DISABLING)
                .isPresent();
    }

    private void delete(Table table) {
        long version = lastVersion();
        if (table.settings().stream().filter(Settings.Stream::isEnabled).isPresent()) {
            tables.pastStreams().add(PastStream.of(table, version, tables.now()));
        }
        table.subscriptions()
                .forEach(subscription -> tables.closedSubscriptions()
                        .add(ClosedSubscription.of(table, subscription, version, tables.now())));
        if (table.history().filter(kept -> !kept.keepers().isEmpty()).isPresent()) {
            tables.histories().depart(table, version);
            whenDeparted.forEach(Runnable::run);
        } else {
            dropAll(table);
            tables.remove(table);
        }
    }

    /** Drops the rows of a departed table that no keeper needs any more. */
    public void drop(DepartedTable departed) {
        // If the server crashed between the two changes, the table is still there and will be deleted once more.
        Table table = departed.table();
        if (tables.lookUp(table.address())
                .filter(found -> found.id().equals(table.id()))
                .isEmpty()) {
            dropAll(table);
            tables.histories().forget(departed);
        }
    }

    private void dropAll(Table table) {
        table.globalIndexes().forEach(this::drop);
        table.timeToLive().ifPresent(this::drop);
        store.drop(table.tablespace());
        tables.keys().destroy(List.of(table.tablespace()));
        tables.statistics().forget(table.tablespace());
    }

    private void drop(OnlineIndex index) {
        store.drop(index.tablespace());
        tables.keys().destroy(List.of(index.tablespace()));
        tables.statistics().forget(index.tablespace());
    }
}
