package io.gramme.storage.cassandra;

import io.gramme.storage.Outcome;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import io.gramme.storage.Transition;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that waits in the queue of its partition, until it is called to lead a group or another leader commits
 * it.
 */
final class Member<R> {
    /** The reason why a waiting transaction is woken. */
    enum Call {
        LEAD,
        DONE
    }

    private final Set<RowKey> reads;
    private final Transition<R> transition;
    private final CompletableFuture<Call> called = new CompletableFuture<>();
    private @Nullable Outcome<R> outcome;
    private @Nullable Throwable refusal;

    Member(Set<RowKey> reads, Transition<R> transition) {
        this.reads = reads;
        this.transition = transition;
    }

    Set<RowKey> reads() {
        return reads;
    }

    /**
     * Decides on the current rows, for a commit of this version, and discards any earlier decision. Returns the outcome to write, if there is one.
     */
    Optional<Outcome<R>> decide(Map<RowKey, Optional<Row>> current, long version) {
        outcome = null;
        refusal = null;
        try {
            outcome = transition.apply(current, version);
        } catch (RuntimeException | Error e) {
            // Any exception is its own: the others of the group are not affected.
            refusal = e;
        }
        return Optional.ofNullable(outcome).filter(decided -> !decided.isUnchanged());
    }

    void lead() {
        called.complete(Call.LEAD);
    }

    /** Marks its decision as committed. */
    void end() {
        called.complete(Call.DONE);
    }

    void fail(RuntimeException why) {
        outcome = null;
        refusal = why;
        called.complete(Call.DONE);
    }

    /** Empty if no call comes in that time. */
    Optional<Call> await(Duration patience) {
        try {
            return Optional.of(called.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The answer, after the end. */
    R answer() {
        if (refusal instanceof RuntimeException refused) {
            throw refused;
        }
        if (refusal instanceof Error fault) {
            throw fault;
        }
        if (outcome == null) {
            throw new StorageException("a transaction was not decided: rows=" + reads.size());
        }
        return outcome.answer();
    }
}
