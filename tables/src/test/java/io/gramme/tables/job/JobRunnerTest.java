package io.gramme.tables.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.job.Job.Counters;
import io.gramme.tables.job.Job.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Jobs over a memory store, in virtual time: a pass runs when the test says so. */
class JobRunnerTest implements InstantSource {
    private static final int ITEMS = 200;

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final RowStore store = new MemoryStore(this);
    private final Jobs jobs = new Jobs(store);
    private final CopyKind copies = new CopyKind(store, 10);
    private final JobKinds kinds = new JobKinds(List.of(copies));
    private final JobRunner runner = new JobRunner(jobs, kinds, this, JobRunner.Bounds.ONE_STEP);

    JobRunnerTest() {
        CopyKind.fill(store, ITEMS);
    }

    @Override
    public Instant instant() {
        return now;
    }

    private Job submit(String table, int parts) {
        return jobs.submit(CopyKind.job(table, parts, now));
    }

    private Job find(Job job) {
        return jobs.find(job.id()).orElseThrow();
    }

    /** Passes, each after the rest that the one before has returned. */
    private void runUntilEnd(JobRunner one, Job job) throws InterruptedException {
        for (int passes = 0; !find(job).state().isEnd(); passes++) {
            assertThat(passes).isLessThan(10_000);
            now = now.plus(one.run());
        }
    }

    @Test
    void aJobRunsToItsEnd() throws Exception {
        Job job = submit("orders", 3);
        assertThat(find(job).state()).isEqualTo(State.QUEUED);

        assertThat(runner.run()).isZero();
        assertThat(find(job).state()).isEqualTo(State.RUNNING);
        assertThat(jobs.counters(find(job))).isEqualTo(new Counters(10, 10, 0));
        runUntilEnd(runner, job);

        Job ended = find(job);
        assertThat(ended.state()).isEqualTo(State.COMPLETED);
        assertThat(ended.counters()).isEqualTo(new Counters(ITEMS, ITEMS, 0));
        assertThat(ended.ended()).contains(now);
        assertThat(CopyKind.copied(store, job)).isEqualTo(CopyKind.source(store));
        assertThat(jobs.active()).isEmpty();
        assertThat(copies.abandoned).isEmpty();
    }

