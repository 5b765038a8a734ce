package io.gramme.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Servers as the tests of the wire start them: any free port, a clock that stands still, a known seed. */
final class Servers {
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
    static final Endpoint EMPTY_OBJECT = _ -> "{}".getBytes(UTF_8);
    static final Endpoint ECHO = Call::body;

    private Servers() {}

    static HttpServer start(Endpoint endpoint) throws IOException {
        return start(HttpOptions.at("127.0.0.1", 0), endpoint);
    }

    static HttpServer start(HttpOptions options, Endpoint endpoint) throws IOException {
        return start(options, endpoint, Transport.best());
    }

    static HttpServer start(HttpOptions options, Endpoint endpoint, Transport transport) throws IOException {
        return HttpServer.start(options, endpoint, CLOCK, new SplittableRandom(1), transport);
    }

    static HttpOptions options(HttpOptions.Limits limits) {
        return new HttpOptions("127.0.0.1", 0, limits, HttpOptions.Timeouts.DEFAULT);
    }

    static HttpOptions options(HttpOptions.Timeouts timeouts) {
        return new HttpOptions("127.0.0.1", 0, HttpOptions.Limits.DEFAULT, timeouts);
    }

    /** The default timeouts, but short for a client that keeps the server waiting. */
    static HttpOptions.Timeouts impatient() {
        Duration soon = Duration.ofMillis(500);
        return new HttpOptions.Timeouts(soon, soon, soon, soon, soon, soon, Duration.ofSeconds(5));
    }

    /** Waits for what happens a moment after an answer. */
    static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waited for too long").isNegative();
            Thread.sleep(5);
        }
    }
}
