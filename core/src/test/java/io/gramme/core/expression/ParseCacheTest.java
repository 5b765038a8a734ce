package io.gramme.core.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParseCacheTest {
    private final ParseCache<String> cache = new ParseCache<>();
    private final AtomicInteger parses = new AtomicInteger();

    private String parse(String text) {
        parses.incrementAndGet();
        return text + "!";
    }

    @Test
    void aTextIsParsedOnce() {
        assertThat(cache.get("a", this::parse)).isEqualTo("a!");
        assertThat(cache.get("a", this::parse)).isEqualTo("a!");
        assertThat(parses).hasValue(1);
    }

    @Test
    void aRefusedTextIsNotRemembered() {
        assertThatIllegalStateException()
                .isThrownBy(() -> cache.get("a", _ -> {
                    throw new IllegalStateException("text=a");
                }));
        assertThat(cache.size()).isZero();
    }

    @Test
    void itNeverHoldsMoreThanTwoGenerations() {
        for (int i = 0; i < 10 * ParseCache.GENERATION; i++) {
            cache.get("text " + i, this::parse);
            assertThat(cache.size()).isLessThanOrEqualTo(2 * ParseCache.GENERATION);
        }
    }

    @Test
    void aTextThatIsAskedForAgainAndAgainStays() {
        for (int i = 0; i < 10 * ParseCache.GENERATION; i++) {
            cache.get("hot", this::parse);
            cache.get("text " + i, this::parse);
        }
        assertThat(parses).hasValue(1 + 10 * ParseCache.GENERATION);
    }
}
