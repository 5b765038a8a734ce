package io.gramme.storage.cassandra;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.ContentionException;
import io.gramme.storage.Outcome;
import io.gramme.storage.Retained;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import io.gramme.storage.Write;
import io.gramme.storage.cassandra.FailPoints.Step;
import io.gramme.storage.cassandra.Hints.Hint;
import io.gramme.storage.engine.VersionClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs transactions within one partition: it reads rows, runs the transitions, and writes their outcome with one
 * conditional batch, if no other commit came between.
 *
 * <p>Effects elsewhere are noted in the same batch, and a hint is written before it; see {@link Recovery} for what
 * happens to them if the server dies.
 */
final class Transactor {
    private final Partitions partitions;
    private final TokenExtents extents;
    private final Intents intents;
    private final Hints hints;
    private final Delivery delivery;
    private final VersionClock clock;
    private final FailPoints steps;
    private final Cql cql;
    private final Duration patience;

    Transactor(Engine engine) {
        this.partitions = engine.partitions();
        this.extents = engine.extents();
        this.intents = engine.intents();
        this.hints = engine.hints();
        this.delivery = engine.delivery();
        this.clock = engine.clock();
        this.steps = engine.steps();
        this.cql = engine.cql();
        this.patience = engine.options().patience();
    }

    /**
     * A commit of some members of a group, and the delivery of its effects.
     *
     * @param members how many of the group, from the first
     */
    record Committed(int members, Runnable delivery) {
        void deliver() {
            delivery.run();
        }
    }

    /**
     * Lets each member of a group decide on the rows that those before it leave, and commits their decisions, all or
     * nothing: a member's refusal affects no other member.
     */
    Committed commit(PlacedKey place, List<Member<?>> group) {
        Set<Bytes> sorts = new HashSet<>();
        group.forEach(member -> member.reads().forEach(key -> sorts.add(key.sort())));
        var backoff = new Backoff(patience);
        do {
            PartitionView view = partitions.read(place, sorts);
            Optional<Intent> met = view.anyIntent();
            if (met.isPresent()) {
                // If its transaction is alive, it will soon be done.
                intents.clear(place, List.copyOf(sorts), met.get().holder());
                continue;
            }
            clock.observe(view.register().stamp());
            Decided decided = decide(group, view, clock.next());
            CommitBuilder draft = decided.draft();
            if (draft.isEmpty()) {
                return new Committed(decided.members(), () -> {});
            }
            if (draft.isElsewhereAlone()) {
                Optional<Committed> made = commitElsewhere(view, group);
                if (made.isPresent()) {
                    return made.get();
                }
                continue;
            }
            if (view.register().held() > 0 && addUnread(sorts, draft.own())) {
                // One of those rows may be held: that shows when it is read.
                continue;
            }
            Optional<Committed> committed =
                    draft.leavesTraces() ? commitTraced(view, group, sorts) : commit(view, decided);
            if (committed.isPresent()) {
                return committed.get();
            }
        } while (backoff.pause());
        throw new ContentionException("partition is busy: place=" + place);
    }

    /**
     * Nothing here changes. A later change has a version above the stamp, and so above this. Empty if the members now
     * decide otherwise.
     */
    private Optional<Committed> commitElsewhere(PartitionView view, List<Member<?>> group) {
        Decided decided = decide(group, view, view.register().stamp());
        CommitBuilder draft = decided.draft();
        return draft.isElsewhereAlone()
                ? Optional.of(
                        new Committed(decided.members(), () -> delivery.deliver(draft.effects(), draft.version(), 0)))
                : Optional.empty();
    }

    /** @param members how many have decided: as many as there is room for, and the first in any case */
    private record Decided(CommitBuilder draft, int members) {}

    private static Decided decide(List<Member<?>> group, PartitionView view, long version) {
        var draft = new CommitBuilder(view, version);
        int decided = 0;
        for (Member<?> member : group) {
            Optional<? extends Outcome<?>> outcome = member.decide(draft.current(member.reads()), version);
            if (outcome.isPresent()) {
                if (!draft.hasRoomFor(outcome.get())) {
                    break;
                }
                draft.add(outcome.get());
            }
            decided++;
        }
        return new Decided(draft, decided);
    }

