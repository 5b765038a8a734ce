package io.gramme.tables.cluster;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Outcome;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.tables.job.BackgroundJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The leases of background work that one server does at a time for all servers of a store. A lease is a row that names
 * its holder, and is valid as long as that server is in the member table: it costs a commit when it changes hands, and
 * nothing while it is held. An evicted server has stopped serving before its eviction, and so has stopped its work,
 * because all work goes through a fenced store.
 *
 * <p>Work is spread evenly: a server takes no more than its share, and releases the surplus between two passes.
 */
final class Leases {
    private final RowStore store;
    private final Timing timing;
    private final LongSupplier nanoTime;
    private final Map<String, Work> works = new ConcurrentHashMap<>();

    /** Since when each lease has had no holder, as observed by this server. Used by the membership's pass only. */
    private final Map<String, Long> free = new HashMap<>();

    Leases(RowStore store, Timing timing, LongSupplier nanoTime) {
        this.store = store;
        this.timing = timing;
        this.nanoTime = nanoTime;
    }

    /** One piece of background work: a pass that does nothing while another server holds its lease. */
    private final class Work implements BackgroundJob.Pass {
        private final BackgroundJob.Pass pass;
        private final BooleanSupplier inTouch;

        /** Held while the pass runs, and while the lease is released. */
        private final ReentrantLock running = new ReentrantLock();

        private volatile boolean held;

        /** Whether the pass has run since the lease was last handed over. Guarded by {@code running}. */
        private boolean begun;

        private volatile Runnable alarm = () -> {};

        private Work(BackgroundJob.Pass pass, BooleanSupplier inTouch) {
            this.pass = pass;
            this.inTouch = inTouch;
        }

        @Override
        public Duration run() throws InterruptedException {
            running.lock();
            try {
                if (held && inTouch.getAsBoolean()) {
                    begun = true;
                    return pass.run();
                }
                handOver();
                return timing.heartbeat();
            } finally {
                running.unlock();
            }
        }

        @Override
        public void handOver() {
            if (begun) {
                begun = false;
                pass.handOver();
            }
        }

        @Override
        public void wakeBy(Runnable newAlarm) {
            alarm = newAlarm;
            pass.wakeBy(newAlarm);
        }
    }

    BackgroundJob.Pass add(String name, BackgroundJob.Pass pass, BooleanSupplier inTouch) {
        var work = new Work(pass, inTouch);
        if (works.putIfAbsent(name, work) != null) {
            throw new IllegalStateException("duplicate lease name: " + name);
        }
        return work;
    }

    /** Marks all leases as not held, because this server was evicted. */
    void forget() {
        works.values().forEach(work -> work.held = false);
    }

    /** Whether no pass is running. */
    boolean areIdle() {
        return works.values().stream().noneMatch(work -> work.running.isLocked());
    }

    /** Whether every lease is held by a server in the member table, and this server holds no more than its share. */
    boolean areSettled(String id, MemberTable roll) {
        long held = works.keySet().stream()
                .filter(name -> id.equals(roll.leases().get(name)))
                .count();
        boolean hasTooMany = held > fairShare(roll) && othersHaveFewer(id, roll, (int) held - 1);
        return !hasTooMany && works.keySet().stream().noneMatch(name -> isOrphan(name, roll));
    }

    private int fairShare(MemberTable roll) {
        return Math.ceilDiv(works.size(), Math.max(1, roll.members().size()));
    }

    private static boolean isOrphan(String name, MemberTable roll) {
        String holder = roll.leases().get(name);
        return holder == null || !roll.members().containsKey(holder);
    }

    /**
     * Takes leases without a holder, or releases surplus ones. One step a call; the member table is read again soon.
     */
    void share(String id, MemberTable roll) {
        var held = new HashSet<String>();
        works.forEach((name, work) -> {
            boolean own = id.equals(roll.leases().get(name));
            boolean isNew = own && !work.held;
            work.held = own;
            if (own) {
                held.add(name);
            }
            if (isNew) {
                work.alarm.run();
            }
        });
        int fair = fairShare(roll);
        if (held.size() > fair && othersHaveFewer(id, roll, held.size() - 1)) {
            // Releases one whose pass is not running; if all are running, a later call does it.
            var _ = held.stream().anyMatch(name -> giveUp(id, name));
            return;
        }
        long now = nanoTime.getAsLong();
        for (String name : orphans(roll, now)) {
            boolean neglected =
                    now - free.getOrDefault(name, now) > timing.evict().toNanos();
            if (held.size() < fair || neglected) {
                if (take(id, name, Optional.ofNullable(roll.leases().get(name)))) {
                    held.add(name);
                }
            }
        }
    }

    private static boolean othersHaveFewer(String id, MemberTable roll, int than) {
        return roll.members().keySet().stream()
                .filter(other -> !other.equals(id))
                .anyMatch(other ->
                        roll.leases().values().stream().filter(other::equals).count() < than);
    }

    private List<String> orphans(MemberTable roll, long now) {
        var orphans = new ArrayList<String>();
        for (String name : works.keySet()) {
            if (isOrphan(name, roll)) {
                orphans.add(name);
                free.putIfAbsent(name, now);
            } else {
                free.remove(name);
            }
        }
        return orphans;
    }

    private boolean take(String id, String name, Optional<String> before) {
        RowKey lease = MemberTable.lease(name);
        RowKey own = MemberTable.member(id);
        var reads = new HashSet<>(Set.of(lease, own));
        before.map(MemberTable::member).ifPresent(reads::add);
        boolean taken = store.transact(reads, current -> {
            boolean unchanged = Transition.row(current, lease)
                    .map(row -> MemberTable.text(row.value()))
                    .equals(before);
            boolean orphaned = before.isEmpty()
                    || Transition.row(current, MemberTable.member(before.get())).isEmpty();
            boolean isThere = Transition.row(current, own).isPresent();
            return unchanged && orphaned && isThere
                    ? new Outcome<>(List.of(MemberTable.put(lease, Bytes.utf8(id))), true)
                    : Outcome.unchanged(false);
        });
        if (taken) {
            Work work = works.get(name);
            if (work != null) {
                work.held = true;
                work.alarm.run();
            }
            free.remove(name);
        }
        return taken;
    }

    private boolean giveUp(String id, String name) {
        Work work = works.get(name);
        if (work == null || !work.running.tryLock()) {
            return false;
        }
        try {
            work.held = false;
            work.handOver();
            RowKey lease = MemberTable.lease(name);
            store.transact(
                    Set.of(lease),
                    current -> Transition.row(current, lease)
                                    .filter(row -> MemberTable.text(row.value()).equals(id))
                                    .isPresent()
                            ? new Outcome<>(List.of(new Write.Delete(lease)), true)
                            : Outcome.unchanged(false));
            return true;
        } finally {
            work.running.unlock();
        }
    }
}
