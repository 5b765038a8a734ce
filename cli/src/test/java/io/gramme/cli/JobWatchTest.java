package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.JobDescription;
import io.gramme.api.JobState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class JobWatchTest {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private final StringWriter err = new StringWriter();
    private final PrintWriter words = new PrintWriter(err, true);

    private static JobDescription.Builder job(JobState state) {
        return JobDescription.builder()
                .jobId("one")
                .kind("BACKUP")
                .state(state)
                .processedItems(1_234L)
                .processedBytes(5_872_026L)
                .startTime(START);
    }

    private int watch(JobWatch.Source source) throws Exception {
        return new JobWatch(source, new JobScreen(words, false), words).untilEnd("Backed up");
    }

    private String lastLine() {
        return err.toString().lines().reduce((_, last) -> last).orElse("");
    }

    @Test
    void aCompleteJobIsDescribedByItemsBytesAndRate() throws Exception {
        Queue<Optional<JobDescription>> answers = new ArrayDeque<>(List.of(
                Optional.empty(),
                Optional.of(job(JobState.RUNNING).progressPercent(5).build()),
                Optional.of(
                        job(JobState.COMPLETED).endTime(START.plusSeconds(2)).build())));
        assertThat(watch(answers::remove)).isZero();
        assertThat(err.toString().lines()).hasSize(3);
        assertThat(err.toString().lines().findFirst().orElseThrow()).contains("\"ProgressPercent\":5");
        assertThat(lastLine()).isEqualTo("Backed up 1,234 items, 5.6 MB in 2.0 s (617 items/s, 2.8 MB/s)");
    }

    @Test
    void aJobThatTookNoTimeHasNoRate() {
        JobDescription job = job(JobState.COMPLETED)
                .processedItems(1L)
                .processedBytes(40L)
                .endTime(START)
                .build();
        assertThat(JobWatch.amount(job)).isEqualTo("1 item, 40 bytes in 0.0 s");
    }

    @Test
    void aFailedJobIsAFailureThatSaysWhy() throws Exception {
        JobDescription failed =
                job(JobState.FAILED).stateReason("The bucket is gone").build();
        assertThat(watch(() -> Optional.of(failed))).isEqualTo(1);
        assertThat(lastLine()).isEqualTo("gramme: the job failed: The bucket is gone");
    }

    @Test
    void anInterruptLeavesTheJobRunningAndSaysSo() throws Exception {
        JobDescription running = job(JobState.RUNNING).build();
        Thread.currentThread().interrupt();
        assertThat(watch(() -> Optional.of(running))).isEqualTo(1);
        assertThat(lastLine())
                .isEqualTo("gramme: the job runs on in the server; follow it with 'gramme jobs --watch one'");
        assertThat(Thread.interrupted()).isFalse();
    }
}
