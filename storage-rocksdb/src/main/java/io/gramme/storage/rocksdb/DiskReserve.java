package io.gramme.storage.rocksdb;

import io.gramme.storage.DiskSpace;
import io.gramme.storage.OutOfSpaceException;
import io.gramme.storage.TablespaceId;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The part of the disk that writes leave free: when less is free, writes are refused before they are queued, and when a
 * quarter more than that is free, they are accepted again.
 *
 * <p>RocksDB needs the reserve for its work on acknowledged writes (flushing write buffers to table files, compacting
 * those), and so do the calls that free space: while writes are refused, those that only delete, and those of the
 * catalog, are accepted until a quarter of the reserve is left, so that a table can be dropped.
 *
 * <p>For any thread. {@link #sample} measures the free space several times a second, and sooner when much was written.
 */
final class DiskReserve {
    static final long DEFAULT_BYTES = 256L << 20;

    private static final System.Logger LOG = System.getLogger(DiskReserve.class.getName());
    private static final int SHARE_OF_A_SMALL_DISK = 10;
    private static final long LARGEST_STEP_BYTES = 16L << 20;
    private static final long LEAST_BUFFER_BYTES = 1L << 20;
    /** Measures free bytes on a disk; tests replace it. */
    interface Gauge {
        long freeBytes() throws IOException;
    }

    private final Path directory;
    private final Gauge gauge;
    private final long reserveBytes;
    private final long flushBytes;
    private final AtomicLong unsampledBytes = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile long freeBytes = Long.MAX_VALUE;

    /** Whether writes are refused. */
    private volatile boolean full;

    /** Whether the database itself has met a full disk, so that it accepts no write at all until it is opened again. */
    private volatile boolean exhausted;

    private volatile long roomAfterExhaustion;

    private volatile boolean unreadable;

    /** @param flushBytes the most bytes in memory that the database may have to write */
    DiskReserve(Path directory, Gauge gauge, long reserveBytes, long flushBytes) {
        this.directory = directory;
        this.gauge = gauge;
        this.reserveBytes = reserveBytes;
        this.flushBytes = flushBytes;
    }

    /** @param given the reserve; if empty, {@link #DEFAULT_BYTES}, or a tenth of a small disk */
    static DiskReserve of(Path directory, OptionalLong given, long flushBytes) throws IOException {
        FileStore disk = Files.getFileStore(directory);
        long standard = Math.min(DEFAULT_BYTES, disk.getTotalSpace() / SHARE_OF_A_SMALL_DISK);
        return new DiskReserve(directory, disk::getUsableSpace, given.orElse(standard), flushBytes);
    }

    /**
     * Admits a commit to the queue.
     *
     * @throws OutOfSpaceException if there is no room for it
     */
    void admit(Commit commit) {
        if (!full) {
            return;
        }
        if (exhausted || freeBytes < reserveBytes / 4 || !makesRoom(commit)) {
            refused.incrementAndGet();
            throw new OutOfSpaceException(text());
        }
    }

    private static boolean makesRoom(Commit commit) {
        return commit.changes().stream().allMatch(change -> switch (change) {
            case Change.Put(var _, var key, var _, var _) ->
                RowCodec.tablespace(key).equals(TablespaceId.CATALOG);
            case Change.Retain _ -> false;
            case Change.Delete _, Change.DeleteRange _ -> true;
        });
    }

    /** Counts the bytes written, and measures the free space if they are many. */
    void written(long bytes) {
        if (unsampledBytes.addAndGet(bytes) >= Math.min(LARGEST_STEP_BYTES, reserveBytes / 8)) {
            sample();
        }
    }

    /** Measures the free space, and begins to refuse writes if there is too little. */
    synchronized void sample() {
        try {
            unsampledBytes.set(0);
            freeBytes = gauge.freeBytes();
            unreadable = false;
        } catch (IOException e) {
            if (!unreadable) {
                LOG.log(Level.WARNING, "free disk space cannot be read: directory=" + directory + " cause=" + e);
            }
            unreadable = true;
            return;
        }
        if (!full && freeBytes < reserveBytes) {
            begin();
        }
    }

    /** Records that the database has met a full disk in spite of the reserve. */
    synchronized void exhaust() {
        sample();
        exhausted = true;
        roomAfterExhaustion = freeBytes + flushBytes / 4;
        if (!full) {
            begin();
        }
    }

    /** Refuses every write until {@link #reopened}. */
    synchronized void hold() {
        exhausted = true;
    }

    /** Records that the database was opened again. Writes are still refused, until there is room. */
    synchronized void reopened() {
        exhausted = false;
        sample();
    }

    private void begin() {
        full = true;
        refused.set(0);
        LOG.log(
                Level.WARNING,
                "The disk is full: writes are refused until there is space again. Delete tables, or free space on the"
                        + " disk: directory=" + directory + " free=" + freeBytes + " reserve=" + reserveBytes);
    }

    boolean isFull() {
        return full;
    }

    /**
     * Whether enough is free to accept writes again: after the database met a full disk, more than there was then, so
     * that it does not meet it again at once.
     */
    boolean hasRoom() {
        return !exhausted && freeBytes >= Math.max(reserveBytes + reserveBytes / 4, roomAfterExhaustion);
    }

    /** Accepts writes again. */
    synchronized void end() {
        full = false;
        roomAfterExhaustion = 0;
        LOG.log(
                Level.INFO,
                "The disk has space again: writes are accepted: directory=" + directory + " free=" + freeBytes
                        + " reserve=" + reserveBytes + " refused=" + refused.get());
    }

    /**
     * The size of the write buffers for which the reserve is enough to flush them to table files, and for the next log.
     *
     * @param wanted the size if the reserve is large
     */
    long writeBufferBytes(long wanted) {
        return reserveBytes == 0 ? wanted : Math.min(wanted, Math.max(LEAST_BUFFER_BYTES, reserveBytes / 2));
    }

    long freeBytes() {
        return freeBytes;
    }

    DiskSpace space() {
        return new DiskSpace(freeBytes, reserveBytes, full);
    }

    String text() {
        return "disk is full, writes are refused until there is space again: directory=" + directory + " free="
                + freeBytes + " reserve=" + reserveBytes;
    }
}
