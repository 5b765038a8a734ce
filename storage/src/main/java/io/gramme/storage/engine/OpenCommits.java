package io.gramme.storage.engine;

import io.gramme.storage.LogPosition;
import io.gramme.storage.Row;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The transactions that have a version and whose log records may not be visible yet. Versions are assigned before
 * commits finish, and commits finish in any order: so logs are complete only up to the oldest of these.
 */
public final class OpenCommits {
    private final VersionClock clock;
    private final NavigableSet<Long> open = new TreeSet<>();

    public OpenCommits(VersionClock clock) {
        this.clock = clock;
    }

    /**
     * Assigns the version of a transaction that read {@code rows}; the caller must {@linkplain #close close} it,
     * committed or not.
     */
    public synchronized long open(Collection<Optional<Row>> rows) {
        long version = clock.versionAbove(rows);
        open.add(version);
        return version;
    }

    /** Ends a transaction: it has committed, or never will. */
    public synchronized void close(long version) {
        open.remove(version);
    }

    /** The position up to which no log will get another record. */
    public synchronized LogPosition complete() {
        return LogPosition.behind(open.isEmpty() ? clock.latest() : open.first() - 1);
    }

    /** A position after the records of every transaction that has ended. */
    public LogPosition latest() {
        return LogPosition.behind(clock.latest());
    }
}
