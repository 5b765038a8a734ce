package io.gramme.tables.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.rocksdb.RocksStore;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import io.gramme.tables.job.Job.Counters;
import io.gramme.tables.job.Job.State;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that is killed before or after any of its writes leaves jobs that the next one finishes. */
class JobCrashTest {
    private static final int ITEMS = 60;
    private static final JobRunner.Bounds SEVERAL = new JobRunner.Bounds(4, 2, Duration.ZERO);

    /** Runs two jobs as one process; returns whether it was killed before their end. */
    private static boolean isKilled(CrashingStore killed, JobRunner.Bounds bounds) throws InterruptedException {
        var jobs = new Jobs(killed);
        var kinds = new JobKinds(List.of(new CopyKind(killed, 7)));
        var runner = new JobRunner(jobs, kinds, Clock.systemUTC(), bounds);
        try {
            do {
                runner.run();
            } while (!killed.isDead() && !jobs.active().isEmpty());
        } catch (StorageException _) {
            // The next process does the rest.
        }
        return killed.isDead();
    }

    private static void assertDone(RowStore store, List<Job> submitted) {
        var jobs = new Jobs(store);
        assertThat(jobs.active()).isEmpty();
        for (Job job : submitted) {
            Job ended = jobs.find(job.id()).orElseThrow();
            assertThat(ended.state()).isEqualTo(State.COMPLETED);
            assertThat(CopyKind.copied(store, job)).isEqualTo(CopyKind.source(store));
            // Steps run again, but their progress is counted once.
            assertThat(ended.counters()).isEqualTo(new Counters(ITEMS, ITEMS, 0));
        }
    }

    private static List<Job> submit(RowStore store) {
        CopyKind.fill(store, ITEMS);
        var jobs = new Jobs(store);
        Clock clock = Clock.systemUTC();
        return List.of(
                jobs.submit(CopyKind.job("one", 3, clock.instant())),
                jobs.submit(CopyKind.job("two", 2, clock.instant())));
    }

    @Test
    void aCrashAtAnyWriteLosesNothing() throws Exception {
        for (boolean after : List.of(false, true)) {
            boolean killed = true;
            for (int write = 1; killed; write++) {
                RowStore store = new MemoryStore(Clock.systemUTC());
                List<Job> submitted = submit(store);
                killed = isKilled(new CrashingStore(store, write, after), JobRunner.Bounds.ONE_STEP);
                assertThat(isKilled(new CrashingStore(store, Long.MAX_VALUE, false), JobRunner.Bounds.ONE_STEP))
                        .isFalse();
                assertDone(store, submitted);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void manyCrashesLoseNothing(long seed) throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        RowStore store = new MemoryStore(Clock.systemUTC());
        List<Job> submitted = submit(store);
        while (isKilled(new CrashingStore(store, random.nextInt(5, 40), random.nextBoolean()), SEVERAL)) {
            // The next process begins.
        }
        assertDone(store, submitted);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void manyCrashesLoseNothingOnADisk(long seed, @TempDir Path directory) throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Job> submitted;
        try (RowStore store = open(directory)) {
            submitted = submit(store);
        }
        boolean killed = true;
        while (killed) {
            try (RowStore store = open(directory)) {
                killed = isKilled(new CrashingStore(store, random.nextInt(5, 60), random.nextBoolean()), SEVERAL);
            }
        }
        try (RowStore store = open(directory)) {
            assertDone(store, submitted);
        }
    }

    private static RowStore open(Path directory) {
        return RocksStore.open(RocksStoreOptions.in(directory), Clock.systemUTC());
    }
}
