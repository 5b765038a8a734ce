package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationTextTest {

    @Test
    void aTimeHasAUnit() {
        var text = new DurationText();
        assertThat(text.convert("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(text.convert("2s")).isEqualTo(Duration.ofSeconds(2));
        assertThat(text.convert("1m")).isEqualTo(Duration.ofMinutes(1));
        assertThat(text.convert("12h")).isEqualTo(Duration.ofHours(12));
        assertThat(text.convert("0")).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-1s", "s", "1d", "1.5s", "9999999999s"})
    void anythingElseIsNoTime(String text) {
        assertThatThrownBy(() -> new DurationText().convert(text)).isInstanceOf(TypeConversionException.class);
    }
}
