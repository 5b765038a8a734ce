package io.gramme.tables.table;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.WireErrors;
import io.gramme.storage.StorageException;
import io.gramme.tables.cluster.Listener;
import io.gramme.tables.cluster.Peers;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Propagates new table versions between the servers of a store. The server that stores a change announces the table;
 * every server reloads it, and confirms when no request in it uses an older version. Only then does the table proceed
 * to its next status, and is shown as ACTIVE.
 *
 * <p>A server that does not share its tables does none of this.
 */
final class SchemaPropagation implements Listener {
    private static final System.Logger LOG = System.getLogger(SchemaPropagation.class.getName());

    /** How long a client waits until all servers have the table version that its answer shows. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** An upper bound of the difference between the servers' clocks. */
    private static final Duration SKEW = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Tables tables;
    private final Peers peers;

    /** Deleted tables that some request may still use. */
    private final Queue<VersionedTable> retired = new ConcurrentLinkedQueue<>();

    private final List<Runnable> whenReloaded = new CopyOnWriteArrayList<>();

    SchemaPropagation(Tables tables, Peers peers) {
        this.tables = tables;
        this.peers = peers;
    }

    boolean isOn() {
        return peers.areThere();
    }

    /** A version above all that any server can have given out while this server had {@code version} as its latest. */
    long aboveAll(long version) {
        return peers.areThere() ? version + SKEW.toNanos() / 1_000 : version;
    }

    /** A time that every server's clock has passed when this server's clock shows {@code now}. */
    Instant beforeAll(Instant now) {
        return peers.areThere() ? now.minus(SKEW) : now;
    }

    /** Adds what runs after changes of other servers have been applied here. */
    void whenReloaded(Runnable alarm) {
        whenReloaded.add(alarm);
    }

    /**
     * Announces a changed table to the other servers. The change is stored already: if the announcement fails, they
     * find the change in their next full reload.
     *
     * @return the number of the announcement; 0 if there is none
     */
    long announce(TableName name) {
        try {
            return peers.areThere() ? peers.announce(name.toBytes()) : 0;
        } catch (StorageException e) {
            LOG.log(Level.WARNING, "Cannot announce a table change to the other servers: table=" + name.name(), e);
            return 0;
        }
    }

    /** Tracks a deleted table, which lookups no longer find. */
    void retire(VersionedTable gone) {
        if (!peers.areThere()) {
            return;
        }
        retired.add(gone);
        tables.statistics().ignore(gone.table().tablespace());
        gone.table().globalIndexes().forEach(index -> tables.statistics().ignore(index.tablespace()));
    }

    /** Waits until no request on any server uses an older version of the table; returns whether that was so in time. */
    boolean awaitKnown(VersionedTable versioned, Duration patience) {
        if (!peers.areThere()) {
            return versioned.awaitLast(patience);
        }
        long begun = System.nanoTime();
        while (!isKnown(versioned)) {
            if (System.nanoTime() - begun >= patience.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    /** The same on behalf of a client, which gets an error that asks it to retry if the wait takes too long. */
    void requireKnown(VersionedTable versioned) {
        if (!awaitKnown(versioned, PATIENCE)) {
            throw WireErrors.outOfTouch();
        }
    }

    private boolean isKnown(VersionedTable versioned) {
        TableVersion version = versioned.version();
        if (version.isKnownEverywhere()) {
            return true;
        }
        if (version.announcement() == 0) {
            // The waiting server announces it again: an earlier announcement may have preceded this version.
            version.announcedAs(announce(version.table().address()));
        }
        if (version.announcement() == 0 || !peers.haveReloaded(version.announcement())) {
            return false;
        }
        version.becomesKnownEverywhere();
        return true;
    }

    @Override
    public void reload(Set<Bytes> announced) {
        announced.stream().map(TableName::fromBytes).forEach(tables::reload);
        tables.reloadEnded();
        whenReloaded.forEach(Runnable::run);
    }

    @Override
    public void reloadAll() {
        tables.reloadAll();
        whenReloaded.forEach(Runnable::run);
    }

    @Override
    public boolean hasSettled() {
        retired.removeIf(VersionedTable::isUnused);
        return retired.isEmpty() && tables.haveSettled();
    }
}
