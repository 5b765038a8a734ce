package io.gramme.storage.cassandra;

import io.gramme.storage.ContentionException;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import io.gramme.storage.Transition;
import io.gramme.storage.engine.PartitionLocks;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The queues of this server's transactions, one per partition. The first transaction leads a group, which is those
 * queued behind it when its turn comes, and commits for all of them at once: so a hot partition takes one round of
 * Paxos for all transactions that have arrived during the last round.
 */
final class PartitionQueues {
    private static final int LARGEST_GROUP = 64;

    /** The multiple of its own patience that a transaction waits for its group: a group may take some timeouts. */
    private static final int GROUP_PATIENCE = 4;

    private final Transactor transactor;
    private final PartitionLocks turns;
    private final Duration patience;

    /**
     * By partition; the transaction at the head leads, or is being called to. Guarded by itself, as are the queues in
     * it.
     */
    private final Map<PlacedKey, Deque<Member<?>>> lines = new HashMap<>();

    /** Members of groups in progress: they cannot leave any more. Guarded by {@link #lines}. */
    private final Set<Member<?>> taken = new HashSet<>();

    PartitionQueues(Transactor transactor, PartitionLocks turns, Duration patience) {
        this.transactor = transactor;
        this.turns = turns;
        this.patience = patience;
    }

    <R> R transact(PlacedKey place, Set<RowKey> reads, Transition<R> transition) {
        var member = new Member<>(reads, transition);
        if (join(place, member) || isCalledToLead(place, member)) {
            lead(place, member);
        }
        return member.answer();
    }

    /** Returns whether it is the first. */
    private boolean join(PlacedKey place, Member<?> member) {
        synchronized (lines) {
            Deque<Member<?>> line = lines.computeIfAbsent(place, _ -> new ArrayDeque<>());
            line.add(member);
            return line.size() == 1;
        }
    }

    private boolean isCalledToLead(PlacedKey place, Member<?> member) {
        Optional<Member.Call> call = member.await(patience);
        if (call.isEmpty()) {
            if (leaves(place, member)) {
                throw new ContentionException("too many requests for the same partition: place=" + place);
            }
            call = member.await(patience.multipliedBy(GROUP_PATIENCE));
        }
        return call.orElseThrow(() -> new StorageException("a group is not committed in time: place=" + place))
                == Member.Call.LEAD;
    }

    /**
     * Takes a member out of the queue; false if it is in a group already. If it had just been called to lead, the next
     * one is.
     */
    private boolean leaves(PlacedKey place, Member<?> member) {
        synchronized (lines) {
            Deque<Member<?>> line = lines.getOrDefault(place, new ArrayDeque<>());
            boolean isFirst = line.peekFirst() == member;
            if (taken.contains(member) || !line.remove(member)) {
                return false;
            }
            if (isFirst) {
                callFirst(place, line);
            }
            return true;
        }
    }

    private void callFirst(PlacedKey place, Deque<Member<?>> line) {
        if (line.isEmpty()) {
            lines.remove(place);
        } else {
            line.getFirst().lead();
        }
    }

    private void lead(PlacedKey place, Member<?> leader) {
        List<Member<?>> group = List.of(leader);
        try {
            Transactor.Committed committed;
            try (var _ = turns.lock(leader.reads(), patience)
                    .orElseThrow(() -> new ContentionException("partition is busy: place=" + place))) {
                group = take(place);
                committed = transactor.commit(place, group);
                group = group.subList(0, committed.members());
            } finally {
                release(place, group);
            }
            // Concurrently with the next group.
            committed.deliver();
            group.forEach(Member::end);
        } catch (RuntimeException e) {
            group.forEach(member -> member.fail(e));
        } catch (Error e) {
            var failure = new StorageException("a group is not committed: place=" + place, e);
            group.forEach(member -> member.fail(failure));
            throw e;
        }
    }

    private List<Member<?>> take(PlacedKey place) {
        synchronized (lines) {
            List<Member<?>> group = lines.getOrDefault(place, new ArrayDeque<>()).stream()
                    .limit(LARGEST_GROUP)
                    .toList();
            taken.addAll(group);
            return group;
        }
    }

    /** Removes the group from the queue, and calls the next transaction to lead. */
    private void release(PlacedKey place, List<Member<?>> group) {
        synchronized (lines) {
            Deque<Member<?>> line = lines.getOrDefault(place, new ArrayDeque<>());
            line.forEach(taken::remove);
            line.removeAll(group);
            callFirst(place, line);
        }
    }
}
