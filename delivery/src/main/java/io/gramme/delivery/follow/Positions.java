package io.gramme.delivery.follow;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.AllRows;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.tables.log.PositionCodec;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The stored positions of one log consumer: a row of tablespace 0 for each slot of its log. */
final class Positions {
    /** A row kind that the catalog does not use. */
    private static final Bytes KIND = Bytes.of(0x07);

    private final RowStore store;
    private final PartitionKey partition;
    private final String follower;

    /** @param follower the id of the consumer, unique in this store for all time */
    Positions(RowStore store, String follower) {
        this.store = store;
        this.follower = follower;
        this.partition = new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("follower " + follower));
    }

    /**
     * All positions, converted to this number of lanes. If the number has changed, each lane resumes from the earliest
     * of the old positions, and changes after it are delivered again.
     */
    Map<ConsumerSlot, LogPosition> inLanes(int lanes) {
        Map<ConsumerSlot, LogPosition> found = all();
        List<ConsumerSlot> others =
                found.keySet().stream().filter(place -> place.lanes() != lanes).toList();
        for (ConsumerSlot other : others) {
            LogPosition earliest = found.entrySet().stream()
                    .filter(entry -> entry.getKey().isOfSameShard(other))
                    .map(Map.Entry::getValue)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            for (int lane = 0; lane < lanes; lane++) {
                var place = new ConsumerSlot(other.log(), other.shard(), lane, lanes);
                put(place, earliest);
                found.put(place, earliest);
            }
        }
        // Deleted last: if the server is stopped in between, the next start still finds the earliest position.
        others.forEach(other -> {
            forget(other);
            found.remove(other);
        });
        return found;
    }

    private Map<ConsumerSlot, LogPosition> all() {
        var found = new HashMap<ConsumerSlot, LogPosition>();
        AllRows.scan(
                store,
                partition,
                Range.startingWith(KIND),
                row -> found.put(place(row), PositionCodec.decode(row.value())));
        return found;
    }

    void put(ConsumerSlot place, LogPosition position) {
        write(new Write.Put(key(place), PositionCodec.encode(position)));
    }

    void forget(ConsumerSlot place) {
        write(new Write.Delete(key(place)));
    }

    void forgetAll() {
        all().keySet().forEach(this::forget);
    }

    private void write(Write write) {
        store.transact(Set.of(write.key()), _ -> new Outcome<>(List.of(write), true));
    }

    private RowKey key(ConsumerSlot place) {
        return new RowKey(partition, KIND.plus(place.encode()));
    }

    private static ConsumerSlot place(Row row) {
        return ConsumerSlot.decode(row.key().sort().from(KIND.length()));
    }

    @Override
    public String toString() {
        return "consumer=" + follower;
    }
}
