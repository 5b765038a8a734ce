package io.gramme.tables.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.identity.Caller;
import io.gramme.core.item.Item;
import io.gramme.core.item.StoredItem;
import io.gramme.core.item.StoredItem.Origin;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Row;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.access.Action;
import io.gramme.tables.log.Cause;
import io.gramme.tables.log.ChangeRecord;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Billing;
import io.gramme.tables.table.Capacity;
import io.gramme.tables.table.GlobalTable;
import io.gramme.tables.table.PartitionMap;
import io.gramme.tables.table.Settings;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLog;
import io.gramme.tables.table.TableOptions;
import io.gramme.tables.table.Tables;
import io.gramme.tables.table.Throughput;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Writes in a table that has replicas in other regions: the later one holds. */
class ReplicatedWritesTest {
    private static final KeyAttribute PK = new KeyAttribute("pk", Value.Type.S);
    private static final String HERE = "us-east-1";
    private static final String THERE = "eu-west-1";

    private final RowStore store = new MemoryStore(InstantSource.system());
    private final Tables tables = new Tables(store, TableOptions.DEFAULT, InstantSource.system());
    private final ItemStore items = ItemStores.over(store, tables);
    private final Table table = new Table(
            new AccountRegion("000000000000", HERE),
            "Music",
            "id",
            new TablespaceId(1),
            Instant.EPOCH,
            Table.Status.ACTIVE,
            Instant.EPOCH,
            List.of(PK),
            new KeySchema(List.of(PK), List.of()),
            List.of(),
            PartitionMap.create(Throughput.INITIAL_ON_DEMAND, 1),
            Billing.onDemandSince(Instant.EPOCH),
            Capacity.ON_DEMAND,
            Settings.DEFAULT,
            Optional.of(TableLog.create(new TablespaceId(2), TableLog.Images.BOTH, 1)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new GlobalTable("group", new Origin(HERE, 1), new Origin(HERE, 1), List.of())),
            Optional.empty());

    private static Item item(String value) {
        return Item.of(Map.of("pk", new Value.S("x"), "v", new Value.S(value)));
    }

    private long write(Optional<Item> after) {
        items.write(Caller.SERVER, new ItemWrite(table, item(""), Action.PUT_ITEM, Set::of, _ -> after));
        return row().version();
    }

    private Change replicate(Optional<Item> after, long time) {
        ItemWrite write = ItemWrite.replicated(table, item(""), after, new Origin(THERE, time));
        return items.replicate(List.of(write), Companion.NONE).getFirst();
    }

    private Row row() {
        return store.get(Rows.item(table, item("")), Consistency.STRONG).orElseThrow();
    }

    private StoredItem stored() {
        return StoredItem.decode(row().value());
    }

    private List<ChangeRecord> log() {
        var records = new ArrayList<ChangeRecord>();
        table.partitions()
                .all()
                .forEach(partition -> store.changes()
                        .read(table.log().orElseThrow().place(partition), LogPosition.START, new Budget(100, 1 << 20))
                        .records()
                        .forEach(record -> records.add(ChangeRecord.decode(record.value()))));
        return records;
    }

    @Test
    void aWriteOfThisRegionIsAtTheTimeOfItsRow() {
        write(Optional.of(item("a")));
        assertThat(stored()).isEqualTo(StoredItem.of(item("a")));
        assertThat(log()).extracting(ChangeRecord::origin).containsExactly(Optional.empty());
    }

    @Test
    void theLaterWriteHoldsWhereverItWasMade() {
        long here = write(Optional.of(item("here")));
        assertThat(replicate(Optional.of(item("earlier")), here - 1).isSuperseded())
                .isTrue();
        assertThat(stored().item()).contains(item("here"));
        assertThat(replicate(Optional.of(item("later")), here + 1).isSuperseded())
                .isFalse();
        assertThat(stored()).isEqualTo(StoredItem.of(item("later")).from(new Origin(THERE, here + 1)));
        assertThat(log()).hasSize(2);
        ChangeRecord last = log().getLast();
        assertThat(last.cause()).isEqualTo(Cause.REPLICATION);
        assertThat(last.origin()).contains(new Origin(THERE, here + 1));
        assertThat(last.before()).contains(item("here"));
    }

    @Test
    void ofOneTimeTheNameOfTheRegionDecides() {
        long here = write(Optional.of(item("here")));
        assertThat(replicate(Optional.of(item("there")), here).isSuperseded()).isTrue();
    }

    @Test
    void aWriteThatIsAppliedAgainDoesNothing() {
        long here = write(Optional.of(item("here")));
        replicate(Optional.of(item("there")), here + 5);
        Row before = row();
        assertThat(replicate(Optional.of(item("there")), here + 5).isSuperseded())
                .isTrue();
        assertThat(row()).isEqualTo(before);
        assertThat(log()).hasSize(2);
    }

    @Test
    void aWriteOfThisRegionIsLaterThanTheFutureThatItSees() {
        long future = write(Optional.of(item("first"))) + 1_000_000_000;
        replicate(Optional.of(item("future")), future);
        write(Optional.of(item("second")));
        assertThat(stored()).isEqualTo(StoredItem.of(item("second")).from(new Origin(HERE, future + 1)));
        assertThat(log().getLast().origin()).contains(new Origin(HERE, future + 1));
    }

    @Test
    void aDeletedItemLeavesATombstoneThatAnEarlierWriteDoesNotPass() {
        write(Optional.of(item("a")));
        long deleted = write(Optional.empty());
        assertThat(stored()).isEqualTo(StoredItem.tombstone(Optional.empty()));
        assertThat(replicate(Optional.of(item("b")), deleted - 1).isSuperseded())
                .isTrue();
        assertThat(stored().item()).isEmpty();
        replicate(Optional.of(item("c")), deleted + 1);
        assertThat(stored().item()).contains(item("c"));
        assertThat(log().getLast().event()).isEqualTo(ChangeRecord.Event.INSERT);
    }

    @Test
    void aDeletionThatComesBeforeItsItemStaysKnown() {
        long later = System.currentTimeMillis() * 1_000;
        replicate(Optional.empty(), later);
        assertThat(stored()).isEqualTo(StoredItem.tombstone(Optional.of(new Origin(THERE, later))));
        assertThat(log()).as("nothing changed for a reader of the stream").isEmpty();
        assertThat(replicate(Optional.of(item("old")), later - 1).isSuperseded())
                .isTrue();
    }

    @Test
    void anEqualItemThatWasWrittenLaterIsLater() {
        long here = write(Optional.of(item("same")));
        replicate(Optional.of(item("same")), here + 10);
        assertThat(stored().origin()).contains(new Origin(THERE, here + 10));
        assertThat(log()).hasSize(1);
        assertThat(replicate(Optional.of(item("between")), here + 5).isSuperseded())
                .isTrue();
    }

    @Test
    void aTableOfOneRegionKeepsNothingOfThis() {
        Table alone = table.withGlobal(Optional.empty());
        items.write(
                Caller.SERVER, new ItemWrite(alone, item(""), Action.PUT_ITEM, Set::of, _ -> Optional.of(item("a"))));
        items.write(Caller.SERVER, new ItemWrite(alone, item(""), Action.DELETE_ITEM, Set::of, _ -> Optional.empty()));
        assertThat(store.get(Rows.item(alone, item("")), Consistency.STRONG)).isEmpty();
    }
}