    /**
     * The part of an outcome for the partitions it read, and the effects elsewhere.
     *
     * @param kept the images of rows in {@code own}; none for those without an image
     */
    record Split(List<Write> own, List<Image> kept, Effects effects) {
        static Split of(Outcome<?> outcome, Set<RowKey> reads) {
            var partitions = new HashSet<>(reads.stream().map(RowKey::partition).toList());
            var own = new ArrayList<Write>();
            var elsewhere = new ArrayList<Write>();
            for (Write write : outcome.writes()) {
                (partitions.contains(write.key().partition()) ? own : elsewhere).add(write);
            }
            var kept = new ArrayList<Image>();
            var images = new ArrayList<Image>();
            for (Retained retained : outcome.retained()) {
                var image = Image.of(retained);
                if (partitions.contains(retained.key().partition())) {
                    kept.add(image);
                } else {
                    images.add(image);
                }
            }
            return new Split(own, kept, new Effects(elsewhere, outcome.appends(), images));
        }
    }

    static boolean addUnread(Set<Bytes> sorts, Collection<Write> writes) {
        return sorts.addAll(writes.stream().map(write -> write.key().sort()).toList());
    }

    /** Empty if another commit was faster. */
    private Optional<Committed> commit(PartitionView view, Decided decided) {
        noteExtent(view);
        steps.reach(Step.COMMIT);
        CommitBuilder draft = decided.draft();
        return partitions.commit(view, Partitions.newCommit(), draft.version(), changes(draft))
                ? Optional.of(new Committed(decided.members(), () -> {}))
                : Optional.empty();
    }

    private void noteExtent(PartitionView view) {
        if (view.register().isNew()) {
            cql.await(extents.note(view.place().partition()));
        }
    }

    private static List<RowChange> changes(CommitBuilder draft) {
        var changes = new ArrayList<RowChange>();
        draft.own().forEach(write -> changes.add(change(write)));
        draft.ownImages().forEach(image -> changes.add(new RowChange.Retain(image)));
        return changes;
    }

    /** Empty if another commit was faster. */
    private Optional<Committed> commitTraced(PartitionView view, List<Member<?>> group, Set<Bytes> sorts) {
        noteExtent(view);
        steps.reach(Step.HINT);
        // After the read of the register: recovery that finds the hint and nothing else fences that register, and with
        // it this commit.
        Hint hint = hints.open(new Hints.Target.OnePartition(view.place()));
        // The version of a commit that leaves traces is above the time of its hint; so the members decide again, for
        // that.
        Decided decided = decide(group, view, clock.next());
        CommitBuilder draft = decided.draft();
        Effects effects;
        try {
            effects = draft.effects();
        } catch (StorageException e) {
            hints.discard(hint);
            throw e;
        }
        if (view.register().held() > 0 && addUnread(sorts, draft.own())) {
            hints.discard(hint);
            return Optional.empty();
        }
        var note = new Partitions.NoteRow(Partitions.newCommit(), draft.version(), effects);
        List<RowChange> changes = changes(draft);
        if (!note.effects().isEmpty()) {
            changes.add(new RowChange.Note(note.commit(), note.effects()));
        }
        steps.reach(Step.COMMIT);
        if (!isCommitted(view, note, changes, hint)) {
            hints.discard(hint);
            return Optional.empty();
        }
        return Optional.of(new Committed(decided.members(), () -> deliver(view.place(), note, hint)));
    }

    private boolean isCommitted(PartitionView view, Partitions.NoteRow note, List<RowChange> changes, Hint hint) {
        try {
            return partitions.commit(view, note.commit(), note.version(), changes);
        } catch (StorageException e) {
            hints.leave(hint);
            throw e;
        }
    }

    private void deliver(PlacedKey place, Partitions.NoteRow note, Hint hint) {
        if (note.effects().isEmpty()) {
            hints.settle(hint);
            steps.reach(Step.FORGET_HINT);
            var _ = hints.remove(hint);
            return;
        }
        steps.reach(Step.DELIVER);
        try {
            delivery.deliver(note.effects(), note.version(), note.commit());
        } catch (StorageException _) {
            // It is committed, and that is final: the next recovery delivers what is missing.
            hints.leave(hint);
            return;
        }
        boolean isLogged = note.effects().isLogged();
        if (isLogged) {
            hints.settle(hint, note.version());
        } else {
            hints.settle(hint);
        }
        steps.reach(Step.FORGET_NOTE);
        var _ = partitions.forget(place, note).thenAccept(_ -> {
            steps.reach(Step.FORGET_HINT);
            var _ = isLogged ? hints.remove(hint, note.version()) : hints.remove(hint);
        });
    }

    static RowChange change(Write write) {
        return switch (write) {
            case Write.Put(var key, var value) -> new RowChange.Put(key.sort(), value);
            case Write.Delete(var key) -> new RowChange.Delete(key.sort());
        };
    }
}
