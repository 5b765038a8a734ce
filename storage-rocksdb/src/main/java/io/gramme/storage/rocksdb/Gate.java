package io.gramme.storage.rocksdb;

import io.gramme.storage.StorageException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls that are inside the store, so that its database is closed after the last one: RocksDB does not
 * forgive a call on a freed handle.
 */
final class Gate {
    private static final int ROOM = Integer.MAX_VALUE;

    /** The token of each call that is inside; closed on leaving. */
    interface Pass extends AutoCloseable {
        @Override
        void close();
    }

    private final Semaphore room = new Semaphore(ROOM);
    private final Pass pass = room::release;
    private volatile boolean shut;

    /** Opens when the current pause is over. */
    private volatile @Nullable CountDownLatch pause;

    /** Enters; waits while there is a pause. */
    Pass enter() {
        while (!shut) {
            CountDownLatch over = pause;
            if (over != null) {
                await(over);
            } else if (room.tryAcquire()) {
                if (!shut && pause == null) {
                    return pass;
                }
                room.release();
            }
        }
        throw new StorageException("store is closed");
    }

    private static void await(CountDownLatch over) {
        boolean interrupted = false;
        while (true) {
            try {
                over.await();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes later calls wait until the pass is closed; returns when all earlier ones have left. For one thread. */
    Pass pause() {
        var over = new CountDownLatch(1);
        pause = over;
        room.acquireUninterruptibly(ROOM);
        return () -> {
            room.release(ROOM);
            pause = null;
            over.countDown();
        };
    }

    /** Refuses later calls, and returns when all earlier ones have left. */
    void shut() {
        shut = true;
        room.acquireUninterruptibly(ROOM);
    }
}
