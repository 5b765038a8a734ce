package io.gramme.core.expression;

import static io.gramme.core.expression.Samples.b;
import static io.gramme.core.expression.Samples.everything;
import static io.gramme.core.expression.Samples.item;
import static io.gramme.core.expression.Samples.list;
import static io.gramme.core.expression.Samples.map;
import static io.gramme.core.expression.Samples.n;
import static io.gramme.core.expression.Samples.numbers;
import static io.gramme.core.expression.Samples.placeholders;
import static io.gramme.core.expression.Samples.refusal;
import static io.gramme.core.expression.Samples.s;
import static io.gramme.core.expression.Samples.strings;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.item.Item;
import io.gramme.core.item.Path;
import io.gramme.core.item.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateTest {
    private static final Value DEFAULT_LIST = list(n("0"), n("1"), n("2"), n("3"));

    private static Item updated(Item before, String text) {
        return Expressions.update(text, placeholders()).apply(before).item();
    }

    private static Item updated(Item before, String text, Map<String, Value> values) {
        var placeholders = new Placeholders(Optional.empty(), Optional.of(values));
        return Expressions.update(text, placeholders).apply(before).item();
    }

    private static Value updatedList(String text) {
        return updated(item("l", DEFAULT_LIST), text).get("l").orElseThrow();
    }

    @Test
    void allFourClausesInAnyOrderAndCase() {
        Item before = item("gone", s("x"), "count", n("1"), "tags", strings("a", "b"), "kept", s("y"));
        assertThat(updated(before, "delete tags :ss ADD counted :n remove gone sEt a = :s"))
                .isEqualTo(item("kept", s("y"), "count", n("1"), "tags", strings("b"), "counted", n("1"), "a", s("a")));
    }

    @Test
    void everySourceSeesTheItemAsItWas() {
        Item before = item("x", n("1"), "y", n("2"), "l", DEFAULT_LIST);
        assertThat(updated(before, "SET x = y, y = x")).isEqualTo(item("x", n("2"), "y", n("1"), "l", DEFAULT_LIST));
        assertThat(updated(before, "SET z = x REMOVE x")).isEqualTo(item("z", n("1"), "y", n("2"), "l", DEFAULT_LIST));
        assertThat(updatedList("SET l[0] = l[1], l[1] = l[0]")).isEqualTo(list(n("1"), n("0"), n("2"), n("3")));
    }

    @Test
    void nestedPathsAreSetAndRemovedInPlace() {
        Item before = item("m", map("a", n("1"), "b", map("c", n("3"))));
        assertThat(updated(before, "SET m.b.d = :s, m.e = :n REMOVE m.a"))
                .isEqualTo(item("m", map("b", map("c", n("3"), "d", s("a")), "e", n("1"))));
        assertThat(updated(before, "REMOVE m.b.c")).isEqualTo(item("m", map("a", n("1"), "b", map())));
        assertThat(updated(item("l", list(map("x", n("0")))), "SET l[0].x = :s"))
                .isEqualTo(item("l", list(map("x", s("a")))));
    }

    @Test
    void anAliasWithADotNamesOneAttribute() {
        assertThat(updated(item("a", map("b", n("1"))), "SET #dotted = :s"))
                .isEqualTo(item("a", map("b", n("1")), "a.b", s("a")));
    }

    @Test
    void removingWhatIsNotThereIsNoError() {
        assertThat(updated(everything(), "REMOVE nowhere, m.nowhere, l[9], l[3].z"))
                .isEqualTo(everything());
    }

    @Test
    void elementsAreRemovedByTheIndexTheyHadBefore() {
        assertThat(updatedList("REMOVE l[0], l[2]")).isEqualTo(list(n("1"), n("3")));
        assertThat(updatedList("REMOVE l[2], l[0]")).isEqualTo(list(n("1"), n("3")));
        assertThat(updatedList("SET l[1] = :s REMOVE l[0]")).isEqualTo(list(s("a"), n("2"), n("3")));
        assertThat(updatedList("REMOVE l[0], l[1], l[2], l[3]")).isEqualTo(list());
    }

    @Test
    void elementsPastTheEndAreAppendedInTheOrderOfTheirIndexes() {
        assertThat(updatedList("SET l[2147483647] = :s")).isEqualTo(list(n("0"), n("1"), n("2"), n("3"), s("a")));
        assertThat(updatedList("SET l[20] = :s, l[10] = :s2, l[4] = :n"))
                .isEqualTo(list(n("0"), n("1"), n("2"), n("3"), n("1"), s("b"), s("a")));
        assertThat(updatedList("SET l[9] = :s REMOVE l[0], l[3]")).isEqualTo(list(n("1"), n("2"), s("a")));
        assertThat(updatedList("ADD l[9] :n")).isEqualTo(list(n("0"), n("1"), n("2"), n("3"), n("1")));
    }

    @Test
    void arithmeticIsExact() {
        Item before = item("x", n("0.1"), "big", n("1e38"));
        assertThat(updated(before, "SET x = x + :n").get("x")).contains(n("1.1"));
        assertThat(updated(before, "SET x = :n - x").get("x")).contains(n("0.9"));
        assertThat(updated(before, "SET x = (x) - (:n)").get("x")).contains(n("-0.9"));
        assertThat(refusal(() -> updated(before, "SET big = big + x")))
                .isEqualTo("Number overflow. Attempting to store a number with magnitude larger than supported range");
    }

    @Test
    void ifNotExistsNestsInArithmeticInListAppendAndInItself() {
        assertThat(updated(Item.EMPTY, "SET x = if_not_exists(x, :n) + :n2")).isEqualTo(item("x", n("3")));
        assertThat(updated(item("x", n("5")), "SET x = if_not_exists(x, :n) + :n2"))
                .isEqualTo(item("x", n("7")));
        assertThat(updated(item("y", n("5")), "SET x = if_not_exists(x, if_not_exists(y, :n))"))
                .isEqualTo(item("x", n("5"), "y", n("5")));
        assertThat(updated(Item.EMPTY, "SET x = list_append(if_not_exists(x, :l), :l)"))
                .isEqualTo(item("x", list(n("9"), n("9"))));
    }

    @Test
    void listsAreAppendedInEitherOrder() {
        Item before = item("l", list(n("1")));
        assertThat(updated(before, "SET l = list_append(l, :l)")).isEqualTo(item("l", list(n("1"), n("9"))));
        assertThat(updated(before, "SET l = list_append(:l, l)")).isEqualTo(item("l", list(n("9"), n("1"))));
    }

    @Test
    void addCountsAndUnites() {
        assertThat(updated(item("x", n("1.5")), "ADD x :n")).isEqualTo(item("x", n("2.5")));
        assertThat(updated(Item.EMPTY, "ADD x :n")).isEqualTo(item("x", n("1")));
        assertThat(updated(item("x", strings("b")), "ADD x :ss")).isEqualTo(item("x", strings("a", "b")));
        assertThat(updated(item("x", strings("a")), "ADD x :ss")).isEqualTo(item("x", strings("a")));
        assertThat(updated(Item.EMPTY, "ADD x :ns")).isEqualTo(item("x", numbers("1")));
        assertThat(updated(item("m", map("x", n("1"))), "ADD m.x :n2, m.y :n"))
                .isEqualTo(item("m", map("x", n("3"), "y", n("1"))));
    }

    @Test
    void deleteTakesMembersOutAndASetWithoutMembersAway() {
        assertThat(updated(item("x", strings("a", "b")), "DELETE x :ss")).isEqualTo(item("x", strings("b")));
        assertThat(updated(item("x", numbers("2")), "DELETE x :ns")).isEqualTo(item("x", numbers("2")));
        assertThat(updated(item("x", Samples.binaries(0)), "DELETE x :bs")).isEqualTo(Item.EMPTY);
        assertThat(updated(Item.EMPTY, "DELETE x :ss")).isEqualTo(Item.EMPTY);
        assertThat(updated(item("m", map("x", strings("a"))), "DELETE m.x :ss, m.y :ss"))
                .isEqualTo(item("m", map()));
        assertThat(updated(item("l", list(n("1"), strings("a"))), "DELETE l[1] :ss, l[9] :ss"))
                .isEqualTo(item("l", list(n("1"))));
    }

    @Test
    void aValueMayNestTo32LevelsAndNoDeeper() {
        Value deep = n("1");
        for (int level = 2; level <= 31; level++) {
            deep = list(deep);
        }
        Item before = item("m", map());
        assertThat(updated(before, "SET m.x = :v", Map.of(":v", deep))).isEqualTo(item("m", map("x", deep)));
        var tooDeep = Map.of(":v", list(deep));
        assertThat(refusal(() -> updated(before, "SET m.x = :v", tooDeep)))
                .isEqualTo("Nesting Levels have exceeded supported limits: "
                        + "Attributes in the item have nested levels beyond supported limit");
    }

    @Test
    void theItemGivenIsNotChanged() {
        Item before = everything();
        updated(before, "SET m.a = :s, l[0] = :s REMOVE n ADD ns :ns DELETE ss :ss");
        assertThat(before).isEqualTo(everything());
    }

    @Test
    void whatWasTouchedShowsThePartsThatPathsLeadToAndNothingBesideThem() {
        Update update = Expressions.update("SET m.a = :s, m.fresh = :s, o = :n REMOVE n, nowhere", placeholders());
        Item before = everything();
        Item after = update.apply(before).item();
        assertThat(update.touchedBefore(before))
                .isEqualTo(Projection.of(paths("m.a", "n")).of(before));
        assertThat(update.touchedAfter(after))
                .isEqualTo(Projection.of(paths("m.a", "m.fresh", "o")).of(after));
        assertThat(Expressions.update("SET m.fresh = :s", placeholders()).touchedBefore(before))
                .isEqualTo(Item.EMPTY);
    }

    @Test
    void whatWasAppendedToAListIsNotThereToBeShown() {
        Item before = everything();
        Update appended = Expressions.update("SET l[100] = :s", placeholders());
        assertThat(appended.touchedBefore(before)).isEqualTo(Item.EMPTY);
        assertThat(appended.touchedAfter(appended.apply(before).item())).isEqualTo(Item.EMPTY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    REMOVE l[1]                 | 1      | 2
                    REMOVE l[0], l[1]           | 0 1    | 2 3
                    REMOVE l[0], l[2]           | 0 2    | 1
                    REMOVE l[3]                 | 3      | ''
                    REMOVE l[9]                 | ''     | ''
                    SET l[0] = :n REMOVE l[1]   | 0 1    | 1 2
                    REMOVE l[0] SET l[3] = :n   | 0 3    | 1
                    """)
    void anIndexIsReadInTheListAsItWasAndInTheListAsItIs(String text, String old, String now) {
        for (String root : List.of("l", "a.c")) {
            Item before = root.equals("l")
                    ? item("l", DEFAULT_LIST, "k", n("1"))
                    : item("a", map("c", DEFAULT_LIST, "k", n("1")));
            Update update = Expressions.update(text.replace("l[", root + "["), placeholders());
            assertThat(update.touchedBefore(before)).isEqualTo(shown(root, old));
            assertThat(update.touchedAfter(update.apply(before).item())).isEqualTo(shown(root, now));
        }
    }

    private static Item shown(String root, String numbers) {
        if (numbers.isEmpty()) {
            return Item.EMPTY;
        }
        Value list = list(Stream.of(numbers.split(" ", -1)).map(Samples::n).toArray(Value[]::new));
        return root.equals("l") ? item("l", list) : item("a", map("c", list));
    }

    private static List<Path> paths(String... texts) {
        return Expressions.projection(String.join(", ", texts), Placeholders.none())
                .paths();
    }

    @Test
    void saysWhatItReadsAndWrites() {
        Update update = Expressions.update(
                "SET z.x = if_not_exists(q, w) + c[0], e = list_append(f, g) REMOVE d, a.b ADD y :n", placeholders());
        assertThat(update.attributes()).containsExactly("z", "e", "d", "a", "y");
        assertThat(update.paths())
                .extracting(path -> path.root())
                .containsExactly("z", "q", "w", "c", "e", "f", "g", "d", "a", "y");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    REMOVE a, b.c                 | true
                    DELETE b :ss                  | true
                    REMOVE a DELETE b :ss         | true
                    SET a = :s                    | false
                    ADD a :n                      | false
                    REMOVE a ADD b :n             | false
                    """)
    void onlyClearsIfNothingIsWritten(String text, boolean clears) {
        assertThat(Expressions.update(text, placeholders()).onlyClears()).isEqualTo(clears);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REMOVE nowhere.a",
                "REMOVE nowhere[0]",
                "REMOVE nowhere.a.b[2].c, nowhere.d",
                "REMOVE m.nowhere.b",
                "REMOVE m.nowhere[1]",
                "REMOVE l[9].x",
                "REMOVE l[9][9]",
                "DELETE nowhere.a :ss",
                "DELETE l[9].x :ss",
                "REMOVE nowhere.a DELETE nowhere.b :ss"
            })
    void toClearBelowWhatIsNotThereChangesNothing(String text) {
        assertThat(updated(everything(), text)).isEqualTo(everything());
    }

    @Test
    void whatIsClearedBelowNothingStandsBesideWhatIsWritten() {
        assertThat(updated(item("x", n("1")), "SET x = :s REMOVE y.z, w[0]")).isEqualTo(item("x", s("a")));
        assertThat(updated(item("m", map("x", n("0"))), "SET m.x = :n REMOVE m.y.z"))
                .isEqualTo(item("m", map("x", n("1"))));
        assertThat(updated(item("l", DEFAULT_LIST), "REMOVE l[0], l[7].x, l[8]"))
                .isEqualTo(item("l", list(n("1"), n("2"), n("3"))));
    }

    @Test
    void binariesSurviveAnUpdateOfTheirNeighbours() {
        assertThat(updated(item("x", b(1, 2)), "SET y = x")).isEqualTo(item("x", b(1, 2), "y", b(1, 2)));
    }
}
