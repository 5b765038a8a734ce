package io.gramme.core.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.error.ApiException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of behaviours about numbers: what is accepted, how it is kept, what it costs. */
class DecimalTest {
    private static final String NINES = "9".repeat(38);

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "+1, 1",
        "-1, -1",
        "1.0, 1",
        "-0, 0",
        "0.0, 0",
        "007, 7",
        "1.50, 1.5",
        ".5, 0.5",
        "5., 5",
        "1e3, 1000",
        "1E3, 1000",
        "1e+3, 1000",
        "12e-1, 1.2",
        "0e125, 0",
        "0.0e126, 0",
        "0e-130, 0",
        "1e-5, 0.00001"
    })
    void textIsNormalised(String given, String kept) {
        assertThat(Decimal.parse(given)).hasToString(kept);
    }

    @Test
    void theLargestAndTheSmallestAreKept() {
        assertThat(Decimal.parse("1e125").toString()).isEqualTo("1" + "0".repeat(125));
        assertThat(Decimal.parse(NINES + "e88").toString()).isEqualTo(NINES + "0".repeat(88));
        assertThat(Decimal.parse("-1e-130").toString()).isEqualTo("-0." + "0".repeat(129) + "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e126", "-1e126", "0e126", "10e125", "1e2147483648", "1e9223372036854775807", "123e124"})
    void aMagnitudeAboveTheRangeIsAnOverflow(String text) {
        assertThatThrownBy(() -> Decimal.parse(text))
                .isInstanceOf(ApiException.class)
                .hasMessage("Number overflow. Attempting to store a number with magnitude larger than supported range");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-131", "-1e-131", "0e-131", "0.1e-130", "1e-2147483649", "1e-9223372036854775807"})
    void aMagnitudeBelowTheRangeIsAnUnderflow(String text) {
        assertThatThrownBy(() -> Decimal.parse(text))
                .isInstanceOf(ApiException.class)
                .hasMessage(
                        "Number underflow. Attempting to store a number with magnitude smaller than supported range");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "1a",
                " 1",
                "1 ",
                "1 0",
                "--1",
                "1e",
                "e1",
                "1e1.5",
                ".",
                "-",
                "+",
                "NaN",
                "Infinity",
                "0x10",
                "1_000",
                "1,0",
                "\u0661",
                "1e9223372036854775808",
                "1.2.3",
                "1e1e1"
            })
    void whatIsNoNumberIsRefused(String text) {
        assertThatThrownBy(() -> Decimal.parse(text))
                .isInstanceOf(ApiException.class)
                .hasMessage("The parameter cannot be converted to a numeric value: " + text);
    }

    /** What batches, transactions and parameters of statements say of exponents at and beyond 32 bits. */
    @ParameterizedTest
    @CsvSource({
        "1e126, overflow",
        "1e2147483646, overflow",
        "1e2147483647, underflow",
        "-1e2147483647, underflow",
        "12e2147483646, underflow",
        "0e2147483647, underflow",
        "1e-131, underflow",
        "1e-2147483647, underflow",
        "1e2147483648, no number",
        "1e-2147483648, no number",
        "0.1e-2147483647, no number",
        "1e4294967296, no number",
        "1e9223372036854775808, no number"
    })
    void inThirtyTwoBitsAnExponentEndsElsewhere(String text, String fault) {
        String words = switch (fault) {
            case "overflow" ->
                "Number overflow. Attempting to store a number with magnitude larger than supported range";
            case "underflow" ->
                "Number underflow. Attempting to store a number with magnitude smaller than supported range";
            default -> "The parameter cannot be converted to a numeric value: " + text;
        };
        assertThatThrownBy(() -> Decimal.parseWithIntExponent(text))
                .isInstanceOf(ApiException.class)
                .hasMessage(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1.50", "1e125", "-1e-130", "0e125", "1000e-3"})
    void inThirtyTwoBitsNumbersAreTheSame(String text) {
        assertThat(Decimal.parseWithIntExponent(text)).isEqualTo(Decimal.parse(text));
    }

    @Test
    void thirtyEightDigitsFitAndThirtyNineDoNot() {
        assertThat(Decimal.parse(NINES)).hasToString(NINES);
        assertThat(Decimal.parse("0.000" + NINES + "000")).hasToString("0.000" + NINES);
        assertThatThrownBy(() -> Decimal.parse("1" + NINES))
                .hasMessage("Attempting to store more than 38 significant digits in a Number");
    }

    @Test
    void aMillionDigitsCostNoMoreThanReadingThem() {
        assertThat(Decimal.parse("0".repeat(1_000_000) + "1")).hasToString("1");
        assertThatThrownBy(() -> Decimal.parse("1".repeat(1_000_000))).isInstanceOf(ApiException.class);
    }

    @Test
    void arithmeticIsExact() {
        assertThat(Decimal.parse("0.1").plus(Decimal.parse("0.2"))).hasToString("0.3");
        assertThat(Decimal.parse("1").minus(Decimal.parse("1"))).isEqualTo(Decimal.ZERO);
    }

    @Test
    void aResultThatNeedsMoreThan38DigitsIsAnOverflow() {
        assertThatThrownBy(() -> Decimal.parse("1e50").plus(Decimal.parse("1")))
                .hasMessageStartingWith("Number overflow");
        assertThatThrownBy(() -> Decimal.parse(NINES + "e88").plus(Decimal.parse(NINES + "e88")))
                .hasMessageStartingWith("Number overflow");
    }

    @ParameterizedTest
    @CsvSource({"3.14159, 5", "123456, 4", "1e125, 2", "0.0000001, 2", "-1, 3", "100.5, 4", "12, 2", "123, 3", "1.05, 3"
    })
    void sizeCountsDigitPairsOnBothSidesOfThePoint(String text, int size) {
        assertThat(Decimal.parse(text).size()).isEqualTo(size);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.gramme.core.item.Seeds#some")
    void bytesAreInTheOrderOfTheNumbersAndReadBack(long seed) {
        var random = new RandomValues(seed);
        Decimal a = random.number();
        Decimal b = random.below(4) == 0 ? a.plus(Decimal.ZERO) : random.number();
        assertThat(DecimalCodec.decode(DecimalCodec.encode(a))).isEqualTo(a);
        assertThat(Integer.signum(DecimalCodec.encode(a).compareTo(DecimalCodec.encode(b))))
                .isEqualTo(Integer.signum(a.compareTo(b)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.gramme.core.item.Seeds#some")
    void theTextReadsBackAsTheSameNumber(long seed) {
        Decimal number = new RandomValues(seed).number();
        assertThat(Decimal.parse(number.toString())).isEqualTo(number);
        assertThat(new BigDecimal(number.toString())).isEqualByComparingTo(number.toBigDecimal());
    }
}
