package io.gramme.api.wire;

import tools.jackson.core.JsonGenerator;

final class BooleanShape extends Shape<Boolean> {
    @Override
    Boolean read(Reading in) {
        return in.flag();
    }

    @Override
    void write(JsonGenerator out, Boolean value) {
        out.writeBoolean(value);
    }
}
