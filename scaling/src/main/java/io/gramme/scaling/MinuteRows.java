package io.gramme.scaling;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.AllRows;
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
import java.util.stream.Collectors;

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

    /** What a server consumed of a target in a minute. */
    record Counted(TargetId id, TablespaceId incarnation, Instant minute, long halfUnits) {}

    void put(List<Counted> all, String server) {
        var batch = new WriteBatch(store);
        all.stream()
                .collect(Collectors.groupingBy(one -> one.id.owner()))
                .values()
                .forEach(ofOwner -> ofOwner.forEach(one -> batch.add(write(one, server))));
        batch.flush();
    }

    private static Write write(Counted one, String server) {
        Bytes sort = at(one.id, one.incarnation, one.minute).plus(Bytes.utf8(server));
        return new Write.Put(new RowKey(ScalingRows.partition(one.id.owner()), sort), Bytes.ofLong(one.halfUnits));
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
