package io.gramme.tables.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.tables.insight.SpaceSaving.Estimate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpaceSavingTest {
    private static final int SEEDS = 40;

    /** A stream in which low keys are far more frequent than high ones, or all are alike. */
    private static String key(SplittableRandom random, boolean skewed) {
        double place = random.nextDouble();
        return "k" + (int) (500 * (skewed ? Math.pow(place, 4) : place));
    }

    private static SpaceSaving<String> sketch(int counters) {
        return new SpaceSaving<>(counters, Long.MAX_VALUE, String::length);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCountIsNeverTooLowAndTooHighByNoMoreThanItsErrorAndTheBound(boolean skewed) {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            int counters = 1 + random.nextInt(60);
            SpaceSaving<String> sketch = sketch(counters);
            Map<String, Long> exact = new HashMap<>();
            long total = 0;
            for (int i = 0; i < 3_000; i++) {
                String key = key(random, skewed);
                long weight = 1L + random.nextInt(9);
                sketch.add(key, weight);
                exact.merge(key, weight, Long::sum);
                total += weight;
            }
            long bound = total / counters;
            Map<String, Estimate<String>> found = new HashMap<>();
            sketch.top(Integer.MAX_VALUE).forEach(estimate -> found.put(estimate.key(), estimate));
            assertThat(found).as("seed %s", seed).hasSizeLessThanOrEqualTo(counters);
            assertThat(sketch.total()).isEqualTo(total);
            exact.forEach((key, weight) -> {
                Estimate<String> estimate = found.get(key);
                if (estimate == null) {
                    assertThat(weight).as("%s has no counter", key).isLessThanOrEqualTo(bound);
                } else {
                    assertThat(estimate.count()).isGreaterThanOrEqualTo(weight);
                    assertThat(estimate.count() - estimate.error()).isLessThanOrEqualTo(weight);
                    assertThat(estimate.error()).isLessThanOrEqualTo(bound);
                }
            });
        }
    }

    @Test
    void fewKeysAreCountedExactlyAndInOrder() {
        SpaceSaving<String> sketch = sketch(3);
        for (String key : List.of("a", "b", "b", "c", "b", "c")) {
            sketch.add(key, 2);
        }
        assertThat(sketch.top(2)).containsExactly(new Estimate<>("b", 6, 0), new Estimate<>("c", 4, 0));
    }

    /** The bound on an error is then the weight divided by the number of counters that there is room for. */
    @Test
    void longKeysHaveFewerCountersAndNoCountIsTooLow() {
        var random = new SplittableRandom(7);
        var sketch = new SpaceSaving<String>(1_000, 200, String::length);
        Map<String, Long> exact = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            String key = key(random, true).repeat(1 + random.nextInt(5));
            sketch.add(key, 1);
            exact.merge(key, 1L, Long::sum);
        }
        List<Estimate<String>> top = sketch.top(Integer.MAX_VALUE);
        assertThat(top.stream().mapToInt(estimate -> estimate.key().length()).sum())
                .isLessThanOrEqualTo(200);
        assertThat(top)
                .isSortedAccordingTo(Comparator.comparingLong((Estimate<String> one) -> one.count())
                        .reversed());
        assertThat(top).allSatisfy(estimate -> {
            long weight = exact.getOrDefault(estimate.key(), 0L);
            assertThat(estimate.count()).isGreaterThanOrEqualTo(weight);
            assertThat(estimate.count() - estimate.error()).isLessThanOrEqualTo(weight);
        });
        long least = top.getLast().count();
        exact.forEach((key, weight) -> assertThat(weight <= least
                        || top.stream().anyMatch(one -> one.key().equals(key)))
                .as(key)
                .isTrue());
    }

    /** A key longer than all the allowed bytes has a counter all the same. */
    @Test
    void oneKeyAlwaysHasACounter() {
        var sketch = new SpaceSaving<String>(10, 5, String::length);
        sketch.add("a", 1);
        sketch.add("a long key", 1);
        assertThat(sketch.top(9)).containsExactly(new Estimate<>("a long key", 2, 1));
    }
}
