package io.gramme.tables.cluster;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.RowStore;
import io.gramme.tables.job.BackgroundJob;

/**
 * The servers that share a row store, as one of them sees the others. {@link #ALONE} stands for a server that has its
 * store to itself, and costs nothing.
 */
public interface Peers {

    /** Whether other servers share the store, or may do so later. */
    boolean areThere();

    /**
     * Announces to every server that cached state has changed. The change is stored before: a server that receives the
     * announcement reads it from the store.
     *
     * @return the number of the announcement
     */
    long announce(Bytes what);

    /** The number of the last announcement that this server has seen; it grows with each announcement of any server. */
    long lastAnnouncement();

    /**
     * Whether every server that may serve, this one included, has applied the announcements up to that number: none of
     * them is still running a request that uses older state. A server that was evicted after missed heartbeats stopped
     * serving before its eviction.
     */
    boolean haveReloaded(long number);

    /** The same pass, run only on the server that holds the lease of that work. */
    BackgroundJob.Pass leased(String work, BackgroundJob.Pass pass);

    /** The store while this server is in touch with the others; after that it refuses every call. */
    RowStore fence(RowStore store);

    /** Sets the listener that refreshes its caches on announcements. */
    void listen(Listener listener);

    /** A server without peers, now and later. */
    Peers ALONE = new Peers() {
        @Override
        public boolean areThere() {
            return false;
        }

        @Override
        public long announce(Bytes what) {
            return 0;
        }

        @Override
        public long lastAnnouncement() {
            return 0;
        }

        @Override
        public boolean haveReloaded(long number) {
            return true;
        }

        @Override
        public BackgroundJob.Pass leased(String work, BackgroundJob.Pass pass) {
            return pass;
        }

        @Override
        public RowStore fence(RowStore store) {
            return store;
        }

        @Override
        public void listen(Listener listener) {}
    };
}
