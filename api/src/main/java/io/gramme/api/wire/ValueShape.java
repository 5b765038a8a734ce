package io.gramme.api.wire;

import io.gramme.core.item.Value;
import tools.jackson.core.JsonGenerator;

final class ValueShape extends Shape<Value> {
    @Override
    Value read(Reading in) {
        return ValueReader.value(in);
    }

    @Override
    void write(JsonGenerator out, Value value) {
        ValueJson.write(out, value);
    }
}
