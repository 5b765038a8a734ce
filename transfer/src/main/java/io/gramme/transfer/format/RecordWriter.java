package io.gramme.transfer.format;

import io.gramme.core.item.Item;
import java.io.OutputStream;

/**
 * Writes the lines of an export, exactly as the service does; an attribute is the same JSON as in an answer. Used by
 * one thread at a time.
 */
public interface RecordWriter {
    /** A writer of lines to {@code sink}, which it does not close. It keeps nothing of a line that was written. */
    static RecordWriter of(OutputFormat format, OutputStream sink) {
        return switch (format) {
            case DYNAMODB_JSON -> new JsonRecordWriter(sink);
            case ION -> new IonRecordWriter(sink);
        };
    }

    /** A line of a full export. */
    void write(Item item);

    /** A line of an incremental export. With {@link ExportView#NEW_IMAGE} the item before is left out. */
    void write(ItemChange change, ExportView view);
}
