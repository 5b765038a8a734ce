package io.gramme.recovery.export;

import io.gramme.api.ExportTableToPointInTimeInput;
import io.gramme.recovery.ResourceId;
import io.gramme.storage.LogPosition;
import io.gramme.tables.table.Table;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored snapshot of an export.
 *
 * @param source the table as it was at the request
 * @param request as it was sent
 * @param time of the items of a full export; the end of the window of an incremental one
 * @param from the position behind the changes before the window of an incremental export
 * @param to the position of the items
 * @param items in the files; 0 until it is complete
 * @param bytes of the items that were read, by the service's count
 */
public record Export(
        ResourceId id,
        Table source,
        ExportTableToPointInTimeInput request,
        Status status,
        Instant time,
        Optional<LogPosition> from,
        LogPosition to,
        Optional<Instant> ended,
        long items,
        long bytes,
        Optional<Failure> failure) {

    public enum Status {
        IN_PROGRESS,
        COMPLETED,
        FAILED
    }

    /** Why an export failed, in the words that the service uses. */
    public record Failure(String code, String message) {}

    public String arn() {
        return source.arn() + "/export/" + id;
    }

    public Instant started() {
        return id.created();
    }

    public boolean isIncremental() {
        return from.isPresent();
    }

    /** The name by which it keeps the history of its table. */
    public String keeper() {
        return "export/" + id;
    }

    Export completed(Instant now, long countedItems, long countedBytes) {
        return new Export(
                id,
                source,
                request,
                Status.COMPLETED,
                time,
                from,
                to,
                Optional.of(now),
                countedItems,
                countedBytes,
                Optional.empty());
    }

    Export failed(Instant now, Failure why) {
        return new Export(
                id, source, request, Status.FAILED, time, from, to, Optional.of(now), items, bytes, Optional.of(why));
    }
}
