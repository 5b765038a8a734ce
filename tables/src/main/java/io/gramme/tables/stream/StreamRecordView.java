package io.gramme.tables.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.item.Item;
import io.gramme.storage.LogPosition;
import io.gramme.tables.log.Cause;
import io.gramme.tables.log.ChangeRecord;
import io.gramme.tables.log.ChangeRecord.Event;
import io.gramme.tables.log.LogEntry;
import io.gramme.tables.table.Settings.View;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** A change as a stream shows it: keys and images by the view type of the stream, independent of the output format. */
public final class StreamRecordView {
    public static final String EVENT_VERSION = "1.1";
    public static final String EVENT_SOURCE = "aws:dynamodb";

    /** The principal that deletes expired items. */
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
        this.change = entry.change().showing(view.images());
    }

    /** The id of the record: the same for every reader and at every read. */
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

    /** The time of the change, at the precision that the service shows. */
    public Instant created() {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    public Item keys() {
        return change.keys();
    }

    public Optional<Item> oldImage() {
        return change.before();
    }

    public Optional<Item> newImage() {
        return change.after();
    }

    public long sizeBytes() {
        return change.sizeBytes();
    }

    public View view() {
        return view;
    }

    /** Whether the item was deleted because it had expired. */
    public boolean isByService() {
        return change.cause() == Cause.TIME_TO_LIVE;
    }

    /** The id of the transaction that made the change: its version, which no other commit has. */
    public Optional<String> transaction() {
        return change.cause() == Cause.TRANSACTION ? Optional.of(Long.toString(position.version())) : Optional.empty();
    }
}
