package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.AllRows;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
import io.gramme.storage.Outcome;
import io.gramme.storage.Page;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.storage.parallel.BoundedParallel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The end of old data keys: rows that are sealed with them are written again, with the data key of the day, and then they are destroyed.
 *
 * <p>A data key is old when no process can seal with it any more: its life is over, and with it, by a margin, every
 * transaction that took it before. So a row that was written again never gets an old key, on any server.
 */
public final class KeyRetirement {
    /**
     * Longer than any transaction takes, those included that another server completes, and than the clocks of two servers are
     * apart.
     */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final RowStore engine;
    private final RowStore sealed;
    private final DataKeys dataKeys;
    private final KeyRules rules;

    KeyRetirement(RowStore engine, RowStore sealed, DataKeys dataKeys, KeyRules rules) {
        this.engine = engine;
        this.sealed = sealed;
        this.dataKeys = dataKeys;
        this.rules = rules;
    }

    /**
     * What became of a page of rows.
     *
     * @param read the number of rows that were read
     * @param bytes of them
     * @param last the last of them
     * @param exhausted whether no row of the range is behind them
     */
    public record Swept(long read, long bytes, Optional<RowKey> last, boolean exhausted) {}

    /**
     * Writes the rows of a page again, those that are sealed with old data keys.
     *
     * @param began when the whole work began: of its time are the keys that are old
     * @param value with which a row is to be written again
     */
    public Swept rewrite(HashRange range, Instant began, Budget budget, Function<Row, Bytes> value) {
        Page page = engine.sweep(range, budget, Consistency.STRONG);
        Set<Integer> old = old(range.tablespace(), began);
        List<RowKey> keys = page.rows().stream()
                .filter(row -> old.contains(Envelope.dataKey(row.value(), Place.row(row.key(), row.version()))))
                .map(Row::key)
                .toList();
        BoundedParallel.eachPartition(sealed, keys, RowKey::partition, part -> {
            rewrite(part, value);
            return true;
        });
        return new Swept(
                page.rows().size(),
                page.rows().stream().mapToLong(row -> row.value().length()).sum(),
                page.rows().isEmpty()
                        ? Optional.empty()
                        : Optional.of(page.rows().getLast().key()),
                page.exhausted());
    }

    private void rewrite(List<RowKey> keys, Function<Row, Bytes> value) {
        if (!keys.isEmpty()) {
            sealed.transact(new HashSet<>(keys), current -> new Outcome<>(again(keys, current, value), true));
        }
    }

    private static List<Write> again(
            List<RowKey> keys, Map<RowKey, Optional<Row>> current, Function<Row, Bytes> value) {
        var writes = new ArrayList<Write>();
        for (RowKey key : keys) {
            Transition.row(current, key).ifPresent(row -> writes.add(new Write.Put(key, value.apply(row))));
        }
        return writes;
    }

    /** The numbers of the data keys of a tablespace that were old when the work began. */
    private Set<Integer> old(TablespaceId tablespace, Instant began) {
        long before = began.minus(rules.dataKeyLife()).minus(MARGIN).toEpochMilli();
        var found = new HashSet<Integer>();
        AllRows.scan(engine, KeyRows.partition(tablespace), Range.startingWith(KeyRows.DATA_KEY), row -> {
            if (Codec.dataKey(row.value()).madeMillis() < before) {
                found.add(KeyRows.number(row.key()));
            }
        });
        return found;
    }

    /**
     * Destroys the old data keys of a tablespace, of which no value may be left: neither a row nor an image.
     *
     * @return how many that were
     */
    public int destroy(TablespaceId tablespace, Instant began) {
        Set<Integer> old = old(tablespace, began);
        if (old.isEmpty()) {
            return 0;
        }
        List<Write> writes = old.stream()
                .<Write>map(number -> new Write.Delete(KeyRows.dataKey(tablespace, number)))
                .toList();
        var reads = new HashSet<RowKey>();
        writes.forEach(write -> reads.add(write.key()));
        engine.transact(reads, _ -> new Outcome<>(writes, true));
        dataKeys.forget(tablespace);
        return old.size();
    }
}
