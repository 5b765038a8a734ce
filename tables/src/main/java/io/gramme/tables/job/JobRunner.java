package io.gramme.tables.job;

import io.gramme.core.error.ApiException;
import io.gramme.storage.OutOfSpaceException;
import io.gramme.storage.StorageException;
import io.gramme.tables.job.Job.Part;
import io.gramme.tables.job.Job.State;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the stored jobs. A pass is one round: it gives a turn to as many parts as may run at once, of all jobs in
 * rotation, waits for all of them, and ends the jobs whose parts are done. A turn is one or more steps of a part, each
 * followed by one write of its progress.
 *
 * <p>Between rounds all state of a job is in the store, apart from its rate limit and the pause after a failure: so
 * another runner over the same store resumes it, after a crash or when the lease of this work has changed hands.
 *
 * <p>One thread runs the pass; any thread may {@link #runNow} one job. A job takes part in one round at a time.
 */
public final class JobRunner implements BackgroundJob.Pass {
    private static final System.Logger LOG = System.getLogger(JobRunner.class.getName());

    /** The rest without jobs; a job of this server ends it, one of another server is found after it. */
    private static final Duration IDLE = Duration.ofSeconds(5);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration FORGET_INTERVAL = Duration.ofHours(1);

    /** The pause of a caller while the job takes part in another thread's round. */
    private static final Duration GLANCE = Duration.ofMillis(2);

    /**
     * How many parts run at once, and for how long.
     *
     * @param parts of all jobs
     * @param partsOfJob of one job
     * @param turn after this time no further step of a turn begins
     */
    public record Bounds(int parts, int partsOfJob, Duration turn) {
        static final Bounds DEFAULT = new Bounds(8, 4, Duration.ofMillis(100));

        /** One part, one step: for tests that decide what happens between two steps. */
        public static final Bounds ONE_STEP = new Bounds(1, 1, Duration.ZERO);
    }

    private final Jobs jobs;
    private final JobKinds kinds;
    private final InstantSource clock;
    private final Bounds bounds;
    private final FaultLog faults = new FaultLog();

    /** The ids of the jobs in a round. */
    private final Set<String> inRound = ConcurrentHashMap.newKeySet();

    private final Map<String, Pacing> pacings = new ConcurrentHashMap<>();

    /** How many jobs have had a turn so far. */
    private final AtomicInteger rotation = new AtomicInteger();

    private volatile Instant lastForgotten = Instant.MIN;

    public JobRunner(Jobs jobs, JobKinds kinds, InstantSource clock) {
        this(jobs, kinds, clock, Bounds.DEFAULT);
    }

    public JobRunner(Jobs jobs, JobKinds kinds, InstantSource clock, Bounds bounds) {
        this.jobs = jobs;
        this.kinds = kinds;
        this.clock = clock;
        this.bounds = bounds;
    }

    @Override
    public void wakeBy(Runnable alarm) {
        jobs.whenChanged(alarm);
    }

    @Override
    public void handOver() {
        pacings.clear();
    }

    @Override
    public Duration run() throws InterruptedException {
        List<Job> active = jobs.active();
        pacings.keySet().retainAll(active.stream().map(Job::id).toList());
        var claimed = new ArrayList<Job>();
        try {
            for (Job job : inRotation(active)) {
                if (inRound.add(job.id())) {
                    claimed.add(job);
                }
            }
            Duration rest = round(claimed.stream().map(Job::id).toList()).orElse(IDLE);
            forgetEnded();
            return rest.compareTo(IDLE) < 0 ? rest : IDLE;
        } finally {
            claimed.forEach(job -> inRound.remove(job.id()));
        }
    }

    /** All jobs, beginning with those that had no turn in the last round. */
    private List<Job> inRotation(List<Job> active) {
        if (active.isEmpty()) {
            return active;
        }
        int first = Math.floorMod(rotation.get(), active.size());
        var rotated = new ArrayList<>(active.subList(first, active.size()));
        rotated.addAll(active.subList(0, first));
        return rotated;
    }

    private void forgetEnded() {
        Instant now = clock.instant();
        if (lastForgotten.isBefore(now.minus(FORGET_INTERVAL))) {
            jobs.forgetEnded(now);
            lastForgotten = now;
        }
    }

    /**
     * Runs a job in the caller's thread until it has ended, has to wait, or the patience is over. For a server that
     * has its store to itself: elsewhere another server may be running the job.
     */
    public void runNow(String id, Duration patience) {
        long begun = System.nanoTime();
        boolean isLeft = true;
        while (isLeft && System.nanoTime() - begun < patience.toNanos()) {
            if (!inRound.add(id)) {
                LockSupport.parkNanos(GLANCE.toNanos());
                continue;
            }
            try {
                isLeft = round(List.of(id)).filter(Duration::isZero).isPresent();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                isLeft = false;
            } finally {
                inRound.remove(id);
            }
        }
        // The pass does what is left.
        jobs.changed();
    }

    /** A job in a round, with its parts that are to get a turn. */
    private static final class Attendance {
        private final Job job;
        private final JobKind kind;
        private final Pacing pacing;
        private final List<Part> waiting;
        private final List<Part> turns = new ArrayList<>();
        private final List<Outcome> outcomes = new ArrayList<>();

        private Attendance(Job job, JobKind kind, Pacing pacing, List<Part> waiting) {
            this.job = job;
            this.kind = kind;
            this.pacing = pacing;
            this.waiting = new ArrayList<>(waiting);
        }

        /** Whether all parts are done. */
        private boolean isComplete() {
            return waiting.isEmpty() && outcomes.stream().allMatch(Outcome.Done.class::isInstance);
        }
    }

    /** Gives turns to the parts of some jobs; returns how long to rest before the next round, if any is due. */
    private Optional<Duration> round(List<String> claimed) throws InterruptedException {
        var rests = new ArrayList<Duration>();
        var attending = new ArrayList<Attendance>();
        for (String id : claimed) {
            // Read again, because it may have ended before it was claimed.
            Optional<Job> found = jobs.find(id).filter(job -> !job.state().isEnd());
            Optional<JobKind> known = found.flatMap(kinds::of);
            if (found.isEmpty() || known.isEmpty()) {
                continue;
            }
            Job job = found.get();
            JobKind kind = known.get();
            Pacing pacing = pacings.computeIfAbsent(id, _ -> new Pacing(job));
            Duration wait = pacing.wait(clock.instant());
            if (job.cancelRequested()) {
                cancel(job, kind, Optional.of("Cancelled on request"));
            } else if (wait.isPositive()) {
                rests.add(wait);
            } else {
                List<Part> open =
                        jobs.parts(job).stream().filter(part -> !part.done()).toList();
                attending.add(new Attendance(job, kind, pacing, open));
            }
        }
        share(attending);
        takeTurns(attending);
        finish(attending.stream().filter(Attendance::isComplete).toList());
        attending.forEach(one -> rests.add(settle(one)));
        return rests.stream().min(Duration::compareTo);
    }

    /** Shares the turns of a round out, one part of each job after the other. */
    private void share(List<Attendance> attending) {
        int free = bounds.parts();
        boolean shared = true;
        while (free > 0 && shared) {
            shared = false;
            for (Attendance one : attending) {
                if (free > 0 && one.turns.size() < bounds.partsOfJob() && !one.waiting.isEmpty()) {
                    one.turns.add(one.waiting.removeFirst());
                    free--;
                    shared = true;
                }
            }
        }
        rotation.addAndGet(
                (int) attending.stream().filter(one -> !one.turns.isEmpty()).count());
    }

    /** The result of a turn, or of finishing a job. */
    private sealed interface Outcome {
        record Left() implements Outcome {}

        /** The part is done. */
        record Done() implements Outcome {}

        /** The job is. */
        record Complete() implements Outcome {}

        record Obsolete(String reason) implements Outcome {}

        record Failed(String reason) implements Outcome {}

        record Retry() implements Outcome {}
    }

    private void takeTurns(List<Attendance> attending) throws InterruptedException {
        var running = new ArrayList<Turn>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Attendance one : attending) {
                if (!one.turns.isEmpty() && one.job.state() == State.QUEUED) {
                    jobs.start(one.job, clock.instant());
                }
                one.turns.forEach(part -> running.add(new Turn(one, threads.submit(() -> takeTurn(one, part)))));
            }
        }
        collect(running);
    }

    private void finish(List<Attendance> complete) throws InterruptedException {
        var running = new ArrayList<Turn>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Attendance one : complete) {
                running.add(new Turn(one, threads.submit(() -> switch (one.kind.finish(one.job)) {
                    case JobKind.Ending.Complete() -> new Outcome.Complete();
                    case JobKind.Step.Obsolete(String reason) -> new Outcome.Obsolete(reason);
                })));
            }
        }
        collect(running);
    }

    /** Work on a job that is running. */
    private record Turn(Attendance one, Future<Outcome> result) {}

    private void collect(List<Turn> ended) throws InterruptedException {
        for (Turn turn : ended) {
            turn.one().outcomes.add(outcome(turn.one(), turn.result()));
        }
    }

    private Outcome takeTurn(Attendance one, Part first) throws JobFailedException {
        long begun = System.nanoTime();
        Part part = first;
        do {
            int items = one.pacing.reserve(clock.instant());
            if (items == 0) {
                return new Outcome.Left();
            }
            long spent = 0;
            try {
                JobKind.Step step = one.kind.step(one.job, part, items);
                if (step instanceof JobKind.Step.Obsolete(String reason)) {
                    return new Outcome.Obsolete(reason);
                }
                Part next = part.after(step, one.pacing.failuresToCount());
                spent = spent(step);
                if (!jobs.advance(part, next)) {
                    return new Outcome.Left();
                }
                one.pacing.succeeded();
                part = next;
            } finally {
                one.pacing.release(items - spent);
            }
        } while (!part.done() && System.nanoTime() - begun < bounds.turn().toNanos());
        return part.done() ? new Outcome.Done() : new Outcome.Left();
    }

    private static long spent(JobKind.Step step) {
        return switch (step) {
            case JobKind.Step.Advanced advanced -> advanced.spent();
            case JobKind.Step.Done(Job.Counters processed) -> processed.items();
            case JobKind.Step.Obsolete _ -> 0;
        };
    }

    private Outcome outcome(Attendance one, Future<Outcome> turn) throws InterruptedException {
        try {
            return turn.get();
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case JobFailedException failure -> new Outcome.Failed(String.valueOf(failure.getMessage()));
                case StorageException failure -> {
                    retryLater(one, failure);
                    yield new Outcome.Retry();
                }
                // The store is fenced, because this server is out of touch with the others.
                case ApiException _ -> {
                    one.pacing.failed(clock.instant(), FIRST_PAUSE, LONGEST_PAUSE);
                    yield new Outcome.Retry();
                }
                case null, default -> {
                    LOG.log(Level.ERROR, "A job failed for a reason that is a defect of Gramme: " + name(one.job), e);
                    yield new Outcome.Failed("Internal error: " + e.getCause());
                }
            };
        }
    }

    private void retryLater(Attendance one, StorageException failure) {
        one.pacing.failed(clock.instant(), FIRST_PAUSE, LONGEST_PAUSE);
        // The store has logged it if the disk is full.
        if (!(failure instanceof OutOfSpaceException)) {
            faults.report(name(one.job), failure);
        }
    }

    /** Ends a job if its outcomes say so; returns how long to rest otherwise. */
    private Duration settle(Attendance one) {
        Job job = one.job;
        for (Outcome outcome : one.outcomes) {
            switch (outcome) {
                case Outcome.Complete() -> {
                    end(job, State.COMPLETED, Optional.empty());
                    return Duration.ZERO;
                }
                case Outcome.Obsolete(String reason) -> {
                    cancel(job, one.kind, Optional.of(reason));
                    return Duration.ZERO;
                }
                case Outcome.Failed(String reason) -> {
                    fail(job, one.kind, reason);
                    return Duration.ZERO;
                }
                case Outcome.Left(), Outcome.Done(), Outcome.Retry() -> {}
            }
        }
        return one.pacing.wait(clock.instant());
    }

    private void cancel(Job job, JobKind kind, Optional<String> reason) {
        abandon(job, kind);
        end(job, State.CANCELLED, reason);
    }

    private void fail(Job job, JobKind kind, String reason) {
        LOG.log(Level.WARNING, "A job has failed: " + name(job) + " reason=\"" + reason + "\"");
        abandon(job, kind);
        end(job, State.FAILED, Optional.of(reason));
    }

    private static void abandon(Job job, JobKind kind) {
        try {
            kind.abandon(job);
        } catch (StorageException | ApiException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Cannot clean up after a job, a defect of Gramme: " + name(job), e);
        }
    }

    private void end(Job job, State state, Optional<String> reason) {
        jobs.end(job, state, reason, clock.instant());
        pacings.remove(job.id());
        lastForgotten = Instant.MIN;
    }

    private static String name(Job job) {
        return "job=" + job.id() + " kind=" + job.kind() + " table="
                + job.subject().table();
    }
}
