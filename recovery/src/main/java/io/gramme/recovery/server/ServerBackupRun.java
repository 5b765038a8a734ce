package io.gramme.recovery.server;

import io.gramme.storage.Checkpoint;
import io.gramme.storage.RowStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes one backup of a server: a checkpoint of the store, and the files beside it that its records name.
 *
 * <p>The files of table backups are copied before the checkpoint and after it, so that each backup that the checkpoint
 * knows has its files, even if it is sealed, written again or deleted meanwhile.
 */
final class ServerBackupRun {
    /** A copy that does not have its place yet. */
    private static final String PART = "part";

    private final RowStore store;
    private final ServerBackups.Place place;
    private final Path target;
    private final InstantSource clock;
    private final TreeMap<String, String> sums = new TreeMap<>();
    private final CopiedFile files = new CopiedFile();

    /** What was copied beside the store, by the copy. */
    private final Map<Path, State> states = new HashMap<>();

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
            List<Path> rows = Trees.files(checkpoint.directory());
            total = copied.get() + bytes(rows);
            for (Path file : rows) {
                copy(file, data.resolve(checkpoint.directory().relativize(file)));
            }
            copyBeside(data);
            ServerBackupFolder.complete(target, sums, created, checkpoint.version(), copied.get());
        }
    }

    private static long bytes(List<Path> all) throws IOException {
        long bytes = 0;
        for (Path file : all) {
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
        for (Path file : Trees.visibleFiles(place.data().resolve(name))) {
            Path copy = data.resolve(place.data().relativize(file));
            try {
                State state = State.of(file);
                if (growing || !state.equals(states.get(copy))) {
                    replace(file, copy, growing);
                    states.put(copy, state);
                }
            } catch (NoSuchFileException _) {
                // It was deleted meanwhile; an earlier copy stays, as of a file that is deleted a moment later.
            }
        }
    }

    /** A file as it was before it was copied. One under the same name that replaced it has another state. */
    private record State(long bytes, FileTime modified, Optional<Object> file) {
        static State of(Path file) throws IOException {
            var found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new State(found.size(), found.lastModifiedTime(), Optional.ofNullable(found.fileKey()));
        }
    }

    /** Copies a file in place of an earlier copy, which stays if that fails. */
    private void replace(Path from, Path to, boolean growing) throws IOException {
        Path part = target.resolve(PART);
        try {
            String sum = copied(from, part, growing);
            createParent(to);
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
            sums.put(name(to), sum);
        } finally {
            // A move of a link onto a link of the same file leaves it.
            Files.deleteIfExists(part);
        }
    }

    private void copy(Path from, Path to) throws IOException {
        createParent(to);
        sums.put(name(to), copied(from, to, false));
    }

    private String copied(Path from, Path to, boolean growing) throws IOException {
        return growing ? files.copy(from, to, this::read) : files.link(from, to, this::read);
    }

    private String name(Path copy) {
        return target.relativize(copy).toString().replace('\\', '/');
    }

    private static void createParent(Path copy) throws IOException {
        Path parent = copy.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    private void read(long bytes) {
        if (cancelled) {
            throw new CancellationException("The server was stopped before the backup was complete");
        }
        total = Math.max(total, copied.addAndGet(bytes));
    }
}
