package io.gramme.core.expression.legacy;

import io.gramme.core.item.Value;
import java.util.Optional;

/** One entry of AttributeUpdates: {@code AttributeValueUpdate} in the API, where a missing action means PUT. */
public record LegacyUpdate(Action action, Optional<Value> value) {
    public enum Action {
        PUT,
        ADD,
        DELETE
    }
}
