package io.gramme.scaling;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.AllRows;
import io.gramme.storage.Outcome;
import io.gramme.storage.Range;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What each server consumed of the targets with policies, by minute: rows of tablespace 0, in a partition of each account
 * and region. They belong to one incarnation of a table or index, by its tablespace.
 *
 * <pre>
 * kind (1)  tablespace (8)  unit (1)  minute (8)  server
 * </pre>
 */
final class MinuteRows {
    /** A row kind that nothing else in tablespace 0 uses. */
    private static final Bytes KIND = Bytes.of(0x3c);

    private static final int MINUTE_AT = 1 + Long.BYTES + 1;

    private final RowStore store;

    MinuteRows(RowStore store) {
        this.store = store;
    }

    void put(TargetId id, TablespaceId incarnation, Instant minute, String server, long halfUnits) {
        RowKey key = new RowKey(
                ScalingRows.partition(id.owner()), at(id, incarnation, minute).plus(Bytes.utf8(server)));
        var _ = store.transact(
                Set.of(key), _ -> new Outcome<>(List.of(new Write.Put(key, Bytes.ofLong(halfUnits))), true));
    }

    /** The half units that all servers together consumed, by minute; no entry for a minute that none of them counted. */
    Map<Instant, Long> sums(TargetId id, TablespaceId incarnation, Instant from, Instant to) {
        var range = new Range(at(id, incarnation, from), Optional.of(at(id, incarnation, to)));
        var sums = new HashMap<Instant, Long>();
        AllRows.scan(store, ScalingRows.partition(id.owner()), range, row -> {
            sums.merge(minute(row.key()), row.value().longAt(0), Long::sum);
        });
        return sums;
    }

    /** Deletes minutes before a time, also those of targets that are gone. */
    void trim(Instant oldest) {
        OldRows.delete(store, KIND, row -> minute(row.key()).isBefore(oldest));
    }

    private static Bytes at(TargetId id, TablespaceId incarnation, Instant minute) {
        return KIND.plus(Bytes.ofLong(incarnation.number()))
                .plus(Bytes.of(id.unitCode()))
                .plus(Bytes.ofLong(minute.toEpochMilli()));
    }

    private static Instant minute(RowKey key) {
        return Instant.ofEpochMilli(key.sort().longAt(MINUTE_AT));
    }
}
