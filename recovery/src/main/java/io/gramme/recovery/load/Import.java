package io.gramme.recovery.load;

import io.gramme.api.ImportTableInput;
import io.gramme.core.bytes.Bytes;
import io.gramme.recovery.ResourceId;
import io.gramme.tables.table.TableName;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored snapshot of an import.
 *
 * @param table that it creates
 * @param tableId of that table
 * @param request as it was sent
 * @param totals stored when it ends; {@link Imports#totals} has them before
 */
public record Import(
        ResourceId id,
        TableName table,
        String tableId,
        ImportTableInput request,
        Status status,
        Optional<Instant> ended,
        Totals totals,
        Optional<Failure> failure) {

    public enum Status {
        IN_PROGRESS,
        COMPLETED,
        FAILED
    }

    /**
     * How much was read so far.
     *
     * @param items that were processed, imported or not
     * @param errors items that were not imported
     * @param bytes of the objects as they are stored
     */
    public record Totals(long items, long errors, long bytes) {
        public static final Totals ZERO = new Totals(0, 0, 0);

        Totals plus(Totals other) {
            return new Totals(items + other.items, errors + other.errors, bytes + other.bytes);
        }

        Bytes encode() {
            return Bytes.ofLong(items).plus(Bytes.ofLong(errors)).plus(Bytes.ofLong(bytes));
        }

        static Totals decode(Bytes code) {
            return code.isEmpty()
                    ? ZERO
                    : new Totals(code.longAt(0), code.longAt(Long.BYTES), code.longAt(2 * Long.BYTES));
        }
    }

    /** Why an import failed, in the words that the service uses. */
    public record Failure(String code, String message) {}

    public String arn() {
        return table.arn() + "/import/" + id;
    }

    public Instant started() {
        return id.created();
    }

    Import ended(Instant now, Totals sums, Optional<Failure> why) {
        Status end = why.isPresent() ? Status.FAILED : Status.COMPLETED;
        return new Import(id, table, tableId, request, end, Optional.of(now), sums, why);
    }
}
