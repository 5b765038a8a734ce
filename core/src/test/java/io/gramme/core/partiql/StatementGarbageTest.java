package io.gramme.core.partiql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.expression.Condition;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends, it is a statement or it is refused. */
@Tag("slow")
class StatementGarbageTest {
    private static final int STATEMENTS_OF_A_SEED = 2_000;
    private static final String CHARACTERS = "ab1.,;:'\"`()[]{}<>=!+-*/%|?@#$_ \n\t\0é€";

    private static final List<String> STATEMENTS = List.of(
            "SELECT pk, m.x[0], \"a\".b FROM \"tab\".\"idx\" WHERE pk = 'a' AND sk BETWEEN 1 AND 2 OR NOT size(m) > 3",
            "SELECT * FROM tab WHERE pk IN ['a', ?] AND contains(l, <<1, 2>>) AND a IS NOT MISSING ORDER BY sk DESC",
            "INSERT INTO tab VALUE {'pk': 'a', 'sk': -1.5e3, 'l': [1, {'x': null}], 's': <<'a', 'b'>>, 'p': ?}",
            "UPDATE tab SET a = a + 1, l[0] = list_append(l, [1]) REMOVE b.c SET s = set_add(s, <<'x'>>)"
                    + " WHERE pk = 'a' AND sk = 1 RETURNING ALL NEW *",
            "DELETE FROM tab WHERE pk = 'a' AND sk = 1 AND begins_with(v, ?) RETURNING ALL OLD *",
            "EXISTS(SELECT * FROM tab WHERE pk = 'a' AND sk = 1 AND v IS NULL)",
            "FROM tab WHERE pk = 'a' SET b = if_not_exists(b, 1) - 2");

    private final KeyPlan plan = new KeyPlan(new KeySchema(
            List.of(new KeyAttribute("pk", Value.Type.S)), List.of(new KeyAttribute("sk", Value.Type.N))));

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void charactersOutOfPlace(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < STATEMENTS_OF_A_SEED; i++) {
            var text = new StringBuilder(pick(STATEMENTS, random));
            int changes = 1 + random.nextInt(4);
            for (int change = 0; change < changes; change++) {
                int at = random.nextInt(text.length());
                char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, other);
                    default -> text.setCharAt(at, other);
                }
            }
            requireReadOrRefused(text.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void wordsOutOfPlace(long seed) {
        var random = new Random(seed);
        List<String> words = STATEMENTS.stream()
                .flatMap(statement -> List.of(statement.split(" ", -1)).stream())
                .toList();
        for (int i = 0; i < STATEMENTS_OF_A_SEED; i++) {
            var text = new StringBuilder(
                    pick(List.of("SELECT * FROM tab WHERE", "UPDATE tab", "", "DELETE FROM"), random));
            int length = random.nextInt(20);
            for (int word = 0; word < length; word++) {
                text.append(' ').append(pick(words, random));
            }
            requireReadOrRefused(text.toString());
        }
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private void requireReadOrRefused(String text) {
        try {
            Statement statement = Statements.read(text, Collections.nCopies(30, new Value.S("p")));
            switch (statement) {
                case Statement.Select select -> requireUsable(select.where());
                case Statement.Exists(var select) -> requireUsable(select.where());
                case Statement.Update update -> requireUsable(update.where());
                case Statement.Delete delete -> requireUsable(delete.where());
                case Statement.Insert _ -> {}
            }
        } catch (ApiException refusal) {
            assertThat(refusal.code()).as(text).isEqualTo(ErrorCode.VALIDATION);
        }
    }

    private void requireUsable(Optional<Condition> where) {
        assertThat(where.map(condition -> condition.matches(Item.EMPTY))).isNotNull();
        plan.parts(where);
        if (plan.isOne(where)) {
            plan.one(where);
        }
    }
}
