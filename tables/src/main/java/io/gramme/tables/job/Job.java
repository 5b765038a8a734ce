package io.gramme.tables.job;

import io.gramme.core.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A stored snapshot of a long piece of work on a table: it runs in bounded steps, resumes after a crash, and can be
 * watched. A job has one or more {@link Part}s, which advance independently of one another.
 *
 * <p>A job goes from QUEUED to RUNNING when its first step begins, and ends once, as COMPLETED, FAILED or CANCELLED.
 *
 * @param id follows from the token: see {@link #id}
 * @param kind the name of its {@link JobKind}
 * @param token identifies the request for this job: a second request with the same token finds the first one's job
 * @param ranges one for each part
 * @param cancelRequested whether the job ends as CANCELLED before its next step
 * @param total an estimate of the items to process, if there is one
 * @param itemsPerSecond the rate limit, if there is one
 * @param counters the sums of its parts; stored when the job ends
 * @param reason why it failed or was cancelled
 */
public record Job(
        String id,
        String kind,
        Subject subject,
        String token,
        List<Range> ranges,
        State state,
        boolean cancelRequested,
        OptionalLong total,
        OptionalLong itemsPerSecond,
        Counters counters,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> ended,
        Optional<String> reason) {

    public enum State {
        QUEUED,
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED;

        public boolean isEnd() {
            return this == COMPLETED || this == FAILED || this == CANCELLED;
        }
    }

    /**
     * What a job works on.
     *
     * @param tableId tells the table from others that had its name
     * @param resource the name of an index or attribute, or the id of a backup or export; empty if the table is all
     */
    public record Subject(String account, String region, String table, String tableId, Optional<String> resource) {}

    /** A range of partition key hashes, unsigned, both ends included. */
    public record Range(long from, long to) {}

    /**
     * A part of a job: one range, and how far it has been processed.
     *
     * @param number from 0
     * @param cursor where the next step begins, in a form of the job's kind; empty before the first step
     * @param done whether nothing is left
     */
    public record Part(String jobId, int number, Range range, Optional<Bytes> cursor, boolean done, Counters counters) {

        Part after(JobKind.Step step, long failures) {
            var failed = new Counters(0, 0, failures);
            return switch (step) {
                case JobKind.Step.Advanced(Bytes reached, Counters processed, long _) ->
                    new Part(
                            jobId,
                            number,
                            range,
                            Optional.of(reached),
                            false,
                            counters.plus(processed).plus(failed));
                case JobKind.Step.Done(Counters processed) ->
                    new Part(
                            jobId,
                            number,
                            range,
                            cursor,
                            true,
                            counters.plus(processed).plus(failed));
                case JobKind.Step.Obsolete _ -> this;
            };
        }
    }

    /** How much was processed, and how many steps failed and were repeated. */
    public record Counters(long items, long bytes, long errors) {
        public static final Counters ZERO = new Counters(0, 0, 0);

        public Counters plus(Counters other) {
            return new Counters(items + other.items, bytes + other.bytes, errors + other.errors);
        }
    }

    public Job {
        ranges = List.copyOf(ranges);
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("a job has at least one part: id=" + id);
        }
    }

    /** A job that has yet to be submitted. */
    public static Job of(String kind, Subject subject, String token, List<Range> ranges, Instant now) {
        return new Job(
                id(kind, subject, token),
                kind,
                subject,
                token,
                ranges,
                State.QUEUED,
                false,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Counters.ZERO,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** How much of its work is done, if its total is known; an estimate until the job has ended. */
    public Optional<Integer> progressPercent(Counters processed) {
        if (state == State.COMPLETED) {
            return Optional.of(100);
        }
        if (total.isEmpty()) {
            return Optional.empty();
        }
        long whole = Math.max(1, total.getAsLong());
        return Optional.of((int) Math.min(99, processed.items * 100 / whole));
    }

    /** The id of the job of a token: a UUID. */
    public static String id(String kind, Subject subject, String token) {
        String identity = String.join("\0", kind, subject.account, subject.region, token);
        return UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString();
    }

    public Job withTotal(long items) {
        return changed(draft -> draft.total = OptionalLong.of(items));
    }

    public Job withItemsPerSecond(long rate) {
        if (rate < 1) {
            throw new IllegalArgumentException("itemsPerSecond=" + rate);
        }
        return changed(draft -> draft.itemsPerSecond = OptionalLong.of(rate));
    }

    Job cancelling() {
        return changed(draft -> draft.cancelRequested = true);
    }

    Job starting(Instant now) {
        return changed(draft -> {
            draft.state = State.RUNNING;
            draft.started = started.or(() -> Optional.of(now));
        });
    }

    Job ending(State end, Optional<String> why, Counters sums, Instant now) {
        return changed(draft -> {
            draft.state = end;
            draft.counters = sums;
            draft.ended = Optional.of(now);
            draft.reason = why;
        });
    }

    private Job changed(Consumer<Draft> edit) {
        var draft = new Draft(this);
        edit.accept(draft);
        return draft.job();
    }

    /** A job while it is changed: the members that may differ from those of the job before. */
    private static final class Draft {
        private final Job before;
        private State state;
        private boolean cancelRequested;
        private OptionalLong total;
        private OptionalLong itemsPerSecond;
        private Counters counters;
        private Optional<Instant> started;
        private Optional<Instant> ended;
        private Optional<String> reason;

        Draft(Job before) {
            this.before = before;
            this.state = before.state;
            this.cancelRequested = before.cancelRequested;
            this.total = before.total;
            this.itemsPerSecond = before.itemsPerSecond;
            this.counters = before.counters;
            this.started = before.started;
            this.ended = before.ended;
            this.reason = before.reason;
        }

        Job job() {
            return new Job(
                    before.id,
                    before.kind,
                    before.subject,
                    before.token,
                    before.ranges,
                    state,
                    cancelRequested,
                    total,
                    itemsPerSecond,
                    counters,
                    before.created,
                    started,
                    ended,
                    reason);
        }
    }

    /** The parts of the job before any step. */
    List<Part> newParts() {
        return IntStream.range(0, ranges.size())
                .mapToObj(number -> new Part(id, number, ranges.get(number), Optional.empty(), false, Counters.ZERO))
                .toList();
    }
}
