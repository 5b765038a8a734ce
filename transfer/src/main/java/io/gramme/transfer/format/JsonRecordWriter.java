package io.gramme.transfer.format;

import io.gramme.api.wire.Json;
import io.gramme.api.wire.ValueJson;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;

/** Lines of DynamoDB JSON. */
final class JsonRecordWriter implements RecordWriter {
    private final OutputStream sink;

    JsonRecordWriter(OutputStream sink) {
        this.sink = sink;
    }

    @Override
    public void write(Item item) {
        try (JsonGenerator out = Json.generator(sink)) {
            out.writeStartObject();
            member(out, Documents.ITEM, item);
            end(out);
        }
    }

    @Override
    public void write(ItemChange change, ExportView view) {
        try (JsonGenerator out = Json.generator(sink)) {
            out.writeStartObject();
            Value written = new Value.N(Decimal.of(change.writeTimestampMicros()));
            member(out, Documents.METADATA, Item.of(Documents.TIMESTAMP, written));
            member(out, Documents.KEYS, change.keys());
            change.after().ifPresent(image -> member(out, Documents.NEW_IMAGE, image));
            if (view == ExportView.NEW_AND_OLD_IMAGES) {
                change.before().ifPresent(image -> member(out, Documents.OLD_IMAGE, image));
            }
            end(out);
        }
    }

    private static void member(JsonGenerator out, String name, Item item) {
        out.writeName(name);
        ValueJson.write(out, item);
    }

    private static void end(JsonGenerator out) {
        out.writeEndObject();
        out.writeRaw('\n');
    }
}
