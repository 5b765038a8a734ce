package io.gramme.storage.cassandra;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.ContentionException;
import io.gramme.storage.Outcome;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import io.gramme.storage.Transition;
import io.gramme.storage.VersionTime;
import io.gramme.storage.Write;
import io.gramme.storage.cassandra.FailPoints.Step;
import io.gramme.storage.cassandra.Hints.Hint;
import io.gramme.storage.cassandra.Records.Part;
import io.gramme.storage.cassandra.Records.State;
import io.gramme.storage.cassandra.Records.Transaction;
import io.gramme.storage.parallel.BoundedParallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A transaction over several partitions. It takes hold of every row that it read or writes, by an intent beside the
 * row; one conditional write to its record commits or aborts it; then it brings its rows to the state that the record
 * decides. A reader that meets an intent asks the record, so all rows change at one moment for all readers.
 *
 * <p>A transaction waits for a row that another transaction holds only while it holds none itself, so there is no
 * deadlock. The first attempt takes hold of all partitions at once; later attempts go through them in order, so that of
 * several transactions on the same partitions the first to hold the lowest one proceeds.
 */
final class MultiPartitionTransaction<R> {
    /** How far ahead of the time a version is after it was overtaken once; it doubles each time, up to 64 times as far. */
    private static final Duration AHEAD = Duration.ofMillis(50);

    private static final int MOST_DOUBLINGS = 6;

    /** Where the versions of a partition are themselves ahead of the time, they come one by one. */
    private static final long AHEAD_OF_OTHERS = 1000;

    private final Engine engine;
    private final Set<RowKey> reads;
    private final Transition<R> transition;
    private final SortedMap<PlacedKey, Set<Bytes>> wanted = new TreeMap<>();

    /** How many attempts failed because commits in a partition had versions above theirs. */
    private int overtaken;

    MultiPartitionTransaction(Engine engine, Set<RowKey> reads, Transition<R> transition) {
        this.engine = engine;
        this.reads = reads;
        this.transition = transition;
        reads.forEach(this::want);
    }

    private boolean want(RowKey key) {
        return wanted.computeIfAbsent(PlacedKey.of(key.partition()), _ -> new TreeSet<>())
                .add(key.sort());
    }

    R run() {
        var backoff = new Backoff(engine.options().patience());
        int attempt = 0;
        do {
            List<PartitionView> views = engine.partitions().readAll(wantedParts());
            Optional<List<PartitionView>> shown = shown(views);
            if (shown.isEmpty()) {
                boolean _ = areFree(views);
                continue;
            }
            Map<RowKey, Optional<Row>> current = current(shown.get());
            views.forEach(view -> engine.clock().observe(view.register().stamp()));
            Outcome<R> outcome;
            try {
                outcome = transition.apply(current, engine.clock().next());
            } catch (RuntimeException refusal) {
                if (areStill(shown.get())) {
                    throw refusal;
                }
                continue;
            }
            if (outcome.isUnchanged()) {
                if (areStill(shown.get())) {
                    return outcome.answer();
                }
                continue;
            }
            if (!areFree(views)) {
                continue;
            }
            var split = Transactor.Split.of(outcome, reads);
            if (wantsMore(views, split.own())) {
                continue;
            }
            Optional<Outcome<R>> committed = commit(views, current, attempt++ > 0);
            if (committed.isPresent()) {
                return committed.get().answer();
            }
        } while (backoff.pause());
        throw new ContentionException("rows are busy: partitions=" + wanted.size());
    }

