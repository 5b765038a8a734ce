package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.TopKey;
import io.gramme.api.TopKeysRule;
import io.gramme.api.TopKeysUnit;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeysCommandTest {
    private static TopKey key(String customer, int number, double value) {
        return TopKey.builder()
                .key(Item.of(
                        Map.of("customer", new Value.S(customer), "number", new Value.N(Decimal.parse("" + number)))))
                .value(value)
                .build();
    }

    @Test
    void keysAreShownWithTheirShare() {
        TopKeysRule rule = TopKeysRule.builder()
                .counts(TopKeysUnit.CONSUMED_THROUGHPUT_UNITS)
                .keyAttributes(List.of("customer", "number"))
                .keys(List.of(key("anna", 1, 1200), key("b\u001b[2J", 22, 40.5)))
                .total(1600.0)
                .build();
        assertThat(KeysCommand.lines(rule))
                .containsExactly(
                        "UNITS  SHARE  customer  number", " 1200    75%  anna      1", " 40.5     3%  b?[2J     22");
    }

    @Test
    void aRuleThatHasCountedNothingSaysSo() {
        TopKeysRule rule = TopKeysRule.builder()
                .counts(TopKeysUnit.THROTTLED_REQUESTS)
                .keyAttributes(List.of("customer"))
                .keys(List.of())
                .total(0.0)
                .build();
        assertThat(KeysCommand.lines(rule)).containsExactly("No keys throttled: customer");
    }
}
