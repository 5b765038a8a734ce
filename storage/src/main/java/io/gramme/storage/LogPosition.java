package io.gramme.storage;

import java.util.Comparator;

/**
 * Where a record stands in its log. Positions mean nothing but their order, and hold in every log of a store: a reader that
 * goes from one log to another can compare them.
 *
 * @param version of the transaction that left the record
 * @param index tells apart the records that it left, in the order in which it left them
 */
public record LogPosition(long version, int index) implements Comparable<LogPosition> {
    /** Before every record. */
    public static final LogPosition START = new LogPosition(0, 0);

    private static final Comparator<LogPosition> ORDER =
            Comparator.comparingLong(LogPosition::version).thenComparingInt(LogPosition::index);

    public LogPosition {
        if (version < 0 || index < 0) {
            throw new IllegalArgumentException("version=" + version + " index=" + index);
        }
    }

    /** Behind every record of this version and before those of the next. */
    public static LogPosition behind(long version) {
        return new LogPosition(version, Integer.MAX_VALUE);
    }

    @Override
    public int compareTo(LogPosition other) {
        return ORDER.compare(this, other);
    }
}