    private List<Part> wantedParts() {
        return wanted.entrySet().stream()
                .map(entry -> new Part(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
    }

    /** Whether no transaction holds a row; intents of ended and late transactions are removed. */
    private boolean areFree(List<PartitionView> views) {
        boolean free = true;
        for (PartitionView view : views) {
            Optional<Intent> met = view.anyIntent();
            if (met.isPresent()) {
                free = false;
                engine.intents()
                        .clear(
                                view.place(),
                                List.copyOf(view.cells().keySet()),
                                met.get().holder());
            }
        }
        return free;
    }

    /**
     * The same rows as readers see them, past the intents of transactions in progress: so a transaction that only reads
     * waits for no other. Empty if a transaction has ended meanwhile.
     */
    private Optional<List<PartitionView>> shown(List<PartitionView> views) {
        var lookup = engine.intents().lookup(false);
        var shown = new ArrayList<PartitionView>();
        for (PartitionView view : views) {
            Map<Bytes, Cell> cells = new HashMap<>();
            for (var cell : view.cells().entrySet()) {
                Optional<Cell> visible = lookup.visible(cell.getValue());
                if (visible.isEmpty()) {
                    return Optional.empty();
                }
                cells.put(cell.getKey(), visible.get());
            }
            shown.add(new PartitionView(view.place(), view.register(), cells));
        }
        return Optional.of(shown);
    }

    /**
     * Whether the rows are unchanged. If they are, there was a moment, between the last of the first reads and the
     * first of the second, at which all of them were so: versions only grow, and a transaction that is pending after
     * that moment was pending at it.
     */
    private boolean areStill(List<PartitionView> before) {
        Optional<List<PartitionView>> now = shown(engine.partitions().readAll(wantedParts()));
        if (now.isEmpty()) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            if (!isStill(before.get(i), now.get().get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isStill(PartitionView before, PartitionView now) {
        // An absent row has no version to compare: it may have existed in between.
        return before.cells().equals(now.cells()) && (before.register().isSame(now.register()) || areAllThere(before));
    }

    private boolean areAllThere(PartitionView view) {
        return wanted.getOrDefault(view.place(), Set.of()).stream()
                .allMatch(sort -> view.cell(sort).value().isPresent());
    }

    private Map<RowKey, Optional<Row>> current(List<PartitionView> views) {
        Map<PlacedKey, PartitionView> byPlace = new HashMap<>();
        views.forEach(view -> byPlace.put(view.place(), view));
        Map<RowKey, Optional<Row>> current = new LinkedHashMap<>();
        for (RowKey key : reads) {
            PartitionView view = byPlace.get(PlacedKey.of(key.partition()));
            current.put(key, view == null ? Optional.empty() : view.row(key));
        }
        return current;
    }

    /**
     * Rows that are written unread must not be held by others; where a transaction holds one, they are read as well.
     */
    private boolean wantsMore(List<PartitionView> views, List<Write> writes) {
        boolean more = false;
        for (Write write : writes) {
            PlacedKey place = PlacedKey.of(write.key().partition());
            boolean busy = views.stream()
                    .anyMatch(view ->
                            view.place().equals(place) && view.register().held() > 0);
            more |= busy && want(write.key());
        }
        return more;
    }

    /**
     * Lets the transition decide again, now for a version that is above the time of its hint, and commits that.
     *
     * @return empty if it must be decided on the rows as they are then
     */
    private Optional<Outcome<R>> commit(
            List<PartitionView> views, Map<RowKey, Optional<Row>> current, boolean oneByOne) {
        engine.steps().reach(Step.HINT);
        Bytes id = newId();
        Hint hint = engine.hints().open(new Hints.Target.Transaction(id));
        long version = newVersion();
        Optional<Attempt> attempt = Optional.empty();
        Optional<Outcome<R>> outcome = Optional.empty();
        try {
            outcome = Optional.of(transition.apply(current, version));
            var split = Transactor.Split.of(outcome.get(), reads);
            if (!outcome.get().isUnchanged() && !wantsMore(views, split.own())) {
                attempt = Optional.of(new Attempt(id, views, split, version, oneByOne));
            }
        } catch (RuntimeException _) {
            // Not because of the rows, of which it has seen the same before. If it is refused again, its exception
            // counts.
            attempt = Optional.empty();
        } finally {
            if (attempt.isEmpty()) {
                engine.hints().discard(hint);
            }
        }
        if (attempt.isEmpty()) {
            return Optional.empty();
        }
        if (attempt.get().commits(hint)) {
            return outcome;
        }
        if (attempt.get().isOvertaken()) {
            overtaken++;
        }
        return Optional.empty();
    }

    /**
     * A version above all that this server has seen. Where others go on to write the same partitions, it must stay above
     * theirs until the rows are held: so after each time that it did not, it is further ahead of the time. Clocks
     * follow only when the transaction is committed.
     */
    private long newVersion() {
        long next = engine.clock().next();
        if (overtaken == 0) {
            return next;
        }
        Duration ahead = AHEAD.multipliedBy(1L << Math.min(overtaken - 1, MOST_DOUBLINGS));
        return Math.max(
                next + AHEAD_OF_OTHERS,
                VersionTime.versionAt(engine.time().instant().plus(ahead)));
    }

    private static Bytes newId() {
        var random = ThreadLocalRandom.current();
        return Bytes.ofLong(random.nextLong()).plus(Bytes.ofLong(random.nextLong()));
    }

    /** One attempt to commit what the transition decided. */
    private final class Attempt {
        private final List<PartitionView> views;
        private final Transactor.Split split;
        private final long version;
        private final boolean oneByOne;
        private final Bytes id;
        private final Map<PlacedKey, Map<Bytes, Intent>> holds = new TreeMap<>();
        private volatile boolean overtaken;

        Attempt(Bytes id, List<PartitionView> views, Transactor.Split split, long version, boolean oneByOne) {
            this.views = views;
            this.version = version;
            this.split = split;
            this.oneByOne = oneByOne;
            this.id = id;
            wanted.forEach((place, sorts) -> sorts.forEach(sort -> hold(place, sort, new Intent.Next.Same())));
            for (Write write : split.own()) {
                PlacedKey place = PlacedKey.of(write.key().partition());
                hold(
                        place,
                        write.key().sort(),
                        switch (write) {
                            case Write.Put put -> new Intent.Next.Value(put.value());
                            case Write.Delete _ -> new Intent.Next.Gone();
                        });
            }
        }

        private void hold(PlacedKey place, Bytes sort, Intent.Next next) {
            holds.computeIfAbsent(place, _ -> new TreeMap<>()).put(sort, new Intent(id, next));
        }

        boolean isOvertaken() {
            return overtaken;
        }

        boolean commits(Hint hint) {
            try {
                return isCommitted(hint);
            } catch (StorageException e) {
                // The next recovery finds out the fate of the transaction and finishes it.
                engine.hints().leave(hint);
                throw e;
            }
        }

        private boolean isCommitted(Hint hint) {
            List<Part> parts = holds.entrySet().stream()
                    .map(entry ->
                            part(entry.getKey(), List.copyOf(entry.getValue().keySet())))
                    .toList();
            long deadline =
                    engine.time().millis() + engine.options().transactionLife().toMillis();
            engine.steps().reach(Step.BEGIN);
            if (!engine.records().begin(id, deadline, parts, split.effects())) {
                engine.hints().discard(hint);
                return false;
            }
            if (!prepareOrAbort(parts)) {
                abort(parts, hint);
                return false;
            }
            engine.steps().reach(Step.DECIDE);
            if (!engine.records().decide(id, State.COMMITTED, version)) {
                abort(parts, hint);
                return false;
            }
            engine.clock().observe(version);
            complete(new Transaction(id, State.COMMITTED, deadline, version, parts, split.effects()), hint);
            return true;
        }

        private Part part(PlacedKey place, List<Bytes> sorts) {
            Map<Bytes, Integer> kept = new HashMap<>();
            Map<Bytes, Bytes> images = new HashMap<>();
            for (Image image : split.kept()) {
                Bytes sort = image.key().sort();
                if (PlacedKey.of(image.key().partition()).equals(place)) {
                    kept.put(sort, image.seconds());
                    image.before()
                            .filter(before -> !isStored(place, sort, before))
                            .ifPresent(before -> images.put(sort, before));
                }
            }
            return new Part(place, sorts, kept, images);
        }

        private boolean isStored(PlacedKey place, Bytes sort, Bytes value) {
            return views.stream()
                    .anyMatch(view -> view.place().equals(place)
                            && view.cell(sort).value().equals(Optional.of(value)));
        }

        private boolean prepareOrAbort(List<Part> parts) {
            try {
                return prepare();
            } catch (StorageException e) {
                // Aborts now, so that others need not wait until the transaction is late; if that fails too, they have
                // to.
                try {
                    release(parts);
                } catch (StorageException more) {
                    e.addSuppressed(more);
                }
                throw e;
            }
        }

        private boolean prepare() {
            if (!oneByOne) {
                return BoundedParallel.each(views, this::prepare).stream().allMatch(Boolean::booleanValue);
            }
            for (PartitionView view : views) {
                if (!prepare(view)) {
                    return false;
                }
            }
            return true;
        }

        /** Takes hold of the rows of one partition, if they are unchanged since they were read. */
        private boolean prepare(PartitionView read) {
            Map<Bytes, Intent> intents =
                    Optional.ofNullable(holds.get(read.place())).orElseThrow();
            List<RowChange> changes = intents.entrySet().stream()
                    .<RowChange>map(entry -> new RowChange.Hold(entry.getKey(), entry.getValue()))
                    .toList();
            if (read.register().isNew()) {
                engine.cql().await(engine.extents().note(read.place().partition()));
            }
            PartitionView view = read;
            var backoff = new Backoff(engine.options().patience());
            do {
                engine.clock().observe(view.register().stamp());
                if (!isAbove(view, intents.keySet())) {
                    overtaken = true;
                    return false;
                }
                engine.steps().reach(Step.PREPARE);
                if (engine.partitions()
                        .commit(view, Partitions.newCommit(), view.register().stamp(), changes)) {
                    return true;
                }
                // Another commit has changed this partition. That matters only if it changed one of these rows.
                view = engine.partitions().read(read.place(), intents.keySet());
                if (view.anyIntent().isPresent() || !sameRows(read, view)) {
                    return false;
                }
            } while (backoff.pause());
            return false;
        }

        /** Whether the version is above all that the rows ever had. It was when they were read, but others go on. */
        private boolean isAbove(PartitionView view, Set<Bytes> sorts) {
            return view.register().stamp() < version
                    || sorts.stream()
                            .map(view::cell)
                            .allMatch(cell -> cell.value().isPresent() && cell.version() < version);
        }

        private boolean sameRows(PartitionView read, PartitionView now) {
            return Optional.ofNullable(wanted.get(read.place())).orElseThrow().stream()
                    .allMatch(sort -> read.cell(sort).equals(now.cell(sort)));
        }

        private void abort(List<Part> parts, Hint hint) {
            release(parts);
            forget(hint);
        }

        private void release(List<Part> parts) {
            // If another server has aborted it already, nothing is left to do.
            boolean _ = engine.records().decide(id, State.ABORTED, 0);
            BoundedParallel.each(parts, part -> {
                engine.intents().finish(part, id, Optional.empty(), false);
                return true;
            });
        }

        /** Finishes a committed transaction: if something fails from here on, others finish it. */
        private void complete(Transaction transaction, Hint hint) {
            try {
                BoundedParallel.each(transaction.parts(), part -> {
                    engine.steps().reach(Step.APPLY);
                    engine.intents().finish(part, id, Optional.of(transaction), false);
                    return true;
                });
                engine.steps().reach(Step.DELIVER);
                engine.delivery().deliver(transaction.effects(), transaction.version(), transaction.commit());
            } catch (StorageException _) {
                engine.hints().leave(hint);
                return;
            }
            if (!transaction.effects().isLogged()) {
                forget(hint);
                return;
            }
            engine.hints().settle(hint, transaction.version());
            // Before the record is deleted: recovery cannot tell the version of a transaction without one.
            engine.steps().reach(Step.RAISE_WATERMARK);
            var _ = engine.highWatermark()
                    .raise(hint.bucket(), transaction.version())
                    .thenAccept(_ -> forget(hint));
        }

        private void forget(Hint hint) {
            engine.hints().settle(hint);
            engine.steps().reach(Step.FORGET_RECORD);
            var _ = engine.records().forget(id, engine.clock().latest()).thenAccept(_ -> {
                var _ = engine.hints().remove(hint);
            });
        }
    }
}
