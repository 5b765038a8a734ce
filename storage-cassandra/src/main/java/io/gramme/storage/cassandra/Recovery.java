package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import io.gramme.core.bytes.Bytes;
import io.gramme.storage.StorageException;
import io.gramme.storage.VersionTime;
import io.gramme.storage.cassandra.Hints.Hint;
import io.gramme.storage.cassandra.Hints.Target;
import io.gramme.storage.cassandra.Partitions.NoteRow;
import io.gramme.storage.cassandra.Records.Part;
import io.gramme.storage.cassandra.Records.State;
import io.gramme.storage.cassandra.Records.Transaction;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finishes the commits that a server left unfinished: it finds hints that are older than any commit takes, delivers
 * committed effects, fences off uncommitted transactions, and deletes the hint. Several servers may do this at once.
 *
 * <p>A hint without a commit is deleted only after a fence: the register that its writer had read is replaced, or its
 * transaction is banned. Otherwise a server that had merely been suspended might commit without a hint, and the commit
 * would go unnoticed.
 */
final class Recovery {
    private static final Duration AGE = Duration.ofSeconds(5);

    /** One in this many runs reads the hints at a quorum; the others, at one replica, may miss some until then. */
    private static final int RUNS_PER_QUORUM = 5;

    /** How long a reader waits for commits in progress before it finishes them itself. */
    private static final Duration MEANWHILE = Duration.ofMillis(30);

    private final AtomicInteger runs = new AtomicInteger();

    private final Engine engine;

    Recovery(Engine engine) {
        this.engine = engine;
    }

    /** @return how many hints it processed */
    int run() {
        boolean atQuorum = runs.getAndIncrement() % RUNS_PER_QUORUM == 0;
        long newest = VersionTime.versionAt(engine.time().instant().minus(AGE));
        return run(newest, atQuorum ? Cql.QUORUM : Cql.ONE);
    }

    /** @param newest the stamp of the youngest hint that counts as left behind */
    int run(long newest) {
        return run(newest, Cql.QUORUM);
    }

    private int run(long newest, ConsistencyLevel level) {
        int done = 0;
        StorageException failure = null;
        for (Hint hint : engine.hints().abandoned(newest, level)) {
            try {
                if (settle(hint)) {
                    done++;
                }
            } catch (StorageException e) {
                // The other hints need not wait for this one.
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return done;
    }

    private boolean settle(Hint hint) {
        return switch (Target.decode(hint.target())) {
            case Target.OnePartition(var place) -> {
                long highest = settle(place);
                // The notes of delivered commits may be gone already, so the version is that of the partition.
                engine.cql().await(engine.hints().remove(hint, highest));
                yield true;
            }
            case Target.Transaction(var id) -> {
                boolean settled = settle(id, hint);
                if (settled) {
                    engine.cql().await(engine.hints().remove(hint));
                }
                yield settled;
            }
        };
    }

    /**
     * Finishes everything that a reader may have seen of commits in progress: all that has been seen of them by any
     * read that ended before is then at a quorum. It fences nothing and deletes nothing, so their servers lose no time.
     */
    void finishSeen() {
        List<Hint> seen = engine.hints().unfinished();
        var backoff = new Backoff(MEANWHILE);
        // Most commits that are in progress are done in a moment.
        while (!seen.isEmpty() && backoff.pause()) {
            seen = stillIn(seen, engine.hints().unfinished());
        }
        for (Hint hint : seen) {
            switch (Target.decode(hint.target())) {
                // The read is serial: a commit of which one replica knows is at a quorum after it.
                case Target.OnePartition(var place) ->
                    engine.partitions().notes(place).forEach(this::deliver);
                case Target.Transaction(var id) ->
                    engine.records()
                            .read(id)
                            .filter(found -> found.state() == State.COMMITTED)
                            .ifPresent(this::finish);
            }
        }
    }

    private static List<Hint> stillIn(List<Hint> seen, List<Hint> now) {
        var left = new HashSet<>(now);
        return seen.stream().filter(left::contains).toList();
    }

    private void finish(Transaction committed) {
        for (Part part : committed.parts()) {
            engine.intents().finish(part, committed.id(), Optional.of(committed), false);
        }
        deliver(committed);
    }

    private void deliver(Transaction committed) {
        engine.clock().observe(committed.version());
        engine.delivery().deliver(committed.effects(), committed.version(), committed.commit());
    }

    private void deliver(NoteRow note) {
        engine.clock().observe(note.version());
        engine.delivery().deliver(note.effects(), note.version(), note.commit());
    }

    /** Returns a version that is not below that of any commit in the partition. */
    private long settle(PlacedKey place) {
        var backoff = new Backoff(engine.options().patience());
        do {
            // Read before the notes: a commit after this read makes the fence fail.
            PartitionView view = engine.partitions().read(place, List.of());
            List<NoteRow> notes = engine.partitions().notes(place);
            for (NoteRow note : notes) {
                deliver(note);
                engine.cql().await(engine.partitions().forget(place, note));
            }
            if (engine.partitions().fence(view)) {
                return view.register().stamp();
            }
        } while (backoff.pause());
        throw new StorageException("a hint cannot be settled, because its partition is busy: place=" + place);
    }

    private boolean settle(Bytes id, Hint hint) {
        Optional<Transaction> found = engine.records().read(id);
        if (found.isEmpty()) {
            return engine.records().ban(id);
        }
        if (engine.intents().isAlive(found.get())) {
            return false;
        }
        if (found.get().state() == State.PENDING) {
            boolean _ = engine.records().decide(id, State.ABORTED, 0);
            return false;
        }
        Transaction decided = found.get();
        for (Part part : decided.parts()) {
            engine.intents().finish(part, id, found, decided.state() == State.ABORTED);
        }
        if (decided.state() == State.COMMITTED) {
            deliver(decided);
            if (decided.effects().isLogged()) {
                engine.cql().await(engine.highWatermark().raise(hint.bucket(), decided.version()));
            }
            engine.records().retire(decided);
        } else if (!decided.parts().isEmpty()) {
            // A transaction whose record is gone was aborted; only a ban, which has no parts, must stay.
            engine.cql().await(engine.records().forget(id, engine.clock().latest()));
        }
        return true;
    }
}
