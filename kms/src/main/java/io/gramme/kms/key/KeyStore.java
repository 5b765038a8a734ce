package io.gramme.kms.key;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.AllRows;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.Outcome;
import io.gramme.storage.Page;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.tables.table.AccountRegion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The stored keys, aliases and grants of all accounts and regions. Safe for use by many threads. */
public final class KeyStore {
    /** An edit reads few rows; one that asks for more is a bug. */
    private static final int MOST_ROUNDS = 100;

    private static final long PAGE_BYTES = 4L << 20;

    /** So many rows a list reads for one answer, which may then have fewer elements than were asked for. */
    private static final int MOST_SCANNED = 5_000;

    private final RowStore store;
    private final AtomicLong changes = new AtomicLong();

    public KeyStore(RowStore store) {
        this.store = store;
    }

    /** Grows with each change that this server made, when it is stored. */
    long changes() {
        return changes.get();
    }

    /**
     * Changes an account and region in one transaction: all of the edit or, if it throws, nothing. The edit runs again for each row
     * that it did not name before, and if another change came first; apart from the {@link KeyEdit} it must be pure.
     */
    public <R> R change(AccountRegion home, String keyId, Function<KeyEdit, R> edit) {
        var reads = new HashSet<RowKey>();
        reads.add(KeyRows.key(home, keyId));
        for (int round = 0; round < MOST_ROUNDS; round++) {
            try {
                return store.transact(reads, current -> {
                    var rows = new KeyEdit(home, current);
                    R result = edit.apply(rows);
                    return new Outcome<>(rows.writes(), result);
                });
            } catch (KeyEdit.Unread unread) {
                reads.add(unread.key());
            } finally {
                changes.incrementAndGet();
            }
        }
        throw new IllegalStateException("an edit of keys reads too many rows");
    }

    public Optional<Key> key(AccountRegion home, String id) {
        return read(KeyRows.key(home, id), KeyCodec::key);
    }

    public Optional<Alias> alias(AccountRegion home, String name) {
        return read(KeyRows.alias(home, name), KeyCodec::alias);
    }

    public Optional<Grant> grant(AccountRegion home, String keyId, String id) {
        return read(KeyRows.grant(home, keyId, id), KeyCodec::grant);
    }

    private <T> Optional<T> read(RowKey key, Function<Bytes, T> decode) {
        return store.get(key, Consistency.STRONG).map(row -> decode.apply(row.value()));
    }

    /** Passes every key of all accounts to {@code each}. */
    void sweep(Consumer<Key> each) {
        AllRows.sweep(store, KeyRows.keys(), row -> each.accept(KeyCodec.key(row.value())));
    }

    // Lists.

    /**
     * A page of a list.
     *
     * @param next where the next page begins, if there may be more
     */
    public record Listed<T>(List<T> elements, Optional<Bytes> next) {}

    /** @param after {@link Listed#next} of the page before */
    public Listed<Key> keys(AccountRegion home, Optional<Bytes> after, int limit, Predicate<Key> filter) {
        return list(home, Range.startingWith(KeyRows.KEY), after, limit, KeyCodec::key, filter);
    }

    /** @param after {@link Listed#next} of the page before */
    public Listed<Alias> aliases(AccountRegion home, Optional<Bytes> after, int limit, Predicate<Alias> filter) {
        return list(home, Range.startingWith(KeyRows.ALIAS), after, limit, KeyCodec::alias, filter);
    }

    /**
     * Of one key.
     *
     * @param after {@link Listed#next} of the page before
     */
    public Listed<Grant> grants(
            AccountRegion home, String keyId, Optional<Bytes> after, int limit, Predicate<Grant> filter) {
        return list(home, KeyRows.grantRange(keyId), after, limit, KeyCodec::grant, filter);
    }

    /**
     * Of all keys.
     *
     * @param after {@link Listed#next} of the page before
     */
    public Listed<Grant> grants(AccountRegion home, Optional<Bytes> after, int limit, Predicate<Grant> filter) {
        return list(home, Range.startingWith(KeyRows.GRANT), after, limit, KeyCodec::grant, filter);
    }

    /** All aliases of a key. */
    public List<Alias> aliasesOf(AccountRegion home, String keyId) {
        return all(after ->
                aliases(home, after, MOST_SCANNED, alias -> alias.keyId().equals(keyId)));
    }

    /** All grants of a key. */
    public List<Grant> grantsOf(AccountRegion home, String keyId) {
        return all(after -> grants(home, keyId, after, MOST_SCANNED, _ -> true));
    }

    private static <T> List<T> all(Function<Optional<Bytes>, Listed<T>> pages) {
        var all = new ArrayList<T>();
        Optional<Bytes> after = Optional.empty();
        do {
            Listed<T> page = pages.apply(after);
            all.addAll(page.elements());
            after = page.next();
        } while (after.isPresent());
        return all;
    }

    private <T> Listed<T> list(
            AccountRegion home,
            Range range,
            Optional<Bytes> after,
            int limit,
            Function<Bytes, T> decode,
            Predicate<T> filter) {
        var found = new ArrayList<T>();
        Bytes from = after.filter(place -> place.compareTo(range.from()) > 0).orElse(range.from());
        Range rest = new Range(from, range.to());
        int scanned = 0;
        while (!rest.isEmpty()) {
            // Rows beyond the limit are read to see whether there are any.
            var budget = new Budget(Math.min(limit - found.size() + 1, 1_000), PAGE_BYTES);
            Page page = store.scan(KeyRows.partition(home), rest, Direction.FORWARD, budget, Consistency.STRONG);
            for (Row row : page.rows()) {
                if (found.size() == limit || scanned == MOST_SCANNED) {
                    return new Listed<>(found, Optional.of(row.key().sort()));
                }
                scanned++;
                T one = decode.apply(row.value());
                if (filter.test(one)) {
                    found.add(one);
                }
                rest = new Range(row.key().sort().next(), rest.to());
            }
            if (page.exhausted()) {
                break;
            }
        }
        return new Listed<>(found, Optional.empty());
    }
}
