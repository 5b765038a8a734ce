package io.gramme.tables.cluster;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.WireErrors;
import io.gramme.storage.Consistency;
import io.gramme.storage.Outcome;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.tables.job.BackgroundJob;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The membership of this server in the group of servers that share a store. The server writes heartbeats, refreshes its
 * caches from the announcements of other servers, and evicts servers whose heartbeats stopped. It fences itself well
 * before the others would evict it. After an eviction it discards what it knew, reads everything again, and joins under
 * another id.
 *
 * <p>Invariant: a server in the {@link MemberTable} has applied the announcements that its row says; a server that is
 * not in it does not serve.
 */
public final class Membership implements Peers, BackgroundJob.Pass {
    private static final System.Logger LOG = System.getLogger(Membership.class.getName());

    /** A server that is further behind than this reads everything again. */
    private static final int ANNOUNCEMENTS_KEPT = 256;

    private final RowStore store;
    private final Timing timing;
    private final LongSupplier nanoTime;
    private final Supplier<String> names;
    private final Leases leases;
    private final CacheRefresher reloading;
    private final Map<String, Sighting> sightings = new HashMap<>();

    private volatile Runnable alarm = () -> {};
    private volatile MemberTable roll = new MemberTable(0, Map.of(), Map.of());
    private volatile boolean serving;
    private volatile long servingUntil;
    private volatile boolean left;

    /** The number of the latest announcement of this server. It never goes back, except for a moment. */
    private volatile long announced;

    /** This field and the following ones belong to the pass. */
    private String id;

    private MemberTable.Member written;
    private long beaten;
    private boolean failureLogged;

    /** A server's heartbeat count, and when this server first read it; the heartbeat itself began earlier. */
    private record Sighting(long beats, long at) {}

    private Membership(
            RowStore store, Timing timing, LongSupplier nanoTime, Supplier<String> names, Joined joined, long begun) {
        this.store = store;
        this.timing = timing;
        this.nanoTime = nanoTime;
        this.names = names;
        this.id = joined.id();
        this.written = joined.member();
        this.leases = new Leases(store, timing, nanoTime);
        this.reloading = new CacheRefresher(store, timing, nanoTime, () -> roll, () -> alarm.run(), joined.counter());
        this.beaten = begun;
        serve(begun);
    }

    private record Joined(String id, MemberTable.Member member, long counter) {}

    /**
     * Joins the servers of a store. Everything that is read after this call is at least as new as every announcement
     * made before it.
     *
     * @param nanoTime a monotonic clock
     * @param names a new id for each call
     */
    public static Membership join(RowStore store, Timing timing, LongSupplier nanoTime, Supplier<String> names) {
        long begun = nanoTime.getAsLong();
        // Nothing is in memory yet, so nothing can be old.
        return new Membership(store, timing, nanoTime, names, enter(store, names.get(), true), begun);
    }

    private static Joined enter(RowStore store, String id, boolean nothingInMemory) {
        RowKey own = MemberTable.member(id);
        return store.transact(Set.of(own, MemberTable.COUNTER_ROW), current -> {
            long counter = counter(current);
            var member = new MemberTable.Member(1, nothingInMemory ? counter : 0);
            return new Outcome<>(List.of(MemberTable.put(own, member.encode())), new Joined(id, member, counter));
        });
    }

    private static long counter(Map<RowKey, Optional<Row>> current) {
        return Transition.row(current, MemberTable.COUNTER_ROW)
                .map(row -> row.value().longAt(0))
                .orElse(0L);
    }

    private void serve(long begun) {
        servingUntil = begun + timing.selfFence().toNanos();
        serving = true;
    }

    /** Whether this server may serve: no other server can have evicted it yet. */
    public boolean isInTouch() {
        return serving && nanoTime.getAsLong() - servingUntil < 0;
    }

    /** @throws io.gramme.core.error.ApiException SERVICE_UNAVAILABLE if this server may not serve */
    void requireInTouch() {
        if (!isInTouch() && !CacheRefresher.isUnderWay()) {
            throw WireErrors.outOfTouch();
        }
    }

    @Override
    public boolean areThere() {
        return true;
    }

    @Override
    public void listen(Listener newListener) {
        reloading.listen(newListener);
    }

    /** The pass that refreshes caches from announcements. It runs beside this pass, on its own thread. */
    public BackgroundJob.Pass reloading() {
        return reloading;
    }

    @Override
    public void wakeBy(Runnable newAlarm) {
        alarm = newAlarm;
    }

    @Override
    public BackgroundJob.Pass leased(String work, BackgroundJob.Pass pass) {
        return leases.add(work, pass, this::isInTouch);
    }

    @Override
    public RowStore fence(RowStore fenced) {
        return new FencedStore(fenced, this);
    }

    @Override
    public long announce(Bytes what) {
        long number = store.transact(Set.of(MemberTable.COUNTER_ROW), current -> {
            long next = counter(current) + 1;
            return new Outcome<>(
                    List.of(
                            MemberTable.put(MemberTable.COUNTER_ROW, Bytes.ofLong(next)),
                            MemberTable.put(MemberTable.announcement(next), what),
                            new Write.Delete(MemberTable.announcement(Math.max(0, next - ANNOUNCEMENTS_KEPT)))),
                    next);
        });
        announced = number;
        alarm.run();
        return number;
    }

    @Override
    public long lastAnnouncement() {
        return roll.counter();
    }

    @Override
    public boolean haveReloaded(long number) {
        MemberTable seen = roll;
        // A member table without the announcement was read before it, so it lacks servers that joined since.
        return seen.counter() >= number
                && seen.members().values().stream().allMatch(member -> member.taken() >= number);
    }

