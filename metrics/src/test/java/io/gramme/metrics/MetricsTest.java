package io.gramme.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.api.wire.Service;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.identity.Caller;
import io.gramme.delivery.follow.ConsumerLag;
import io.gramme.http.Call;
import io.gramme.http.Endpoint;
import io.gramme.http.Pages.Page;
import io.gramme.http.Target;
import io.gramme.server.metric.Lags;
import io.gramme.server.metric.Lags.Kind;
import io.gramme.storage.StorageException;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final TableName MUSIC = new TableName(new AccountRegion("000000000000", "eu-west-1"), "Music");

    private final List<ConsumerLag> triggers = new ArrayList<>();
    private boolean isBroken;
    private final Metrics metrics = new Metrics(lags());

    private Lags lags() {
        var lags = new Lags();
        lags.add(Kind.TRIGGER, "trigger", () -> List.copyOf(triggers));
        lags.addOnly(Kind.INDEX, () -> {
            if (isBroken) {
                throw new StorageException("no node answers");
            }
            return Duration.ofMillis(1_500);
        });
        return lags;
    }

    @AfterEach
    void close() {
        metrics.close();
    }

    private List<String> lines(String accepted) {
        Page page = metrics.at("/metrics", accepted).orElseThrow();
        return new String(page.content().shared(), UTF_8).lines().toList();
    }

    private static Call call(String operation) {
        return new Call(
                new Target(Service.DYNAMODB, operation),
                Caller.root("0", "r"),
                new byte[0],
                "id",
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aLagIsInSeconds() {
        assertThat(lines("")).contains("gramme_index_lag_seconds 1.5");
    }

    @Test
    void whatLagsIsNamedAndIsGoneOnceItIs() {
        triggers.add(new ConsumerLag(MUSIC, "one", Duration.ofSeconds(3)));
        triggers.add(new ConsumerLag(MUSIC, "two", Duration.ZERO));
        String music =
                "gramme_trigger_lag_seconds{account=\"000000000000\",region=\"eu-west-1\",table=\"Music\",trigger=";
        assertThat(lines("")).contains(music + "\"one\"} 3.0", music + "\"two\"} 0.0");
        triggers.removeFirst();
        assertThat(lines("")).contains(music + "\"two\"} 0.0").doesNotContain(music + "\"one\"} 3.0");
    }

    @Test
    void aLagThatCannotBeFoundOutIsLeftOutAndTheRestIsThere() {
        triggers.add(new ConsumerLag(MUSIC, "one", Duration.ofSeconds(3)));
        isBroken = true;
        assertThat(lines(""))
                .noneMatch(line -> line.startsWith("gramme_index_lag_seconds"))
                .anyMatch(line -> line.startsWith("gramme_trigger_lag_seconds{"))
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"));
        isBroken = false;
        assertThat(lines("")).contains("gramme_index_lag_seconds 1.5");
    }

    @Test
    void requestsAreCountedByWhatBecameOfThem() throws Exception {
        Endpoint endpoint = metrics.measured(call -> switch (call.target().operation()) {
            case "PutItem" -> throw ErrorCode.CONDITION_FAILED.because("no");
            case "Query" -> throw new IllegalStateException("a bug");
            default -> new byte[] {1};
        });
        assertThat(endpoint.answer(call("GetItem"))).containsExactly(1);
        assertThat(endpoint.answer(call("GetItem"))).containsExactly(1);
        assertThatThrownBy(() -> endpoint.answer(call("PutItem"))).hasMessage("no");
        assertThatThrownBy(() -> endpoint.answer(call("Query"))).hasMessage("a bug");
        assertThat(lines(""))
                .contains(
                        "gramme_requests_seconds_count{operation=\"GetItem\",outcome=\"ok\"} 2",
                        "gramme_requests_seconds_count{operation=\"PutItem\",outcome=\"ConditionalCheckFailedException\"} 1",
                        "gramme_requests_seconds_count{operation=\"Query\",outcome=\"InternalServerError\"} 1")
                .anyMatch(line -> line.startsWith("gramme_requests_seconds_bucket{operation=\"GetItem\""));
    }

    @Test
    void jobsAreCountedByStateAndTheirProgressIsShown() {
        var jobs = new Jobs(new MemoryStore(Clock.systemUTC()));
        metrics.watch(jobs);
        assertThat(lines("")).contains("gramme_jobs{state=\"queued\"} 0.0", "gramme_jobs{state=\"failed\"} 0.0");
        var subject = new Job.Subject("000000000000", "eu-west-1", "Music", "id", Optional.of("by-year"));
        jobs.submit(Job.of("INDEX_BUILD", subject, "one", List.of(new Job.Range(0, -1)), Instant.EPOCH)
                .withTotal(7));
        assertThat(lines(""))
                .contains("gramme_jobs{state=\"queued\"} 1.0")
                .contains(
                        "gramme_job_progress_ratio{account=\"000000000000\",kind=\"index_build\",region=\"eu-west-1\","
                                + "resource=\"by-year\",table=\"Music\"} 0.0");
    }

    @Test
    void itSpeaksTheFormatsOfPrometheusAndOpenMetrics() {
        assertThat(metrics.at("/metrics", "").orElseThrow().type()).startsWith("text/plain; version=0.0.4");
        String openMetrics = "application/openmetrics-text; version=1.0.0";
        assertThat(metrics.at("/metrics", openMetrics).orElseThrow().type()).startsWith(openMetrics);
        assertThat(lines(openMetrics)).endsWith("# EOF");
        assertThat(metrics.at("/", "")).isEmpty();
    }
}
