package io.gramme.api.wire;

import java.util.List;
import tools.jackson.core.JsonGenerator;

final class LongShape extends Shape<Long> {
    private final Bounds bounds;

    LongShape(Bounds bounds) {
        this.bounds = bounds;
    }

    @Override
    Long read(Reading in) {
        long value = in.integer(Long.MIN_VALUE, Long.MAX_VALUE, "Long");
        if (!bounds.hold(value)) {
            in.broken(bounds.brokenByValue(value).orElseThrow(), value);
        }
        return value;
    }

    @Override
    void write(JsonGenerator out, Long value) {
        out.writeNumber(value.longValue());
    }

    @Override
    List<String> phrases() {
        return bounds.valuePhrases();
    }
}
