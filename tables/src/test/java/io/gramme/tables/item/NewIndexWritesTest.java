package io.gramme.tables.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.identity.Caller;
import io.gramme.core.index.Index;
import io.gramme.core.index.IndexProjection;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.access.Action;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Billing;
import io.gramme.tables.table.Capacity;
import io.gramme.tables.table.IndexLocation;
import io.gramme.tables.table.PartitionMap;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Settings;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableOptions;
import io.gramme.tables.table.Tables;
import io.gramme.tables.table.Throughput;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What writers make of an index while it comes, each seeing it at another step. */
class NewIndexWritesTest {
    private static final KeyAttribute PK = new KeyAttribute("pk", Value.Type.S);
    private static final KeyAttribute A = new KeyAttribute("a", Value.Type.S);
    private static final KeySchema KEY = new KeySchema(List.of(PK), List.of());
    private static final TablespaceId INDEX = new TablespaceId(2);

    private final RowStore store = new MemoryStore(Clock.systemUTC());
    private final Tables tables = new Tables(store, TableOptions.DEFAULT, Clock.systemUTC());
    private final ItemStore items = ItemStores.over(store, tables);
    private final Table unaware = table(List.of());
    private final Table clearing = table(List.of(index(false)));
    private final Table keeping = table(List.of(index(true)));

    private static SecondaryIndex index(boolean backfilling) {
        var byA = new Index(
                "by-a", Index.Scope.GLOBAL, new KeySchema(List.of(A), List.of()), KEY, new IndexProjection.All());
        return new SecondaryIndex(
                byA,
                new IndexLocation.Global(INDEX, PartitionMap.create(Throughput.INITIAL_ON_DEMAND, 1)),
                SecondaryIndex.Status.CREATING,
                Optional.of(backfilling),
                Capacity.ON_DEMAND);
    }

    private static Table table(List<SecondaryIndex> indexes) {
        return new Table(
                new AccountRegion("000000000000", "us-east-1"),
                "orders",
                "id",
                new TablespaceId(1),
                Instant.EPOCH,
                Table.Status.UPDATING,
                Instant.EPOCH,
                List.of(PK, A),
                KEY,
                indexes,
                PartitionMap.create(Throughput.INITIAL_ON_DEMAND, 1),
                Billing.onDemandSince(Instant.EPOCH),
                Capacity.ON_DEMAND,
                Settings.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void put(Table table, String a) {
        Item item = Item.of(Map.of("pk", new Value.S("x"), "a", new Value.S(a)));
        var change = items.write(
                Caller.SERVER, new ItemWrite(table, item, Action.PUT_ITEM, Set::of, _ -> Optional.of(item)));
        assertThat(change.after()).contains(item);
    }

    private long entries() {
        return store.sweep(HashRange.whole(INDEX, Rows.ITEM), new Budget(10, 1_000), Consistency.STRONG)
                .rows()
                .size();
    }

    private void fill() {
        var filler = new EntryFiller(store, tables.statistics());
        SecondaryIndex index = keeping.indexes().getFirst();
        var filled = filler.fill(keeping, index, HashRange.whole(keeping.tablespace(), Rows.ITEM), IndexBuild.STEP);
        assertThat(filled.exhausted()).isTrue();
    }

    @Test
    void besideWritersWhoDoNotKnowTheIndexItStaysEmpty() {
        put(clearing, "one");
        put(unaware, "two");
        put(clearing, "three");

        assertThat(entries()).isZero();
    }

    @Test
    void besideWritersWhoOnlyClearWhatIsThereIsRightAndFillingAddsTheRest() {
        put(keeping, "one");
        put(clearing, "two");
        assertThat(entries()).isZero();
        put(keeping, "three");
        assertThat(entries()).isEqualTo(1);
        put(clearing, "three");
        put(clearing, "four");

        fill();

        assertThat(entries()).isEqualTo(1);
    }
}
