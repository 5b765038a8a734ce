package io.gramme.server.cluster;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.WireErrors;
import io.gramme.server.job.BackgroundJob;
import io.gramme.storage.Consistency;
import io.gramme.storage.Outcome;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
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
 * One server among those that share a store. It gives signs of life, takes up what others announce, and strikes off whoever
 * has given none for too long. It knows that it would be struck off itself, and ceases to serve well before: then it
 * forgets what it was, reads everything again, and joins under another name.
 *
 * <p>What follows from that: whoever is on the {@link MemberTable} has taken up what its row says; whoever is not does not serve.
 */
public final class Membership implements Peers, BackgroundJob.Pass {
    private static final System.Logger LOG = System.getLogger(Membership.class.getName());

    /** Whoever is further behind than this reads everything again. */
    private static final int ANNOUNCEMENTS_KEPT = 256;

    private final RowStore store;
    private final Timing timing;
    private final LongSupplier nanoTime;
    private final Supplier<String> names;
    private final Leases leases;
    private final CacheRefresher takingUp;
    private final Map<String, Sighting> sightings = new HashMap<>();

    private volatile Runnable alarm = () -> {};
    private volatile MemberTable roll = new MemberTable(0, Map.of(), Map.of());
    private volatile boolean serving;
    private volatile long servingUntil;
    private volatile boolean left;

    /** The number of an announcement of this server; never one before the last but for a moment. */
    private volatile long announced;

    /** These belong to the pass. */
    private String id;

    private MemberTable.Member written;
    private long beaten;
    private boolean saidThatItFails;

    /** A server's sign of life, and when it had been seen first: it was begun before. */
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
        this.takingUp = new CacheRefresher(store, timing, nanoTime, () -> roll, () -> alarm.run(), joined.counter());
        this.beaten = begun;
        serve(begun);
    }

    private record Joined(String id, MemberTable.Member member, long counter) {}

    /**
     * Joins the servers of a store. What is read from now on is as new as what was announced by now.
     *
     * @param nanoTime a clock that only goes on
     * @param names a new one each time
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
                .map(row -> MemberTable.number(row.value()))
                .orElse(0L);
    }

    private void serve(long begun) {
        servingUntil = begun + timing.selfFence().toNanos();
        serving = true;
    }

    /** Whether this server may serve: nobody can have struck it off yet. */
    public boolean isInTouch() {
        return serving && nanoTime.getAsLong() - servingUntil < 0;
    }

    /** @throws io.gramme.core.error.ApiException SERVICE_UNAVAILABLE if it may not serve */
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
        takingUp.listen(newListener);
    }

    /** The pass that takes up what is announced. It is to be run beside this one. */
    public BackgroundJob.Pass takingUp() {
        return takingUp;
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
                            MemberTable.put(MemberTable.COUNTER_ROW, MemberTable.bytes(next)),
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
    public boolean haveTakenUp(long number) {
        MemberTable seen = roll;
        // A roll that does not know of the announcement was read before it: who joined since is not on it.
        return seen.counter() >= number
                && seen.members().values().stream().allMatch(member -> member.taken() >= number);
    }

    /** The servers that were on the roll when it was last looked at. */
    public Set<String> members() {
        return roll.members().keySet();
    }

    /** A store that fails is asked again soon: there is not much time. */
    @Override
    public Duration run() {
        try {
            Duration rest = left ? timing.heartbeat() : look();
            if (saidThatItFails) {
                LOG.log(Level.INFO, "The store answers this server again");
            }
            saidThatItFails = false;
            return rest;
        } catch (StorageException e) {
            boolean isSerious =
                    nanoTime.getAsLong() - beaten > timing.selfFence().toNanos() / 2;
            if (isSerious && !saidThatItFails) {
                saidThatItFails = true;
                LOG.log(Level.WARNING, "This server cannot reach its store, and ceases to serve if that goes on", e);
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
            comeBack();
            return Duration.ZERO;
        }
        beat();
        roll = seen.with(id, written);
        if (takingUp.isBehind(seen)) {
            takingUp.wake();
        }
        strikeOff(seen, looked, read);
        leases.share(id, seen);
        return timing.look();
    }

    /** Having been struck off: nothing that is in memory counts any longer. */
    private void comeBack() {
        LOG.log(Level.WARNING, "This server was not heard of, and was struck off; it comes back: was=" + id);
        serving = false;
        leases.forget();
        Joined joined = enter(store, names.get(), false);
        id = joined.id();
        written = joined.member();
        beaten = nanoTime.getAsLong();
        takingUp.beginAnew();
    }

    /**
     * Whether a sign of life is due, or there may be something to say, to share or to strike off. If not, a look at one replica
     * is enough: what that shows is compared with what was read last, and no decision rests on it. A change that it misses is
     * seen when the next sign of life is given.
     */
    private boolean mustLookClosely(long now) {
        boolean hasTakenUp =
                takingUp.settled().filter(taken -> taken > written.taken()).isPresent();
        boolean hasAnnounced = announced > roll.counter();
        boolean hasToShare = !leases.areSettled(id, roll);
        boolean hasToStrikeOff = sightings.values().stream()
                .anyMatch(last -> now - last.at() > timing.evict().toNanos());
        boolean hasToDo = hasTakenUp || hasAnnounced || hasToShare || hasToStrikeOff;
        return !serving || hasToDo || now - beaten >= timing.heartbeat().toNanos();
    }

    private boolean showsNothingNew(MemberTable peeked) {
        long read = nanoTime.getAsLong();
        // A replica may be behind; a sign of life that is newer than the last was given all the same.
        sightings.replaceAll(
                (other, last) -> Optional.ofNullable(peeked.members().get(other))
                        .filter(member -> member.beats() > last.beats())
                        .map(member -> new Sighting(member.beats(), read))
                        .orElse(last));
        return peeked.isLike(roll);
    }

    /** Gives a sign of life if it is time for one, or if there is something to say. */
    private void beat() {
        Optional<Long> settled = takingUp.settled();
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
            // The next look finds out as well.
            serving = false;
            return;
        }
        written = next;
        beaten = begun;
        if (serving || returning) {
            serve(begun);
        }
    }

    /** Strikes off whoever has given no sign of life for too long, as this server has seen it. */
    private void strikeOff(MemberTable seen, long looked, long read) {
        sightings.keySet().retainAll(seen.members().keySet());
        seen.members().forEach((other, member) -> {
            Sighting last = sightings.get(other);
            if (other.equals(id)) {
                return;
            }
            if (last == null || last.beats() != member.beats()) {
                sightings.put(other, new Sighting(member.beats(), read));
            } else if (looked - last.at() > timing.evict().toNanos()) {
                strikeOff(other, member);
            }
        });
    }

    private void strikeOff(String other, MemberTable.Member member) {
        RowKey row = MemberTable.member(other);
        boolean struck = store.transact(Set.of(row), current -> {
            boolean isSilent = Transition.row(current, row)
                    .filter(found -> MemberTable.Member.decode(found.value()).equals(member))
                    .isPresent();
            return isSilent ? new Outcome<>(List.of(new Write.Delete(row)), true) : Outcome.unchanged(false);
        });
        if (struck) {
            LOG.log(Level.WARNING, "A server is not heard of any longer: id=" + other);
        }
    }

    /** Ceases to serve, and says so, that others need not wait. */
    public void leave() {
        left = true;
        serving = false;
        RowKey own = MemberTable.member(id);
        store.transact(Set.of(own), _ -> new Outcome<>(List.of(new Write.Delete(own)), true));
    }
}
