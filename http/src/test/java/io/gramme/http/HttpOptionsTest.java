package io.gramme.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpOptionsTest {

    @Test
    void theseAreTheDefaults() {
        HttpOptions options = HttpOptions.at("127.0.0.1", 8000);
        HttpOptions.Limits limits = options.limits();
        assertThat(limits.connections()).isEqualTo(10_000);
        assertThat(limits.requests()).isEqualTo(2_000);
        assertThat(limits.bodyBytes()).isEqualTo(16 * 1024 * 1024);
        assertThat(limits.bodyMemoryBytes()).isEqualTo(512L * 1024 * 1024);
        assertThat(limits.lineBytes()).isEqualTo(16 * 1024);
        assertThat(limits.headBytes()).isEqualTo(32 * 1024);
        assertThat(limits.compressFromBytes()).isEqualTo(4 * 1024);
        HttpOptions.Timeouts timeouts = options.timeouts();
        assertThat(timeouts.idle()).isEqualTo(Duration.ofMinutes(3));
        assertThat(timeouts.head()).isEqualTo(Duration.ofSeconds(10));
        assertThat(timeouts.body()).isEqualTo(Duration.ofMinutes(1));
        assertThat(timeouts.write()).isEqualTo(Duration.ofMinutes(1));
        assertThat(timeouts.refusal()).isEqualTo(Duration.ofSeconds(1));
        assertThat(timeouts.linger()).isEqualTo(Duration.ofSeconds(2));
        assertThat(timeouts.drain()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whatWaitsOnTheNetworkIsAQuarterOfASmallHeap() {
        HttpOptions options = HttpOptions.at("127.0.0.1", 8000);
        assertThat(options.within(256L << 20).limits().bodyMemoryBytes()).isEqualTo(64L << 20);
        assertThat(options.within(32L << 20).limits().bodyMemoryBytes()).isEqualTo(32L << 20);
        assertThat(options.within(64L << 30)).isEqualTo(options);
    }
}
