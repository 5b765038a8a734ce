package io.gramme.recovery.server;

import io.gramme.storage.Checkpoint;
import io.gramme.storage.RowStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes one backup of a server: a checkpoint of the store, and the files beside it that its records name.
 *
 * <p>The files of table backups are copied before the checkpoint and after it, so that each backup that the checkpoint
 * knows has its files, even if it is sealed or deleted meanwhile.
 */
final class ServerBackupRun {
    private final RowStore store;
    private final ServerBackups.Place place;
    private final Path target;
    private final InstantSource clock;
    private final TreeMap<String, String> sums = new TreeMap<>();
    private final AtomicLong copied = new AtomicLong();
    private volatile long total;
    private volatile boolean cancelled;

    ServerBackupRun(RowStore store, ServerBackups.Place place, Path target, InstantSource clock) {
        this.store = store;
        this.place = place;
        this.target = target;
        this.clock = clock;
    }

    /** The bytes that were read of {@link #total}. */
    long copied() {
        return copied.get();
    }

    /** Zero until it is known. */
    long total() {
        return total;
    }

    /** Lets {@link #run} end soon, with a CancellationException. */
    void cancel() {
        cancelled = true;
    }

    /** Fills the directory, which exists and is empty. */
    void run() throws IOException {
        Path data = Files.createDirectory(target.resolve(ServerBackupFolder.DATA));
        copyBeside(data);
        try (Checkpoint checkpoint = store.checkpoint().orElseThrow()) {
            var created = clock.instant();
            List<Path> files = Trees.files(checkpoint.directory());
            total = copied.get() + bytes(files);
            for (Path file : files) {
                copy(file, data.resolve(checkpoint.directory().relativize(file)), false);
            }
            copyBeside(data);
            ServerBackupFolder.complete(target, sums, created, checkpoint.version(), copied.get());
        }
    }

    private static long bytes(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private void copyBeside(Path data) throws IOException {
        for (String name : place.immutable()) {
            copyTree(name, data, false);
        }
        for (String name : place.appended()) {
            copyTree(name, data, true);
        }
    }

    /** @param growing whether the files are appended to, so that they are copied, and the last copy counts */
    private void copyTree(String name, Path data, boolean growing) throws IOException {
        for (Path file : Trees.files(place.data().resolve(name))) {
            Path copy = data.resolve(place.data().relativize(file));
            if (isDraft(place.data().relativize(file)) || (!growing && Files.exists(copy))) {
                continue;
            }
            Files.deleteIfExists(copy);
            try {
                copy(file, copy, growing);
            } catch (NoSuchFileException _) {
                // It was deleted meanwhile.
                Files.deleteIfExists(copy);
            }
        }
    }

    /** Whether a file is in a hidden directory, as uploads are before they are complete. */
    private static boolean isDraft(Path file) {
        for (Path name : file) {
            if (name.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private void copy(Path from, Path to, boolean growing) throws IOException {
        Path parent = to.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        String sum = growing ? CopiedFile.copy(from, to, this::read) : CopiedFile.link(from, to, this::read);
        sums.put(target.relativize(to).toString().replace('\\', '/'), sum);
    }

    private void read(long bytes) {
        if (cancelled) {
            throw new CancellationException("The server was stopped before the backup was complete");
        }
        total = Math.max(total, copied.addAndGet(bytes));
    }
}
