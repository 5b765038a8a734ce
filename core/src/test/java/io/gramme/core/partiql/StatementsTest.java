package io.gramme.core.partiql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.expression.Condition;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementsTest {
    private static final Item ITEM = item("""
            {'n': 5, 's': 'text', 'flag': true, 'nil': null, 'tags': <<'a', 'b'>>, 'elems': [1, [2, {'z': 3}]],
             'map': {'deep': {'x': 'y'}}, 'date': '2026-01-01', 'it''s': 1}""");

    private static Item item(String literal) {
        return ((Statement.Insert) read("INSERT INTO tab VALUE " + literal)).item();
    }

    private static Statement read(String text, Value... parameters) {
        return Statements.read(text, List.of(parameters));
    }

    private static Value number(String digits) {
        return new Value.N(Decimal.parse(digits));
    }

    private static Condition where(String condition, Value... parameters) {
        var select = (Statement.Select) read("SELECT * FROM tab WHERE " + condition, parameters);
        return select.where().orElseThrow();
    }

    @Test
    void literalsAreValues() {
        assertThat(item("{'a': 1, 'b': -2.50, 'c': 1e3, 'd': .5, 'e': 'it''s', 'f': TRUE, 'g': false, 'h': Null}"))
                .isEqualTo(Item.of(Map.of(
                        "a",
                        number("1"),
                        "b",
                        number("-2.5"),
                        "c",
                        number("1000"),
                        "d",
                        number("0.5"),
                        "e",
                        new Value.S("it's"),
                        "f",
                        Value.Bool.TRUE,
                        "g",
                        Value.Bool.FALSE,
                        "h",
                        Value.Null.NULL)));
        assertThat(item("{'l': [], 'm': {}, 'ss': <<'b', 'a'>>, 'ns': << 2 , 1.0 >>, 'row': (1, 2)}"))
                .isEqualTo(Item.of(Map.of(
                        "l", new Value.L(List.of()),
                        "m", new Value.M(Map.of()),
                        "ss", new Value.SS(List.of("a", "b")),
                        "ns", new Value.NS(List.of(Decimal.of(1), Decimal.of(2))),
                        "row", new Value.L(List.of(number("1"), number("2"))))));
    }

    @Test
    void aFunctionThatIsTrueOrFalseMayBeComparedWithABoolean() {
        for (String met : List.of(
                "attribute_exists(n) = true",
                "true = attribute_exists(n)",
                "attribute_exists(n) <> false",
                "attribute_exists(absent) = false",
                "attribute_not_exists(absent) = true",
                "begins_with(s, 'te') = true",
                "contains(tags, 'x') != true",
                "attribute_type(n, 'S') = false",
                "NOT attribute_exists(n) = false",
                "n = 5 AND attribute_exists(s) = true")) {
            assertThat(where(met).matches(ITEM)).as(met).isTrue();
            assertThat(where("NOT (" + met + ")").matches(ITEM)).as(met).isFalse();
        }
        assertThat(where("attribute_exists(n) = ?", Value.Bool.FALSE).matches(ITEM))
                .isFalse();
        assertThat(where("attribute_exists(n) = ? AND ? = attribute_exists(absent)", Value.Bool.TRUE, Value.Bool.FALSE)
                        .matches(ITEM))
                .isTrue();
    }

    @Test
    void parametersStandForAnyValueInTheOrderOfTheText() {
        var binary = new Value.B(io.gramme.core.bytes.Bytes.utf8("x"));
        assertThat(read("INSERT INTO tab VALUE {'a': ?, 'b': ?}", new Value.S("one"), binary))
                .isEqualTo(new Statement.Insert("tab", Item.of(Map.of("a", new Value.S("one"), "b", binary))));
        assertThat(where("n = ? AND s = ?", number("5"), new Value.S("text")).matches(ITEM))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n = 5",
                "5 = n",
                "n <> 6",
                "n != 6",
                "n > 4 AND n >= 5 AND n < 6 AND n <= 5",
                "n = 4 OR s = 'text'",
                "NOT n = 4",
                "not (n = 4 or n = 6)",
                "n = 4 OR n = 5 AND s = 'text'",
                "n BETWEEN 4 AND 6",
                "n NOT BETWEEN 6 AND 7",
                "n IN [4, 5]",
                "n IN (4, 5)",
                "n IN <<4, 5>>",
                "n NOT IN [4]",
                "s = s2 OR s IN ['x', s3, 'text']",
                "absent IS MISSING",
                "n IS NOT MISSING",
                "nil IS NULL",
                "n IS NOT NULL",
                "absent IS NOT NULL",
                "flag IS BOOLEAN AND s IS STRING AND n IS NUMERIC AND map IS STRUCT AND map IS TUPLE AND elems IS LIST",
                "flag = true",
                "nil = NULL",
                "begins_with(s, 'te')",
                "BEGINS_WITH(\"s\", 'te')",
                "contains(tags, 'a')",
                "size(elems) = 2",
                "SIZE(s) > 3",
                "attribute_type(n, 'N')",
                "attribute_exists(map.deep.x)",
                "attribute_not_exists(map.deep.y)",
                "map.deep.x = 'y'",
                "\"map\".\"deep\".x = 'y'",
                "map['deep']['x'] = 'y'",
                "elems[1][1].z = 3",
                "\"it's\" = 1",
                "\"date\" = '2026-01-01'",
                "tags = <<'b', 'a'>>",
                "elems = [1, [2, {'z': 3}]]",
                "map = {'deep': {'x': 'y'}}",
                "n = -(-5)",
                "((n = 5))",
                "N IS MISSING",
                "n = 5 -- and so on",
                "n /* is */ = /* five */ 5"
            })
    void aConditionThatHolds(String condition) {
        assertThat(where(condition).matches(ITEM)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n = '5'",
                "absent = 1",
                "absent IS NULL",
                "nil IS MISSING",
                "n = 5 AND (s = 'x' OR flag = false)",
                "NOT (n = 5 OR n = 6)",
                "map.DEEP.x = 'y'"
            })
    void aConditionThatDoesNotHold(String condition) {
        assertThat(where(condition).matches(ITEM)).isFalse();
    }

    @Test
    void pathsAreColumns() {
        var select = (Statement.Select) read("SELECT n, map.deep, elems[0], elems[1][1].z, absent FROM tab.\"idx\"");
        assertThat(select.index()).isEqualTo(Optional.of("idx"));
        assertThat(select.projection().orElseThrow().of(ITEM))
                .isEqualTo(item("{'n': 5, 'deep': {'x': 'y'}, 'elems[0]': 1, 'z': 3}"));
    }

    @Test
    void whatLiesInAnElementOfAListIsAColumnByItsOwnName() {
        Item item = item("{'l': [0, {'y': 1, 'z': 2, 'x': 3}]}");
        var select = (Statement.Select) read("SELECT l[1].z, l[1].y FROM tab");
        assertThat(select.projection().orElseThrow().of(item)).isEqualTo(item("{'z': 2, 'y': 1}"));
    }

    @Test
    void aStarIsNoProjection() {
        assertThat(((Statement.Select) read("SELECT * FROM tab;")).projection()).isEmpty();
        assertThat(read("(SELECT * FROM tab)")).isEqualTo(read("SELECT * FROM tab"));
    }

    @Test
    void orderingsAreKeptAsWritten() {
        assertThat(((Statement.Select) read("SELECT * FROM tab WHERE a = 1 ORDER BY a, \"b\" DESC, c ASC")).orderings())
                .containsExactly(
                        new Statement.Ordering("a", false),
                        new Statement.Ordering("b", true),
                        new Statement.Ordering("c", false));
    }

    @Test
    void clausesOfAnUpdateAllSeeTheItemAsItWas() {
        var update = (Statement.Update) read("""
                UPDATE tab SET n = n + 1, m = n - 2 SET elems = list_append([0], elems) REMOVE s REMOVE map.deep
                SET tags = set_add(tags, <<'c'>>) SET "new" = if_not_exists(absent, 'x') SET date2 = "date"
                WHERE n = 5 RETURNING MODIFIED NEW *""");
        assertThat(update.returning()).isEqualTo(Optional.of(Returning.MODIFIED_NEW));
        assertThat(update.update().apply(ITEM).item()).isEqualTo(item("""
                {'n': 6, 'm': 3, 'flag': true, 'nil': null, 'tags': <<'a', 'b', 'c'>>, 'elems': [0, 1, [2, {'z': 3}]],
                 'map': {}, 'date': '2026-01-01', 'it''s': 1, 'new': 'x', 'date2': '2026-01-01'}"""));
    }

    @Test
    void membersAreTakenFromASetAndTheLastOneTakesItAway() {
        var some = (Statement.Update) read("UPDATE tab SET tags = SET_DELETE(tags, <<'a', 'z'>>)");
        assertThat(some.update().apply(ITEM).item().get("tags")).contains(new Value.SS(List.of("b")));
        var all = (Statement.Update) read("UPDATE tab SET tags = SET_DELETE(tags, ?)", new Value.SS(List.of("a", "b")));
        assertThat(all.update().apply(ITEM).item().has("tags")).isFalse();
    }

    @Test
    void anUpdateMayBeginWithFrom() {
        assertThat(read("FROM tab WHERE a = 1 REMOVE b")).isInstanceOf(Statement.Update.class);
    }

    @Test
    void existsHoldsASelect() {
        assertThat(read("EXISTS(SELECT * FROM tab WHERE a = 1 AND b IS MISSING)"))
                .isInstanceOf(Statement.Exists.class)
                .extracting(Statement::table)
                .isEqualTo("tab");
    }
}
