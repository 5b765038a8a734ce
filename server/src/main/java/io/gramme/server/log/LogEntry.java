package io.gramme.server.log;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.LogPosition;
import io.gramme.storage.LogRecord;
import io.gramme.storage.VersionClock;
import java.time.Instant;

/** A change with the place where it stands. It stays the bytes it is stored as until somebody looks into it. */
public record LogEntry(LogPosition position, Bytes record) {

    public static LogEntry of(LogRecord record) {
        return new LogEntry(record.position(), record.value());
    }

    /** Decoded anew at each call: a change can be thirty times its bytes. */
    public ChangeRecord change() {
        return ChangeRecord.decode(record);
    }

    /** About when the change was made. */
    public Instant time() {
        return VersionClock.timeOf(position.version());
    }
}
