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
        assertThat(cache.get("a", this::parse)).isEqualTo("a!");
    }

    @Test
    void aLongTextIsParsedEachTime() {
        String longest = "x".repeat(ParseCache.LONGEST);
        cache.get(longest, this::parse);
        cache.get(longest, this::parse);
        assertThat(parses).hasValue(1);
        cache.get(longest + "x", this::parse);
        cache.get(longest + "x", this::parse);
        assertThat(parses).hasValue(3);
    }

    /** The two have one hash. */
    @Test
    void textsInOneSlotAreNotTakenForEachOther() {
        assertThat(cache.get("Aa", this::parse)).isEqualTo("Aa!");
        assertThat(cache.get("BB", this::parse)).isEqualTo("BB!");
        assertThat(cache.get("Aa", this::parse)).isEqualTo("Aa!");
        assertThat(parses).hasValue(3);
    }

    @Test
    void howeverManyTextsThereAreEachIsItsOwn() {
        for (int i = 0; i < 10 * ParseCache.SLOTS; i++) {
            assertThat(cache.get("text " + i, this::parse)).isEqualTo("text " + i + "!");
        }
    }
}
