package io.gramme.core.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.expression.Condition;
import io.gramme.core.expression.KeyCondition;
import io.gramme.core.expression.KeyCondition.Resolved;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyPlanTest {
    private final KeyPlan plan = new KeyPlan(new KeySchema(
            List.of(new KeyAttribute("pk", Value.Type.S)), List.of(new KeyAttribute("sk", Value.Type.N))));

    private static Optional<Condition> where(String condition) {
        return ((Statement.Select) Statements.read("SELECT * FROM tab WHERE " + condition, List.of())).where();
    }

    private static Value text(String text) {
        return new Value.S(text);
    }

    private static Value number(long number) {
        return new Value.N(Decimal.of(number));
    }

    private static Resolved part(String partition) {
        return new Resolved(List.of(text(partition)), List.of(), Optional.empty());
    }

    private static Resolved part(String partition, KeyCondition.Test test) {
        return new Resolved(List.of(text(partition)), List.of(), Optional.of(test));
    }

    private static Resolved item(String partition, long sort) {
        return new Resolved(List.of(text(partition)), List.of(number(sort)), Optional.empty());
    }

    private Optional<List<Resolved>> parts(String condition) {
        return plan.parts(where(condition));
    }

    @Test
    void withoutAPartitionKeyItemsCanBeAnywhere() {
        assertThat(plan.parts(Optional.empty())).isEmpty();
        assertThat(parts("sk = 1")).isEmpty();
        assertThat(parts("pk > 'a'")).isEmpty();
        assertThat(parts("pk = other")).isEmpty();
        assertThat(parts("pk = 'a' OR v = 1")).isEmpty();
        assertThat(parts("NOT pk = 'a'")).isEmpty();
        assertThat(parts("pk IN ['a', other]")).isEmpty();
        assertThat(parts("pk.x = 'a'")).isEmpty();
    }

    @Test
    void anEqualityNamesAPartition() {
        assertThat(parts("pk = 'a'")).contains(List.of(part("a")));
        assertThat(parts("v = 1 AND ('a' = pk AND w = 2)")).contains(List.of(part("a")));
    }

    @Test
    void severalValuesNameSeveralPartitions() {
        assertThat(parts("pk IN ['b', 'a']")).contains(List.of(part("b"), part("a")));
        assertThat(parts("pk = 'a' OR pk = 'b'")).contains(List.of(part("a"), part("b")));
        assertThat(parts("(pk = 'a' OR pk = 'b') AND v = 1")).contains(List.of(part("a"), part("b")));
        assertThat(parts("pk IN ['a', 'b'] AND pk IN ['b', 'c']")).contains(List.of(part("b")));
        assertThat(parts("pk = 'a' AND pk = 'b'")).contains(List.of());
    }

    @Test
    void theSortKeyNarrowsThePart() {
        assertThat(parts("pk = 'a' AND sk = 1")).contains(List.of(item("a", 1)));
        assertThat(parts("pk = 'a' AND sk > 1")).contains(List.of(part("a", new KeyCondition.Greater(number(1)))));
        assertThat(parts("pk = 'a' AND 1 >= sk")).contains(List.of(part("a", new KeyCondition.LessOrEqual(number(1)))));
        assertThat(parts("pk = 'a' AND sk BETWEEN 1 AND 2"))
                .contains(List.of(part("a", new KeyCondition.Between(number(1), number(2)))));
        assertThat(parts("pk = 'a' AND sk > 1 AND sk = 3")).contains(List.of(item("a", 3)));
        assertThat(parts("pk = 'a' AND sk <> 1")).contains(List.of(part("a")));
        assertThat(parts("pk = 'a' AND NOT sk = 1")).contains(List.of(part("a")));
    }

    @Test
    void anAlternativeNarrowsItsOwnPartition() {
        assertThat(parts("pk = 'a' AND sk = 1 OR pk = 'b' AND sk > 2"))
                .contains(List.of(item("a", 1), part("b", new KeyCondition.Greater(number(2)))));
        // Two alternatives of one partition: read as a whole, so that no item is read twice.
        assertThat(parts("pk = 'a' AND sk = 1 OR pk = 'a' AND sk = 2")).contains(List.of(part("a")));
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        String words = "Key attribute's data type should match its data type in table's schema: Key ";
        assertThatThrownBy(() -> parts("pk = 1")).hasMessage(words + "pk");
        assertThatThrownBy(() -> parts("pk IN ['a', NULL]")).hasMessage(words + "pk");
        assertThatThrownBy(() -> parts("pk = 'a' AND sk > 'x'")).hasMessage(words + "sk");
        assertThatThrownBy(() -> parts("pk = ''"))
                .hasMessageContaining("cannot contain an empty string value. Key: pk");
    }

    @Test
    void thereAreAtMostFiftyPartitions() {
        assertThat(parts("pk IN ['x0'" + values(49) + "]").orElseThrow()).hasSize(50);
        assertThatThrownBy(() -> parts("pk IN ['x0'" + values(50) + "]"))
                .hasMessage("The IN operator is provided with too many operands; number of operands: 51");
    }

    private static String values(int count) {
        var values = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            values.append(", 'x").append(i).append('\'');
        }
        return values.toString();
    }

    @Test
    void aWriteMeansOneItem() {
        Item key = Item.of(Map.of("pk", text("a"), "sk", number(1)));
        assertThat(plan.one(where("sk = 1 AND pk = 'a'"))).isEqualTo(new KeyPlan.One(key, Optional.empty()));
        assertThat(plan.one(where("pk = 'a' AND sk = 1 AND pk = 'a' AND v = 2")))
                .isEqualTo(new KeyPlan.One(
                        key,
                        Optional.of(new Condition.And(List.of(where("v = 2").orElseThrow())))));
        assertThat(plan.isOne(where("pk = 'a' AND sk = 1 AND v = 2"))).isTrue();
        assertThat(plan.isOne(where("pk = 'a' AND sk > 1"))).isFalse();
    }

    @Test
    void aWriteThatMeansNoSingleItemIsRefused() {
        String noKey = "Where clause does not contain a mandatory equality on all key attributes";
        assertThatThrownBy(() -> plan.one(Optional.empty())).hasMessage(noKey);
        assertThatThrownBy(() -> plan.one(where("pk = 'a'"))).hasMessage(noKey);
        assertThatThrownBy(() -> plan.one(where("pk IN ['a'] AND sk = 1"))).hasMessage(noKey);
        assertThatThrownBy(() -> plan.one(where("pk = 'a' AND sk = 1 OR v = 1")))
                .hasMessage(noKey);
        assertThatThrownBy(() -> plan.one(where("pk = 'a' AND sk = 1 AND sk = 2")))
                .hasMessage("Multiple conditions on same key sk. Only single item Update/Insert/Delete are supported");
        assertThatThrownBy(() -> plan.one(where("pk = NULL AND sk = 1")))
                .hasMessage("Key value must be of type S, N, or B. Key name: pk, Key type: NULL");
        assertThatThrownBy(() -> plan.one(where("pk = 'a' AND sk = 'x'")))
                .hasMessage("Key attribute's data type should match its data type in table's schema: Key sk");
    }
}
