package io.gramme.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {

    @Test
    void nothingRecordedIsZero() {
        assertThat(new Latencies().percentileNanos(0.99)).isZero();
        assertThat(new Latencies().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999, 1_000, 2_047, 2_048, 123_456_789, 20_000_000_000L, 86_400_000_000_000L})
    void oneLatencyIsEveryPercentile(long nanos) {
        var latencies = new Latencies();
        latencies.record(nanos);
        assertThat(latencies.percentileNanos(0.5)).isEqualTo(nanos);
        assertThat(latencies.percentileNanos(0.999)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 64, 1_000, 123_456, 20_000_000_000L})
    void aLatencyIsKnownToOnePartInAThousand(long nanos) {
        var latencies = new Latencies();
        latencies.record(nanos);
        latencies.record(10 * nanos);
        assertThat(latencies.percentileNanos(0.5))
                .isGreaterThanOrEqualTo(nanos)
                .isCloseTo(nanos, within(nanos / 1_000));
    }

    @Test
    void percentilesOfOneToTenThousand() {
        var latencies = new Latencies();
        for (int nanos = 1; nanos <= 10_000; nanos++) {
            latencies.record(nanos);
        }
        Percentage width = Percentage.withPercentage(0.1);
        assertThat(latencies.percentileNanos(0.5)).isCloseTo(5_000, width);
        assertThat(latencies.percentileNanos(0.99)).isCloseTo(9_900, width);
        assertThat(latencies.percentileNanos(1)).isEqualTo(10_000);
    }

    @Test
    void whatSeveralConnectionsSawIsAddedUp() {
        var sum = new Latencies();
        var one = new Latencies();
        sum.record(10);
        one.record(20);
        one.record(30);
        sum.add(one);
        assertThat(sum.count()).isEqualTo(3);
        assertThat(sum.percentileNanos(0.5)).isEqualTo(20);
        assertThat(sum.percentileNanos(1)).isEqualTo(30);
    }
}
