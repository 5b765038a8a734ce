package io.gramme.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.KeySchemaElement;
import io.gramme.api.KeyType;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EchoTest {
    @Test
    void scalarsAreQuotedAndNothingIsNull() {
        assertThat(Echo.of("ab")).isEqualTo("'ab'");
        assertThat(Echo.of("")).isEqualTo("''");
        assertThat(Echo.of(0)).isEqualTo("'0'");
        assertThat(Echo.of(null)).isEqualTo("null");
    }

    @Test
    void collectionsShowTheirParts() {
        assertThat(Echo.of(List.of())).isEqualTo("'[]'");
        assertThat(Echo.of(List.of("a", List.of(1, 2)))).isEqualTo("'[a, [1, 2]]'");
        assertThat(Echo.of(Map.of("TABLE", List.of()))).isEqualTo("'{TABLE=[]}'");
    }

    @Test
    void structuresInsideShowTheirNamesOnly() {
        assertThat(Echo.of(List.of(new KeySchemaElement("a", KeyType.HASH)))).isEqualTo("'[KeySchemaElement]'");
        assertThat(Echo.of(Item.of("a", new Value.S("secret")))).isEqualTo("'{a=S}'");
    }

    @Test
    void aLargeCollectionIsCutWithoutBeingRenderedWhole() {
        assertThat(Echo.of(Collections.nCopies(Integer.MAX_VALUE, "x"))).hasSizeLessThan(11_000);
    }

    @Test
    void noSurrogatePairIsCutInTwo() {
        String pairs = "\ud83d\ude00".repeat(20_000);
        for (String text : List.of(pairs, "x" + pairs)) {
            String echo = Echo.of(text);
            assertThat(new String(echo.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(echo);
        }
    }
}
