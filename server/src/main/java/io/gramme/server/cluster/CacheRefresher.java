package io.gramme.server.cluster;

import io.gramme.core.bytes.Bytes;
import io.gramme.server.job.BackgroundJob;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Takes up what is announced. A pass of its own beside the signs of life: to read what has changed may take long where a store
 * is in trouble, and must not keep a server from saying that it is there.
 */
final class CacheRefresher implements BackgroundJob.Pass {
    private static final System.Logger LOG = System.getLogger(CacheRefresher.class.getName());

    /** What is taken up is read in any case: that is how a server comes back that has lost touch. */
    private static final ScopedValue<Boolean> READING = ScopedValue.newInstance();

    /** How often everything is read again: someone may have died between a change and its announcement. */
    private static final Duration ALL_AGAIN = Duration.ofMinutes(1);

    private final RowStore store;
    private final Timing timing;
    private final LongSupplier nanoTime;
    private final Supplier<MemberTable> roll;
    private final Runnable whenDone;
    private volatile Optional<Listener> listener = Optional.empty();
    private volatile Runnable alarm = () -> {};

    /** Up to which announcement everything is taken up. This and what follows is guarded by this object. */
    private long known;

    /** Whether nothing that is in memory counts. */
    private boolean everything;

    private long allAt;

    /** How often it was begun anew: what was being read before that does not count. */
    private int beginnings;

    /** @param known what is in memory is as new as this announcement */
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

    /** Whether the caller reads what it takes up. */
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

    /** The last announcement up to which all is taken up and nothing old is under way; nothing if that is not so. */
    Optional<Long> settled() {
        long reached;
        synchronized (this) {
            if (everything) {
                return Optional.empty();
            }
            reached = known;
        }
        // Asked afterwards: what was published by then is what this is about.
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
     * What one pass is to do.
     *
     * @param all whether everything is read
     * @param reaches what is known when it has been done
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
            LOG.log(Level.DEBUG, "What was announced could not be taken up, and is tried again", e);
        }
        whenDone.run();
        return timing.look();
    }

    private boolean take(Plan plan, Listener taker) {
        Map<Long, Bytes> announced = MemberTable.announcements(store, plan.after);
        if (plan.all || !announced.containsKey(plan.after + 1)) {
            ScopedValue.where(READING, true).run(taker::takeUpAll);
            return true;
        }
        ScopedValue.where(READING, true).run(() -> taker.takeUp(Set.copyOf(announced.values())));
        return false;
    }

    private synchronized void done(Plan plan, boolean all, long now) {
        if (plan.beginning != beginnings) {
            return;
        }
        // What was announced since the roll was read may have been taken up or not: the next pass takes it up again.
        known = Math.max(known, plan.reaches);
        if (all) {
            everything = false;
            allAt = now;
        }
    }
}
