package io.gramme.tables.cluster;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.tables.job.BackgroundJob;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The pass that reads again what other servers announced as changed, so that the caches of this server are current. It
 * runs on its own thread beside the heartbeats: reading the changes may take long when the store is slow, and must not
 * delay a heartbeat.
 */
final class CacheRefresher implements BackgroundJob.Pass {
    private static final System.Logger LOG = System.getLogger(CacheRefresher.class.getName());

    /**
     * Bound while the refresher reads. Its reads pass the fence, because a server that has lost touch needs them to
     * rejoin.
     */
    private static final ScopedValue<Boolean> READING = ScopedValue.newInstance();

    /** How often everything is read again: a server may crash between a change and its announcement. */
    private static final Duration ALL_AGAIN = Duration.ofMinutes(1);

    private final RowStore store;
    private final Timing timing;
    private final LongSupplier nanoTime;
    private final Supplier<MemberTable> roll;
    private final Runnable whenDone;
    private volatile Optional<Listener> listener = Optional.empty();
    private volatile Runnable alarm = () -> {};

    /**
     * All announcements up to this number are applied. This field and the following ones are guarded by this object.
     */
    private long known;

    /** Whether all cached state is invalid and must be read again. */
    private boolean everything;

    private long allAt;

    /** How often the refresher was reset: the result of a read that began before the last reset is discarded. */
    private int beginnings;

    /** @param known the caches are as new as this announcement */
    CacheRefresher(
            RowStore store,
            Timing timing,
            LongSupplier nanoTime,
            Supplier<MemberTable> roll,
            Runnable whenDone,
            long known) {
        this.store = store;
        this.timing = timing;
        this.nanoTime = nanoTime;
        this.roll = roll;
        this.whenDone = whenDone;
        this.known = known;
        this.allAt = nanoTime.getAsLong();
    }

    /** Whether the calling thread is reading for a refresh. */
    static boolean isUnderWay() {
        return READING.isBound();
    }

    void listen(Listener newListener) {
        listener = Optional.of(newListener);
    }

    @Override
    public void wakeBy(Runnable newAlarm) {
        alarm = newAlarm;
    }

    void wake() {
        alarm.run();
    }

    synchronized void beginAnew() {
        beginnings++;
        everything = true;
        known = 0;
    }

    /**
     * The last announcement up to which everything is applied and no request uses older state; empty if there is none.
     */
    Optional<Long> settled() {
        long reached;
        synchronized (this) {
            if (everything) {
                return Optional.empty();
            }
            reached = known;
        }
        // hasSettled is called after known was read: it covers everything that was published by then.
        return listener.filter(Listener::hasSettled).map(_ -> reached);
    }

    synchronized boolean isBehind(MemberTable seen) {
        return everything || seen.counter() > known;
    }

    private synchronized Plan plan(MemberTable seen, long now) {
        return new Plan(
                beginnings,
                known,
                everything || now - allAt > ALL_AGAIN.toNanos(),
                seen.counter(),
                seen.counter() > known);
    }

    /**
     * What one pass has to do.
     *
     * @param all whether everything is read
     * @param reaches the announcement up to which everything is applied afterwards
     */
    private record Plan(int beginning, long after, boolean all, long reaches, boolean isNew) {}

    @Override
    public Duration run() {
        long now = nanoTime.getAsLong();
        Plan plan = plan(roll.get(), now);
        if (listener.isEmpty() || (!plan.isNew && !plan.all)) {
            return timing.heartbeat();
        }
        try {
            boolean all = take(plan, listener.get());
            done(plan, all, now);
        } catch (StorageException e) {
            LOG.log(Level.DEBUG, "Cannot refresh caches from announcements; retrying", e);
        }
        whenDone.run();
        return timing.look();
    }

    private boolean take(Plan plan, Listener taker) {
        Map<Long, Bytes> announced = MemberTable.announcements(store, plan.after);
        if (plan.all || !announced.containsKey(plan.after + 1)) {
            ScopedValue.where(READING, true).run(taker::reloadAll);
            return true;
        }
        ScopedValue.where(READING, true).run(() -> taker.reload(Set.copyOf(announced.values())));
        return false;
    }

    private synchronized void done(Plan plan, boolean all, long now) {
        if (plan.beginning != beginnings) {
            return;
        }
        // Announcements after the member table was read may be applied or not: the next pass applies them again.
        known = Math.max(known, plan.reaches);
        if (all) {
            everything = false;
            allAt = now;
        }
    }
}
