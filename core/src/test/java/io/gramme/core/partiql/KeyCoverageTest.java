package io.gramme.core.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.error.ApiException;
import io.gramme.core.expression.Condition;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCoverageTest {
    private static final String WORDS = "Overlapping conditions with range keys are not supported in where clause";

    private final KeyPlan plan = new KeyPlan(new KeySchema(
            List.of(new KeyAttribute("pk", Value.Type.S)), List.of(new KeyAttribute("sk", Value.Type.S))));

    private static Optional<Condition> where(String condition) {
        return ((Statement.Select) Statements.read("SELECT * FROM tab WHERE " + condition, List.of())).where();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pk='o' AND x='1' OR pk='o' AND sk='2'",
                "pk='o' AND attribute_exists(x) OR pk='o' AND sk='2'",
                "pk='o' AND NOT x='1' OR pk='o' AND sk='2'",
                "pk='o' AND sk>'1' OR pk='o' AND sk<'5'",
                "pk='o' AND sk>='2' OR pk='o' AND sk<='2'",
                "pk='o' AND begins_with(sk, 'a') OR pk='o' AND sk='abc'",
                "pk='o' AND sk BETWEEN 'a' AND 'c' OR pk='o' AND sk BETWEEN 'c' AND 'd'",
                "pk='o' AND (sk='1' OR x='2')",
                "pk='o' AND (sk>'0' OR sk<'5')",
                "pk='o' AND sk IN ['1', '1']",
                "pk='o' AND sk IN ['1', '2'] OR pk='o' AND sk='2'",
                "pk='o' AND x='1' OR pk='o' AND x='2'",
                "pk='o' OR pk='o'",
                "pk IN ['o', 'o']",
                "pk IN ['n', 'o'] OR pk='o' AND sk='1'",
                "pk='o' AND contains(sk, 'a') OR pk='o' AND sk='1'",
            })
    void alternativesThatMeetAreRefused(String condition) {
        assertThatThrownBy(() -> plan.parts(where(condition)))
                .isInstanceOf(ApiException.class)
                .hasMessage(WORDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pk='o' AND sk='1' OR pk='o' AND sk='2'",
                "pk='o' AND x='1' OR pk='p' AND sk='2'",
                "pk='o' AND sk<'2' OR pk='o' AND sk>'2'",
                "pk='o' AND sk<'2' OR pk='o' AND sk='2' OR pk='o' AND sk>'2'",
                "pk='o' AND begins_with(sk, 'a') OR pk='o' AND begins_with(sk, 'b')",
                "pk='o' AND sk IN ['1', '2', '3']",
                "pk IN ['o', 'p'] AND (sk='1' OR sk='2')",
                // Empty alternatives meet none.
                "pk='o' AND sk>'5' AND sk<'1' OR pk='o' AND sk='2'",
                "pk='o' AND pk='p' OR pk='o' AND sk='2'",
                // An AND can part what met inside it.
                "pk='o' AND (sk>'0' OR sk<'5') AND sk='7'",
            })
    void alternativesThatDoNotMeetAreRead(String condition) {
        assertThat(plan.parts(where(condition))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pk='o' AND NOT sk='1' OR pk='o' AND sk='2'",
                "pk='o' AND sk<>'1' OR pk='o' AND sk='2'",
                "pk='o' AND NOT begins_with(sk, 'a') OR pk='o' AND sk='2'",
                "pk='o' AND begins_with(sk, 'a') = false OR pk='o' AND sk='2'",
                "pk='o' AND sk NOT IN ['1'] OR pk='o' AND sk='2'",
            })
    void anAlternativeWithANegatedSortKeyConditionMeetsNone(String condition) {
        assertThat(plan.parts(where(condition))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pk='o' AND (x='1' OR x='2')",
                "pk='o' AND (x IS MISSING OR x IS NULL) AND sk > '1'",
                "pk='o' AND x IN ['1', '1']",
            })
    void alternativesOfOtherAttributesAreAFilter(String condition) {
        assertThat(plan.parts(where(condition))).isPresent();
    }

    @Test
    void alternativesOfAScanMayMeet() {
        assertThat(plan.parts(where("x='1' OR pk='o' AND sk='2' OR pk='o' AND sk='2'")))
                .isEmpty();
    }

    @Test
    void aValueOfAnotherTypeIsRefusedInAnyAlternative() {
        assertThatThrownBy(() -> plan.parts(where("pk='o' AND sk=1 OR pk='o' AND sk='2'")))
                .hasMessage("Key attribute's data type should match its data type in table's schema: Key sk");
    }

    @Test
    void aClauseWithExponentiallyManyAlternativesIsJudgedAtOnce() {
        assertThatThrownBy(() -> plan.parts(where("pk='o'" + " AND (sk>'0' OR sk<'5')".repeat(70))))
                .hasMessage(WORDS);
        assertThat(plan.parts(where("pk='o'" + " AND (sk>'0' OR sk<'5')".repeat(70) + " AND sk='9'")))
                .isPresent();
    }
}
