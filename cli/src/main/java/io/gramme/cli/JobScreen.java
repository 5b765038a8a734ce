package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.JobDescription;
import io.gramme.api.JobState;
import io.gramme.api.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * Prints jobs: on a terminal a table with progress bars, which the next one replaces; elsewhere a line of JSON for each
 * job that has changed.
 */
final class JobScreen {
    private static final List<String> HEADER =
            List.of("JOB", "KIND", "TABLE", "ON", "STATE", "PROGRESS", "ITEMS", "TIME");
    private static final Set<String> NUMBERS = Set.of("ITEMS", "TIME");
    private static final int BAR = 20;

    /**
     * From here on the terminal cuts a line that is too long, so that it stays one line; and from there on no
     * longer.
     */
    private static final String CUT = "\033[?7l";

    private static final String WRAP = "\033[?7h";

    private final PrintWriter out;
    private final boolean terminal;
    private final Map<String, JobDescription> shown = new HashMap<>();
    private int lines;

    JobScreen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether a person reads what this process prints. */
    static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    static boolean isActive(JobDescription job) {
        return job.state()
                .filter(state -> state == JobState.QUEUED || state == JobState.RUNNING)
                .isPresent();
    }

    void show(List<JobDescription> jobs, Instant now) {
        if (terminal) {
            draw(table(jobs, now));
            return;
        }
        for (JobDescription job : jobs) {
            if (!job.equals(shown.put(job.jobId().orElse(""), job))) {
                out.println(json(job));
            }
        }
        out.flush();
    }

    private void draw(List<String> table) {
        if (lines > 0) {
            // The cursor goes to the first of the lines drawn before, and everything below it is erased.
            out.printf(Locale.ROOT, "\033[%dF\033[J", lines);
        }
        out.print(CUT);
        table.forEach(out::println);
        out.print(WRAP);
        out.flush();
        lines = table.size();
    }

    private static String json(JobDescription job) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = Json.generator(bytes)) {
            JobDescription.SHAPE.write(generator, job);
        }
        return bytes.toString(UTF_8);
    }

    private static List<String> table(List<JobDescription> jobs, Instant now) {
        if (jobs.isEmpty()) {
            return List.of("No jobs");
        }
        var rows = new ArrayList<List<String>>();
        rows.add(HEADER);
        jobs.forEach(job -> rows.add(row(job, now)));
        List<String> lines = TextTable.lines(rows, NUMBERS);
        var table = new ArrayList<String>();
        table.add(lines.getFirst());
        for (int i = 0; i < jobs.size(); i++) {
            table.add(lines.get(i + 1));
            jobs.get(i).stateReason().ifPresent(reason -> table.add("  " + reason));
        }
        return table;
    }

    private static List<String> row(JobDescription job, Instant now) {
        return List.of(
                job.jobId().orElse(""),
                job.kind().orElse(""),
                job.tableName().orElse(""),
                job.resourceName().orElse(""),
                state(job),
                job.progressPercent().map(JobScreen::bar).orElse(""),
                String.format(Locale.ROOT, "%,d", job.processedItems().orElse(0L)),
                time(job, now));
    }

    private static String state(JobDescription job) {
        boolean ending = isActive(job) && job.cancelRequested().orElse(false);
        return ending ? "CANCELLING" : job.state().map(JobState::toString).orElse("");
    }

    private static String bar(int percent) {
        int full = BAR * percent / 100;
        return String.format(Locale.ROOT, "[%s%s] %3d %%", "#".repeat(full), "-".repeat(BAR - full), percent);
    }

    /** How long a job has been running. */
    private static String time(JobDescription job, Instant now) {
        Optional<Instant> started = job.startTime();
        if (started.isEmpty()) {
            return "";
        }
        Instant end = job.endTime().orElse(now);
        long seconds = Math.max(0, Duration.between(started.get(), end).toSeconds());
        return seconds < 60 ? seconds + "s" : seconds / 60 + "m " + seconds % 60 + "s";
    }
}
