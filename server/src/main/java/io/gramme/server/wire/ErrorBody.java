package io.gramme.server.wire;

import io.gramme.api.wire.Json;
import io.gramme.api.wire.ValueJson;
import io.gramme.core.error.ApiException;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;

/** The body of a refusal: its type, the stored item where one was asked for, and its words unless it has none. */
final class ErrorBody {
    private ErrorBody() {}

    static byte[] of(ApiException error) {
        var out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("__type", error.code().wireType());
            error.item().ifPresent(item -> {
                json.writeName("Item");
                ValueJson.write(json, item);
            });
            if (!error.text().isEmpty()) {
                json.writeStringProperty(error.code().messageMember(), error.text());
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}