    /** The ids of the servers in the member table, as last read. */
    public Set<String> members() {
        return roll.members().keySet();
    }

    /** Runs again soon after the store fails, because the self-fence deadline is near. */
    @Override
    public Duration run() {
        try {
            Duration rest = left ? timing.heartbeat() : look();
            if (failureLogged) {
                LOG.log(Level.INFO, "Store reachable again");
            }
            failureLogged = false;
            return rest;
        } catch (StorageException e) {
            boolean isSerious =
                    nanoTime.getAsLong() - beaten > timing.selfFence().toNanos() / 2;
            if (isSerious && !failureLogged) {
                failureLogged = true;
                LOG.log(Level.WARNING, "Store unreachable; this server stops serving unless it recovers soon", e);
            }
            return timing.look();
        }
    }

    private Duration look() {
        long looked = nanoTime.getAsLong();
        if (!mustLookClosely(looked) && showsNothingNew(MemberTable.read(store, Consistency.EVENTUAL))) {
            return timing.look();
        }
        MemberTable seen = MemberTable.read(store, Consistency.STRONG);
        long read = nanoTime.getAsLong();
        if (!seen.members().containsKey(id)) {
            rejoin();
            return Duration.ZERO;
        }
        beat();
        roll = seen.with(id, written);
        if (reloading.isBehind(seen)) {
            reloading.wake();
        }
        evict(seen, looked, read);
        leases.share(id, seen);
        return timing.look();
    }

    /** Joins again after an eviction: nothing that is in memory is valid any longer. */
    private void rejoin() {
        LOG.log(Level.WARNING, "This server was evicted after missed heartbeats; rejoining: formerId=" + id);
        serving = false;
        leases.forget();
        Joined joined = enter(store, names.get(), false);
        id = joined.id();
        written = joined.member();
        beaten = nanoTime.getAsLong();
        reloading.beginAnew();
    }

    /**
     * Whether a heartbeat is due, or there may be something to write, to share out or to evict. If not, reading one
     * replica is enough: its content is compared with the last strong read, and no decision rests on it. A change that
     * this read misses is seen with the next heartbeat.
     */
    private boolean mustLookClosely(long now) {
        boolean hasTakenUp =
                reloading.settled().filter(taken -> taken > written.taken()).isPresent();
        boolean hasAnnounced = announced > roll.counter();
        boolean hasToShare = !leases.areSettled(id, roll);
        boolean hasSomeToEvict = sightings.values().stream()
                .anyMatch(last -> now - last.at() > timing.evict().toNanos());
        boolean hasToDo = hasTakenUp || hasAnnounced || hasToShare || hasSomeToEvict;
        return !serving || hasToDo || now - beaten >= timing.heartbeat().toNanos();
    }

    private boolean showsNothingNew(MemberTable peeked) {
        long read = nanoTime.getAsLong();
        // A replica may lag, but a heartbeat count above the last one proves that a heartbeat was written.
        sightings.replaceAll(
                (other, last) -> Optional.ofNullable(peeked.members().get(other))
                        .filter(member -> member.beats() > last.beats())
                        .map(member -> new Sighting(member.beats(), read))
                        .orElse(last));
        return peeked.isLike(roll);
    }

    /** Writes a heartbeat if one is due, or if there is news to write with it. */
    private void beat() {
        Optional<Long> settled = reloading.settled();
        long taken = Math.max(written.taken(), settled.orElse(0L));
        boolean returning = !serving && settled.isPresent() && leases.areIdle();
        long begun = nanoTime.getAsLong();
        if (taken == written.taken()
                && !returning
                && begun - beaten < timing.heartbeat().toNanos()) {
            return;
        }
        var next = new MemberTable.Member(written.beats() + 1, taken);
        RowKey own = MemberTable.member(id);
        boolean isThere = store.transact(
                Set.of(own),
                current -> Transition.row(current, own).isEmpty()
                        ? Outcome.unchanged(false)
                        : new Outcome<>(List.of(MemberTable.put(own, next.encode())), true));
        if (!isThere) {
            // The next read of the member table shows this, too.
            serving = false;
            return;
        }
        written = next;
        beaten = begun;
        if (serving || returning) {
            serve(begun);
        }
    }

    /** Evicts servers that have written no heartbeat for too long, as measured by this server. */
    private void evict(MemberTable seen, long looked, long read) {
        sightings.keySet().retainAll(seen.members().keySet());
        seen.members().forEach((other, member) -> {
            Sighting last = sightings.get(other);
            if (other.equals(id)) {
                return;
            }
            if (last == null || last.beats() != member.beats()) {
                sightings.put(other, new Sighting(member.beats(), read));
            } else if (looked - last.at() > timing.evict().toNanos()) {
                evict(other, member);
            }
        });
    }

    private void evict(String other, MemberTable.Member member) {
        RowKey row = MemberTable.member(other);
        boolean evicted = store.transact(Set.of(row), current -> {
            boolean isSilent = Transition.row(current, row)
                    .filter(found -> MemberTable.Member.decode(found.value()).equals(member))
                    .isPresent();
            return isSilent ? new Outcome<>(List.of(new Write.Delete(row)), true) : Outcome.unchanged(false);
        });
        if (evicted) {
            LOG.log(Level.WARNING, "Evicted a server after missed heartbeats: id=" + other);
        }
    }

    /** Stops serving and deletes its own member row, so that other servers need not wait for it. */
    public void leave() {
        left = true;
        serving = false;
        RowKey own = MemberTable.member(id);
        store.transact(Set.of(own), _ -> new Outcome<>(List.of(new Write.Delete(own)), true));
    }
}
