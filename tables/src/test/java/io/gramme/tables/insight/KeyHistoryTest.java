package io.gramme.tables.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.item.Value;
import io.gramme.tables.insight.SpaceSaving.Estimate;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyHistoryTest {
    private static List<Value> key(String text) {
        return List.of(new Value.S(text));
    }

    private final KeyMemory memory = new KeyMemory(1L << 30);
    private final KeyHistory history = new KeyHistory(memory, 0);

    @Test
    void minutesAreMerged() {
        history.add(key("a"), 5, 0);
        history.add(key("b"), 3, 0);
        history.add(key("b"), 4, 1);
        history.add(key("a"), 1, 2);
        assertThat(history.top(2, 3, 9))
                .isEqualTo(new KeyHistory.Report(
                        List.of(new Estimate<>(key("b"), 7, 0), new Estimate<>(key("a"), 6, 0)), 13));
        assertThat(history.top(2, 2, 1)).isEqualTo(new KeyHistory.Report(List.of(new Estimate<>(key("b"), 4, 0)), 5));
    }

    @Test
    void aDayIsKept() {
        history.add(key("old"), 1, 0);
        history.add(key("new"), 1, 1);
        assertThat(history.top(KeyHistory.MINUTES - 1, KeyHistory.MINUTES, 9).keys())
                .hasSize(2);
        assertThat(history.top(KeyHistory.MINUTES, KeyHistory.MINUTES, 9).keys())
                .containsExactly(new Estimate<>(key("new"), 1, 0));
        assertThat(history.top(KeyHistory.MINUTES + 1, KeyHistory.MINUTES, 9).keys())
                .isEmpty();
    }

    @Test
    void theHighestKeysOfAMinuteAreKept() {
        for (int i = 0; i < 2 * KeyHistory.KEPT; i++) {
            history.add(key("k" + i), i + 1, 0);
        }
        KeyHistory.Report report = history.top(1, 2, 1_000);
        assertThat(report.keys()).hasSize(KeyHistory.KEPT);
        assertThat(report.keys().getLast().key()).isEqualTo(key("k" + KeyHistory.KEPT));
        assertThat(report.total()).isEqualTo(200 * 201 / 2);
    }

    @Test
    void theOldestMinutesAreForgottenWhenTheirKeysTakeTooMuchMemory() {
        var small = new KeyMemory(1_000);
        var bounded = new KeyHistory(small, 0);
        for (int minute = 0; minute < 50; minute++) {
            bounded.add(key("k".repeat(200) + minute), 1, minute);
        }
        List<Estimate<List<Value>>> keys = bounded.top(50, 60, 100).keys();
        assertThat(keys).hasSizeBetween(1, 4);
        assertThat(keys).anySatisfy(one -> assertThat(one.key()).isEqualTo(key("k".repeat(200) + 49)));
        bounded.clear();
        assertThat(bounded.top(50, 60, 100).keys()).isEmpty();
    }
}
