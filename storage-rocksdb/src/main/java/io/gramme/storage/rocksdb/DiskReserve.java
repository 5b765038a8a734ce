package io.gramme.storage.rocksdb;

import io.gramme.storage.DiskSpace;
import io.gramme.storage.OutOfSpaceException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A part of the disk that writes leave free: when less is free they are refused before they are queued, and when there
 * is a quarter more than that they are taken again.
 *
 * <p>What RocksDB does with writes that were acknowledged (to write buffers to table files, to merge those) needs the
 * reserve, and so does what makes room: while writes are refused, those that only delete, and those of the catalog, are
 * taken until a quarter of the reserve is left, so that a table can be dropped.
 *
 * <p>For any thread. Free space is looked at by {@link #sample}, several times a second, and sooner when much was
 * written.
 */
final class DiskReserve {
    static final long DEFAULT_BYTES = 256L << 20;

    private static final System.Logger LOG = System.getLogger(DiskReserve.class.getName());
    private static final int SHARE_OF_A_SMALL_DISK = 10;
    private static final long LARGEST_STEP_BYTES = 16L << 20;
    private static final long LEAST_BUFFER_BYTES = 1L << 20;
    private static final long CATALOG = 0;

    /** Bytes on a disk, for tests of another one. */
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

    /** Whether the database itself has met a full disk, so that it takes no write at all until it is opened again. */
    private volatile boolean exhausted;

    private volatile long roomAfterExhaustion;

    private volatile boolean unreadable;

    /** @param flushBytes what the database may have to write of what is in memory */
    DiskReserve(Path directory, Gauge gauge, long reserveBytes, long flushBytes) {
        this.directory = directory;
        this.gauge = gauge;
        this.reserveBytes = reserveBytes;
        this.flushBytes = flushBytes;
    }

    /** @param given the reserve; {@link #DEFAULT_BYTES} if there is none, or a tenth of a disk that is small */
    static DiskReserve of(Path directory, OptionalLong given, long flushBytes) throws IOException {
        FileStore disk = Files.getFileStore(directory);
        long standard = Math.min(DEFAULT_BYTES, disk.getTotalSpace() / SHARE_OF_A_SMALL_DISK);
        return new DiskReserve(directory, disk::getUsableSpace, given.orElse(standard), flushBytes);
    }

    /**
     * Lets a commit pass, to be queued.
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
            case Change.Put(var key, var _) -> RowCodec.store(key) == CATALOG;
            case Change.Delete _, Change.DeleteRange _ -> true;
        });
    }

    /** Notes that so much was written, and looks at the disk if it has been much. */
    void written(long bytes) {
        if (unsampledBytes.addAndGet(bytes) >= Math.min(LARGEST_STEP_BYTES, reserveBytes / 8)) {
            sample();
        }
    }

    /** Looks at the disk, and begins to refuse writes if there is too little room. */
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

    /** Notes that the database has met a full disk in spite of the reserve. */
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

    /** Notes that the database was opened again. Writes are still refused, until there is room. */
    synchronized void reopened() {
        exhausted = false;
        sample();
    }

    private void begin() {
        full = true;
        refused.set(0);
        LOG.log(
                Level.WARNING,
                "The disk is full: writes are refused until there is space again. Delete tables, or make room on the"
                        + " disk: directory=" + directory + " free=" + freeBytes + " reserve=" + reserveBytes);
    }

    boolean isFull() {
        return full;
    }

    /**
     * Whether so much is free that writes may be taken again: after the database met a full disk, more than there was
     * then, so that it does not meet it again at once.
     */
    boolean hasRoom() {
        return !exhausted && freeBytes >= Math.max(reserveBytes + reserveBytes / 4, roomAfterExhaustion);
    }

    /** Takes writes again. */
    synchronized void end() {
        full = false;
        roomAfterExhaustion = 0;
        LOG.log(
                Level.INFO,
                "The disk has space again: writes are taken: directory=" + directory + " free=" + freeBytes
                        + " reserve=" + reserveBytes + " refused=" + refused.get());
    }

    /**
     * How much may be in memory, so that the reserve is enough to write it to table files, and for the next log.
     *
     * @param wanted what there may be if the reserve is large
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
