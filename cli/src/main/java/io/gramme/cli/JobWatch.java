package io.gramme.cli;

import io.gramme.api.JobDescription;
import io.gramme.api.JobState;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/**
 * Shows the progress of one job of a running server until the job has ended. SIGINT or SIGTERM ends the watching alone:
 * the job runs on.
 */
final class JobWatch {
    private static final Duration INTERVAL = Duration.ofMillis(250);

    /** A server begins a job within moments. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Source source;
    private final JobScreen screen;
    private final PrintWriter words;

    /** Where the job is looked up. */
    interface Source {
        /** The job as it is now; empty if it has not been created yet. */
        Optional<JobDescription> find() throws IOException, InterruptedException;
    }

    /** @param words where the end is described */
    JobWatch(Source source, JobScreen screen, PrintWriter words) {
        this.source = source;
        this.screen = screen;
        this.words = words;
    }

    /**
     * @param verb what the job has done when it is complete: {@code Restored}
     * @return the exit code: success if the job is complete
     */
    int untilEnd(String verb) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try (var stop = StopSignal.install()) {
            while (true) {
                Optional<JobDescription> job = source.find();
                job.ifPresent(found -> screen.show(List.of(found), Instant.now()));
                if (job.isPresent() && !JobScreen.isActive(job.get())) {
                    return end(job.get(), verb);
                }
                if (job.isEmpty() && System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IOException("the server has not begun the job yet; look for it with 'gramme jobs'");
                }
                if (stop.await(INTERVAL)) {
                    words.println("gramme: the job runs on in the server; follow it with 'gramme jobs --watch"
                            + job.flatMap(JobDescription::jobId)
                                    .map(id -> " " + id)
                                    .orElse("") + "'");
                    return ExitCode.SOFTWARE;
                }
            }
        }
    }

    private int end(JobDescription job, String verb) {
        if (job.state().equals(Optional.of(JobState.COMPLETED))) {
            words.println(verb + " " + amount(job));
            return ExitCode.OK;
        }
        boolean cancelled = job.state().equals(Optional.of(JobState.CANCELLED));
        words.println("gramme: the job " + (cancelled ? "was cancelled" : "failed")
                + job.stateReason().map(reason -> ": " + reason).orElse(""));
        return ExitCode.SOFTWARE;
    }

    /** Items, bytes, time and rate: {@code 1,234 items, 5.6 MB in 2.0 s (617 items/s, 2.8 MB/s)}. */
    static String amount(JobDescription job) {
        long items = job.processedItems().orElse(0L);
        long bytes = job.processedBytes().orElse(0L);
        return job.startTime().isEmpty() || job.endTime().isEmpty()
                ? amount(items, bytes)
                : amount(
                        items,
                        bytes,
                        Duration.between(job.startTime().get(), job.endTime().get()));
    }

    private static String amount(long items, long bytes) {
        return String.format(
                Locale.ROOT, "%,d %s, %s", items, items == 1 ? "item" : "items", SizeText.about((double) bytes));
    }

    static String amount(long items, long bytes, Duration taken) {
        double seconds = taken.toMillis() / 1_000.0;
        String time = String.format(Locale.ROOT, "%s in %.1f s", amount(items, bytes), seconds);
        return seconds < 0.1
                ? time
                : String.format(
                        Locale.ROOT,
                        "%s (%,.0f items/s, %s/s)",
                        time,
                        items / seconds,
                        SizeText.about(bytes / seconds));
    }
}
