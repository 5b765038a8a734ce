package io.gramme.tables.log;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.LogPosition;
import io.gramme.storage.LogRecord;
import java.time.Instant;

/** A change with its position in the log. It stays in its stored bytes until {@link #change} is called. */
public record LogEntry(LogPosition position, Bytes record) {

    public static LogEntry of(LogRecord record) {
        return new LogEntry(record.position(), record.value());
    }

    /** Decodes at each call and caches nothing: a decoded change can take thirty times the memory of its bytes. */
    public ChangeRecord change() {
        return ChangeRecord.decode(record);
    }

    /** About when the change was made: the time of its version. */
    public Instant time() {
        return position.time();
    }
}
