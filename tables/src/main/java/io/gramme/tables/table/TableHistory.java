package io.gramme.tables.table;

import io.gramme.storage.LogPosition;
import io.gramme.storage.VersionTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The earlier states of a table's items and index entries. They are kept as long as some keeper needs them: recovery to
 * a point in time, or a job that reads the table as of one position. After the last keeper has gone, the history remains
 * until its images are deleted.
 */
public record TableHistory(List<Keeper> keepers) {
    /** How much longer than needed an image is kept, for a reader that began in time. */
    private static final Duration MARGIN = Duration.ofDays(1);

    /**
     * A reader's claim on earlier states.
     *
     * @param name identifies it among those of one table
     * @param retention the greatest age of the states that it needs
     * @param since states at this version and later are complete; 0 as long as some writer may not know of the keeper
     */
    public record Keeper(String name, Duration retention, long since) {
        public Keeper {
            if (!retention.isPositive() || since < 0) {
                throw new IllegalArgumentException("retention=" + retention + " since=" + since);
            }
        }

        /** A keeper whose first position is yet to be found. */
        public static Keeper start(String name, Duration retention) {
            return new Keeper(name, retention, 0);
        }

        public boolean isStarting() {
            return since == 0;
        }

        /** The oldest version as of which the table can be read for it, once it is not starting. */
        public long oldest(Instant now) {
            return Math.max(since, VersionTime.versionAt(now.minus(retention)));
        }

        Keeper settled(long version) {
            return isStarting() ? new Keeper(name, retention, version) : this;
        }

        /**
         * The keeper with another retention. A longer one brings no state back that has been given up.
         */
        public Keeper withRetention(Duration other, Instant now) {
            return new Keeper(name, other, isStarting() ? 0 : oldest(now));
        }
    }

    public TableHistory {
        keepers = List.copyOf(keepers);
    }

    public Optional<Keeper> keeper(String name) {
        return keepers.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** With a keeper, which replaces one of its name. */
    TableHistory with(Keeper keeper) {
        return new TableHistory(
                Stream.concat(others(keeper.name()), Stream.of(keeper)).toList());
    }

    TableHistory without(String keeper) {
        return new TableHistory(others(keeper).toList());
    }

    private Stream<Keeper> others(String name) {
        return keepers.stream().filter(one -> !one.name().equals(name));
    }

    /** How long a writer keeps an image; empty if no keeper is left. */
    Optional<Duration> imagesKept() {
        return keepers.stream()
                .map(Keeper::retention)
                .max(Comparator.naturalOrder())
                .map(MARGIN::plus);
    }

    boolean isPending() {
        return keepers.stream().anyMatch(Keeper::isStarting);
    }

    /** @param version the highest that writers without knowledge of the keepers may have written */
    TableHistory settled(long version) {
        return new TableHistory(
                keepers.stream().map(keeper -> keeper.settled(version)).toList());
    }

    /** Changes at or before this position are not needed; empty while some keeper is starting. */
    public Optional<LogPosition> unneeded(Instant now) {
        if (isPending()) {
            return Optional.empty();
        }
        return Optional.of(LogPosition.behind(
                keepers.stream().mapToLong(keeper -> keeper.oldest(now)).min().orElse(VersionTime.versionAt(now))));
    }
}
