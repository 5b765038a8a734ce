package io.gramme.storage;

import java.time.Instant;
import java.util.Comparator;

/**
 * The position of a record in its log. Positions have an order and no other meaning, and are comparable across all logs
 * of a store: a reader that goes from one log to another can compare them.
 *
 * @param version of the transaction that appended the record
 * @param index distinguishes the records of one transaction, in the order in which it appended them
 */
public record LogPosition(long version, int index) implements Comparable<LogPosition> {
    /** The position before every record. */
    public static final LogPosition START = new LogPosition(0, 0);

    private static final Comparator<LogPosition> ORDER =
            Comparator.comparingLong(LogPosition::version).thenComparingInt(LogPosition::index);

    public LogPosition {
        if (version < 0 || index < 0) {
            throw new IllegalArgumentException("version=" + version + " index=" + index);
        }
    }

    /** The position after every record of this version and before those of the next. */
    public static LogPosition behind(long version) {
        return new LogPosition(version, Integer.MAX_VALUE);
    }

    /** The approximate time of the transaction that appended the record. */
    public Instant time() {
        return VersionTime.timeOf(version);
    }

    @Override
    public int compareTo(LogPosition other) {
        return ORDER.compare(this, other);
    }
}
