package io.gramme.tables.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundJobTest {
    private static final Duration FOREVER = Duration.ofDays(1);

    @Test
    void passesFollowOneAnotherAfterTheirRest() throws Exception {
        var passes = new CountDownLatch(3);
        try (var _ = BackgroundJob.start("test", () -> {
            passes.countDown();
            return Duration.ZERO;
        })) {
            assertThat(passes.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anAlarmEndsTheRest() throws Exception {
        var passes = new AtomicInteger();
        var first = new CountDownLatch(1);
        var second = new CountDownLatch(2);
        try (var job = BackgroundJob.start("test", () -> {
            passes.incrementAndGet();
            first.countDown();
            second.countDown();
            return FOREVER;
        })) {
            assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
            job.wake();
            assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(passes).hasValueGreaterThanOrEqualTo(2);
    }

    @Test
    void closingWaitsForThePassInHand() throws Exception {
        var entered = new CountDownLatch(1);
        var done = new AtomicInteger();
        var job = BackgroundJob.start("test", () -> {
            entered.countDown();
            Thread.sleep(50);
            done.incrementAndGet();
            return FOREVER;
        });
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

        job.close();

        assertThat(done).hasPositiveValue();
    }
}
