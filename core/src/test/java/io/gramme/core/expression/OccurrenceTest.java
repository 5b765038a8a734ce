package io.gramme.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.item.RandomValues;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OccurrenceTest {
    private static boolean occurs(String part, String text) {
        return Occurrence.of(part::charAt, part.length(), text::charAt, text.length());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.gramme.core.item.Seeds#some")
    void itFindsWhatTheJdkFinds(long seed) {
        var random = new RandomValues(seed);
        var text = new StringBuilder();
        for (int i = random.below(30); i > 0; i--) {
            text.append("ab".charAt(random.below(2)));
        }
        var part = new StringBuilder();
        for (int i = random.below(6); i > 0; i--) {
            part.append("ab".charAt(random.below(2)));
        }
        assertThat(occurs(part.toString(), text.toString())).isEqualTo(text.indexOf(part.toString()) >= 0);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void whatAlmostMatchesEverywhereIsSearchedInOnePass() {
        String text = "a".repeat(4_000_000);
        assertThat(occurs("a".repeat(2_000_000) + "b", text)).isFalse();
        assertThat(occurs("a".repeat(2_000_000), text)).isTrue();
    }
}
