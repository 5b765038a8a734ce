package io.gramme.api.wire;

import tools.jackson.core.JsonGenerator;

final class DoubleShape extends Shape<Double> {
    @Override
    Double read(Reading in) {
        if (!in.atNumber()) {
            throw in.notA("Double", "java.lang.Double");
        }
        return in.json.getDoubleValue();
    }

    @Override
    void write(JsonGenerator out, Double value) {
        out.writeNumber(value.doubleValue());
    }
}
