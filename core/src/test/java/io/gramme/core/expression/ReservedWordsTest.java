package io.gramme.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReservedWordsTest {
    @Test
    void thereAre573InWhateverCase() {
        assertThat(ReservedWords.count()).isEqualTo(573);
        assertThat(ReservedWords.contains("NAME")).isTrue();
        assertThat(ReservedWords.contains("sTatus")).isTrue();
        assertThat(ReservedWords.contains("pk")).isFalse();
    }
}
