package io.gramme.api.wire;

import java.util.List;
import tools.jackson.core.JsonGenerator;

final class IntegerShape extends Shape<Integer> {
    private final Bounds bounds;

    IntegerShape(Bounds bounds) {
        this.bounds = bounds;
    }

    @Override
    Integer read(Reading in) {
        int value = (int) in.integer(Integer.MIN_VALUE, Integer.MAX_VALUE, "Integer");
        if (!bounds.hold(value)) {
            in.broken(bounds.brokenByValue(value).orElseThrow(), value);
        }
        return value;
    }

    @Override
    void write(JsonGenerator out, Integer value) {
        out.writeNumber(value.intValue());
    }

    @Override
    List<String> phrases() {
        return bounds.valuePhrases();
    }
}
