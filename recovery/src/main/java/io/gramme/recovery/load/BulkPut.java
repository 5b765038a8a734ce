package io.gramme.recovery.load;

import io.gramme.api.StartBulkPutItemsInput;
import io.gramme.recovery.ResourceId;
import io.gramme.tables.table.TableName;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A stored snapshot of a bulk operation that puts the items in objects into an existing table.
 *
 * @param tableId of the table, which is another one if it was deleted and created again
 * @param request as it was sent
 * @param inputBytes of all objects as they are stored; empty until they are counted
 * @param sums stored when it ends; {@link BulkPuts#sums} has them before
 */
public record BulkPut(
        ResourceId id,
        TableName table,
        String tableId,
        StartBulkPutItemsInput request,
        Status status,
        OptionalLong inputBytes,
        Optional<Instant> ended,
        BulkSums sums,
        Optional<Failure> failure) {

    /** BulkOperationStatus. */
    public enum Status {
        IN_PROGRESS,
        CANCELLING,
        COMPLETED,
        COMPLETED_WITH_ERRORS,
        CANCELLED,
        FAILED;

        public boolean isEnd() {
            return this != IN_PROGRESS && this != CANCELLING;
        }
    }

    /** Why an operation failed or was cancelled. */
    public record Failure(String code, String message) {}

    /** The last two parts are inferred. */
    public String arn() {
        return table.arn() + "/bulk-operation/" + id;
    }

    public Instant started() {
        return id.created();
    }

    BulkPut cancelling() {
        return status == Status.IN_PROGRESS ? with(Status.CANCELLING, inputBytes) : this;
    }

    BulkPut counted(long bytes) {
        return with(status, OptionalLong.of(bytes));
    }

    private BulkPut with(Status changed, OptionalLong bytes) {
        return new BulkPut(id, table, tableId, request, changed, bytes, ended, sums, failure);
    }

    BulkPut ended(Status end, Instant now, BulkSums all, Optional<Failure> why) {
        return status.isEnd()
                ? this
                : new BulkPut(id, table, tableId, request, end, inputBytes, Optional.of(now), all, why);
    }
}
