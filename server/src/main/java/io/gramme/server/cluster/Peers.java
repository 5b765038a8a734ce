package io.gramme.server.cluster;

import io.gramme.core.bytes.Bytes;
import io.gramme.server.job.BackgroundJob;
import io.gramme.storage.RowStore;

/**
 * The servers that share a row store, as one of them deals with the others. A server that has its store to itself is
 * {@link #ALONE}, and then none of this costs anything.
 */
public interface Peers {

    /** Whether there are, or could be, others. */
    boolean areThere();

    /**
     * Tells every server that something has changed which servers keep in memory. It has been stored before: whoever
     * hears of it reads it again.
     *
     * @return the number of the announcement
     */
    long announce(Bytes what);

    /** The number of the last announcement that this server has seen; it grows with each announcement of any server. */
    long lastAnnouncement();

    /**
     * Whether every server that may serve has taken up what was announced by that number, this one too: none of them has a
     * request under way that knows only what was before. A server that has not been heard of for so long that it is
     * struck off has ceased to serve before.
     */
    boolean haveTakenUp(long number);

    /** Where a pass is made only by whichever server holds the lease of that work. */
    BackgroundJob.Pass leased(String work, BackgroundJob.Pass pass);

    /** The store, as long as this server is in touch with the others; after that it refuses. */
    RowStore fence(RowStore store);

    /** Says who takes up what is announced. */
    void listen(Listener listener);

    /** There are no others, and will be none. */
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
        public boolean haveTakenUp(long number) {
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
