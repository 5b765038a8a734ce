package io.gramme.core.expression;

import static io.gramme.core.expression.Samples.everything;
import static io.gramme.core.expression.Samples.item;
import static io.gramme.core.expression.Samples.list;
import static io.gramme.core.expression.Samples.map;
import static io.gramme.core.expression.Samples.n;
import static io.gramme.core.expression.Samples.placeholders;
import static io.gramme.core.expression.Samples.refusal;
import static io.gramme.core.expression.Samples.s;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.item.Item;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectionTest {
    private static Item projected(String text) {
        return Expressions.projection(text, placeholders()).of(everything());
    }

    @Test
    void topLevelAttributesAreTakenWhole() {
        assertThat(projected("s, #n, nowhere")).isEqualTo(item("s", s("str"), "n", n("5")));
    }

    @Test
    void nestedPartsKeepTheirParents() {
        assertThat(projected("m.b.c")).isEqualTo(item("m", map("b", map("c", n("3")))));
        assertThat(projected("m.b.c, m.a")).isEqualTo(item("m", map("a", n("1"), "b", map("c", n("3")))));
    }

    @Test
    void elementsCloseRanksAndKeepTheirOrder() {
        assertThat(projected("l[2]")).isEqualTo(item("l", list(n("2"))));
        assertThat(projected("l[2], l[0]")).isEqualTo(item("l", list(n("0"), n("2"))));
        assertThat(projected("l[9], l[1]")).isEqualTo(item("l", list(n("1"))));
        assertThat(projected("l[3].x, l[3].y")).isEqualTo(item("l", list(map("x", n("1"), "y", n("2")))));
        assertThat(projected("l[3].x, l[0]")).isEqualTo(item("l", list(n("0"), map("x", n("1")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nowhere", "m.nowhere", "m.b.nowhere", "l[9]", "l[3].nowhere", "l[0].x", "m[0]", "l.a", "s.x"})
    void whatIsNotThereLeavesNotEvenAnEmptyParent(String text) {
        assertThat(projected(text)).isEqualTo(Item.EMPTY);
    }

    @ParameterizedTest
    @MethodSource
    void refusesWithTheServicesWords(Refusal refusal) {
        assertThat(refusal(() -> Expressions.projection(refusal.text(), placeholders())))
                .isEqualTo("Invalid ProjectionExpression: " + refusal.words());
    }

    static Stream<Refusal> refusesWithTheServicesWords() {
        return Refusal.table("""
                a,         ->  Syntax error; token: "<EOF>", near: ","
                a b        ->  Syntax error; token: "b", near: "a b"
                !!         ->  Syntax error; token: "!", near: "!!"
                *          ->  Syntax error; token: "*", near: "*"
                foo(a)     ->  Syntax error; token: "(", near: "foo(a"
                (a)        ->  Syntax error; token: "(", near: "(a"
                :s         ->  Syntax error; token: ":s", near: ":s"
                a, name    ->  Attribute name is a reserved keyword; reserved keyword: name
                #undef     ->  An expression attribute name used in the document path is not defined; attribute name: #undef
                a, a       ->  Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]
                a, a.b     ->  Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]
                a.b, a     ->  Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a]
                l, l[0]    ->  Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [l], path two: [l, [0]]
                n, #n      ->  Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [n], path two: [n]
                m[0], m.a  ->  Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [m, [0]], path two: [m, a]
                """);
    }

    @Test
    void isNeverEmptyNorTooLong() {
        assertThat(refusal(() -> Expressions.projection("", placeholders())))
                .isEqualTo("Invalid ProjectionExpression: The expression can not be empty;");
        assertThat(refusal(() -> Expressions.projection("a" + " ".repeat(4096), placeholders())))
                .isEqualTo("Invalid ProjectionExpression: Expression size has exceeded the maximum allowed size;");
    }

    @Test
    void saysWhatItReads() {
        Projection projection = Expressions.projection("m.a, l[0], m.b, n", placeholders());
        assertThat(projection.attributes()).containsExactly("m", "l", "n");
        assertThat(projection.paths()).hasSize(4);
    }
}
