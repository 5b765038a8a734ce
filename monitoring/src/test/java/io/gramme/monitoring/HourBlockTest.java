package io.gramme.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gramme.core.bytes.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HourBlockTest {
    private static Summary summary(long... values) {
        var accumulator = new Accumulator(7, true);
        for (long value : values) {
            accumulator.add(value);
        }
        return accumulator.summary().orElseThrow();
    }

    @Test
    void aBlockIsReadAsItWasWritten() {
        var block = new HourBlock(1);
        block.add(0, new Summary(1, -5, -5, -5, Summary.NO_BUCKETS));
        block.add(3, new Summary(300, 1L << 40, -2, 1L << 39, Summary.NO_BUCKETS));
        block.add(59, summary(0, 1, 1_000, 123_456_789));
        Map<Integer, Summary> read = new HashMap<>();
        HourBlock.decode(block.encoded(), read::put);
        assertThat(read).containsOnlyKeys(0, 3, 59);
        assertThat(read.get(0)).usingRecursiveComparison().isEqualTo(new Summary(1, -5, -5, -5, Summary.NO_BUCKETS));
        assertThat(read.get(3))
                .usingRecursiveComparison()
                .isEqualTo(new Summary(300, 1L << 40, -2, 1L << 39, Summary.NO_BUCKETS));
        assertThat(read.get(59)).usingRecursiveComparison().isEqualTo(summary(0, 1, 1_000, 123_456_789));
    }

    @Test
    void theValuesOfAMinuteAreAddedToThoseBefore() {
        var block = new HourBlock(1);
        block.add(3, summary(0, 1, 1_000));
        block.add(3, summary(1, 7));
        Map<Integer, Summary> held = new HashMap<>();
        block.forEach(held::put);
        assertThat(held.get(3)).usingRecursiveComparison().isEqualTo(summary(0, 1, 1_000, 1, 7));
    }

    @Test
    void manyMinutesOfOneValueDoNotOverflow() {
        long[] buckets = new long[LogBuckets.COUNT];
        buckets[LogBuckets.of(5)] = Integer.MAX_VALUE;
        buckets[LogBuckets.of(6)] = 1;
        var minute = new Summary(1L + Integer.MAX_VALUE, 0, 5, 6, buckets);
        assertThat(minute.plus(minute).percentile(50).orElseThrow()).isCloseTo(5.5, within(0.01));
    }

    @Test
    void aBlockOfALaterVersionHasNoMinutes() {
        Map<Integer, Summary> read = new HashMap<>();
        HourBlock.decode(Bytes.of(2).plus(Bytes.utf8("unknown")), read::put);
        assertThat(read).isEmpty();
    }

    @Test
    void everyValueBelongsToTheBucketThatHoldsIt() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            long value = random.nextLong(1L << random.nextInt(1, 36));
            int bucket = LogBuckets.of(value);
            assertThat(LogBuckets.first(bucket)).isLessThanOrEqualTo(value);
            assertThat(LogBuckets.end(bucket)).isGreaterThan(value);
        }
        assertThat(LogBuckets.of(Long.MAX_VALUE)).isEqualTo(LogBuckets.COUNT - 1);
        assertThat(LogBuckets.of(-1)).isZero();
    }

    @Test
    void aPercentileIsOffByAnEighthAtMost() {
        long[] values = new long[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i + 1L;
        }
        Summary summary = summary(values);
        for (double percent : new double[] {1, 50, 90, 99, 99.9}) {
            double exact = values.length * percent / 100;
            assertThat(summary.percentile(percent).orElseThrow()).isCloseTo(exact, within(exact / 8));
        }
        assertThat(summary.percentile(100)).contains(10_000.0);
    }

    @Test
    void withoutADistributionOnlyEqualValuesHaveAPercentile() {
        assertThat(summary(5, 5).withoutBuckets().percentile(99)).contains(5.0);
        assertThat(summary(5, 6).withoutBuckets().percentile(99)).isEmpty();
    }
}
