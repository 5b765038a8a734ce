package io.gramme.server.wire;

import io.gramme.core.error.ApiException;
import io.gramme.core.item.Item;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The body of a refusal: its type, the stored item where one was asked for, and its words unless it has none. */
public final class ErrorBody {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    /** Writes items as the wire has them; comes from outside, because the wire knows no JSON model. */
    @FunctionalInterface
    public interface ItemWriter {
        /** The JSON of an item: an object of attribute values. */
        String json(Item item);
    }

    private final ItemWriter items;

    ErrorBody(ItemWriter items) {
        this.items = items;
    }

    byte[] of(ApiException error) {
        var out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("__type", error.code().wireType());
            error.item().ifPresent(item -> {
                json.writeName("Item");
                json.writeRawValue(items.json(item));
            });
            if (!error.text().isEmpty()) {
                json.writeStringProperty(error.code().messageMember(), error.text());
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}
