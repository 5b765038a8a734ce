package io.gramme.transfer.format;

import io.gramme.core.item.Value;
import java.util.Map;
import java.util.Optional;

/** The condition of one record, as it is written there: ConditionExpression and its placeholders. */
public record RecordCondition(
        Optional<String> expression, Optional<Map<String, String>> names, Optional<Map<String, Value>> values) {
    public static final RecordCondition NONE =
            new RecordCondition(Optional.empty(), Optional.empty(), Optional.empty());

    public RecordCondition {
        names = names.map(Map::copyOf);
        values = values.map(Map::copyOf);
    }
}
