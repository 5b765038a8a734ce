package io.gramme.storage;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The transactions that have a version and whose log records may not be there yet. Versions are given out before commits
 * are done, and commits are done in any order: so logs are complete only up to the oldest of these.
 */
public final class OpenCommits {
    private final VersionClock clock;
    private final NavigableSet<Long> open = new TreeSet<>();

    public OpenCommits(VersionClock clock) {
        this.clock = clock;
    }

    /** The version of a transaction that read {@code rows}; it must be {@linkplain #close closed} whatever becomes of it. */
    public synchronized long open(Collection<Optional<Row>> rows) {
        long version = clock.versionAbove(rows);
        open.add(version);
        return version;
    }

    /** The transaction has been done, or never will be. */
    public synchronized void close(long version) {
        open.remove(version);
    }

    /** Up to where no log will have another record. */
    public synchronized LogPosition complete() {
        return LogPosition.behind(open.isEmpty() ? clock.latest() : open.first() - 1);
    }

    /** Behind the records of every transaction that has ended. */
    public LogPosition latest() {
        return LogPosition.behind(clock.latest());
    }
}
