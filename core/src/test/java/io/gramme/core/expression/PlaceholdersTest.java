package io.gramme.core.expression;

import static io.gramme.core.expression.Samples.n;
import static io.gramme.core.expression.Samples.refusal;
import static io.gramme.core.expression.Samples.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.gramme.core.item.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
    private static Placeholders names(Map<String, String> names) {
        return new Placeholders(Optional.of(names), Optional.empty());
    }

    private static Placeholders values(Map<String, Value> values) {
        return new Placeholders(Optional.empty(), Optional.of(values));
    }

    @Test
    void noneAreAlwaysRight() {
        assertThatCode(() -> {
                    Placeholders.none().check(false);
                    Placeholders.none().check(true);
                    Placeholders.none().requireAllUsed();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void theyNeedAnExpression() {
        assertThat(refusal(() -> names(Map.of("#a", "a")).check(false)))
                .isEqualTo("ExpressionAttributeNames can only be specified when using expressions");
        assertThat(refusal(() -> values(Map.of(":a", n("1"))).check(false)))
                .isEqualTo("ExpressionAttributeValues can only be specified when using expressions");
    }

    @Test
    void theyAreNotEmpty() {
        assertThat(refusal(() -> names(Map.of()).check(true))).isEqualTo("ExpressionAttributeNames must not be empty");
        assertThat(refusal(() -> values(Map.of()).check(true)))
                .isEqualTo("ExpressionAttributeValues must not be empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "#", "#a-b", "#a b", "#a.b", ":x", "##a", "#é", ""})
    void aNamesAliasIsAHashAndLettersDigitsOrUnderscores(String alias) {
        assertThat(refusal(() -> names(Map.of(alias, "a")).check(true)))
                .isEqualTo("ExpressionAttributeNames contains invalid key: Syntax error; key: \"" + alias + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", ":", ":a-b", "#x"})
    void aValuesAliasIsAColonAndLettersDigitsOrUnderscores(String alias) {
        assertThat(refusal(() -> values(Map.of(alias, n("1"))).check(true)))
                .isEqualTo("ExpressionAttributeValues contains invalid key: Syntax error; key: \"" + alias + "\"");
    }

    @Test
    void anAliasHasAtMost255Bytes() {
        assertThatCode(() -> names(Map.of("#" + "x".repeat(254), "a")).check(true))
                .doesNotThrowAnyException();
        assertThat(refusal(() -> values(Map.of(":" + "x".repeat(255), n("1"))).check(true)))
                .isEqualTo("ExpressionAttributeValues contains invalid key: "
                        + "The expression attribute map contains a key that is too long; size of key: 256");
    }

    @Test
    void aNameHas1To65535Bytes() {
        assertThatCode(() -> names(Map.of("#_0", "a".repeat(65_535))).check(true))
                .doesNotThrowAnyException();
        assertThat(refusal(() -> names(Map.of("#a", "")).check(true)))
                .isEqualTo("ExpressionAttributeNames contains invalid value: Empty attribute name for key #a");
        assertThat(refusal(() -> names(Map.of("#a", "a".repeat(65_536))).check(true)))
                .isEqualTo("ExpressionAttributeNames contains invalid value: "
                        + "Attribute name is too large, must be less than 65536 bytes for key #a");
    }

    @Test
    void allSubstitutionsTogetherHaveAtMost2Mb() {
        String half = "x".repeat(1024 * 1024);
        assertThatCode(() -> values(Map.of(":a", s(half), ":b", s(half))).check(true))
                .doesNotThrowAnyException();
        assertThat(refusal(() -> values(Map.of(":a", s(half), ":b", s(half), ":c", s("x")))
                        .check(true)))
                .isEqualTo("ExpressionAttributeValues exceeds max size");
    }

    @Test
    void eachIsUsedByOneOfTheRequestsExpressions() {
        var placeholders = new Placeholders(
                Optional.of(Map.of("#a", "a", "#b", "b")), Optional.of(Map.of(":v", n("1"), ":w", n("2"))));
        Expressions.condition(ExpressionKind.CONDITION, "#a = :v", placeholders);
        Expressions.update("SET #b = :w", placeholders);
        assertThatCode(placeholders::requireAllUsed).doesNotThrowAnyException();
    }

    @Test
    void unusedNamesAreToldBeforeUnusedValues() {
        var names = new LinkedHashMap<String, String>();
        names.put("#y", "b");
        names.put("#x", "a");
        names.put("#z", "c");
        var placeholders = new Placeholders(Optional.of(names), Optional.of(Map.of(":v", n("1"))));
        Expressions.projection("#x", placeholders);
        assertThat(refusal(placeholders::requireAllUsed))
                .isEqualTo("Value provided in ExpressionAttributeNames unused in expressions: keys: {#y, #z}");
        Expressions.projection("#y, #z", placeholders);
        assertThat(refusal(placeholders::requireAllUsed))
                .isEqualTo("Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}");
    }
}
