package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.JobDescription;
import io.gramme.api.JobState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobScreenTest {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private final StringWriter out = new StringWriter();

    private static JobDescription.Builder job(String id, JobState state) {
        return JobDescription.builder()
                .jobId(id)
                .kind("INDEX_BUILD")
                .tableName("orders")
                .resourceName("by-a")
                .state(state)
                .startTime(START)
                .processedItems(1_234_567L);
    }

    private String shown(boolean terminal, JobDescription... jobs) {
        out.getBuffer().setLength(0);
        new JobScreen(new PrintWriter(out), terminal).show(List.of(jobs), START.plusSeconds(75));
        return out.toString()
                .replace(System.lineSeparator(), "\n")
                .replace("\033[?7l", "")
                .replace("\033[?7h", "");
    }

    @Test
    void aTerminalShowsATableWithProgressBars() {
        JobDescription running =
                job("one", JobState.RUNNING).progressPercent(47).build();
        JobDescription failed = job("three", JobState.FAILED)
                .processedItems(7L)
                .endTime(START.plusSeconds(5))
                .stateReason("The destination does not exist")
                .build();
        JobDescription ending =
                job("four", JobState.RUNNING).cancelRequested(true).build();
        assertThat(shown(true, running, failed, ending)).isEqualTo("""
                        JOB    KIND         TABLE   ON    STATE       PROGRESS                          ITEMS    TIME
                        one    INDEX_BUILD  orders  by-a  RUNNING     [#########-----------]  47 %  1,234,567  1m 15s
                        three  INDEX_BUILD  orders  by-a  FAILED                                            7      5s
                          The destination does not exist
                        four   INDEX_BUILD  orders  by-a  CANCELLING                                1,234,567  1m 15s
                        """);
        assertThat(shown(true)).isEqualTo("No jobs\n");
    }

    @Test
    void aTerminalIsDrawnAnew() {
        var screen = new JobScreen(new PrintWriter(out), true);
        screen.show(List.of(job("one", JobState.RUNNING).progressPercent(5).build()), START);
        int first = out.toString().length();
        screen.show(List.of(job("one", JobState.RUNNING).progressPercent(100).build()), START);
        assertThat(out.toString().substring(0, first))
                .doesNotContain("\033[J")
                .contains("[#-------------------]   5 %");
        assertThat(out.toString().substring(first))
                .startsWith("\033[2F\033[J")
                .contains("[####################] 100 %");
    }

    @Test
    void elsewhereAJobIsALineOfJsonAndAnotherForEachChange() {
        var screen = new JobScreen(new PrintWriter(out), false);
        JobDescription before = job("one", JobState.RUNNING).progressPercent(5).build();
        JobDescription after = job("one", JobState.RUNNING).progressPercent(6).build();
        JobDescription other = job("two", JobState.QUEUED).build();
        screen.show(List.of(before, other), START);
        screen.show(List.of(before, other), START.plusSeconds(1));
        screen.show(List.of(after, other), START.plusSeconds(2));
        assertThat(out.toString().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("{\"") && line.endsWith("}"))
                .last()
                .asString()
                .contains("\"JobId\":\"one\"", "\"ProgressPercent\":6", "\"StartTime\":1795428000");
        assertThat(out.toString()).doesNotContain("\033", "#");
    }
}
