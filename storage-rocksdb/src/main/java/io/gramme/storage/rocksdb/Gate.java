package io.gramme.storage.rocksdb;

import io.gramme.storage.StorageException;
import java.util.concurrent.Semaphore;

/**
 * Knows who is inside the store, so that it is closed behind the last one: RocksDB does not forgive a call on a handle
 * that was freed.
 */
final class Gate {
    private static final int ROOM = Integer.MAX_VALUE;

    /** Given to whoever is inside; closed on leaving. */
    interface Pass extends AutoCloseable {
        @Override
        void close();
    }

    private final Semaphore room = new Semaphore(ROOM);
    private final Pass pass = room::release;
    private volatile boolean shut;

    Pass enter() {
        if (!shut && room.tryAcquire()) {
            if (!shut) {
                return pass;
            }
            room.release();
        }
        throw new StorageException("store is closed");
    }

    /** Lets nobody in any more, and waits until everybody has left. */
    void shut() {
        shut = true;
        room.acquireUninterruptibly(ROOM);
    }
}
