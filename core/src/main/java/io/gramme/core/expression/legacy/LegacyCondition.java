package io.gramme.core.expression.legacy;

import io.gramme.core.item.Value;
import java.util.List;

/** One entry of QueryFilter, ScanFilter or KeyConditions: {@code Condition} in the API. */
public record LegacyCondition(ComparisonOperator operator, List<Value> values) {
    public LegacyCondition {
        values = List.copyOf(values);
    }
}
