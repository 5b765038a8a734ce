package io.gramme.http;

import io.gramme.api.wire.Json;
import io.gramme.api.wire.Service;
import io.gramme.api.wire.ValueJson;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.CancellationReason;
import io.gramme.core.error.ThrottlingReason;
import io.gramme.core.item.Item;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;

/**
 * The JSON body of an error response: its type, the stored item if the request asked for it, the reasons if a
 * transaction was cancelled or throughput was exceeded, and its message unless it has none.
 */
final class ErrorBody {
    private ErrorBody() {}

    /** @param service the one that the request addresses */
    static byte[] of(ApiException error, Service service) {
        var out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("__type", service.errorType(error.code()));
            error.item().ifPresent(item -> writeItem(json, item));
            if (!error.reasons().isEmpty()) {
                json.writeArrayPropertyStart("CancellationReasons");
                error.reasons().forEach(reason -> write(json, reason));
                json.writeEndArray();
            }
            if (!error.throttling().isEmpty()) {
                json.writeArrayPropertyStart(error.code().throttlingMember());
                error.throttling().forEach(reason -> write(json, reason));
                json.writeEndArray();
            }
            if (!error.text().isEmpty()) {
                json.writeStringProperty(service.messageMember(error.code()), error.text());
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, CancellationReason reason) {
        json.writeStartObject();
        reason.item().ifPresent(item -> writeItem(json, item));
        json.writeStringProperty("Code", reason.code());
        reason.message().ifPresent(message -> json.writeStringProperty("Message", message));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, ThrottlingReason reason) {
        json.writeStartObject();
        json.writeStringProperty("reason", reason.reason());
        json.writeStringProperty("resource", reason.resource());
        json.writeEndObject();
    }

    private static void writeItem(JsonGenerator json, Item item) {
        json.writeName("Item");
        ValueJson.write(json, item);
    }
}
