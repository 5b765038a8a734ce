package io.gramme.delivery.trigger;

import io.gramme.api.wire.Json;
import io.gramme.api.wire.ValueJson;
import io.gramme.core.item.Item;
import io.gramme.tables.stream.StreamRecordView;
import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes the event that a target receives: stream records in the form in which Lambda passes them to functions. */
final class EventWriter {
    private static final byte[] HEAD = {'{', '"', 'R', 'e', 'c', 'o', 'r', 'd', 's', '"', ':', '['};
    private static final byte[] TAIL = {']', '}'};

    /** What a record adds to an event besides its own bytes. */
    static final int COMMA = 1;

    static final int FRAME = HEAD.length + TAIL.length;

    private EventWriter() {}

    static byte[] event(List<byte[]> records) {
        var event = new ByteArrayOutputStream(FRAME
                + records.stream().mapToInt(record -> record.length + COMMA).sum());
        event.writeBytes(HEAD);
        for (int i = 0; i < records.size(); i++) {
            if (i > 0) {
                event.write(',');
            }
            event.writeBytes(records.get(i));
        }
        event.writeBytes(TAIL);
        return event.toByteArray();
    }

    static byte[] record(StreamRecordView record, String region) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(bytes)) {
            out.writeStartObject();
            out.writeStringProperty("eventID", record.id());
            out.writeStringProperty("eventName", record.event().name());
            out.writeStringProperty("eventVersion", StreamRecordView.EVENT_VERSION);
            out.writeStringProperty("eventSource", StreamRecordView.EVENT_SOURCE);
            out.writeStringProperty("awsRegion", region);
            out.writeName("dynamodb");
            dynamodb(out, record);
            if (record.isByService()) {
                out.writeName("userIdentity");
                out.writeStartObject();
                out.writeStringProperty("type", "Service");
                out.writeStringProperty("principalId", StreamRecordView.SERVICE);
                out.writeEndObject();
            }
            out.writeStringProperty("eventSourceARN", record.streamArn());
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void dynamodb(JsonGenerator out, StreamRecordView record) {
        out.writeStartObject();
        out.writeNumberProperty("ApproximateCreationDateTime", record.created().getEpochSecond());
        write(out, "Keys", record.keys());
        record.newImage().ifPresent(image -> write(out, "NewImage", image));
        record.oldImage().ifPresent(image -> write(out, "OldImage", image));
        out.writeStringProperty("SequenceNumber", record.sequenceNumber());
        out.writeNumberProperty("SizeBytes", record.sizeBytes());
        out.writeStringProperty("StreamViewType", record.view().name());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, String name, Item item) {
        out.writeName(name);
        ValueJson.write(out, item);
    }
}
