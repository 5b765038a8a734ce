package io.gramme.storage;

/**
 * Logs of the changes that transactions made; each log is an append-only partition. A record is in its log if and only
 * if its transaction committed, and follows the records of every transaction whose rows its own transaction read or
 * wrote. The callers that append decide which logs there are, and what their records mean.
 *
 * <p>A reader reads a log as far as it is complete: no record is ever added before one that has been read. So a reader
 * that remembers its position has seen everything up to there.
 */
public interface ChangeLog {

    /** The records of a log after {@code after}, in order, as far as the budget goes. */
    LogPage read(PartitionKey log, LogPosition after, Budget budget);

    /**
     * The position up to which logs are complete: no further record is ever added at or before it, and no further image
     * to the {@link RowHistory}.
     */
    LogPosition complete();

    /**
     * A position after every record of a transaction that has ended, and before those of every transaction that has not
     * begun.
     */
    LogPosition latest();

    /**
     * A position at or after every record of any log that a reader can find now: a reader that has read up to here has
     * nothing to read. Where several processes write, it may be some tens of milliseconds old, and some seconds old
     * while a machine fails. It never goes back. It costs next to nothing, however many readers ask and however often.
     */
    default LogPosition highWatermark() {
        return latest();
    }

    /** Deletes the records of a log up to and including {@code last}, in time that does not grow with their number. */
    void trim(PartitionKey log, LogPosition last);
}
