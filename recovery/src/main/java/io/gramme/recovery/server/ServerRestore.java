package io.gramme.recovery.server;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Makes a data directory of a backup of a server, without a server. The files are copied, so that the backup is
 * independent of what becomes of the directory, and each is verified as it is read. The directory gets its name last: a
 * restore that is interrupted leaves {@code NAME.restoring-…} beside it, which may be deleted.
 */
public final class ServerRestore {
    private final Path backup;
    private final ServerBackupFolder.Manifest manifest;
    private final SortedMap<String, String> sums;

    private ServerRestore(Path backup, ServerBackupFolder.Manifest manifest, SortedMap<String, String> sums) {
        this.backup = backup;
        this.manifest = manifest;
        this.sums = sums;
    }

    /** Receives how far the work is. */
    public interface Progress {
        void at(long bytes, long totalBytes);
    }

    /**
     * Opens a backup.
     *
     * @throws DamagedServerBackupException if it is not complete, or its checksums are damaged
     */
    public static ServerRestore of(Path backup) throws IOException {
        ServerBackupFolder.Manifest manifest = ServerBackupFolder.manifest(backup);
        return new ServerRestore(backup, manifest, ServerBackupFolder.sums(backup, manifest));
    }

    /** Whether a directory is a complete backup of a server. */
    public static boolean isBackup(Path directory) {
        return ServerBackupFolder.isComplete(directory);
    }

    /** The data directory in the backup. */
    public Path data() {
        return backup.resolve(ServerBackupFolder.DATA);
    }

    public Instant created() {
        return manifest.created();
    }

    public long files() {
        return manifest.files();
    }

    public long bytes() {
        return manifest.bytes();
    }

    /** Compares every file with its checksum. @throws DamagedServerBackupException which names the file */
    public void verify(Progress progress) throws IOException {
        var reading = new Reading(progress);
        for (Map.Entry<String, String> each : sums.entrySet()) {
            Path file = backup.resolve(each.getKey());
            try {
                require(file, reading.files.sum(file, reading::add), each.getValue());
            } catch (NoSuchFileException _) {
                throw ServerBackupFolder.damaged(file, "the file is missing");
            }
        }
    }

    /**
     * Copies the data directory to a path that does not exist, or is an empty directory.
     *
     * @throws IOException with a message for a person
     */
    public void to(Path target, Progress progress) throws IOException {
        Path whole = target.toAbsolutePath().normalize();
        requireEmpty(whole);
        Path parent = whole.getParent();
        if (parent == null) {
            throw new IOException("the root directory cannot be a data directory");
        }
        Trees.createDurably(parent);
        // Not by the number of the process alone: in containers all have the same.
        Path draft = Files.createDirectory(parent.resolve(whole.getFileName() + ".restoring-" + UUID.randomUUID()));
        try {
            var reading = new Reading(progress);
            for (Map.Entry<String, String> each : sums.entrySet()) {
                copy(backup.resolve(each.getKey()), draft, each.getValue(), reading);
            }
            Trees.sync(draft);
            move(draft, whole);
            CopiedFile.sync(parent);
        } catch (IOException | RuntimeException e) {
            Trees.delete(draft);
            throw e;
        }
    }

    private void copy(Path file, Path draft, String sum, Reading reading) throws IOException {
        Path copy = draft.resolve(data().relativize(file).toString());
        Files.createDirectories(copy.getParent() == null ? draft : copy.getParent());
        try {
            require(file, reading.files.copy(file, copy, reading::add), sum);
        } catch (NoSuchFileException _) {
            throw ServerBackupFolder.damaged(file, "the file is missing");
        }
    }

    private static void require(Path file, String found, String expected) {
        if (!found.equals(expected)) {
            throw ServerBackupFolder.damaged(file, "its SHA-256 is another than " + ServerBackupFolder.SUMS + " says");
        }
    }

    private static void requireEmpty(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        if (!Files.isDirectory(target)) {
            throw new IOException(target + " is no directory");
        }
        try (Stream<Path> content = Files.list(target)) {
            if (content.findAny().isPresent()) {
                throw new IOException(target + " is not empty; name a directory that does not exist yet");
            }
        }
    }

    private static void move(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            throw new IOException(
                    "cannot put the data directory in place at " + target + ": " + e.getReason()
                            + "; if it is the mount point of a disk, name a directory in it",
                    e);
        }
    }

    private final class Reading {
        private final CopiedFile files = new CopiedFile();
        private final Progress progress;
        private long bytes;

        Reading(Progress progress) {
            this.progress = progress;
        }

        void add(long more) {
            bytes += more;
            progress.at(bytes, Math.max(bytes, manifest.bytes()));
        }
    }
}
