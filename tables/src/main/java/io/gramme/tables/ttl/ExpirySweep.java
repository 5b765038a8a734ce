package io.gramme.tables.ttl;

import io.gramme.core.index.Expiry.Due;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowStore;
import io.gramme.tables.item.ExpiryRows;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.PinnedTable;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import io.gramme.tables.table.TimeToLive;
import io.gramme.tables.ttl.Expiration.Expired;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

/**
 * Deletes items whose time to live has passed. It reads the expiry index from its beginning to the current time, so
 * that its cost depends on the number of expired items, not of stored ones.
 *
 * <p>A round processes one batch of each bucket of each table, so that no table waits for another.
 */
public final class ExpirySweep implements BackgroundJob.Pass {
    private static final System.Logger LOG = System.getLogger(ExpirySweep.class.getName());

    /** The size of one commit: as many deletes as in one batch of a client. */
    private static final Budget BATCH = new Budget(25, 1 << 20);

    /** A lag above this is logged, at most once in such a period. */
    private static final Duration LATE = Duration.ofMinutes(5);

    private final RowStore store;
    private final Tables tables;
    private final ItemStore items;
    private final InstantSource clock;
    private final Duration interval;
    private final ObjLongConsumer<Table> listener;
    private final SoonExpiryLog soonLog = new SoonExpiryLog();
    private volatile Duration lag = Duration.ZERO;
    private volatile Instant lastLogged = Instant.MIN;

    /** A sweep whose deletions are counted nowhere. */
    public ExpirySweep(RowStore store, Tables tables, ItemStore items, InstantSource clock, Duration interval) {
        this(store, tables, items, clock, interval, (_, _) -> {});
    }

    /**
     * @param interval how long to rest when nothing is left to delete
     * @param listener learns how many items of a table were deleted
     */
    public ExpirySweep(
            RowStore store,
            Tables tables,
            ItemStore items,
            InstantSource clock,
            Duration interval,
            ObjLongConsumer<Table> listener) {
        this.store = store;
        this.tables = tables;
        this.items = items;
        this.clock = clock;
        this.interval = interval;
        this.listener = listener;
    }

    /**
     * The result of a sweep.
     *
     * @param deleted items
     * @param lag how long ago the most overdue item had expired
     * @param isMore whether there may be more expired items
     */
    public record Swept(long deleted, Duration lag, boolean isMore) {
        private static final Swept NOTHING = new Swept(0, Duration.ZERO, false);

        private Swept plus(Swept other) {
            Duration longer = lag.compareTo(other.lag) >= 0 ? lag : other.lag;
            return new Swept(deleted + other.deleted, longer, isMore || other.isMore);
        }
    }

    @Override
    public Duration run() {
        Swept round = round(clock.instant());
        // If a round deletes nothing although items remain, transactions have claimed them: there is no hurry.
        return round.isMore() && round.deleted() > 0 ? Duration.ZERO : interval;
    }

    /** Deletes everything that has expired by now, except for items that transactions have claimed. */
    public Swept sweep() {
        Instant now = clock.instant();
        Swept all = Swept.NOTHING;
        Swept round;
        do {
            round = round(now);
            all = all.plus(round);
        } while (round.isMore() && round.deleted() > 0);
        return new Swept(all.deleted(), all.lag(), round.isMore());
    }

    /** How long ago the most overdue item of the last round had expired; zero if that round found none. */
    public Duration lag() {
        return lag;
    }

    private Swept round(Instant now) {
        Swept round = Swept.NOTHING;
        for (Table table : tables.all()) {
            if (table.timeToLive().filter(TimeToLive::isEnabled).isPresent() && !table.isInaccessible()) {
                round = round.plus(round(table, now));
            }
        }
        lag = round.lag();
        if (lag.compareTo(LATE) > 0 && lastLogged.isBefore(now.minus(LATE))) {
            lastLogged = now;
            LOG.log(Level.INFO, "Expired items are waiting for deletion: lagSeconds=" + lag.toSeconds());
        }
        return round;
    }

    /** Pins the table meanwhile, so that its expiry index is not dropped. */
    private Swept round(Table table, Instant now) {
        Swept round = Swept.NOTHING;
        Optional<PinnedTable> held = tables.use(table);
        if (held.isEmpty()) {
            return round;
        }
        try (PinnedTable use = held.get()) {
            Optional<TimeToLive> timeToLive = use.table().timeToLive().filter(TimeToLive::isEnabled);
            if (timeToLive.isPresent()) {
                for (PartitionKey bucket : ExpiryRows.buckets(timeToLive.get())) {
                    round = round.plus(batch(use.table(), timeToLive.get(), bucket, now));
                }
            }
        }
        return round;
    }

    private Swept batch(Table table, TimeToLive timeToLive, PartitionKey bucket, Instant now) {
        Due due = Due.at(now);
        Range range = ExpiryRows.due(due);
        Page page = store.scan(bucket, range, Direction.FORWARD, BATCH, Consistency.STRONG);
        List<Row> entries = page.rows();
        if (entries.isEmpty()) {
            return Swept.NOTHING;
        }
        Duration overdue = Duration.between(Instant.ofEpochSecond(ExpiryRows.second(entries.getFirst())), now);
        Expiration expiration = Expiration.of(items, table, timeToLive, entries, due);
        Expired expired = expiration.isEmpty() ? Expired.NOTHING : items.expire(expiration.deletes(), expiration);
        if (expired.soon() > 0) {
            soonLog.note(table, timeToLive, now);
        }
        long deleted = expired.changes().stream()
                .filter(change -> change.before().isPresent() && change.after().isEmpty())
                .count();
        if (deleted > 0) {
            listener.accept(table, deleted);
        }
        return new Swept(deleted, overdue, !page.exhausted());
    }
}