    @Test
    void withoutJobsTheRunnerRests() throws Exception {
        assertThat(runner.run()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aTokenFindsItsJob() throws Exception {
        Job job = submit("orders", 3);
        now = now.plusSeconds(1);
        assertThat(submit("orders", 5)).isEqualTo(job);
        runUntilEnd(runner, job);
        assertThat(submit("orders", 5)).isEqualTo(find(job));
        assertThat(jobs.all()).hasSize(1);
    }

    @Test
    void aRestartedJobBeginsAnew() throws Exception {
        Job job = submit("orders", 3);
        runUntilEnd(runner, job);
        jobs.restart(CopyKind.job("orders", 2, now));
        assertThat(find(job).state()).isEqualTo(State.QUEUED);
        assertThat(jobs.counters(find(job))).isEqualTo(Counters.ZERO);
        runUntilEnd(runner, job);
        assertThat(find(job).counters().items()).isEqualTo(ITEMS);
    }

    @Test
    void jobsTakeTurns() throws Exception {
        List<Job> three = List.of(submit("one", 2), submit("two", 1), submit("three", 4));
        for (int pass = 0; pass < 12; pass++) {
            runner.run();
        }
        assertThat(three)
                .allSatisfy(job -> assertThat(jobs.counters(job).items()).isEqualTo(40));
    }

    @Test
    void severalPartsOfSeveralJobsRunAtOnceWithinTheBounds() throws Exception {
        var small = new JobKinds(List.of(new CopyKind(store, 2)));
        var several = new JobRunner(jobs, small, this, new JobRunner.Bounds(6, 4, Duration.ZERO));
        Job one = submit("one", 8);
        Job two = submit("two", 8);
        several.run();
        assertThat(jobs.counters(one).items()).isEqualTo(6);
        assertThat(jobs.counters(two).items()).isEqualTo(6);
        jobs.requestCancel(two.id());
        several.run();
        several.run();
        assertThat(jobs.counters(one).items()).as("three parts, four, four").isBetween(20L, 22L);
        runUntilEnd(several, one);
        assertThat(CopyKind.copied(store, one)).isEqualTo(CopyKind.source(store));
    }

    @Test
    void aTurnIsSeveralSteps() throws Exception {
        var patient = new JobRunner(jobs, kinds, this, new JobRunner.Bounds(4, 4, Duration.ofDays(1)));
        Job job = submit("orders", 4);
        patient.run();
        assertThat(find(job).state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void aRateLimitHoldsOverAllParts() throws Exception {
        var several = new JobRunner(jobs, kinds, this, new JobRunner.Bounds(8, 4, Duration.ofDays(1)));
        Job job = jobs.submit(CopyKind.job("orders", 4, now).withItemsPerSecond(4));
        Instant begun = now;
        var rests = new ArrayList<Duration>();
        while (!find(job).state().isEnd()) {
            Duration rest = several.run();
            rests.add(rest);
            now = now.plus(rest);
            long most = 4 + 4 * Duration.between(begun, now).toSeconds();
            assertThat(jobs.counters(find(job)).items()).isLessThanOrEqualTo(most);
        }
        assertThat(Duration.between(begun, now)).isBetween(Duration.ofSeconds(45), Duration.ofSeconds(55));
        assertThat(rests).anyMatch(Duration::isPositive);
    }

    @Test
    void aLimitedJobKeepsNoOtherWaiting() throws Exception {
        Job limited = jobs.submit(CopyKind.job("slow", 1, now).withItemsPerSecond(1));
        Job other = submit("fast", 1);
        while (!find(other).state().isEnd()) {
            assertThat(runner.run()).isLessThanOrEqualTo(Duration.ofSeconds(1));
        }
        assertThat(jobs.counters(find(limited)).items()).isEqualTo(1);
    }

    @Test
    void aStorageFailureIsRetriedAfterGrowingPauses() throws Exception {
        Job job = submit("orders", 1);
        copies.faults.put("orders", new StorageException("the disk is away"));
        var rests = new ArrayList<Duration>();
        for (int pass = 0; pass < 12; pass++) {
            rests.add(runner.run());
            now = now.plusSeconds(40);
        }
        assertThat(rests).startsWith(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
        assertThat(rests.getLast()).isEqualTo(Duration.ofSeconds(5));
        assertThat(find(job).state()).isEqualTo(State.RUNNING);
        copies.faults.clear();
        runUntilEnd(runner, job);
        assertThat(find(job).state()).isEqualTo(State.COMPLETED);
        assertThat(find(job).counters()).isEqualTo(new Counters(ITEMS, ITEMS, 12));
    }

    @Test
    void whatCanNeverSucceedFails() throws Exception {
        Job refused = submit("refused", 3);
        Job broken = submit("broken", 3);
        Job fine = submit("fine", 3);
        copies.failures.put("refused", "The destination does not exist");
        copies.faults.put("broken", new IllegalStateException("a bug"));
        runUntilEnd(runner, fine);
        assertThat(find(refused).state()).isEqualTo(State.FAILED);
        assertThat(find(refused).reason()).contains("The destination does not exist");
        assertThat(find(broken).state()).isEqualTo(State.FAILED);
        assertThat(find(fine).state()).isEqualTo(State.COMPLETED);
        assertThat(copies.abandoned).containsExactlyInAnyOrder("refused", "broken");
    }

    @Test
    void aJobWithoutItsObjectIsCancelled() throws Exception {
        Job job = submit("orders", 3);
        runner.run();
        copies.obsolete.put("orders", "The table was deleted");
        runner.run();
        assertThat(find(job).state()).isEqualTo(State.CANCELLED);
        assertThat(find(job).reason()).contains("The table was deleted");
        assertThat(copies.abandoned).containsExactly("orders");
    }

    @Test
    void aCancelledJobTakesNoFurtherStep() throws Exception {
        Job job = submit("orders", 3);
        runner.run();
        jobs.requestCancel(job.id());
        assertThat(find(job).state()).isEqualTo(State.RUNNING);
        assertThat(find(job).cancelRequested()).isTrue();
        runner.run();
        assertThat(find(job).state()).isEqualTo(State.CANCELLED);
        assertThat(find(job).counters().items()).isEqualTo(10);
        assertThat(copies.abandoned).containsExactly("orders");
    }

    @Test
    void aCallerCanRunAJobAtOnce() {
        Job job = submit("orders", 3);
        runner.runNow(job.id(), Duration.ofMinutes(1));
        assertThat(find(job).state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void aCallerDoesNotWaitForARateLimit() {
        Job job = jobs.submit(CopyKind.job("orders", 3, now).withItemsPerSecond(4));
        var woken = new ArrayList<String>();
        runner.wakeBy(() -> woken.add("once"));
        runner.runNow(job.id(), Duration.ofDays(1));
        assertThat(jobs.counters(find(job)).items()).isEqualTo(4);
        assertThat(woken).containsExactly("once");
    }

    @Test
    void aJobOfAnUnknownKindIsLeftAlone() throws Exception {
        Job job = jobs.submit(CopyKind.job("orders", 3, now));
        var older = new JobRunner(jobs, new JobKinds(List.of()), this, JobRunner.Bounds.ONE_STEP);
        older.run();
        assertThat(find(job)).isEqualTo(job);
    }

    @Test
    void anotherRunnersProgressIsNotOverwritten() {
        Job job = submit("orders", 1);
        Job.Part first = jobs.parts(job).getFirst();
        Job.Part second = first.after(new JobKind.Step.Done(new Counters(7, 7, 0)), 0);
        assertThat(jobs.advance(first, second)).isTrue();
        assertThat(jobs.advance(first, second)).as("the same once more").isTrue();
        Job.Part late = first.after(new JobKind.Step.Done(new Counters(1, 1, 0)), 0);
        assertThat(jobs.advance(first, late)).isFalse();
        assertThat(jobs.parts(job)).containsExactly(second);
    }

    @Test
    void endedJobsAreKeptForADay() throws Exception {
        Job old = submit("old", 1);
        runUntilEnd(runner, old);
        now = now.plus(Jobs.KEPT).minusSeconds(1);
        runner.run();
        assertThat(jobs.find(old.id())).isPresent();
        now = now.plus(Duration.ofHours(1)).plusSeconds(1);
        runner.run();
        assertThat(jobs.find(old.id())).isEmpty();
    }

    @Test
    void atMostAThousandEndedJobsAreKept() {
        for (int i = 0; i <= Jobs.MOST_ENDED; i++) {
            Job job = submit("orders-" + i, 1);
            jobs.end(job, State.COMPLETED, Optional.empty(), now);
            now = now.plusSeconds(1);
        }
        Job active = submit("active", 1);
        jobs.forgetEnded(now);
        assertThat(jobs.all()).hasSize(Jobs.MOST_ENDED + 1).first().isEqualTo(active);
        assertThat(jobs.all()).noneMatch(job -> job.subject().table().equals("orders-0"));
    }

    @Test
    void progressIsKnownIfTheTotalIs() {
        Job job = CopyKind.job("orders", 1, now);
        assertThat(job.progressPercent(new Counters(50, 0, 0))).isEmpty();
        assertThat(job.withTotal(200).progressPercent(new Counters(50, 0, 0))).contains(25);
        assertThat(job.withTotal(200).progressPercent(new Counters(300, 0, 0))).contains(99);
        assertThat(job.withTotal(0).progressPercent(Counters.ZERO)).contains(0);
        Job ended = job.ending(State.COMPLETED, Optional.empty(), Counters.ZERO, now);
        assertThat(ended.progressPercent(Counters.ZERO)).contains(100);
        assertThat(ended.total()).isEqualTo(OptionalLong.empty());
    }
}
