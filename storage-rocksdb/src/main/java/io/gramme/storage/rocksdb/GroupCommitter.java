package io.gramme.storage.rocksdb;

import io.gramme.storage.OutOfSpaceException;
import io.gramme.storage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * The single writer of the database: it writes many transactions as one group.
 *
 * <p>A request thread puts its commit in a queue and parks. The committer takes all queued commits, appends them to the
 * log as one atomic write, syncs once, and wakes all threads whose commits were in it. While it syncs, the next group
 * gathers: so groups grow with the load, and no commit ever waits for a group to fill.
 *
 * <p>Invariants. Commits reach the log in the order in which they were queued, and each lies in one group wholly. A
 * commit returns normally only when it is as durable as promised. After the first failure nothing more is written: what
 * the operating system dropped with a failed sync cannot be known, so that a later sync which succeeds proves nothing.
 * The store is readable until it is opened again, and then holds a failed commit wholly or not at all. After a failure
 * for lack of space the store opens its database again by itself, and then {@link #revive}s the committer.
 *
 * <p>The road not taken: to let each request thread write, and RocksDB join them, as it does. But a virtual thread in a
 * native call pins its carrier, and with two carriers two writes at most can meet in a group. Measured when this was
 * designed, on two cores, a synced write each: 32 virtual threads that call RocksDB 5,000/s; 32 platform threads
 * 28,000/s; 32 virtual threads through a committer 40,000/s, and 128 of them 97,000/s. How much of that a machine shows
 * depends on its disk; {@code WriteRate} in the tests measures it.
 */
final class GroupCommitter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(GroupCommitter.class.getName());
    static final String FAILED = "write failed, and the store refuses writes until it is reopened";
    private static final int MAX_WAITING = 1024;
    private static final long MAX_GROUP_BYTES = 8L << 20;

    /** The log that groups are written to; called by the committer's thread only. */
    interface Log {
        /** Appends a group as one atomic write, and syncs it unless {@link #sync} is called at intervals. */
        void append(List<Commit> group) throws RocksDBException;

        /** Syncs what was appended before. */
        void sync() throws RocksDBException;
    }

    /** A queued commit and its result. */
    static final class Ticket {
        private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

        private Ticket() {}

        /**
         * Returns when the commit is as durable as promised. Is not interruptible: the caller must not answer its
         * client before the commit's fate is known.
         */
        void await() {
            try {
                done.join();
            } catch (CompletionException e) {
                if (isOutOfSpace(e.getCause())) {
                    throw new OutOfSpaceException("write failed, because the disk is full", e);
                }
                throw new StorageException(FAILED, e);
            }
        }
    }

    /** The kinds of requests to the committer's thread. */
    private enum Kind {
        COMMIT,
        /** Writes nothing, but clears the failure. */
        REVIVE,
        /** Writes nothing, but runs a task while nothing is written. */
        PAUSE,
        /** Writes nothing, but ends the thread. */
        LAST
    }

    private record Request(Kind kind, Commit commit, Ticket ticket, Runnable task) {
        static Request of(Commit commit) {
            return new Request(Kind.COMMIT, commit, new Ticket(), () -> {});
        }

        static Request without(Kind kind) {
            return pause(kind, () -> {});
        }

        static Request pause(Kind kind, Runnable task) {
            return new Request(kind, new Commit(List.of(), 0), new Ticket(), task);
        }
    }

    private final BlockingQueue<Request> queue = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Log log;
    private final Optional<Duration> syncInterval;
    private final Consumer<Throwable> onFailure;
    private final Thread thread;

    /** Written by the committer's thread alone. */
    private volatile Optional<Throwable> failure = Optional.empty();

    // The following fields belong to the committer's thread.
    private boolean unsynced;
    private long unsyncedSinceNanos;

    /**
     * @param syncInterval how often to sync; empty if {@code log} syncs each group
     * @param onFailure called by the committer's thread with the first failure, before any commit gets it
     */
    GroupCommitter(String name, Log log, Optional<Duration> syncInterval, Consumer<Throwable> onFailure) {
        this.log = log;
        this.syncInterval = syncInterval;
        this.onFailure = onFailure;
        this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /**
     * Queues a commit. A caller that awaits its ticket has awaited all that were queued before it: they are
     * acknowledged in this order, and if one fails, all after it do.
     */
    Ticket submit(Commit commit) {
        Request request = Request.of(commit);
        enqueue(request);
        return request.ticket();
    }

    void commit(Commit commit) {
        submit(commit).await();
    }

    /** The first failure, after which nothing is written. */
    Optional<Throwable> failure() {
        return failure;
    }

    static boolean isOutOfSpace(@Nullable Throwable failure) {
        if (!(failure instanceof RocksDBException e)) {
            return false;
        }
        boolean full = e.getStatus() != null && e.getStatus().getSubCode() == Status.SubCode.NoSpace;
        return full || String.valueOf(e.getMessage()).contains("Disk quota exceeded");
    }

    /**
     * Writes again after a failure, to a log that was opened again. No commit may be queued, or be built on one that
     * failed.
     */
    void revive() {
        Request request = Request.without(Kind.REVIVE);
        enqueue(request);
        request.ticket().await();
    }

    /**
     * Runs a task in the committer's thread, between two groups: everything that was queued before is written then, and
     * nothing that is queued after. What it throws passes through, and is no failure of the committer.
     *
     * @throws StorageException if a write or a sync before has failed; then the task does not run
     */
    <T> T between(Callable<T> task) throws ExecutionException {
        var future = new FutureTask<>(task);
        Request request = Request.pause(Kind.PAUSE, future);
        enqueue(request);
        request.ticket().await();
        if (future.state() == Future.State.SUCCESS) {
            return future.resultNow();
        }
        throw new ExecutionException(future.exceptionNow());
    }

    /** Writes and syncs what was queued, then ends the thread. No caller may {@link #submit} any more. */
    @Override
    public void close() {
        enqueue(Request.without(Kind.LAST));
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void enqueue(Request request) {
        boolean interrupted = false;
        while (true) {
            try {
                queue.put(request);
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (true) {
            Optional<Request> first = awaitRequest();
            if (first.isPresent() && !handle(first.get())) {
                return;
            }
            if (nanosUntilSync() <= 0) {
                attempt(this::syncIfUnsynced);
            }
        }
    }

    /** Returns whether there is more to come. */
    private boolean handle(Request request) {
        switch (request.kind()) {
            case COMMIT -> settle(gather(request));
            case REVIVE -> {
                failure = Optional.empty();
                unsynced = false;
                request.ticket().done.complete(null);
            }
            case PAUSE -> pause(request);
            case LAST -> attempt(this::syncIfUnsynced);
        }
        return request.kind() != Kind.LAST;
    }

    /** After a failure the log may lack what was acknowledged before: no task may take it for whole. */
    private void pause(Request request) {
        if (failure.isEmpty()) {
            request.task().run();
        }
        answer(request);
    }

    private void answer(Request request) {
        var done = request.ticket().done;
        failure.ifPresentOrElse(done::completeExceptionally, () -> done.complete(null));
    }

    /** The next request, or empty when it is time to sync. */
    private Optional<Request> awaitRequest() {
        while (true) {
            try {
                return Optional.ofNullable(queue.poll(nanosUntilSync(), TimeUnit.NANOSECONDS));
            } catch (InterruptedException _) {
                // The thread is the committer's own, and only its last request ends it.
            }
        }
    }

    private long nanosUntilSync() {
        if (!unsynced || syncInterval.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return syncInterval.get().toNanos() - (System.nanoTime() - unsyncedSinceNanos);
    }

    private List<Request> gather(Request first) {
        List<Request> group = new ArrayList<>();
        group.add(first);
        long bytes = first.commit().size();
        Request next = queue.peek();
        while (next != null && next.kind() == Kind.COMMIT && bytes < MAX_GROUP_BYTES) {
            group.add(queue.remove());
            bytes += next.commit().size();
            next = queue.peek();
        }
        return group;
    }

    private void settle(List<Request> group) {
        if (failure.isEmpty()) {
            attempt(() -> append(group.stream().map(Request::commit).toList()));
        }
        group.forEach(this::answer);
    }

    private void append(List<Commit> group) throws RocksDBException {
        log.append(group);
        if (syncInterval.isPresent() && !unsynced) {
            unsynced = true;
            unsyncedSinceNanos = System.nanoTime();
        }
    }

    private void syncIfUnsynced() throws RocksDBException {
        if (unsynced && failure.isEmpty()) {
            log.sync();
        }
        unsynced = false;
    }

    private interface Step {
        void run() throws RocksDBException;
    }

    /** An {@link Error} counts as well: waiting callers must be told of every failure. */
    private void attempt(Step step) {
        try {
            step.run();
        } catch (RocksDBException | RuntimeException | Error e) {
            if (failure.isEmpty()) {
                if (!isOutOfSpace(e)) {
                    LOG.log(System.Logger.Level.ERROR, FAILED, e);
                }
                onFailure.accept(e);
            }
            failure = Optional.of(e);
        }
    }
}
