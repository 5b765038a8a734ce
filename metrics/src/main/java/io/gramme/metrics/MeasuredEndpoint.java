package io.gramme.metrics;

import io.gramme.api.service.AwsService;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.http.Authentication;
import io.gramme.http.Call;
import io.gramme.http.Endpoint;
import io.gramme.http.Target;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** An endpoint that counts and times the calls of another, by operation and result. */
final class MeasuredEndpoint implements Endpoint {
    private static final String DONE = "ok";
    private static final Duration[] BUCKETS = Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Endpoint endpoint;
    private final MeterRegistry registry;

    /** At most one for each known operation and result. */
    private final Map<Ending, Timer> timers = new ConcurrentHashMap<>();

    private record Ending(Target target, String outcome) {}

    MeasuredEndpoint(Endpoint endpoint, MeterRegistry registry) {
        this.endpoint = endpoint;
        this.registry = registry;
    }

    @Override
    public byte[] answer(Call call) throws Exception {
        long begin = System.nanoTime();
        String outcome = ErrorCode.INTERNAL.shortName();
        try {
            byte[] answer = endpoint.answer(call);
            outcome = DONE;
            return answer;
        } catch (ApiException refusal) {
            outcome = refusal.code().shortName();
            throw refusal;
        } finally {
            timers.computeIfAbsent(new Ending(call.target(), outcome), this::timer)
                    .record(Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private Timer timer(Ending ending) {
        return Timer.builder("gramme.requests")
                .description("Time from the last byte of a request to its response")
                .tag("operation", ending.target().operation())
                .tag("outcome", ending.outcome())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    @Override
    public Optional<String> impairment() {
        return endpoint.impairment();
    }

    @Override
    public List<AwsService> services() {
        return endpoint.services();
    }

    @Override
    public Authentication authentication() {
        return endpoint.authentication();
    }

    @Override
    public void requireServed(Target target) {
        endpoint.requireServed(target);
    }
}
