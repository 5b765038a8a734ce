package io.gramme.scaling;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.Outcome;
import io.gramme.storage.Page;
import io.gramme.storage.Range;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.Write;
import io.gramme.tables.table.AccountRegion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The stored activities of all accounts and regions: rows of tablespace 0, in a partition of each account and region, in
 * the order of their times, the newest first.
 */
final class ActivityRows {
    /** A row kind that nothing else in tablespace 0 uses. */
    private static final Bytes KIND = Bytes.of(0x3b);

    private static final Budget PAGE = new Budget(1_000, 1 << 20);

    private final RowStore store;

    ActivityRows(RowStore store) {
        this.store = store;
    }

    void put(ScalingActivity activity) {
        RowKey key = row(activity);
        var _ = store.transact(
                Set.of(key), _ -> new Outcome<>(List.of(new Write.Put(key, ScalingCodec.encode(activity))), true));
    }

    /**
     * A page of the activities of an account and region.
     *
     * @param after the position of the last activity of the page before
     */
    Page page(AccountRegion owner, Optional<Bytes> after) {
        Range all = Range.startingWith(KIND);
        Range rest = after.map(sort -> new Range(sort.next(), all.to())).orElse(all);
        return store.scan(ScalingRows.partition(owner), rest, Direction.FORWARD, PAGE, Consistency.STRONG);
    }

    /** Where an activity is among those of its account and region. */
    static Bytes position(ScalingActivity activity) {
        return row(activity).sort();
    }

    /** Whether these bytes can be a position. */
    static boolean isPosition(Bytes sort) {
        return sort.length() > 1 && sort.at(0) == KIND.at(0);
    }

    /** Deletes activities that began before a time, also those of targets that are gone. */
    void trim(Instant oldest) {
        OldRows.delete(
                store, KIND, row -> ScalingCodec.activity(row.value()).start().isBefore(oldest));
    }

    private static RowKey row(ScalingActivity activity) {
        Bytes newestFirst = Bytes.ofLong(Long.MAX_VALUE - activity.start().toEpochMilli());
        return new RowKey(
                ScalingRows.partition(activity.id().owner()),
                KIND.plus(newestFirst).plus(Bytes.utf8(activity.uid())));
    }
}
