package io.gramme.delivery.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.wire.Json;
import io.gramme.api.wire.ValueJson;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.tables.log.Cause;
import io.gramme.tables.log.ChangeRecord;
import io.gramme.tables.log.LogEntry;
import io.gramme.tables.stream.StreamRecordView;
import io.gramme.tables.table.KinesisDestination.Precision;
import io.gramme.tables.table.TableName;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;

/**
 * A change in the form that a Kinesis data stream receives: JSON as the developer guide shows it and as it was observed
 * in streams of the service.
 *
 * @param partitionKey the same for all changes of an item
 */
record DataRecord(String partitionKey, Bytes data) {

    /** What all records of a table have in common. */
    record Origin(TableName table, String tableId) {
        /** The same change has the same id however often it is sent, so that consumers can detect duplicates. */
        private String eventId(LogEntry entry) {
            String place = tableId + "/" + entry.position().version() + "/"
                    + entry.position().index();
            return UUID.nameUUIDFromBytes(place.getBytes(UTF_8)).toString();
        }
    }

    static DataRecord of(Origin origin, LogEntry entry, Precision precision) {
        ChangeRecord change = entry.change();
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(bytes)) {
            write(out, origin, entry, change, precision);
        }
        return new DataRecord(partitionKey(change.keys()), Bytes.wrap(bytes.toByteArray()));
    }

    private static void write(
            JsonGenerator out, Origin origin, LogEntry entry, ChangeRecord change, Precision precision) {
        out.writeStartObject();
        out.writeStringProperty("awsRegion", origin.table().accountRegion().region());
        out.writeStringProperty("eventID", origin.eventId(entry));
        out.writeStringProperty("eventName", change.event().name());
        out.writeName("userIdentity");
        writeIdentity(out, change.cause());
        out.writeStringProperty("recordFormat", "application/json");
        out.writeStringProperty("tableName", origin.table().name());
        out.writeName("dynamodb");
        out.writeStartObject();
        out.writeNumberProperty("ApproximateCreationDateTime", time(entry.time(), precision));
        writeImage(out, "Keys", Optional.of(change.keys()));
        writeImage(out, "NewImage", change.after());
        writeImage(out, "OldImage", change.before());
        out.writeNumberProperty("SizeBytes", change.sizeBytes());
        out.writeStringProperty("ApproximateCreationDateTimePrecision", precision.name());
        out.writeEndObject();
        out.writeStringProperty("eventSource", StreamRecordView.EVENT_SOURCE);
        out.writeEndObject();
    }

    private static void writeIdentity(JsonGenerator out, Cause cause) {
        switch (cause) {
            case TIME_TO_LIVE -> {
                out.writeStartObject();
                out.writeStringProperty("principalId", StreamRecordView.SERVICE);
                out.writeStringProperty("type", "Service");
                out.writeEndObject();
            }
            case CLIENT, TRANSACTION, REPLICATION -> out.writeNull();
        }
    }

    private static void writeImage(JsonGenerator out, String name, Optional<Item> image) {
        image.ifPresent(item -> {
            out.writeName(name);
            ValueJson.write(out, item);
        });
    }

    private static long time(Instant time, Precision precision) {
        return switch (precision) {
            case MILLISECOND -> time.toEpochMilli();
            case MICROSECOND -> ChronoUnit.MICROS.between(Instant.EPOCH, time);
        };
    }

    private static String partitionKey(Item keys) {
        return UUID.nameUUIDFromBytes(ItemCodec.encode(keys).shared())
                .toString()
                .replace("-", "")
                .toUpperCase(Locale.ROOT);
    }

    /** The size that counts towards the limits of a request. */
    int bytes() {
        return partitionKey.length() + data.length();
    }
}
