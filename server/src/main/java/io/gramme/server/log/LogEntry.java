package io.gramme.server.log;

import io.gramme.storage.LogPosition;
import io.gramme.storage.LogRecord;
import io.gramme.storage.VersionClock;
import java.time.Instant;

/** A change with the place where it stands. */
public record LogEntry(LogPosition position, ChangeRecord change) {

    public static LogEntry of(LogRecord record) {
        return new LogEntry(record.position(), ChangeRecord.decode(record.value()));
    }

    /** About when the change was made. */
    public Instant time() {
        return VersionClock.timeOf(position.version());
    }
}
