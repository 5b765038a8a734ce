package io.gramme.storage;

/**
 * Logs of what transactions did, each a partition that is only ever appended to. A record is there if its transaction
 * is, and stands behind the records of every transaction whose rows its own read or wrote. What logs there are, and
 * what their records say, is the business of those who append.
 *
 * <p>A log is read as far as it is complete: no record ever comes to stand before one that has been read. So a reader
 * that remembers how far it came has seen everything up to there.
 */
public interface ChangeLog {

    /** The records of a log that stand behind {@code after}, in order, as far as the budget goes. */
    LogPage read(PartitionKey log, LogPosition after, Budget budget);

    /** How far logs are complete: what is read now up to here is all there will ever be. */
    LogPosition complete();

    /** Behind every record of a transaction that has ended, and before those of every one that has not begun. */
    LogPosition latest();

    /**
     * Behind every record of any log that a reader can find now: a reader that has read up to here has nothing to read. Where
     * several processes write, it may be some tens of milliseconds old, and some seconds old while a machine fails. It never
     * goes back. It costs next to nothing, however many readers ask and however often.
     */
    default LogPosition highWatermark() {
        return latest();
    }

    /** Forgets the records of a log up to {@code last}, that one too, in time that does not grow with their number. */
    void trim(PartitionKey log, LogPosition last);
}
