package io.gramme.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.server.log.Cause;
import io.gramme.server.log.ChangeRecord;
import io.gramme.server.log.ChangeRecord.Event;
import io.gramme.server.log.LogEntry;
import io.gramme.server.table.Settings.View;
import io.gramme.storage.LogPosition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** A change as the view of a stream shows it, to whoever reads the stream in whatever form. */
public final class StreamRecordView {
    public static final String EVENT_VERSION = "1.1";
    public static final String EVENT_SOURCE = "aws:dynamodb";

    /** Who deletes items that have expired. */
    public static final String SERVICE = "dynamodb.amazonaws.com";

    private final String streamArn;
    private final View view;
    private final LogPosition position;
    private final Instant time;
    private final ChangeRecord change;

    public StreamRecordView(String streamArn, View view, LogEntry entry) {
        this.streamArn = streamArn;
        this.view = view;
        this.position = entry.position();
        this.time = entry.time();
        this.change = entry.change();
    }

    /** The same record has the same id, whoever reads it, and however often. */
    public String id() {
        return UUID.nameUUIDFromBytes((streamArn + "/" + sequenceNumber()).getBytes(UTF_8))
                .toString()
                .replace("-", "");
    }

    public String streamArn() {
        return streamArn;
    }

    public Event event() {
        return change.event();
    }

    public String sequenceNumber() {
        return SequenceNumber.of(position);
    }

    /** As exactly as the service shows it. */
    public Instant created() {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    public Item keys() {
        return change.keys();
    }

    public Optional<Item> oldImage() {
        return change.before().filter(_ -> view.images().before());
    }

    public Optional<Item> newImage() {
        return change.after().filter(_ -> view.images().after());
    }

    public long sizeBytes() {
        return (long) ItemSize.of(keys()) + size(oldImage()) + size(newImage());
    }

    private static long size(Optional<Item> image) {
        return image.map(ItemSize::of).orElse(0);
    }

    public View view() {
        return view;
    }

    /** Whether the item was deleted because it had expired. */
    public boolean isByService() {
        return change.cause() == Cause.TIME_TO_LIVE;
    }

    /** What a transaction wrote was written with one version, and by no other: so that names it. */
    public Optional<String> transaction() {
        return change.cause() == Cause.TRANSACTION ? Optional.of(Long.toString(position.version())) : Optional.empty();
    }
}
