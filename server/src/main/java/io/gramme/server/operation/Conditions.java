package io.gramme.server.operation;

import io.gramme.api.ConditionalOperator;
import io.gramme.api.ExpectedAttributeValue;
import io.gramme.api.ReturnValuesOnConditionCheckFailure;
import io.gramme.core.error.ParameterErrors;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.ExpressionKind;
import io.gramme.core.expression.Expressions;
import io.gramme.core.expression.Placeholders;
import io.gramme.core.expression.legacy.Legacy;
import io.gramme.core.expression.legacy.LegacyExpected;
import io.gramme.tables.item.WriteCondition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Conversion of a write's condition, in either of its two forms. */
final class Conditions {
    private Conditions() {}

    /** The condition in its legacy form, unless that is empty. */
    static Optional<Condition> expected(
            Optional<Map<String, ExpectedAttributeValue>> expected, Optional<ConditionalOperator> operator) {
        return expected.filter(conditions -> !conditions.isEmpty())
                .map(conditions -> Legacy.expected(legacy(conditions), LegacyTypes.operator(operator)));
    }

    static Optional<Condition> expression(Optional<String> expression, Placeholders placeholders) {
        return expression.map(text -> Expressions.condition(ExpressionKind.CONDITION, text, placeholders));
    }

    /** A ConditionalOperator joins two or more conditions. */
    static void requireOperatorFits(Optional<ConditionalOperator> operator, Optional<Integer> conditions) {
        if (operator.isEmpty()) {
            return;
        }
        if (conditions.isEmpty()) {
            throw ParameterErrors.operatorWithoutConditions();
        }
        if (conditions.get() < 2) {
            throw ParameterErrors.operatorForOneCondition();
        }
    }

    private static Map<String, LegacyExpected> legacy(Map<String, ExpectedAttributeValue> expected) {
        var converted = new LinkedHashMap<String, LegacyExpected>();
        expected.forEach((name, given) -> converted.put(
                name,
                new LegacyExpected(
                        given.value(),
                        given.exists(),
                        given.comparisonOperator().map(LegacyTypes::comparison),
                        given.attributeValueList())));
        return converted;
    }

    static WriteCondition guard(
            Optional<Condition> condition, Optional<ReturnValuesOnConditionCheckFailure> onFailure) {
        boolean shows = onFailure.orElse(ReturnValuesOnConditionCheckFailure.NONE)
                == ReturnValuesOnConditionCheckFailure.ALL_OLD;
        return new WriteCondition(condition, shows);
    }
}
