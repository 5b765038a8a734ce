package io.gramme.tables.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PeaksTest {
    private static final long SECOND = 1_000_000_000;
    private static final long HALF_AN_HOUR = 30 * 60;

    @Test
    void theSecondThatHasNotEndedDoesNotCount() {
        var peaks = new Peaks(0);
        peaks.add(7, 0);
        assertThat(peaks.highest(SECOND - 1)).isZero();
        assertThat(peaks.highest(SECOND)).isEqualTo(7);
    }

    @Test
    void aPeakIsForgottenAfterHalfAnHour() {
        var peaks = new Peaks(0);
        peaks.add(7, 0);
        assertThat(peaks.highest((HALF_AN_HOUR - 60) * SECOND)).isEqualTo(7);
        peaks.add(3, (HALF_AN_HOUR - 60) * SECOND);
        assertThat(peaks.highest((HALF_AN_HOUR + 60) * SECOND)).isEqualTo(3);
        assertThat(peaks.highest(3 * HALF_AN_HOUR * SECOND)).isZero();
    }

    @Test
    void theHighestSecondIsThatOfTheLastThirtyMinutesOfTheClock() {
        for (int seed = 0; seed < 50; seed++) {
            var random = new SplittableRandom(seed);
            var peaks = new Peaks(0);
            var seconds = new TreeMap<Long, Long>();
            long now = 0;
            for (int i = 0; i < 500; i++) {
                now += random.nextInt(4) == 0 ? random.nextLong(400 * SECOND) : random.nextLong(SECOND);
                long halves = random.nextLong(100);
                peaks.add(halves, now);
                long second = now / SECOND;
                seconds.merge(second, halves, Long::sum);
                long oldest = (second / 60 - 29) * 60;
                long highest = seconds.subMap(oldest, second).values().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0);
                assertThat(peaks.highest(now)).as("seed %d", seed).isEqualTo(highest);
            }
        }
    }
}
