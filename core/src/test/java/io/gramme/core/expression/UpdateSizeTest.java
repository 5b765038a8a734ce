package io.gramme.core.expression;

import static io.gramme.core.expression.Samples.list;
import static io.gramme.core.expression.Samples.n;
import static io.gramme.core.expression.Samples.s;
import static io.gramme.core.expression.Samples.strings;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.item.Value;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateSizeTest {
    /** Of 100, 5, 2, 3 + 2 x (1 + 4) and 6 bytes. */
    private static final Map<String, Value> VALUES = Map.of(
            ":s", s("x".repeat(100)),
            ":5", s("abcde"),
            ":n", n("12"),
            ":l", list(s("abcd"), s("efgh")),
            ":ss", strings("abc", "def"));

    private static final Map<String, String> NAMES = Map.of("#long", "n".repeat(1_000), "#e", "\u00e9");

    private static long size(String text) {
        return Expressions.update(text, new Placeholders(Optional.of(NAMES), Optional.of(VALUES)))
                .expressionSize();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SET a = :s                              | 3 + 19 + 1 + 100
                    SET abc = :s                            | 3 + 19 + 3 + 100
                    SET #long = :n                          | 3 + 19 + 1000 + 2
                    SET #e = :n                             | 3 + 19 + 2 + 2
                    SET a.b = :5                            | 3 + 19 + 1 + 4 + 1 + 5
                    SET a.bc[7].#long[123] = :5             | 3 + 19 + 1 + 4 + 2 + 4 + 1 + 4 + 1000 + 4 + 3 + 5
                    SET a = :5, b = :5, c = :5              | 3 + 19 + 1 + 5 + 19 + 1 + 5 + 19 + 1 + 5
                    SET a = b                               | 3 + 19 + 1 + 1 + 14 + 1
                    SET a = bcd                             | 3 + 19 + 1 + 1 + 14 + 3
                    SET a = b.c[10]                         | 3 + 19 + 1 + 1 + 14 + 1 + 14 + 1 + 14 + 2
                    SET a = b + :n                          | 3 + 19 + 1 + 34 + 1 + 14 + 1 + 2
                    SET a = :n - b                          | 3 + 19 + 1 + 37 + 2 + 1 + 14 + 1
                    SET a = if_not_exists(b, :s)            | 3 + 19 + 1 + 39 + 1 + 14 + 1 + 100
                    SET a = list_append(a, :l)              | 3 + 19 + 1 + 37 + 1 + 14 + 1 + 13
                    SET a = list_append(:l, :l)             | 3 + 19 + 1 + 37 + 13 + 13
                    SET a = if_not_exists(a, :n) + :n       | 3 + 19 + 1 + 34 + 39 + 1 + 14 + 1 + 2 + 2
                    SET a = list_append(if_not_exists(a, :l), :l) | 3 + 19 + 1 + 37 + 39 + 1 + 14 + 1 + 13 + 13
                    ADD a :n                                | 3 + 19 + 1 + 2
                    ADD a.b :ss                             | 3 + 19 + 1 + 4 + 1 + 6
                    REMOVE a                                | 3 + 1 + 1
                    REMOVE #long                            | 3 + 1 + 1000
                    REMOVE a[1], b[22][3]                   | 3 + 1 + 1 + 4 + 1 + 1 + 1 + 4 + 2 + 4 + 1
                    DELETE a :ss                            | 3 + 1 + 1
                    DELETE a.b :ss                          | 3 + 1 + 1 + 4 + 1
                    SET a = :n REMOVE b ADD c :n DELETE d :ss | 3 + 19 + 1 + 2 + 1 + 1 + 19 + 1 + 2 + 1 + 1
                    """)
    void eachClauseCountsItsTargetAndItsOperands(String text, String sum) {
        long expected =
                Stream.of(sum.split(" \\+ ", -1)).mapToLong(Long::parseLong).sum();
        assertThat(size(text)).isEqualTo(expected);
    }

    @Test
    void aLargeValueUsedManyTimesCountsAtEachUse() {
        Value large = s("x".repeat(1_900_000));
        String text = IntStream.range(0, 500).mapToObj(i -> "a" + i + "=:l").collect(Collectors.joining(","));
        var placeholders = new Placeholders(Optional.empty(), Optional.of(Map.of(":l", large)));
        assertThat(Expressions.update("SET " + text, placeholders).expressionSize())
                .isGreaterThan(500L * 1_900_000);
    }
}
