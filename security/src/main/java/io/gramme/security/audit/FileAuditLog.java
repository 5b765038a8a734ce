package io.gramme.security.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.gramme.tables.table.RandomIds;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;

/**
 * An audit log in files, one of which is written to.
 *
 * <p>The record of a change of the control plane is synced to the disk before {@link #record} returns. Others are written
 * to the operating system, and synced with the next change, when the file is full, and at the end: a loss of power may
 * take the last of them, a death of the process none.
 *
 * <p>A reserve file holds room for the records of changes that have begun. When the disk is full it is given up, and
 * until it can be made again, changes are refused; other requests go on without records, and how many they were is
 * recorded afterwards.
 *
 * <p>Safe for use by many threads: they write one after the other.
 */
public final class FileAuditLog implements AuditLog {
    private static final System.Logger LOG = System.getLogger(FileAuditLog.class.getName());

    private static final String FULL =
            "The audit log of this server cannot be written, because its disk is full or has failed: changes are refused"
                    + " until it can be, please retry";

    private static final int RESERVE_BYTES = 1 << 20;
    private static final long NEXT_TRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AuditFiles files;
    private final InstantSource clock;
    private final RandomIds ids;

    private FileChannel channel;
    private String last;
    private long number;
    private long lost;
    private boolean closed;

    /** Whether events find no room. */
    private volatile boolean failed;

    private long failedSince;

    private FileAuditLog(AuditFiles files, InstantSource clock, RandomIds ids) throws IOException {
        this.files = files;
        this.clock = clock;
        this.ids = ids;
        this.channel = open();
        AuditTail.Tail tail = AuditTail.of(files.current());
        if (tail.whole() < channel.size()) {
            // A death of the process cut a line, whose request was never answered.
            LOG.log(Level.WARNING, "The audit log ended within a line, which is removed");
            channel.truncate(tail.whole());
        }
        channel.position(tail.whole());
        if (tail.whole() > 0) {
            number = AuditVerification.number(files.current())
                    .orElseThrow(() -> new IOException("it is not an audit log of Gramme"));
            last = tail.hash();
        } else {
            SortedMap<Long, Path> full = files.allFull();
            number = full.isEmpty() ? 0 : full.lastKey();
            last = full.isEmpty()
                    ? AuditChain.BEGINNING
                    : AuditTail.of(files.full(number)).hash();
            begin();
        }
        reserve();
    }

    /**
     * Opens a log, and goes on where it ended.
     *
     * @throws IOException with a message for the user, if it cannot be written
     */
    public static FileAuditLog open(AuditFiles files, InstantSource clock, RandomIds ids) throws IOException {
        try {
            Path directory = files.current().toAbsolutePath().getParent();
            Files.createDirectories(directory);
            return new FileAuditLog(files, clock, ids);
        } catch (IOException e) {
            throw new IOException("cannot use the audit log " + files.current() + ": " + e.getMessage(), e);
        }
    }

    private FileChannel open() throws IOException {
        Path file = files.current();
        if (!Files.exists(file)
                && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        }
        return FileChannel.open(file, CREATE, READ, WRITE);
    }

    /** Begins a file with the hash that the one before it ended with. */
    private void begin() throws IOException {
        append(AuditLine.header(number + 1, last, clock.instant()));
        number++;
        channel.force(true);
    }

    @Override
    public void record(AuditEvent event) {
        if (event.plane() == AuditEvent.Plane.DATA && !files.dataEvents()) {
            return;
        }
        String line = AuditLine.of(event, ids.next());
        synchronized (this) {
            if (closed) {
                return;
            }
            if (failed) {
                tryAgain();
            }
            if (failed && !event.isChange()) {
                lost++;
                return;
            }
            try {
                write(line, event.isChange());
            } catch (IOException e) {
                fail(e);
                // The reserve has room for what has begun.
                if (event.isChange()) {
                    retry(line);
                } else {
                    lost++;
                }
            }
        }
    }

    private void write(String line, boolean synced) throws IOException {
        if (channel.position() >= files.bytes()) {
            turn();
        }
        if (channel.position() == 0) {
            begin();
        }
        append(line);
        if (synced) {
            channel.force(false);
        }
    }

    private void append(String object) throws IOException {
        AuditChain.Link link = AuditChain.link(last, object);
        long begin = channel.position();
        ByteBuffer bytes = ByteBuffer.wrap((link.text() + "\n").getBytes(UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            // A part of a line would break the chain.
            channel.truncate(begin);
            channel.position(begin);
            throw e;
        }
        last = link.hash();
    }

    /** Puts the full file aside, and begins the next. */
    private void turn() throws IOException {
        channel.force(true);
        Path full = files.full(number);
        Files.move(files.current(), full, StandardCopyOption.ATOMIC_MOVE);
        FileChannel ended = channel;
        channel = open();
        ended.close();
        begin();
        List<Path> kept = new ArrayList<>(files.allFull().values());
        for (Path old : kept.subList(0, Math.max(0, kept.size() - files.number()))) {
            Files.deleteIfExists(old);
        }
    }

    private void retry(String line) {
        try {
            write(line, true);
        } catch (IOException e) {
            lost++;
            LOG.log(Level.ERROR, "A change is not in the audit log", e);
        }
    }

    private void fail(IOException cause) {
        failedSince = System.nanoTime();
        if (!failed) {
            failed = true;
            LOG.log(Level.ERROR, "The audit log cannot be written: changes are refused: " + cause.getMessage());
        }
        try {
            Files.deleteIfExists(files.reserve());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The reserve of the audit log cannot be given up: " + e.getMessage());
        }
    }

    @Override
    public Optional<String> impairment() {
        if (!failed) {
            return Optional.empty();
        }
        synchronized (this) {
            tryAgain();
            return failed ? Optional.of(FULL) : Optional.empty();
        }
    }

    private void tryAgain() {
        if (!failed || closed || System.nanoTime() - failedSince < NEXT_TRY_NANOS) {
            return;
        }
        try {
            reserve();
            if (lost > 0) {
                write(AuditLine.lost(lost, clock.instant()), true);
                lost = 0;
            }
            failed = false;
            LOG.log(Level.INFO, "The audit log can be written again");
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Takes room on the disk, with bytes that are written: others would not take it. */
    private void reserve() throws IOException {
        try (FileChannel out = FileChannel.open(files.reserve(), CREATE, WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
            while (out.position() < RESERVE_BYTES) {
                out.write(zeros.clear());
            }
            out.force(true);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (FileChannel open = channel) {
            open.force(true);
            Files.deleteIfExists(files.reserve());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The audit log was not closed in order", e);
        }
    }
}
