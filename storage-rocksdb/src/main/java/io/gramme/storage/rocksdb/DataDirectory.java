package io.gramme.storage.rocksdb;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.gramme.storage.Durability;
import io.gramme.storage.StorageException;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory of a store: its lock, its format number and its database.
 *
 * <pre>
 * LOCK        locked while a process has the store open; holds its process id
 * FORMAT      "gramme-rocksdb 4": the kind of the directory, and the version of its layout
 * FORMAT.new  in its place while the directory is being made
 * SYNCED      up to where the log of the database was synced, see {@link SyncMark}
 * FORMAT.next the next FORMAT while the directory is being upgraded
 * db          the files of RocksDB
 * checkpoint  a copy of SYNCED, FORMAT and db as of one moment, while a backup of the whole store is made
 * lost-log-N  what was cut off a damaged log from change N on, see {@link LogRecovery}
 * </pre>
 *
 * <p>A directory is made in this order: LOCK, FORMAT.new, db, and then FORMAT.new becomes FORMAT, each on the disk
 * before the next. So after a crash at any point a directory without FORMAT holds nothing that was ever acknowledged,
 * and is made anew; and in a directory with FORMAT a missing database is damage, never mistaken for a fresh start.
 *
 * <p>Layouts so far: in 1 the rows of items hold bare items. In 2 they may also hold tombstones and origins; every row
 * of 1 is a row of 2. In 3 the records of logs lie in a column family of their own, and so do the images of rows; an
 * upgrade moves the records ({@link LogUpgrade}). In 4 values may be sealed, as a row of the store says; every directory of 3 is one of 4,
 * and an upgrade writes FORMAT alone. FORMAT changes last, and an older Gramme refuses the directory from then on.
 */
final class DataDirectory implements AutoCloseable {
    private static final String FORMAT_NAME = "gramme-rocksdb";
    private static final int FORMAT_VERSION = 4;

    /** The first with the column families of today: it can be read as it is. */
    private static final int FAMILIES_VERSION = 3;

    private static final Pattern FORMAT_TEXT = Pattern.compile("(\\S+) (\\d{1,9})\n");

    private static final String LOCK = "LOCK";
    private static final String FORMAT = "FORMAT";
    private static final String FORMAT_NEW = "FORMAT.new";
    private static final String SYNCED = "SYNCED";
    private static final String FORMAT_NEXT = "FORMAT.next";
    private static final String DATABASE = "db";
    private static final String CHECKPOINT = "checkpoint";

    /**
     * The directories that this process has open. A file lock does not exclude its own process: on POSIX systems merely
     * closing a second channel would release it.
     */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Path identity;
    private final FileChannel lock;
    private boolean complete;

    /** The version of the layout that the directory had when it was opened. */
    private int found = FORMAT_VERSION;

    private DataDirectory(Path directory, Path identity, FileChannel lock) {
        this.directory = directory;
        this.identity = identity;
        this.lock = lock;
    }

