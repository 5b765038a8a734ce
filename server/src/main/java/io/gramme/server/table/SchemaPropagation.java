package io.gramme.server.table;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.WireErrors;
import io.gramme.server.cluster.Listener;
import io.gramme.server.cluster.Peers;
import io.gramme.storage.StorageException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * What servers do so that they may all change the same tables. Whoever has stored a change announces the table; every server
 * reads it again, and says so when nobody in it uses the table as it was before. Only then does the table go on to its next
 * status, and is shown as ACTIVE.
 *
 * <p>A server that has its tables to itself does none of this.
 */
final class SchemaPropagation implements Listener {
    private static final System.Logger LOG = System.getLogger(SchemaPropagation.class.getName());

    /** How long a client waits until all servers know what it is told. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** More than the clocks of servers differ. */
    private static final Duration SKEW = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Tables tables;
    private final Peers peers;

    /** Of tables that are gone, while somebody may still use them. */
    private final Queue<VersionedTable> retired = new ConcurrentLinkedQueue<>();

    private volatile Runnable whenTakenUp = () -> {};

    SchemaPropagation(Tables tables, Peers peers) {
        this.tables = tables;
        this.peers = peers;
    }

    boolean isOn() {
        return peers.areThere();
    }

    /** A version that no server can have given out before this one had that as its latest. */
    long aboveAll(long version) {
        return peers.areThere() ? version + SKEW.toNanos() / 1_000 : version;
    }

    /** A time that was on no server's clock later than what happens on this one now. */
    Instant beforeAll(Instant now) {
        return peers.areThere() ? now.minus(SKEW) : now;
    }

    /** What is called when other servers have changed something. */
    void whenTakenUp(Runnable alarm) {
        whenTakenUp = alarm;
    }

    /**
     * Tells the others of a table that has changed. The change is stored by now: if nobody can be told, they find it when
     * they next read everything.
     *
     * @return the number of the announcement; 0 if there is none
     */
    long announce(TableName name) {
        try {
            return peers.areThere() ? peers.announce(name.toBytes()) : 0;
        } catch (StorageException e) {
            LOG.log(Level.WARNING, "A change of a table could not be announced: table=" + name.name(), e);
            return 0;
        }
    }

    /** A table that is gone, and can be found no more. */
    void retire(VersionedTable gone) {
        if (!peers.areThere()) {
            return;
        }
        retired.add(gone);
        tables.statistics().ignore(gone.table().store());
        gone.table().globalIndexes().forEach(index -> tables.statistics().ignore(index.place()));
    }

    /** Waits until nobody on any server uses the table as it was before the last change; answers whether that is so in time. */
    boolean awaitKnown(VersionedTable publication, Duration patience) {
        if (!peers.areThere()) {
            return publication.awaitLast(patience);
        }
        long begun = System.nanoTime();
        while (!isKnown(publication)) {
            if (System.nanoTime() - begun >= patience.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    /** The same for a client, who is told to try again if it takes too long. */
    void requireKnown(VersionedTable publication) {
        if (!awaitKnown(publication, PATIENCE)) {
            throw WireErrors.outOfTouch();
        }
    }

    private boolean isKnown(VersionedTable publication) {
        TableVersion edition = publication.edition();
        if (edition.isKnownEverywhere()) {
            return true;
        }
        if (edition.announcement() == 0) {
            // By whoever wants to know: when it was announced that the table changed, it may not have been this edition
            // yet.
            edition.announcedAs(announce(edition.table().address()));
        }
        if (edition.announcement() == 0 || !peers.haveTakenUp(edition.announcement())) {
            return false;
        }
        edition.becomesKnownEverywhere();
        return true;
    }

    @Override
    public void takeUp(Set<Bytes> announced) {
        announced.stream().map(TableName::fromBytes).forEach(tables::takeUp);
        tables.takeUpPast();
        whenTakenUp.run();
    }

    @Override
    public void takeUpAll() {
        tables.takeUpAll();
        whenTakenUp.run();
    }

    @Override
    public boolean hasSettled() {
        retired.removeIf(VersionedTable::isUnused);
        return retired.isEmpty() && tables.haveSettled();
    }
}
