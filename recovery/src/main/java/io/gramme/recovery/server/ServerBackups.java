package io.gramme.recovery.server;

import io.gramme.core.error.ServerBackupErrors;
import io.gramme.storage.RowStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Backups of this whole server, one at a time. A request chooses the name of a directory and nothing else: all of them
 * are made in one root, which the operator chose, and none that exists is touched. So a client that can reach the
 * server cannot write anywhere else on its disks.
 *
 * <p>Safe for use by many threads.
 */
public final class ServerBackups implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ServerBackups.class.getName());
    private static final int REMEMBERED = 16;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");

    /**
     * The directories of a server.
     *
     * @param root in which backups are made
     * @param data of the store
     * @param immutable subdirectories of data whose files never change
     * @param appended subdirectories of data whose files grow
     */
    public record Place(Path root, Path data, List<String> immutable, List<String> appended) {
        public Place {
            root = root.toAbsolutePath().normalize();
            immutable = List.copyOf(immutable);
            appended = List.copyOf(appended);
        }
    }

    public enum State {
        RUNNING,
        COMPLETED,
        FAILED
    }

    /**
     * A backup that this process made or makes.
     *
     * @param totalBytes an estimate while it runs
     * @param reason why it failed
     */
    public record Status(Path directory, State state, long bytes, long totalBytes, Optional<String> reason) {}

    private final RowStore store;
    private final Optional<Place> place;
    private final String refusal;
    private final InstantSource clock;

    /** The last one that was begun. */
    private @Nullable Current current;

    /** How those before it ended, by directory: a client learns it even if another one has begun since. */
    private final SequencedMap<Path, Status> earlier = new LinkedHashMap<>();

    private boolean closed;

    private static final class Current {
        private final Path directory;
        private final ServerBackupRun run;
        private volatile State state = State.RUNNING;
        private volatile Optional<String> reason = Optional.empty();
        private @Nullable Thread thread;

        Current(Path directory, ServerBackupRun run) {
            this.directory = directory;
            this.run = run;
        }

        Status status() {
            return new Status(directory, state, run.copied(), run.total(), reason);
        }
    }

    private ServerBackups(RowStore store, Optional<Place> place, String refusal, InstantSource clock) {
        this.store = store;
        this.place = place;
        this.refusal = refusal;
        this.clock = clock;
    }

    public static ServerBackups in(Place place, RowStore store, InstantSource clock) {
        return new ServerBackups(store, Optional.of(place), "", clock);
    }

    /**
     * For a server that has no files of its own.
     *
     * @param reason as a sentence without a full stop
     */
    public static ServerBackups refused(String reason, RowStore store, InstantSource clock) {
        return new ServerBackups(store, Optional.empty(), reason, clock);
    }

    /**
     * Begins a backup.
     *
     * @param directory the name of a directory that does not exist yet, or its whole path in the root
     */
    public synchronized Status start(String directory) {
        Place chosen = place.orElseThrow(() -> ServerBackupErrors.unsupported(refusal));
        Path target = target(chosen, directory);
        if (closed || (current != null && current.state == State.RUNNING)) {
            throw ServerBackupErrors.another(current == null ? "" : current.directory.toString());
        }
        create(chosen, target);
        remember();
        var begun = new Current(target, new ServerBackupRun(store, chosen, target, clock));
        begun.thread = Thread.ofPlatform().name("gramme-server-backup").daemon().start(() -> run(begun));
        current = begun;
        return begun.status();
    }

    private void remember() {
        if (current == null) {
            return;
        }
        var _ = earlier.putLast(current.directory, current.status());
        if (earlier.size() > REMEMBERED) {
            var _ = earlier.pollFirstEntry();
        }
    }

    private static Path target(Place place, String directory) {
        try {
            Path given = Path.of(directory);
            Path whole = given.isAbsolute() ? given : place.root.resolve(given);
            Path name = whole.getFileName();
            if (name != null
                    && place.root.equals(whole.getParent())
                    && NAME.matcher(name.toString()).matches()) {
                return whole;
            }
        } catch (InvalidPathException _) {
            // It is refused as any other that cannot be a name.
        }
        throw ServerBackupErrors.outside(directory, place.root.toString());
    }

    private static void create(Place place, Path target) {
        try {
            Trees.createDurably(place.root);
            Files.createDirectory(target);
        } catch (FileAlreadyExistsException _) {
            throw ServerBackupErrors.exists(target.toString());
        } catch (IOException e) {
            throw ServerBackupErrors.cannotWrite(target.toString(), String.valueOf(e.getMessage()));
        }
    }

    private static void run(Current begun) {
        try {
            begun.run.run();
        } catch (IOException | RuntimeException | Error e) {
            fail(begun, e);
            return;
        }
        begun.state = State.COMPLETED;
        LOG.log(Level.INFO, "Backed up the server: directory=" + begun.directory + " bytes=" + begun.run.copied());
    }

    private static void fail(Current begun, Throwable cause) {
        String reason = reason(cause);
        try {
            // It is of no use, and may be what fills the disk.
            Trees.delete(begun.directory);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Cannot delete an incomplete backup of the server: cause=" + e);
        } finally {
            begun.reason = Optional.of(reason);
            begun.state = State.FAILED;
        }
        LOG.log(Level.WARNING, "The server could not be backed up: directory=" + begun.directory + " cause=" + reason);
        if (!(cause instanceof CancellationException)) {
            LOG.log(Level.DEBUG, "The cause in full", cause);
        }
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null || cause instanceof Error ? cause.toString() : message;
    }

    /** The backup in a directory, if it is one of the last that this process began. */
    public synchronized Status status(String directory) {
        Place chosen = place.orElseThrow(() -> ServerBackupErrors.unsupported(refusal));
        Path target = target(chosen, directory);
        if (current != null && current.directory.equals(target)) {
            return current.status();
        }
        return Optional.ofNullable(earlier.get(target))
                .orElseThrow(() -> ServerBackupErrors.notFound(target.toString()));
    }

    /** Ends the one that runs, and deletes its directory. */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            if (current == null) {
                return;
            }
            current.run.cancel();
            running = current.thread;
        }
        boolean interrupted = false;
        while (running != null && running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
