package io.gramme.api.wire;

import io.gramme.core.bytes.Bytes;
import tools.jackson.core.JsonGenerator;

final class BlobShape extends Shape<Bytes> {
    @Override
    Bytes read(Reading in) {
        return Base64Text.read(in);
    }

    @Override
    void write(JsonGenerator out, Bytes value) {
        Base64Text.write(out, value);
    }
}
