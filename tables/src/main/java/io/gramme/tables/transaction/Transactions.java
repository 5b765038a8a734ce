package io.gramme.tables.transaction;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.TransactionErrors;
import io.gramme.core.identity.Caller;
import io.gramme.storage.ContentionException;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.Companion;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.item.ItemStore.ItemKey;
import io.gramme.tables.item.ItemStore.Snapshot;
import io.gramme.tables.item.ItemWrite;
import java.util.Collections;
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
    private final ItemStore items;
    private final IdempotencyTokens tokens;
    private final TokensInUse inUse = new TokensInUse();

    public Transactions(ItemStore items, IdempotencyTokens tokens) {
        this.items = items;
        this.tokens = tokens;
    }

    /**
     * Applies all of these writes or none.
     *
     * @param writes no two of one item
     * @throws ApiException TRANSACTION_CANCELED if a write is refused, or another transaction has claimed one of the
     *     items; IDEMPOTENT_PARAMETER_MISMATCH or TRANSACTION_IN_PROGRESS if the token was, or is being, used otherwise
     */
    public TransactionResult write(Caller caller, List<ItemWrite> writes, Optional<RequestToken> token) {
        return token.isPresent() ? writeOnce(caller, writes, token.get()) : writeNow(caller, writes);
    }

    private TransactionResult writeNow(Caller caller, List<ItemWrite> writes) {
        try {
            return new TransactionResult.Applied(items.transact(caller, writes, Companion.NONE));
        } catch (ContentionException _) {
            throw conflicts(writes.size());
        }
    }

    private TransactionResult writeOnce(Caller caller, List<ItemWrite> writes, RequestToken token) {
        // A repeated request is answered from its token alone, so it is judged here.
        items.requireAccess(caller, writes);
        try (var _ = inUse.take(token)) {
            IdempotencyTokens.Place place = tokens.place(token);
            // Checked before the items are claimed: a transaction that is done already conflicts with no other.
            Optional<TokenRecord> earlier = tokens.find(place);
            if (earlier.isPresent()) {
                return earlier.get().answer(token);
            }
            try {
                return items.transact(caller, writes, new OncePerToken(token, place));
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

    /** The record of a token in one commit with its writes, unless the token has been used. */
    private record OncePerToken(RequestToken token, IdempotencyTokens.Place place)
            implements Companion<TransactionResult> {

        @Override
        public Set<RowKey> reads() {
            return place.reads();
        }

        /** Checked again, because another server may have applied it meanwhile. */
        @Override
        public Optional<TransactionResult> instead(Map<RowKey, Optional<Row>> current) {
            return place.in(key -> Transition.row(current, key)).map(earlier -> earlier.answer(token));
        }

        @Override
        public Addition<TransactionResult> with(Map<RowKey, Optional<Row>> current, List<Change> changes) {
            List<Long> sizes = changes.stream().map(Change::largerSize).toList();
            var record = new TokenRecord(token.fingerprint(), place.at(), sizes);
            return new Addition<>(
                    List.of(new Write.Put(place.now(), record.encode())), new TransactionResult.Applied(changes));
        }
    }

    /**
     * Reads these items as they are at one moment.
     *
     * @param keys no two the same
     * @throws ApiException TRANSACTION_CANCELED if any of them is being written
     */
    public Snapshot read(List<ItemKey> keys) {
        Snapshot snapshot;
        try {
            snapshot = items.getTogether(keys);
        } catch (ContentionException _) {
            throw conflicts(keys.size());
        }
        if (snapshot.changing().contains(true)) {
            throw TransactionErrors.cancelled(snapshot.changing().stream()
                    .map(changing ->
                            changing ? Optional.of(TransactionErrors.conflict()) : Optional.<ApiException>empty())
                    .toList());
        }
        return snapshot;
    }
}
