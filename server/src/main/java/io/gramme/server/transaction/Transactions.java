package io.gramme.server.transaction;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.TransactionErrors;
import io.gramme.core.item.Item;
import io.gramme.core.item.StoredItem;
import io.gramme.server.item.Change;
import io.gramme.server.item.ItemWrite;
import io.gramme.server.item.Items;
import io.gramme.server.item.TransactionConflicts;
import io.gramme.server.item.WriteTransition;
import io.gramme.storage.Consistency;
import io.gramme.storage.ContentionException;
import io.gramme.storage.Outcome;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads or writes several items as if at one moment.
 *
 * <p>The store provides atomicity: each of these transactions is one store transaction. This class adds what clients of
 * the service see: a request that meets an active transaction gets a conflict, and a request token is applied once.
 */
public final class Transactions {
    private final RowStore store;
    private final Items items;
    private final TransactionConflicts claims;
    private final IdempotencyTokens tokens;
    private final TokensInUse inUse = new TokensInUse();

    public Transactions(RowStore store, Items items, TransactionConflicts claims, IdempotencyTokens tokens) {
        this.store = store;
        this.items = items;
        this.claims = claims;
        this.tokens = tokens;
    }

    /**
     * Applies all of these writes or none.
     *
     * @param writes no two of one item
     * @throws ApiException TRANSACTION_CANCELED if a write is refused, or another transaction has claimed one of the
     *     items; IDEMPOTENT_PARAMETER_MISMATCH or TRANSACTION_IN_PROGRESS if the token was, or is being, used otherwise
     */
    public TransactionResult write(List<ItemWrite> writes, Optional<RequestToken> token) {
        return token.isPresent() ? writeOnce(writes, token.get()) : writeNow(writes);
    }

    private TransactionResult writeNow(List<ItemWrite> writes) {
        WriteTransition transition = items.transition(writes);
        try (var _ = claims.take(rows(writes))) {
            List<Change> changes = store.transact(transition.reads(), transition);
            items.count(changes);
            return new TransactionResult.Applied(changes);
        } catch (ContentionException _) {
            throw conflicts(writes.size());
        }
    }

    private TransactionResult writeOnce(List<ItemWrite> writes, RequestToken token) {
        try (var _ = inUse.take(token)) {
            IdempotencyTokens.Place place = tokens.place(token);
            // Checked before the items are claimed: a transaction that is done already conflicts with no other.
            Optional<TokenRecord> earlier = tokens.find(place);
            if (earlier.isPresent()) {
                return earlier.get().answer(token);
            }
            var transition = new OncePerToken(items.transition(writes), token, place);
            try (var _ = claims.take(rows(writes))) {
                TransactionResult done = store.transact(transition.reads(), transition);
                if (done instanceof TransactionResult.Applied(var changes)) {
                    items.count(changes);
                }
                return done;
            } catch (ContentionException _) {
                throw conflicts(writes.size());
            }
        }
    }

    /**
     * Other transactions have held the rows for as long as the store was willing to wait: transactions of other
     * servers, which have no claims here.
     */
    private static ApiException conflicts(int howMany) {
        return TransactionErrors.cancelled(Collections.nCopies(howMany, Optional.of(TransactionErrors.conflict())));
    }

    private static List<RowKey> rows(List<ItemWrite> writes) {
        return writes.stream().map(ItemWrite::row).toList();
    }

    /** The writes, unless their token has been used, and the record of the token, in one commit. */
    private record OncePerToken(WriteTransition writes, RequestToken token, IdempotencyTokens.Place place)
            implements Transition<TransactionResult> {

        Set<RowKey> reads() {
            var reads = new LinkedHashSet<>(writes.reads());
            reads.addAll(place.reads());
            return reads;
        }

        @Override
        public Outcome<TransactionResult> apply(Map<RowKey, Optional<Row>> current) {
            // Checked again, because another server may have applied it meanwhile.
            Optional<TokenRecord> earlier = place.in(key -> Transition.row(current, key));
            if (earlier.isPresent()) {
                return Outcome.unchanged(earlier.get().answer(token));
            }
            Outcome<List<Change>> outcome = writes.apply(current);
            List<Long> sizes = outcome.answer().stream().map(Change::largerSize).toList();
            var rows = new ArrayList<>(outcome.writes());
            rows.add(new Write.Put(place.now(), new TokenRecord(token.fingerprint(), place.at(), sizes).encode()));
            return new Outcome<>(rows, outcome.appends(), new TransactionResult.Applied(outcome.answer()));
        }
    }

    /**
     * Reads these items as they are at one moment.
     *
     * <p>It reads twice, as the service does: an item that changed between the two reads was being written during the
     * read, and that is a conflict. The second read is a snapshot of one moment, so the answer is right regardless of
     * the first.
     *
     * @param keys rows of items, no two the same
     * @throws ApiException TRANSACTION_CANCELED if any of them is being written
     */
    public List<Optional<Item>> read(List<RowKey> keys) {
        if (store.isDistributed()) {
            // A transaction takes so long there that nearly always some transaction has one of these items, and no
            // reader would ever see them all. The store shows the items without the changes of those transactions.
            return items(keys, snapshot(keys));
        }
        claims.requireNoneClaimed(keys);
        List<Optional<Row>> first = store.getAll(keys, Consistency.STRONG);
        Map<RowKey, Optional<Row>> second = snapshot(keys);
        requireSame(keys, first, second);
        return items(keys, second);
    }

    private Map<RowKey, Optional<Row>> snapshot(List<RowKey> keys) {
        try {
            return store.transact(new LinkedHashSet<>(keys), Outcome::unchanged);
        } catch (ContentionException _) {
            throw conflicts(keys.size());
        }
    }

    private static List<Optional<Item>> items(List<RowKey> keys, Map<RowKey, Optional<Row>> rows) {
        return keys.stream()
                .map(key -> Transition.row(rows, key).flatMap(row -> StoredItem.item(row.value())))
                .toList();
    }

    private static void requireSame(List<RowKey> keys, List<Optional<Row>> first, Map<RowKey, Optional<Row>> second) {
        var conflicts = new ArrayList<Optional<ApiException>>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            Optional<Long> before = first.get(i).map(Row::version);
            Optional<Long> after = Transition.row(second, keys.get(i)).map(Row::version);
            conflicts.add(before.equals(after) ? Optional.empty() : Optional.of(TransactionErrors.conflict()));
        }
        if (conflicts.stream().anyMatch(Optional::isPresent)) {
            throw TransactionErrors.cancelled(conflicts);
        }
    }
}
