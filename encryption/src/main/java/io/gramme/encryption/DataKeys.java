package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Consistency;
import io.gramme.storage.Outcome;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The data keys in the memory of this process. Each tablespace has at most one with which this process seals; it was made by this
 * process, and is in the store before it seals anything. So no count of uses has to survive a crash or a copy of a machine.
 *
 * <p>For use by any thread. Methods whose name begins with {@code find} only look into memory; the others may read or write the store and
 * call a key service.
 */
final class DataKeys {
    private final RowStore store;
    private final OpenTableKeys tableKeys;
    private final KeyRules rules;
    private final InstantSource clock;
    private final Map<TablespaceId, OfTablespace> tablespaces = new ConcurrentHashMap<>();

    /** The data keys of one tablespace. The lock is held while a key is opened or made. */
    private static final class OfTablespace {
        final ReentrantLock making = new ReentrantLock();
        final Map<Integer, DataKey> open = new ConcurrentHashMap<>();
        volatile Optional<Own> own = Optional.empty();
    }

    /** The data key that this process made last, which may have been dropped from memory. */
    private record Own(int number, AtomicLong uses) {}

    /** @param store not sealed */
    DataKeys(RowStore store, OpenTableKeys tableKeys, KeyRules rules, InstantSource clock) {
        this.store = store;
        this.tableKeys = tableKeys;
        this.rules = rules;
        this.clock = clock;
    }

    private OfTablespace of(TablespaceId tablespace) {
        return tablespaces.computeIfAbsent(tablespace, _ -> new OfTablespace());
    }

    /** The data key of a number, if it is in memory and may be used. */
    Optional<DataKey> findOpen(TablespaceId tablespace, int number) {
        return Optional.ofNullable(of(tablespace).open.get(number)).filter(key -> key.isReady(clock.millis()));
    }

    /** The data key to seal one more value with, if it is in memory and may be used. */
    Optional<DataKey> findSealing(TablespaceId tablespace) {
        OfTablespace keys = of(tablespace);
        Optional<Own> own = keys.own;
        if (own.isEmpty()) {
            return Optional.empty();
        }
        long now = clock.millis();
        return Optional.ofNullable(keys.open.get(own.get().number()))
                .filter(key -> key.isReady(now) && key.takeUse(now, rules));
    }

    /** Brings the data key of a number into memory; false if there is none in the store. */
    boolean open(TablespaceId tablespace, int number) {
        OfTablespace keys = of(tablespace);
        keys.making.lock();
        try {
            return findOpen(tablespace, number).isPresent() || load(tablespace, keys, number);
        } finally {
            keys.making.unlock();
        }
    }

    private boolean load(TablespaceId tablespace, OfTablespace keys, int number) {
        Optional<Row> row = store.get(KeyRows.dataKey(tablespace, number), Consistency.STRONG);
        if (row.isEmpty()) {
            return false;
        }
        long now = clock.millis();
        Codec.WrappedDataKey wrapped = Codec.dataKey(row.get().value());
        OpenTableKey tableKey = tableKeys.of(wrapped.tableKey());
        GcmKey wrapping = tableKey.open(now);
        byte[] name = Codec.nameOfDataKey(tablespace, number, wrapped.tableKey());
        byte[] clear = wrapping.open(wrapped.wrapped().shared(), 0, name)
                .orElseThrow(() -> new StorageException(
                        "a data key does not open with its table key: tablespace=" + tablespace + " number=" + number));
        AtomicLong uses =
                keys.own.filter(own -> own.number() == number).map(Own::uses).orElseGet(AtomicLong::new);
        keys.open.put(number, new DataKey(number, new GcmKey(clear), tableKey, wrapped.madeMillis(), uses, now));
        return true;
    }

    /** Brings a data key into memory with which this process can seal: the present one, or a new one. */
    void prepareSealing(TablespaceId tablespace) {
        OfTablespace keys = of(tablespace);
        keys.making.lock();
        try {
            Optional<Own> own = keys.own;
            if (own.isPresent()) {
                DataKey open = keys.open.get(own.get().number());
                boolean isDropped = open == null || !open.isReady(clock.millis());
                if (isDropped && load(tablespace, keys, own.get().number())) {
                    open = keys.open.get(own.get().number());
                }
                if (open != null && open.hasUses(clock.millis(), rules)) {
                    return;
                }
            }
            make(tablespace, keys);
        } finally {
            keys.making.unlock();
        }
    }

    private void make(TablespaceId tablespace, OfTablespace keys) {
        RowKey assignment = KeyRows.assignment(tablespace);
        while (true) {
            Bytes assigned = tableKeys.assigned(tablespace);
            long now = clock.millis();
            OpenTableKey tableKey = tableKeys.of(assigned);
            GcmKey wrapping = tableKey.open(now);
            byte[] clear = GcmKey.random(GcmKey.KEY_BYTES);
            RowKey count = KeyRows.count(tablespace);
            int number = store.transact(Set.of(assignment, count), current -> {
                if (!tableKeys.assigned(Transition.row(current, assignment)).equals(assigned)) {
                    return Outcome.unchanged(0);
                }
                int next = Transition.row(current, count)
                                .map(row -> row.value().intAt(0))
                                .orElse(0)
                        + 1;
                byte[] wrapped = wrapping.seal(clear, Codec.nameOfDataKey(tablespace, next, assigned));
                var row = new Codec.WrappedDataKey(assigned, now, Bytes.wrap(wrapped));
                return new Outcome<>(
                        List.of(
                                new Write.Put(count, Bytes.ofInt(next)),
                                new Write.Put(KeyRows.dataKey(tablespace, next), Codec.encode(row))),
                        next);
            });
            if (number > 0) {
                var uses = new AtomicLong();
                keys.open.put(number, new DataKey(number, new GcmKey(clear), tableKey, now, uses, now));
                keys.own = Optional.of(new Own(number, uses));
                java.util.Arrays.fill(clear, (byte) 0);
                return;
            }
            // Another server has put the tablespace under another table key meanwhile.
        }
    }

    /** Forgets the keys of a tablespace, so that they are read again. This process then seals with a new one. */
    void forget(TablespaceId tablespace) {
        tablespaces.remove(tablespace);
    }

    /** Drops the keys that were not used for a while. */
    void dropIdle() {
        long now = clock.millis();
        for (OfTablespace keys : tablespaces.values()) {
            keys.open.values().removeIf(key -> key.isIdle(now, rules));
        }
    }
}
