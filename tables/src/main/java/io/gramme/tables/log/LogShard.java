package io.gramme.tables.log;

import io.gramme.storage.Budget;
import io.gramme.storage.ChangeLog;
import io.gramme.storage.LogPage;
import io.gramme.storage.LogPosition;
import io.gramme.storage.LogRecord;
import io.gramme.storage.PartitionKey;
import java.util.List;
import java.util.Optional;

/**
 * One shard of a {@link LogView}: the changes of one partition of the table.
 *
 * @param number the id of the partition
 * @param parent the number of the shard it was split from, which may have been trimmed away
 * @param opened the current version when the shard was opened
 * @param place the partition key of its records
 * @param start all its records are behind this position
 * @param end behind all its records, if there will be no more
 */
public record LogShard(
        int number,
        Optional<Integer> parent,
        long opened,
        PartitionKey place,
        LogPosition start,
        Optional<LogPosition> end) {

    /**
     * The result of one read of a shard.
     *
     * @param reached no change was or will be logged between this position and the last of the records
     * @param exhausted whether there were no more
     */
    public record Reading(List<LogRecord> records, LogPosition reached, boolean exhausted) {
        public Reading {
            records = List.copyOf(records);
        }

        /** The same without records behind the end of the shard, which may have been set since the read. */
        public Reading within(LogShard shard) {
            if (shard.end().isEmpty()) {
                return this;
            }
            LogPosition end = shard.end().get();
            return new Reading(
                    records.stream()
                            .filter(record -> record.position().compareTo(end) <= 0)
                            .toList(),
                    reached,
                    exhausted || reached.compareTo(end) >= 0);
        }
    }

    /** Reads records behind {@code after}. */
    public Reading read(ChangeLog changes, LogPosition after, Budget budget) {
        LogPage page = changes.read(place, after, budget);
        LogPosition reached =
                page.records().isEmpty() ? after : page.records().getLast().position();
        if (page.exhausted()) {
            reached = later(reached, page.complete());
        }
        return new Reading(page.records(), reached, page.exhausted()).within(this);
    }

    /** Whether the shard has no records behind a position, now or later. */
    public boolean endsBy(LogPosition reached) {
        return end.filter(last -> reached.compareTo(last) >= 0).isPresent();
    }

    public static LogPosition later(LogPosition one, LogPosition other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
