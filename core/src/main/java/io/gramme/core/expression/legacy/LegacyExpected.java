package io.gramme.core.expression.legacy;

import io.gramme.core.item.Value;
import java.util.List;
import java.util.Optional;

/** One entry of Expected: {@code ExpectedAttributeValue} in the API. */
public record LegacyExpected(
        Optional<Value> value,
        Optional<Boolean> exists,
        Optional<ComparisonOperator> operator,
        Optional<List<Value>> values) {
    public LegacyExpected {
        values = values.map(List::copyOf);
    }
}
