package io.gramme.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PausesTest {
    private final Pauses pauses = new Pauses(100);

    @Test
    void thePauseIsTheLongestTimeBetweenTwoAnswersWhoeverHadThem() {
        pauses.answered(110);
        pauses.answered(150);
        pauses.answered(170);
        assertThat(pauses.longestNanos()).isEqualTo(40);
    }

    @Test
    void thoseWhoTellOfTheirAnswersInAnotherOrderMakeNoPause() {
        pauses.answered(130);
        pauses.answered(120);
        pauses.answered(140);
        assertThat(pauses.longestNanos()).isEqualTo(30);
    }

    @Test
    void theLongestStopOfAJvmIsFoundInItsLog() {
        String log = """
                [0.1s][info][safepoint] Safepoint "ICBufferFull", Time since last: 5 ns, Total:       1234 ns
                [0.2s][info][safepoint] Safepoint "ParallelGCCollect", Time since last: 999999 ns, Total:    5678 ns
                """;
        assertThat(SteadyBenchmark.longestStop(log)).isEqualTo(5678);
        assertThat(SteadyBenchmark.longestStop("")).isZero();
    }
}
