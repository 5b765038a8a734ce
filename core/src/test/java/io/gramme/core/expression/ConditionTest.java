package io.gramme.core.expression;

import static io.gramme.core.expression.Samples.b;
import static io.gramme.core.expression.Samples.everything;
import static io.gramme.core.expression.Samples.item;
import static io.gramme.core.expression.Samples.list;
import static io.gramme.core.expression.Samples.map;
import static io.gramme.core.expression.Samples.n;
import static io.gramme.core.expression.Samples.numbers;
import static io.gramme.core.expression.Samples.s;
import static io.gramme.core.expression.Samples.strings;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    private static boolean matches(String text, Item item, Map<String, Value> values) {
        var placeholders = new Placeholders(Optional.of(Samples.NAMES), Optional.of(values));
        return Expressions.condition(ExpressionKind.CONDITION, text, placeholders)
                .matches(item);
    }

    private static boolean matches(String text) {
        return matches(text, everything(), Samples.VALUES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n = nowhere OR attribute_exists(n)",
                "attribute_exists(m.b.c)",
                "attribute_exists(l[3].x)",
                "attribute_exists(#n)",
                "attribute_not_exists(#dotted)",
                "attribute_not_exists(m.x)",
                "attribute_not_exists(s.x)",
                "attribute_not_exists(s[0])",
                "attribute_not_exists(l.x)",
                "attribute_not_exists(l[4])",
                "l[3].x = :n",
                "l[1] = m.a",
                "#l[1] = m.a",
                "m.a < m.b.c",
                "n > :n",
                "n >= nowhere OR n >= :n",
                ":n < n",
                "ss <> :ss",
                "bs = :bs",
                "z = :z",
                "t = :t",
                "m.a BETWEEN :n AND n",
                "n in (:s, :n2, :ss) OR m.a IN (:s, :n, :n2)",
                "size(s) = m.b.c",
                "size(b) = m.b.c",
                "size(ss) = :n2",
                "size(ns) = :n2",
                "size(bs) = :n",
                "size(l) > m.b.c",
                "size(m) = m.b.c",
                "size(m.e) < :n",
                "size(:l) = :n",
                "not n = :n",
                "n <> :n And s <> :s"
            })
    void isTrueOfTheItem(String text) {
        assertThat(matches(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "<", "<=", ">", ">="})
    void aMissingAttributeHasNoRelationButToBeUnequal(String operator) {
        assertThat(matches("absent " + operator + " :n")).isFalse();
        assertThat(matches(":n " + operator + " absent")).isFalse();
        assertThat(matches("absent " + operator + " nowhere")).isFalse();
        assertThat(matches("absent <> :n")).isTrue();
        assertThat(matches("absent <> nowhere")).isTrue();
        assertThat(matches("size(absent) <> :n")).isTrue();
        assertThat(matches("size(n) = :n")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "<", "<=", ">", ">="})
    void valuesOfDifferentTypesHaveNoRelationButToBeUnequal(String operator) {
        assertThat(matches("n " + operator + " :s")).isFalse();
        assertThat(matches("n <> :s")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "absent BETWEEN :n AND :n2",
                "absent IN (:n)",
                "absent IN (nowhere)",
                "begins_with(absent, :s)",
                "begins_with(:s, absent)",
                "contains(absent, :s)",
                "contains(:s, absent)",
                "n BETWEEN :s AND :s2",
                "s BETWEEN nowhere AND :s2",
                "begins_with(n, :s)",
                "begins_with(b, :s)",
                "contains(n, :n)",
                "contains(m, :n)",
                "contains(t, :t)",
                "contains(z, :z)"
            })
    void whatCannotBeAskedOfAValueIsFalse(String text) {
        assertThat(matches(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"n, N", "s, S", "b, B", "t, BOOL", "z, NULL", "ss, SS", "ns, NS", "bs, BS", "l, L", "m, M"})
    void everyAttributeHasItsTypeAndNoOther(String attribute, String type) {
        for (Value.Type candidate : Value.Type.values()) {
            assertThat(matches(
                            "attribute_type(" + attribute + ", :type)",
                            everything(),
                            Map.of(":type", s(candidate.name()))))
                    .isEqualTo(candidate.name().equals(type));
        }
    }

    @Test
    void notBindsBeforeAndAndAndBeforeOr() {
        Item item = item("a", n("1"), "b", n("2"));
        var values = Map.of(":1", n("1"), ":2", n("2"));
        assertThat(matches("a = :1 OR a = :2 AND b = :1", item, values)).isTrue();
        assertThat(matches("(a = :1 OR a = :2) AND b = :1", item, values)).isFalse();
        assertThat(matches("NOT a = :2 AND b = :2", item, values)).isTrue();
        assertThat(matches("NOT (a = :2 AND b = :2)", item, values)).isTrue();
        assertThat(matches("NOT a = :1 OR b = :2", item, values)).isTrue();
        assertThat(matches("NOT (a = :1 OR b = :2)", item, values)).isFalse();
        assertThat(matches("NOT NOT a = :1", item, values)).isTrue();
        assertThat(matches("a BETWEEN :1 AND :2 AND b = :2", item, values)).isTrue();
    }

    @Test
    void numbersAreOrderedByValueAndNotByText() {
        Item item = item("a", n("10"));
        assertThat(matches("a > :v", item, Map.of(":v", n("9")))).isTrue();
        assertThat(matches("a = :v", item, Map.of(":v", n("1e1")))).isTrue();
        assertThat(matches("a > :v", item, Map.of(":v", n("-100")))).isTrue();
    }

    @Test
    void stringsAreOrderedByTheirUtf8Bytes() {
        // U+FF5E sorts before U+1F600 in UTF-8, and behind it in the UTF-16 that Java compares.
        Item item = item("a", s("\uff5e"));
        assertThat(matches("a < :v", item, Map.of(":v", s("\ud83d\ude00")))).isTrue();
        assertThat(matches("a < :v", item, Map.of(":v", s("\uff5ea")))).isTrue();
    }

    @Test
    void binariesAreOrderedByUnsignedBytes() {
        Item item = item("a", b(0x80));
        assertThat(matches("a > :v", item, Map.of(":v", b(0x7f, 1)))).isTrue();
        assertThat(matches("a BETWEEN :v AND :w", item, Map.of(":v", b(0x7f), ":w", b(0x80))))
                .isTrue();
    }

    @Test
    void betweenIncludesBothBounds() {
        var values = Map.of(":1", n("1"), ":3", n("3"));
        assertThat(matches("a BETWEEN :1 AND :3", item("a", n("1")), values)).isTrue();
        assertThat(matches("a BETWEEN :1 AND :3", item("a", n("3")), values)).isTrue();
        assertThat(matches("a BETWEEN :1 AND :3", item("a", n("3.1")), values)).isFalse();
        assertThat(matches("a BETWEEN :1 AND :3", item("a", n("0.9")), values)).isFalse();
    }

    @Test
    void setsAndMapsAreEqualWhateverTheirOrder() {
        assertThat(matches("a = :v", item("a", strings("x", "y")), Map.of(":v", strings("y", "x"))))
                .isTrue();
        assertThat(matches("a = :v", item("a", numbers("1", "2")), Map.of(":v", numbers("2.0", "1e0"))))
                .isTrue();
        assertThat(matches(
                        "a = :v",
                        item("a", map("x", n("1"), "y", n("2"))),
                        Map.of(":v", map("y", n("2"), "x", n("1")))))
                .isTrue();
        assertThat(matches("a = :v", item("a", list(n("1"), n("2"))), Map.of(":v", list(n("2"), n("1")))))
                .isFalse();
    }

    @Test
    void sizeOfAStringCountsUtf16Units() {
        assertThat(matches("size(a) = :v", item("a", s("\ud83d\ude00")), Map.of(":v", n("2"))))
                .isTrue();
    }

    @Test
    void beginsWithComparesBytesOrCharacters() {
        assertThat(matches("begins_with(a, :v)", item("a", s("str")), Map.of(":v", s("st"))))
                .isTrue();
        assertThat(matches("begins_with(a, :v)", item("a", s("str")), Map.of(":v", s("tr"))))
                .isFalse();
        assertThat(matches("begins_with(a, :v)", item("a", s("str")), Map.of(":v", s(""))))
                .isTrue();
        assertThat(matches("begins_with(a, :v)", item("a", b(1, 2)), Map.of(":v", b(1))))
                .isTrue();
    }

    @Test
    void containsFindsPartsMembersAndElements() {
        assertThat(matches("contains(a, :v)", item("a", s("xyz")), Map.of(":v", s("yz"))))
                .isTrue();
        assertThat(matches("contains(a, :v)", item("a", s("xyz")), Map.of(":v", s("xz"))))
                .isFalse();
        assertThat(matches("contains(a, :v)", item("a", b(1, 2, 1, 3)), Map.of(":v", b(1, 3))))
                .isTrue();
        assertThat(matches("contains(a, :v)", item("a", b(1, 2)), Map.of(":v", b(2, 1))))
                .isFalse();
        assertThat(matches("contains(a, :v)", item("a", b(1, 2)), Map.of(":v", b())))
                .isTrue();
        assertThat(matches("contains(a, :v)", item("a", strings("x", "yz")), Map.of(":v", s("y"))))
                .isFalse();
        assertThat(matches("contains(a, :v)", item("a", numbers("1")), Map.of(":v", n("1.0"))))
                .isTrue();
        assertThat(matches("contains(a, :v)", item("a", Samples.binaries(7)), Map.of(":v", b(7))))
                .isTrue();
        assertThat(matches("contains(a, :v)", item("a", list(map("k", n("1")))), Map.of(":v", map("k", n("1")))))
                .isTrue();
        assertThat(matches("contains(a, b)", item("a", s("xyz"), "b", s("z")), Map.of()))
                .isTrue();
    }

    @Test
    void anAliasMayStandForANameWithDotsOrForAReservedOne() {
        Item item = item("a.b", n("1"), "name", map("n", n("2")));
        assertThat(matches("#dotted = :1 AND #name.#n = :2", item, Map.of(":1", n("1"), ":2", n("2"))))
                .isTrue();
    }

    @Test
    void saysWhatItReads() {
        Condition condition = Expressions.condition(
                ExpressionKind.FILTER,
                "z.x = :n AND (size(b) > #n OR NOT contains(a, c)) AND attribute_exists(b) AND d IN (e, :s)",
                Samples.placeholders());
        assertThat(condition.attributes()).containsExactly("z", "b", "n", "a", "c", "d", "e");
        assertThat(condition.paths()).hasSize(7).noneMatch(path -> path.root().equals("z") && path.isTopLevel());
    }
}
