package io.gramme.tables.table;

import io.gramme.storage.LogPosition;
import java.time.Instant;
import java.util.Optional;

/**
 * The job that fills a table with items before clients may use it: the table stays in CREATING until the job is done.
 *
 * @param restore the source, if the table is restored
 */
public record TableLoad(String job, Optional<Restore> restore) {

    /**
     * The source of a restored table.
     *
     * @param backupArn absent for a restore to a point in time
     * @param source the table that was backed up, by the name that it had
     * @param position of the items
     * @param time as which clients see the position
     * @param folder of the backup's files, if the items are read from them and not from the history
     */
    public record Restore(
            Optional<String> backupArn,
            TableName source,
            String sourceId,
            LogPosition position,
            Instant time,
            Optional<String> folder) {}
}
