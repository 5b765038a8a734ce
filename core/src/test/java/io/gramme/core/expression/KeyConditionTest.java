package io.gramme.core.expression;

import static io.gramme.core.expression.Samples.b;
import static io.gramme.core.expression.Samples.n;
import static io.gramme.core.expression.Samples.placeholders;
import static io.gramme.core.expression.Samples.refusal;
import static io.gramme.core.expression.Samples.s;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.expression.KeyCondition.BeginsWith;
import io.gramme.core.expression.KeyCondition.Between;
import io.gramme.core.expression.KeyCondition.Equal;
import io.gramme.core.expression.KeyCondition.Greater;
import io.gramme.core.expression.KeyCondition.GreaterOrEqual;
import io.gramme.core.expression.KeyCondition.Less;
import io.gramme.core.expression.KeyCondition.LessOrEqual;
import io.gramme.core.expression.KeyCondition.Resolved;
import io.gramme.core.expression.KeyCondition.Term;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyConditionTest {
    private static final KeySchema HASH = new KeySchema(List.of(new KeyAttribute("pk", Value.Type.S)), List.of());
    private static final KeySchema NUMBERED =
            new KeySchema(List.of(new KeyAttribute("pk", Value.Type.S)), List.of(new KeyAttribute("sk", Value.Type.N)));
    private static final KeySchema NAMED =
            new KeySchema(List.of(new KeyAttribute("pk", Value.Type.S)), List.of(new KeyAttribute("sk", Value.Type.S)));
    private static final KeySchema WIDE = new KeySchema(
            List.of(new KeyAttribute("p", Value.Type.S), new KeyAttribute("q", Value.Type.N)),
            List.of(
                    new KeyAttribute("b", Value.Type.S),
                    new KeyAttribute("c", Value.Type.N),
                    new KeyAttribute("d", Value.Type.N)));

    private static KeyCondition condition(String text) {
        return Expressions.keyCondition(text, placeholders());
    }

    private static Resolved resolved(String text, KeySchema schema) {
        return condition(text).resolve(schema);
    }

    @Test
    void aTermForEachAttributeAsWritten() {
        assertThat(condition("sk < :n AND (pk = :s)").terms())
                .containsExactly(new Term("sk", new Less(n("1"))), new Term("pk", new Equal(s("a"))));
        assertThat(condition("(a <= :n AND b > :n) AND (c >= :n AND d BETWEEN :n AND :n2) AND begins_with(e, :s)")
                        .terms())
                .containsExactly(
                        new Term("a", new LessOrEqual(n("1"))),
                        new Term("b", new Greater(n("1"))),
                        new Term("c", new GreaterOrEqual(n("1"))),
                        new Term("d", new Between(n("1"), n("2"))),
                        new Term("e", new BeginsWith(s("a"))));
    }

    @Test
    void aValueOnTheLeftTurnsTheComparisonRound() {
        assertThat(condition(":s = pk AND :n > sk AND :n <= x").terms())
                .containsExactly(
                        new Term("pk", new Equal(s("a"))),
                        new Term("sk", new Less(n("1"))),
                        new Term("x", new GreaterOrEqual(n("1"))));
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatAKeyCannotBeAsked(Refusal refusal) {
        assertThat(refusal(() -> condition(refusal.text())))
                .isEqualTo("Invalid KeyConditionExpression: " + refusal.words());
    }

    static Stream<Refusal> refusesWhatAKeyCannotBeAsked() {
        return Refusal.table("""
                pk                          ->  Syntax error; token: "<EOF>", near: "pk"
                ((pk = :s))                 ->  The expression has redundant parentheses;
                name = :s                   ->  Attribute name is a reserved keyword; reserved keyword: name
                pk = :undef                 ->  An expression attribute value used in expression is not defined; attribute value: :undef
                sk < :t                     ->  Incorrect operand type for operator or function; operator or function: <, operand type: BOOL
                begins_with(sk, :n)         ->  Incorrect operand type for operator or function; operator or function: begins_with, operand type: N
                sk BETWEEN :n2 AND :n       ->  The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}
                pk = :s AND sk <> :undef    ->  An expression attribute value used in expression is not defined; attribute value: :undef
                pk = :s OR sk = :n          ->  Invalid operator used in KeyConditionExpression: OR
                x.y = :s OR a = :s          ->  Invalid operator used in KeyConditionExpression: OR
                NOT pk = :s                 ->  Invalid operator used in KeyConditionExpression: NOT
                pk = :s AND sk <> :n        ->  Invalid operator used in KeyConditionExpression: <>
                pk IN (:s)                  ->  Invalid operator used in KeyConditionExpression: IN
                attribute_exists(sk)        ->  Invalid operator used in KeyConditionExpression: attribute_exists
                attribute_not_exists(sk)    ->  Invalid operator used in KeyConditionExpression: attribute_not_exists
                contains(sk, :n)            ->  Invalid operator used in KeyConditionExpression: contains
                pk = :s AND pk = :s         ->  KeyConditionExpressions must only contain one condition per key
                pk = :s AND pk > :s AND size(x) = :n  ->  KeyConditionExpressions must only contain one condition per key
                size(pk) = :n               ->  KeyConditionExpressions cannot contain nested operations
                pk.a = :s                   ->  KeyConditionExpressions cannot have conditions on nested attributes
                pk = sk                     ->  Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition
                begins_with(sk, x)          ->  Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition
                sk BETWEEN x AND :n         ->  Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition
                :s = :s                     ->  Invalid condition in KeyConditionExpression: No key attribute specified
                begins_with(:s, sk)         ->  Invalid condition in KeyConditionExpression: begins_with operator must have the key attribute as its first operand
                :n BETWEEN :n AND sk        ->  Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute as its first operand
                :n BETWEEN :n AND :n2       ->  Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute as its first operand
                """);
    }

    @Test
    void aPartitionKeyAloneOrWithItsSortKey() {
        assertThat(resolved("pk = :s", HASH)).isEqualTo(new Resolved(List.of(s("a")), List.of(), Optional.empty()));
        assertThat(resolved("pk = :s", NUMBERED)).isEqualTo(new Resolved(List.of(s("a")), List.of(), Optional.empty()));
        assertThat(resolved("sk = :n AND pk = :s", NUMBERED))
                .isEqualTo(new Resolved(List.of(s("a")), List.of(n("1")), Optional.empty()));
        assertThat(resolved("pk = :s AND sk BETWEEN :n AND :n2", NUMBERED))
                .isEqualTo(new Resolved(List.of(s("a")), List.of(), Optional.of(new Between(n("1"), n("2")))));
        assertThat(resolved("pk = :s AND begins_with(sk, :s2)", NAMED))
                .isEqualTo(new Resolved(List.of(s("a")), List.of(), Optional.of(new BeginsWith(s("b")))));
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatDoesNotFitTheKey(Refusal refusal) {
        assertThat(refusal(() -> resolved(refusal.text(), NUMBERED))).isEqualTo(refusal.words());
    }

    static Stream<Refusal> refusesWhatDoesNotFitTheKey() {
        return Refusal.table("""
                sk = :n                    ->  Query condition missed key schema element: pk
                x = :n AND y = :n          ->  Query condition missed key schema element: pk
                pk = :s AND x = :n         ->  Query condition missed key schema element: sk
                pk = :s AND sk = :n AND x = :n  ->  The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)
                pk < :s                    ->  Query key condition not supported
                pk BETWEEN :s AND :s2      ->  Query key condition not supported
                begins_with(pk, :s)        ->  Query key condition not supported
                pk < :s AND sk = :s        ->  Query key condition not supported
                pk = :n                    ->  One or more parameter values were invalid: Condition parameter type does not match schema type
                pk = :n AND x = :n         ->  One or more parameter values were invalid: Condition parameter type does not match schema type
                pk < :b                    ->  One or more parameter values were invalid: Condition parameter type does not match schema type
                pk = :s AND sk = :s        ->  One or more parameter values were invalid: Condition parameter type does not match schema type
                pk = :s AND sk = :t        ->  One or more parameter values were invalid: Condition parameter type does not match schema type
                pk = :s AND begins_with(sk, :s)  ->  One or more parameter values were invalid: Condition parameter type does not match schema type
                """);
    }

    @Test
    void aHashKeyTakesOneConditionOnly() {
        assertThat(refusal(() -> resolved("pk = :s AND sk = :n", HASH)))
                .isEqualTo("The number of query conditions (2) exceeds the number of key attributes defined in the"
                        + " schema (1)");
    }

    @Test
    void keyValuesAreNotEmptyAndSortKeysNotTooLong() {
        assertThat(refusedValue("pk = :v", s("")))
                .isEqualTo("One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
                        + " contain an empty string value. Key: pk");
        assertThat(refusedValue("pk = :pk AND begins_with(sk, :v)", s("")))
                .isEqualTo("One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
                        + " contain an empty string value. Key: sk");
        assertThat(refusedValue("pk = :pk AND sk < :v", s("x".repeat(1025))))
                .isEqualTo("One or more parameter values were invalid: Aggregated size of all range keys has exceeded"
                        + " the size limit of 1024 bytes");
        var binary = new KeySchema(List.of(new KeyAttribute("pk", Value.Type.B)), List.of());
        var empty = new KeyCondition(List.of(new Term("pk", new Equal(b()))));
        assertThat(refusal(() -> empty.resolve(binary))).contains("cannot contain an empty binary value. Key: pk");
    }

    private static String refusedValue(String text, Value value) {
        var placeholders = new Placeholders(Optional.empty(), Optional.of(Map.of(":pk", s("p"), ":v", value)));
        return refusal(() -> Expressions.keyCondition(text, placeholders).resolve(NAMED));
    }

    @Test
    void manyAttributesAreNamedFromTheFirstWithoutGaps() {
        assertThat(resolved("q = :n AND p = :s", WIDE))
                .isEqualTo(new Resolved(List.of(s("a"), n("1")), List.of(), Optional.empty()));
        assertThat(resolved("c > :n AND q = :n AND b = :s2 AND p = :s", WIDE))
                .isEqualTo(new Resolved(List.of(s("a"), n("1")), List.of(s("b")), Optional.of(new Greater(n("1")))));
        assertThat(resolved("p = :s AND q = :n AND b = :s AND c = :n AND d = :n2", WIDE))
                .isEqualTo(new Resolved(List.of(s("a"), n("1")), List.of(s("a"), n("1"), n("2")), Optional.empty()));
    }

    @Test
    void aConditionOnALaterSortAttributeNeedsEqualityOnTheOnesBefore() {
        assertThat(refusal(() -> resolved("p = :s AND q = :n AND c = :n", WIDE)))
                .isEqualTo("RANGE key attributes b must have equality conditions specified in the query because a"
                        + " condition is present on key attribute c");
        assertThat(refusal(() -> resolved("p = :s AND q = :n AND b > :s AND d = :n", WIDE)))
                .isEqualTo("RANGE key attributes b, c must have equality conditions specified in the query because a"
                        + " condition is present on key attribute d");
    }

    /** Worded as the captured refusals of sort keys; not captured from the service. */
    @Test
    void eachOfSeveralPartitionKeyAttributesNeedsEqualityAndThoseLeftOutAreToldFirst() {
        var unequal = " must have equality conditions specified in the query";
        assertThat(refusal(() -> resolved("p = :s AND b = :s", WIDE))).isEqualTo("HASH key attributes q" + unequal);
        assertThat(refusal(() -> resolved("p = :s AND q > :n", WIDE))).isEqualTo("HASH key attributes q" + unequal);
        assertThat(refusal(() -> resolved("p > :s", WIDE))).isEqualTo("HASH key attributes q" + unequal);
        assertThat(refusal(() -> resolved("p > :n AND q > :n", WIDE))).isEqualTo("HASH key attributes p, q" + unequal);
    }
}
