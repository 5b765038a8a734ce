package io.gramme.core.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.item.RandomValues;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BytesTest {

    @Test
    void bytesAreOrderedUnsigned() {
        assertThat(Bytes.of(0x7f)).isLessThan(Bytes.of(0x80));
        assertThat(Bytes.utf8("a")).isLessThan(Bytes.utf8("ab"));
    }

    @Test
    void nothingLiesBetweenARunAndTheNext() {
        assertThat(Bytes.utf8("a").next()).isGreaterThan(Bytes.utf8("a")).isLessThan(Bytes.utf8("a\1"));
    }

    @Test
    void theEndOfAPrefixIsBehindAllThatBeginsWithIt() {
        assertThat(Bytes.utf8("ab").afterPrefix()).isEqualTo(Bytes.utf8("ac"));
        assertThat(Bytes.wrap(new byte[] {1, -1, -1}).afterPrefix()).isEqualTo(Bytes.of(2));
        assertThat(Bytes.wrap(new byte[] {-1, -1}).afterPrefix()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void numbersAreBigEndian() {
        assertThat(Bytes.ofInt(0x01020384)).hasToString("01020384");
        assertThat(Bytes.ofLong(0x0102030405060788L)).hasToString("0102030405060788");
        assertThat(Bytes.ofInt(-2)).hasToString("fffffffe").isGreaterThan(Bytes.ofInt(Integer.MAX_VALUE));
        assertThat(Bytes.ofLong(-2)).hasToString("fffffffffffffffe").isGreaterThan(Bytes.ofLong(Long.MAX_VALUE));
    }

    @Test
    void numbersAreReadWhereTheyLie() {
        Bytes joined = Bytes.of(7).plus(Bytes.ofInt(-3)).plus(Bytes.ofLong(Long.MIN_VALUE + 5));
        assertThat(joined.intAt(1)).isEqualTo(-3);
        assertThat(joined.longAt(5)).isEqualTo(Long.MIN_VALUE + 5);
        assertThatThrownBy(() -> joined.longAt(6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> joined.intAt(10)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.gramme.core.item.Seeds#some")
    void textIsMeasuredAndComparedAsItsUtf8Bytes(long seed) {
        var random = new RandomValues(seed);
        String a = random.text();
        String b = random.text();
        byte[] bytesA = a.getBytes(StandardCharsets.UTF_8);
        byte[] bytesB = b.getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.length(a)).isEqualTo(bytesA.length);
        assertThat(Integer.signum(Utf8.compare(a, b)))
                .isEqualTo(Integer.signum(Arrays.compareUnsigned(bytesA, bytesB)));
    }
}
