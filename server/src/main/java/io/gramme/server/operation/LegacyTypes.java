package io.gramme.server.operation;

import io.gramme.api.AttributeAction;
import io.gramme.api.Condition;
import io.gramme.api.ConditionalOperator;
import io.gramme.core.expression.legacy.ComparisonOperator;
import io.gramme.core.expression.legacy.LegacyCondition;
import io.gramme.core.expression.legacy.LegacyUpdate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conversion of the wire types of legacy parameters to the expression types that replace them. */
final class LegacyTypes {
    private LegacyTypes() {}

    static io.gramme.core.expression.legacy.ConditionalOperator operator(Optional<ConditionalOperator> operator) {
        return operator.orElse(ConditionalOperator.AND) == ConditionalOperator.AND
                ? io.gramme.core.expression.legacy.ConditionalOperator.AND
                : io.gramme.core.expression.legacy.ConditionalOperator.OR;
    }

    static ComparisonOperator comparison(io.gramme.api.ComparisonOperator operator) {
        return ComparisonOperator.valueOf(operator.wire());
    }

    static LegacyUpdate.Action action(AttributeAction action) {
        return LegacyUpdate.Action.valueOf(action.wire());
    }

    static Map<String, LegacyCondition> conditions(Map<String, Condition> conditions) {
        var converted = new LinkedHashMap<String, LegacyCondition>();
        conditions.forEach((name, condition) -> converted.put(
                name,
                new LegacyCondition(
                        comparison(condition.comparisonOperator()),
                        condition.attributeValueList().orElse(List.of()))));
        return converted;
    }
}
