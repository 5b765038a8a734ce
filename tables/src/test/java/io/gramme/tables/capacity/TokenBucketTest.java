package io.gramme.tables.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000;
    private static final int BURST = Limit.BURST_SECONDS;

    @Test
    void unusedCapacityOfFiveMinutesCanBeUsedExactly() {
        var bucket = new TokenBucket(0, 0);
        long now = 400 * SECOND;
        int taken = 0;
        while (bucket.has(0, 10, BURST, now)) {
            bucket.take(1, 10, BURST, now);
            taken++;
        }
        assertThat(taken).isEqualTo(3_000);
    }

    @Test
    void inAnyWindowNoMoreIsTakenThanTheRateYieldsPlusTheBurstPlusOneRequest() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            long rate = random.nextLong(1, 200);
            long largest = random.nextLong(1, 1_000);
            var bucket = new TokenBucket(rate * BURST, 0);
            long[] at = new long[400];
            long[] taken = new long[400];
            long now = 0;
            for (int i = 0; i < at.length; i++) {
                now += random.nextLong(random.nextInt(20) == 0 ? 400 * SECOND : SECOND);
                at[i] = now;
                if (bucket.has(0, rate, BURST, now)) {
                    taken[i] = random.nextLong(1, largest + 1);
                    bucket.take(taken[i], rate, BURST, now);
                }
            }
            for (int from = 0; from < at.length; from++) {
                long sum = 0;
                for (int to = from; to < at.length; to++) {
                    sum += taken[to];
                    double most = rate * ((at[to] - at[from]) / (double) SECOND) + rate * BURST + largest;
                    assertThat((double) sum).as("seed %d", seed).isLessThanOrEqualTo(most);
                }
            }
        }
    }

    @Test
    void oneLargeRequestIsWaitedForByTheNext() {
        var bucket = new TokenBucket(10, 0);
        bucket.take(800, 10, BURST, 0);
        assertThat(bucket.has(0, 10, BURST, 79 * SECOND)).isFalse();
        assertThat(bucket.has(0, 10, BURST, 79 * SECOND + 1)).isTrue();
    }

    @Test
    void manySmallStepsFillAsMuchAsOneLargeStep() {
        var small = new TokenBucket(-5, 0);
        for (int i = 1; i <= 700; i++) {
            small.tokens(7, BURST, i * (SECOND / 700));
        }
        assertThat(small.tokens(7, BURST, SECOND)).isEqualTo(2);
    }

    @Test
    void aClockThatStepsBackFillsNothing() {
        var bucket = new TokenBucket(0, 10 * SECOND);
        assertThat(bucket.tokens(5, BURST, SECOND)).isZero();
        assertThat(bucket.tokens(5, BURST, 11 * SECOND)).isEqualTo(5);
    }

    @Test
    void theLargestRatesAndYearsOfPauseDoNotOverflow() {
        var bucket = new TokenBucket(Long.MIN_VALUE, 0);
        bucket.take(Long.MAX_VALUE, Long.MAX_VALUE, BURST, Long.MAX_VALUE / 2);
        assertThat(bucket.tokens(Long.MAX_VALUE, BURST, Long.MAX_VALUE)).isPositive();
        var slow = new TokenBucket(0, 0);
        assertThat(slow.tokens(1, BURST, Long.MAX_VALUE)).isEqualTo(BURST);
    }

    @Test
    void whatARequestWasAdmittedToAlreadyCounts() {
        var bucket = new TokenBucket(10, 0);
        assertThat(bucket.has(9, 1, BURST, 0)).isTrue();
        assertThat(bucket.has(10, 1, BURST, 0)).isFalse();
    }
}
