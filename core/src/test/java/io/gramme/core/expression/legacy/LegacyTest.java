package io.gramme.core.expression.legacy;

import static io.gramme.core.expression.Samples.b;
import static io.gramme.core.expression.Samples.binaries;
import static io.gramme.core.expression.Samples.everything;
import static io.gramme.core.expression.Samples.item;
import static io.gramme.core.expression.Samples.list;
import static io.gramme.core.expression.Samples.map;
import static io.gramme.core.expression.Samples.n;
import static io.gramme.core.expression.Samples.numbers;
import static io.gramme.core.expression.Samples.refusal;
import static io.gramme.core.expression.Samples.s;
import static io.gramme.core.expression.Samples.strings;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.expression.KeyCondition;
import io.gramme.core.expression.Update;
import io.gramme.core.expression.legacy.LegacyUpdate.Action;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LegacyTest {
    private static final String INVALID = "One or more parameter values were invalid: ";

    private static boolean holds(String attribute, ComparisonOperator operator, Value... values) {
        return Legacy.filter(Map.of(attribute, new LegacyCondition(operator, List.of(values))), ConditionalOperator.AND)
                .matches(everything());
    }

    private static String refused(ComparisonOperator operator, Value... values) {
        return refusal(() -> holds("a", operator, values));
    }

    @Test
    void everyOperatorAsksItsQuestion() {
        assertThat(holds("n", ComparisonOperator.EQ, n("5.0"))).isTrue();
        assertThat(holds("ss", ComparisonOperator.EQ, strings("b", "a"))).isTrue();
        assertThat(holds("n", ComparisonOperator.NE, n("5"))).isFalse();
        assertThat(holds("n", ComparisonOperator.LT, n("10"))).isTrue();
        assertThat(holds("n", ComparisonOperator.LE, n("5"))).isTrue();
        assertThat(holds("n", ComparisonOperator.GT, n("5"))).isFalse();
        assertThat(holds("n", ComparisonOperator.GE, n("5"))).isTrue();
        assertThat(holds("n", ComparisonOperator.BETWEEN, n("4"), n("5"))).isTrue();
        assertThat(holds("n", ComparisonOperator.IN, n("4"), n("5"))).isTrue();
        assertThat(holds("n", ComparisonOperator.NOT_NULL)).isTrue();
        assertThat(holds("nowhere", ComparisonOperator.NULL)).isTrue();
        assertThat(holds("s", ComparisonOperator.BEGINS_WITH, s("st"))).isTrue();
        assertThat(holds("s", ComparisonOperator.CONTAINS, s("tr"))).isTrue();
        assertThat(holds("l", ComparisonOperator.CONTAINS, n("1"))).isTrue();
        assertThat(holds("ns", ComparisonOperator.CONTAINS, n("1"))).isTrue();
        assertThat(holds("s", ComparisonOperator.NOT_CONTAINS, s("tr"))).isFalse();
        assertThat(holds("s", ComparisonOperator.NOT_CONTAINS, s("x"))).isTrue();
        assertThat(holds("n", ComparisonOperator.NOT_CONTAINS, s("x"))).isTrue();
    }

    /** NULL tells whether the attribute is there, and nothing of its type. */
    @Test
    void anAttributeThatHoldsNullIsNotMissing() {
        assertThat(holds("z", ComparisonOperator.NULL)).isFalse();
        assertThat(holds("z", ComparisonOperator.NOT_NULL)).isTrue();
    }

    @Test
    void ofAMissingAttributeOnlyNeAndNullAreTrue() {
        for (ComparisonOperator operator : ComparisonOperator.values()) {
            Value[] values = switch (operator) {
                case NULL, NOT_NULL -> new Value[0];
                case BETWEEN -> new Value[] {s("a"), s("b")};
                case EQ, NE, IN, LE, LT, GE, GT, CONTAINS, NOT_CONTAINS, BEGINS_WITH -> new Value[] {s("a")};
            };
            assertThat(holds("nowhere", operator, values))
                    .as(operator.name())
                    .isEqualTo(operator == ComparisonOperator.NE || operator == ComparisonOperator.NULL);
        }
    }

    @Test
    void aNameWithDotsIsOneAttribute() {
        var condition = Legacy.filter(
                Map.of("m.a", new LegacyCondition(ComparisonOperator.NOT_NULL, List.of())), ConditionalOperator.AND);
        assertThat(condition.matches(everything())).isFalse();
        assertThat(condition.matches(item("m.a", n("1")))).isTrue();
    }

    @Test
    void conditionsAreJoinedByAndOrByOr() {
        var filter = Map.of(
                "n", new LegacyCondition(ComparisonOperator.EQ, List.of(n("5"))),
                "s", new LegacyCondition(ComparisonOperator.EQ, List.of(s("x"))));
        assertThat(Legacy.filter(filter, ConditionalOperator.AND).matches(everything()))
                .isFalse();
        assertThat(Legacy.filter(filter, ConditionalOperator.OR).matches(everything()))
                .isTrue();
        assertThat(Legacy.filter(filter, ConditionalOperator.OR).attributes()).containsOnly("n", "s");
    }

    @ParameterizedTest
    @EnumSource
    void noConditionsAreMetByEveryItem(ConditionalOperator operator) {
        assertThat(Legacy.filter(Map.of(), operator).matches(Item.EMPTY)).isTrue();
        assertThat(Legacy.expected(Map.of(), operator).matches(Item.EMPTY)).isTrue();
    }

    @Test
    void everyOperatorTakesSoManyArguments() {
        assertThat(refused(ComparisonOperator.EQ))
                .isEqualTo(INVALID + "Invalid number of argument(s) for the EQ ComparisonOperator");
        assertThat(refused(ComparisonOperator.LT, n("1"), n("2")))
                .isEqualTo(INVALID + "Invalid number of argument(s) for the LT ComparisonOperator");
        assertThat(refused(ComparisonOperator.NULL, n("1")))
                .isEqualTo(INVALID + "Invalid number of argument(s) for the NULL ComparisonOperator");
        assertThat(refused(ComparisonOperator.IN))
                .isEqualTo(INVALID + "Invalid number of argument(s) for the IN ComparisonOperator");
        assertThat(refused(ComparisonOperator.BETWEEN, n("1")))
                .isEqualTo(INVALID + "Invalid number of argument(s) for the BETWEEN ComparisonOperator");
    }

    @Test
    void everyOperatorTakesItsTypesOnly() {
        for (ComparisonOperator operator : List.of(
                ComparisonOperator.LT,
                ComparisonOperator.LE,
                ComparisonOperator.GT,
                ComparisonOperator.GE,
                ComparisonOperator.IN)) {
            assertThat(refused(operator, Value.Bool.TRUE))
                    .isEqualTo(
                            INVALID + "ComparisonOperator " + operator + " is not valid for BOOL AttributeValue type");
            assertThat(refused(operator, strings("a")))
                    .isEqualTo(INVALID + "ComparisonOperator " + operator + " is not valid for SS AttributeValue type");
        }
        assertThat(refused(ComparisonOperator.BEGINS_WITH, n("1")))
                .isEqualTo(INVALID + "ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type");
        assertThat(refused(ComparisonOperator.CONTAINS, list()))
                .isEqualTo(INVALID + "ComparisonOperator CONTAINS is not valid for L AttributeValue type");
        assertThat(refused(ComparisonOperator.NOT_CONTAINS, map()))
                .isEqualTo(INVALID + "ComparisonOperator NOT_CONTAINS is not valid for M AttributeValue type");
        assertThat(holds("a", ComparisonOperator.CONTAINS, Value.Null.NULL)).isFalse();
        assertThat(holds("m", ComparisonOperator.EQ, map())).isFalse();
    }

    @Test
    void argumentsAgreeInTypeAndBoundsInOrder() {
        assertThat(refused(ComparisonOperator.IN, s("a"), n("1")))
                .isEqualTo(INVALID + "AttributeValues inside AttributeValueList must be of same type");
        assertThat(refused(ComparisonOperator.BETWEEN, s("a"), n("1")))
                .isEqualTo(INVALID + "AttributeValues inside AttributeValueList must be of same type");
        assertThat(refused(ComparisonOperator.BETWEEN, s("b"), s("a")))
                .isEqualTo(
                        "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound");
    }

    // Expected

    private static LegacyExpected expecting(
            Optional<Value> value,
            Optional<Boolean> exists,
            Optional<ComparisonOperator> operator,
            Optional<List<Value>> values) {
        return new LegacyExpected(value, exists, operator, values);
    }

    private static boolean isMet(String attribute, LegacyExpected expected) {
        return Legacy.expected(Map.of(attribute, expected), ConditionalOperator.AND)
                .matches(everything());
    }

    private static String refused(LegacyExpected expected) {
        return refusal(() -> isMet("a", expected));
    }

    private static final Optional<Value> NO_VALUE = Optional.empty();
    private static final Optional<Boolean> NO_EXISTS = Optional.empty();
    private static final Optional<ComparisonOperator> NO_OPERATOR = Optional.empty();
    private static final Optional<List<Value>> NO_VALUES = Optional.empty();
    private static final Optional<Value> FIVE = Optional.of(n("5"));

    @Test
    void expectsAValueOrNoneOrWhatAnOperatorAsks() {
        assertThat(isMet("n", expecting(FIVE, NO_EXISTS, NO_OPERATOR, NO_VALUES)))
                .isTrue();
        assertThat(isMet("s", expecting(FIVE, NO_EXISTS, NO_OPERATOR, NO_VALUES)))
                .isFalse();
        assertThat(isMet("n", expecting(FIVE, Optional.of(true), NO_OPERATOR, NO_VALUES)))
                .isTrue();
        assertThat(isMet("n", expecting(NO_VALUE, Optional.of(false), NO_OPERATOR, NO_VALUES)))
                .isFalse();
        assertThat(isMet("nowhere", expecting(NO_VALUE, Optional.of(false), NO_OPERATOR, NO_VALUES)))
                .isTrue();
        assertThat(isMet("n", expecting(FIVE, NO_EXISTS, Optional.of(ComparisonOperator.GE), NO_VALUES)))
                .isTrue();
        assertThat(isMet("n", expecting(NO_VALUE, NO_EXISTS, Optional.of(ComparisonOperator.NOT_NULL), NO_VALUES)))
                .isTrue();
        assertThat(isMet(
                        "n",
                        expecting(
                                NO_VALUE,
                                NO_EXISTS,
                                Optional.of(ComparisonOperator.BETWEEN),
                                Optional.of(List.of(n("4"), n("6"))))))
                .isTrue();
    }

    @Test
    void refusesExpectationsThatDoNotGoTogether() {
        var values = Optional.of(List.of(n("1")));
        var eq = Optional.of(ComparisonOperator.EQ);
        assertThat(refused(expecting(FIVE, NO_EXISTS, eq, values)))
                .isEqualTo(INVALID + "Value and AttributeValueList cannot be used together for Attribute: a");
        assertThat(refused(expecting(FIVE, Optional.of(true), eq, NO_VALUES)))
                .isEqualTo(INVALID + "Exists and ComparisonOperator cannot be used together for Attribute: a");
        assertThat(refused(expecting(NO_VALUE, NO_EXISTS, NO_OPERATOR, values)))
                .isEqualTo(INVALID + "AttributeValueList can only be used with a ComparisonOperator for Attribute: a");
        assertThat(refused(expecting(NO_VALUE, NO_EXISTS, eq, NO_VALUES)))
                .isEqualTo(INVALID
                        + "Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: a");
        assertThat(refused(expecting(NO_VALUE, Optional.of(true), NO_OPERATOR, NO_VALUES)))
                .isEqualTo(INVALID + "Value must be provided when Exists is true for Attribute: a");
        assertThat(refused(expecting(NO_VALUE, NO_EXISTS, NO_OPERATOR, NO_VALUES)))
                .isEqualTo(INVALID + "Value must be provided when Exists is null for Attribute: a");
        assertThat(refused(expecting(FIVE, Optional.of(false), NO_OPERATOR, NO_VALUES)))
                .isEqualTo(INVALID + "Value cannot be used when Exists is false for Attribute: a");
        assertThat(refused(expecting(FIVE, NO_EXISTS, Optional.of(ComparisonOperator.BETWEEN), NO_VALUES)))
                .isEqualTo(INVALID + "Invalid number of argument(s) for the BETWEEN ComparisonOperator");
    }

    // KeyConditions

    @Test
    void keyConditionsBecomeTerms() {
        var conditions = new LinkedHashMap<String, LegacyCondition>();
        conditions.put("sk", new LegacyCondition(ComparisonOperator.BETWEEN, List.of(n("1"), n("2"))));
        conditions.put("pk", new LegacyCondition(ComparisonOperator.EQ, List.of(s("a"))));
        assertThat(Legacy.keyConditions(conditions).terms())
                .containsExactly(
                        new KeyCondition.Term("sk", new KeyCondition.Between(n("1"), n("2"))),
                        new KeyCondition.Term("pk", new KeyCondition.Equal(s("a"))));
        assertThat(refusal(() -> Legacy.keyConditions(Map.of()))).isEqualTo("Conditions must be at least length 1");
    }

    @ParameterizedTest
    @EnumSource(
            value = ComparisonOperator.class,
            names = {"NE", "IN", "CONTAINS", "NOT_CONTAINS"})
    void aKeyCannotBeAskedEverything(ComparisonOperator operator) {
        var conditions = Map.of("pk", new LegacyCondition(operator, List.of(s("a"))));
        assertThat(refusal(() -> Legacy.keyConditions(conditions)))
                .isEqualTo("Attempted conditional constraint is not an indexable operation");
    }

    // AttributeUpdates

    private static Update update(String attribute, Action action, Optional<Value> value) {
        return Legacy.updates(Map.of(attribute, new LegacyUpdate(action, value)));
    }

    private static Item updated(Item before, Action action, Value value) {
        return update("x", action, Optional.of(value)).apply(before).item();
    }

    @Test
    void putReplacesAndDeleteWithoutValueRemoves() {
        assertThat(updated(item("x", n("1")), Action.PUT, s("a"))).isEqualTo(item("x", s("a")));
        Update removal = update("x", Action.DELETE, Optional.empty());
        assertThat(removal.apply(item("x", n("1"), "y", n("2"))).item()).isEqualTo(item("y", n("2")));
        assertThat(removal.onlyClears()).isTrue();
        assertThat(update("x", Action.DELETE, Optional.of(strings("a"))).onlyClears())
                .isTrue();
        assertThat(update("x", Action.PUT, Optional.of(s("a"))).onlyClears()).isFalse();
        assertThat(Legacy.updates(Map.of()).onlyClears()).isFalse();
    }

    @Test
    void addCountsUnitesAndAppends() {
        assertThat(updated(item("x", n("1")), Action.ADD, n("2"))).isEqualTo(item("x", n("3")));
        assertThat(updated(Item.EMPTY, Action.ADD, n("2"))).isEqualTo(item("x", n("2")));
        assertThat(updated(item("x", strings("a")), Action.ADD, strings("b"))).isEqualTo(item("x", strings("a", "b")));
        assertThat(updated(item("x", list(n("1"))), Action.ADD, list(n("2"))))
                .isEqualTo(item("x", list(n("1"), n("2"))));
        assertThat(updated(Item.EMPTY, Action.ADD, list(n("2")))).isEqualTo(item("x", list(n("2"))));
    }

    @Test
    void deleteWithAValueTakesMembersOut() {
        assertThat(updated(item("x", numbers("1", "2")), Action.DELETE, numbers("1")))
                .isEqualTo(item("x", numbers("2")));
        assertThat(updated(item("x", binaries(1)), Action.DELETE, binaries(1))).isEqualTo(Item.EMPTY);
        assertThat(updated(Item.EMPTY, Action.DELETE, strings("a"))).isEqualTo(Item.EMPTY);
    }

    @Test
    void anUpdateOfTheWrongTypeIsRefused() {
        assertThat(refusal(() -> updated(item("x", s("a")), Action.ADD, n("1"))))
                .isEqualTo("Type mismatch for attribute to update");
        assertThat(refusal(() -> updated(item("x", list()), Action.ADD, n("1"))))
                .isEqualTo("Type mismatch for attribute to update");
        assertThat(refusal(() -> updated(item("x", numbers("1")), Action.DELETE, strings("a"))))
                .isEqualTo("Type mismatch for attribute to update");
    }

    @Test
    void anActionTakesItsTypesOnly() {
        assertThat(refusal(() -> update("x", Action.PUT, Optional.empty())))
                .isEqualTo(INVALID + "Only DELETE action is allowed when no attribute value is specified");
        assertThat(refusal(() -> update("x", Action.ADD, Optional.empty())))
                .isEqualTo(INVALID + "Only DELETE action is allowed when no attribute value is specified");
        assertThat(refusal(() -> update("x", Action.ADD, Optional.of(s("a")))))
                .isEqualTo(INVALID + "ADD action is not supported for the type STRING");
        assertThat(refusal(() -> update("x", Action.ADD, Optional.of(map()))))
                .isEqualTo(INVALID + "ADD action is not supported for the type MAP");
        assertThat(refusal(() -> update("x", Action.DELETE, Optional.of(b(1)))))
                .isEqualTo(INVALID + "DELETE action with value is not supported for the type BINARY");
        assertThat(refusal(() -> update("x", Action.DELETE, Optional.of(list()))))
                .isEqualTo(INVALID + "DELETE action with value is not supported for the type LIST");
    }

    // AttributesToGet

    @Test
    void attributesToGetAreNamesAndEachIsNamedOnce() {
        assertThat(Legacy.attributesToGet(List.of("n", "m.a", "nowhere")).of(everything()))
                .isEqualTo(item("n", n("5")));
        assertThat(refusal(() -> Legacy.attributesToGet(List.of("a", "b", "a"))))
                .isEqualTo(INVALID + "Duplicate value in attribute name: a");
    }

    @Test
    void everyAttributeHasAName() {
        var expected = new LegacyExpected(Optional.empty(), Optional.of(false), Optional.empty(), Optional.empty());
        var condition = new LegacyCondition(ComparisonOperator.NULL, List.of());
        var update = new LegacyUpdate(LegacyUpdate.Action.DELETE, Optional.empty());
        assertThat(List.of(
                        refusal(() -> Legacy.expected(Map.of("", expected), ConditionalOperator.AND)),
                        refusal(() -> Legacy.filter(Map.of("", condition), ConditionalOperator.AND)),
                        refusal(() -> Legacy.keyConditions(Map.of("", condition))),
                        refusal(() -> Legacy.updates(Map.of("", update))),
                        refusal(() -> Legacy.attributesToGet(List.of("a", "")))))
                .allMatch("Empty attribute name"::equals);
    }
}
