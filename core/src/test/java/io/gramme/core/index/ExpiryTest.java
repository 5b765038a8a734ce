package io.gramme.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.index.Expiry.Due;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {
    private static final Expiry EXPIRY = new Expiry("expires");
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private static OptionalLong second(Value value) {
        return EXPIRY.of(Item.of(Map.of("expires", value)));
    }

    private static OptionalLong second(String number) {
        return second(new Value.N(Decimal.parse(number)));
    }

    @ParameterizedTest
    @CsvSource({
        "1795428000, 1795428000",
        "1.795428E9, 1795428000",
        "1795428000.0, 1795428000",
        "1795427999.5, 1795428000",
        "0, 0",
        "1E-130, 1",
        "999999999999999999, 999999999999999999",
    })
    void anItemExpiresWithTheSecondThatANumberNamesOrItsFractionEnds(String number, long second) {
        assertThat(second(number)).hasValue(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-0.5", "1E18", "9.9E125"})
    void aNumberThatIsNoTimeToComeIsIgnored(String number) {
        assertThat(second(number)).isEmpty();
    }

    @Test
    void anotherTypeOrNoAttributeIsIgnored() {
        assertThat(second(new Value.S("1795428000"))).isEmpty();
        assertThat(second(new Value.L(List.of(new Value.N(Decimal.of(1)))))).isEmpty();
        assertThat(EXPIRY.of(Item.of(Map.of("Expires", new Value.N(Decimal.of(1))))))
                .isEmpty();
    }

    @Test
    void aDottedNameIsAnAttributeAndNoPath() {
        Item item = Item.of(Map.of("a.b", new Value.N(Decimal.of(7))));

        assertThat(new Expiry("a.b").of(item)).hasValue(7);
    }

    @Test
    void whatIsPastIsDueAndThePresentIsNot() {
        long now = NOW.getEpochSecond();

        assertThat(Due.at(NOW).contains(OptionalLong.of(now - 1))).isTrue();
        assertThat(Due.at(NOW).contains(OptionalLong.of(now))).isFalse();
        assertThat(Due.at(NOW.plusNanos(1)).contains(OptionalLong.of(now))).isTrue();
        assertThat(Due.at(NOW).contains(OptionalLong.empty())).isFalse();
    }

    @Test
    void whatIsMoreThanFiveYearsPastIsNotDue() {
        long fiveYearsAgo = Instant.parse("2021-11-23T10:00:00Z").getEpochSecond();

        assertThat(Due.at(NOW).contains(OptionalLong.of(fiveYearsAgo))).isTrue();
        assertThat(Due.at(NOW).contains(OptionalLong.of(fiveYearsAgo - 1))).isFalse();
        assertThat(Due.at(Instant.EPOCH.plusSeconds(5)).contains(OptionalLong.of(0)))
                .isTrue();
    }
}