    /** Locks the directory, creating it if need be, and checks its format. */
    static DataDirectory open(Path directory) {
        try {
            createDurably(directory);
            requireOursOrEmpty(directory);
            DataDirectory opened = lock(directory);
            try {
                opened.prepare();
                return opened;
            } catch (IOException | RuntimeException e) {
                opened.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StorageException(
                    "data directory cannot be opened: directory=" + directory + " reason=" + reason(e), e);
        }
    }

    Path path() {
        return directory;
    }

    Path database() {
        return databaseOf(directory);
    }

    Path syncMark() {
        return syncMarkOf(directory);
    }

    static Path syncMarkOf(Path directory) {
        return directory.resolve(SYNCED);
    }

    /** Makes the directory of a checkpoint, empty. */
    Path createCheckpoint() throws IOException {
        removeCheckpoint();
        return Files.createDirectory(checkpoint());
    }

    /**
     * Makes a directory with the database of a checkpoint complete, so that it can be opened as a data directory.
     *
     * @param sequence of the last change in its log
     */
    static void completeCheckpoint(Path checkpoint, long sequence, Durability durability) throws IOException {
        try (var mark = SyncMark.open(checkpoint.resolve(SYNCED), durability)) {
            mark.move(sequence, true);
        }
        writeFormat(checkpoint.resolve(FORMAT));
    }

    static Path databaseOf(Path directory) {
        return directory.resolve(DATABASE);
    }

    void removeCheckpoint() throws IOException {
        removeAll(checkpoint());
    }

    private Path checkpoint() {
        return directory.resolve(CHECKPOINT);
    }

    /** Whether the database exists, as opposed to still having to be made. */
    boolean isComplete() {
        return complete;
    }

    /** Records that the database has been made. */
    void complete() {
        try {
            sync(directory);
            Files.move(directory.resolve(FORMAT_NEW), directory.resolve(FORMAT), StandardCopyOption.ATOMIC_MOVE);
            sync(directory);
            complete = true;
        } catch (IOException e) {
            throw new StorageException("data directory cannot be made: directory=" + directory, e);
        }
    }

    /** Whether the layout is an older one, so that {@link #upgrade} must come before any write. */
    boolean isOutdated() {
        return found < FORMAT_VERSION;
    }

    /** Whether the log records still lie among the rows, and column families are missing. */
    boolean lacksFamilies() {
        return found < FAMILIES_VERSION;
    }

    /**
     * Records that the directory has the newest layout. A crash before this ends leaves the older one, to be upgraded
     * again.
     */
    void upgrade() {
        try {
            writeFormat(directory.resolve(FORMAT_NEXT));
            Files.move(directory.resolve(FORMAT_NEXT), directory.resolve(FORMAT), StandardCopyOption.ATOMIC_MOVE);
            sync(directory);
            found = FORMAT_VERSION;
        } catch (IOException e) {
            throw new StorageException("data directory cannot be upgraded: directory=" + directory, e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StorageException("data directory cannot be unlocked: directory=" + directory, e);
        } finally {
            OPEN.remove(identity);
        }
    }

    /**
     * Locks an existing directory against a process that would write it, and changes nothing in it.
     *
     * @return closes the lock
     * @throws StorageException if it is not a complete data directory of a layout that is read as it is, or in use
     */
    static Closeable openForReading(Path directory) throws IOException {
        Path format = directory.resolve(FORMAT);
        if (!Files.isRegularFile(format)) {
            throw new StorageException(
                    "not a data directory of Gramme: it has no file " + FORMAT + ": directory=" + directory);
        }
        int version = readableVersion(directory, Files.readString(format, StandardCharsets.ISO_8859_1));
        if (version < FAMILIES_VERSION) {
            throw new StorageException("data directory has an older format; serve it once, which upgrades it:"
                    + " directory=" + directory + " found=" + version + " expected=" + FORMAT_VERSION);
        }
        Path lock = directory.resolve(LOCK);
        if (OPEN.contains(directory.toRealPath())) {
            throw inUse(directory, Long.toString(ProcessHandle.current().pid()));
        }
        if (!Files.exists(lock)) {
            // It was copied here, and never opened.
            return () -> {};
        }
        FileChannel channel = FileChannel.open(lock, READ);
        if (channel.tryLock(0, Long.MAX_VALUE, true) == null) {
            String holder = read(channel);
            channel.close();
            throw inUse(directory, holder);
        }
        return channel;
    }

    private static void createDurably(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent == null || Files.isDirectory(directory)) {
            return;
        }
        createDurably(parent);
        Files.createDirectories(directory);
        sync(parent);
    }

    /** The operating system's reason, since the JDK leaves the commonest reasons to the class of the exception. */
    private static String reason(IOException e) {
        String file = e instanceof FileSystemException fault && fault.getFile() != null ? ": " + fault.getFile() : "";
        return switch (e) {
            case FileAlreadyExistsException _ -> "not a directory" + file;
            case NotDirectoryException _ -> "not a directory" + file;
            case AccessDeniedException _ -> "permission denied" + file;
            case NoSuchFileException _ -> "no such file or directory" + file;
            case FileSystemException fault when fault.getReason() != null -> fault.getReason() + file;
            default -> String.valueOf(e.getMessage());
        };
    }

    /** Checked before anything is written there, even a lock. */
    private static void requireOursOrEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            boolean ours = names.contains(FORMAT) || names.contains(FORMAT_NEW);
            if (!ours && !names.isEmpty() && !names.equals(List.of(LOCK))) {
                throw new StorageException("data directory holds files that are not Gramme's; name an empty one:"
                        + " directory=" + directory + " found=" + names.getFirst());
            }
        }
    }

    private static DataDirectory lock(Path directory) throws IOException {
        Path identity = directory.toRealPath();
        if (!OPEN.add(identity)) {
            throw inUse(directory, Long.toString(ProcessHandle.current().pid()));
        }
        try {
            return new DataDirectory(directory, identity, lockFile(directory));
        } catch (IOException | RuntimeException e) {
            OPEN.remove(identity);
            throw e;
        }
    }

    private static FileChannel lockFile(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(directory.resolve(LOCK), CREATE, READ, WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(directory, read(channel));
            }
            channel.truncate(0);
            write(channel, Long.toString(ProcessHandle.current().pid()));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static StorageException inUse(Path directory, String holder) {
        return new StorageException(
                "data directory is in use; stop the process that uses it, or name another directory:" + " directory="
                        + directory + " process=" + holder);
    }

    private void prepare() throws IOException {
        // A process that was killed left it.
        removeCheckpoint();
        Path format = directory.resolve(FORMAT);
        if (Files.exists(format)) {
            found = readableVersion(directory, Files.readString(format, StandardCharsets.ISO_8859_1));
            complete = true;
            return;
        }
        Files.deleteIfExists(syncMark());
        removeAll(database());
        writeFormat(directory.resolve(FORMAT_NEW));
        sync(directory);
    }

    private static void writeFormat(Path file) throws IOException {
        try (var channel = FileChannel.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
            write(channel, FORMAT_NAME + " " + FORMAT_VERSION + "\n");
            channel.force(true);
        }
    }

    private static int readableVersion(Path directory, String text) {
        Matcher format = FORMAT_TEXT.matcher(text);
        if (!format.matches()) {
            throw new StorageException("data directory has a damaged FORMAT file; restore it from a backup:"
                    + " directory=" + directory + " expected=\"" + FORMAT_NAME + " " + FORMAT_VERSION + "\"");
        }
        if (!format.group(1).equals(FORMAT_NAME)) {
            throw new StorageException("data directory is of another kind; name another directory:" + " directory="
                    + directory + " found=" + format.group(1) + " expected=" + FORMAT_NAME);
        }
        int version = Integer.parseInt(format.group(2));
        if (version < 1 || version > FORMAT_VERSION) {
            throw new StorageException("data directory was written by a newer version of Gramme; use that one:"
                    + " directory=" + directory + " found=" + version + " supported=" + FORMAT_VERSION);
        }
        return version;
    }

    private static void removeAll(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String read(FileChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(32);
        channel.read(buffer, 0);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
    }

    private static void write(FileChannel channel, String text) throws IOException {
        var buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Makes the names in a directory durable. Windows has no such call, and needs none. */
    static void sync(Path directory) throws IOException {
        if (File.separatorChar == '\\') {
            return;
        }
        try (var channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }
}
