package io.gramme.tables.ttl;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.identity.Caller;
import io.gramme.core.index.Expiry.Due;
import io.gramme.core.item.Item;
import io.gramme.storage.Outcome;
import io.gramme.storage.Row;
import io.gramme.storage.Write;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.access.Action;
import io.gramme.tables.item.ExpiryRows;
import io.gramme.tables.item.ItemWrite;
import io.gramme.tables.item.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpirySweepTest {
    private static final Duration REST = Duration.ofSeconds(5);

    private final Shop shop = new Shop(clock -> new CountingStore(new MemoryStore(clock)));

    private void open() {
        shop.create();
        shop.expire(true, "expires");
    }

    private Item put(String partition, long seconds) {
        Item item = shop.expiring(partition, seconds);
        assertThat(shop.put(item).after()).contains(item);
        return item;
    }

    private void plant(Write.Put row) {
        shop.store.transact(Set.of(row.key()), _ -> new Outcome<>(List.of(row), true));
    }

    @Test
    void aSweepReadsWhatIsDueAndNothingElse() {
        open();
        var counting = (CountingStore) shop.store;
        int stored = 100_000;
        int batch = 1_000;
        for (int i = 0; i < stored; i += batch) {
            var writes = new ArrayList<ItemWrite>();
            for (int j = i; j < i + batch; j++) {
                Item item = shop.expiring("later" + j, 3_600 + j);
                writes.add(new ItemWrite(shop.table(), item, Action.PUT_ITEM, Set::of, _ -> Optional.of(item)));
            }
            assertThat(shop.items.writeEach(Caller.SERVER, writes)).hasSize(batch);
        }
        for (int i = 0; i < 10; i++) {
            put("due" + i, 0);
        }
        shop.pass(Duration.ofSeconds(1));

        long before = counting.rowsRead();
        assertThat(shop.sweep.sweep().deleted()).isEqualTo(10);
        assertThat(counting.rowsRead() - before)
                .as("each entry and each item once")
                .isEqualTo(20);
        before = counting.rowsRead();
        assertThat(shop.sweep.run()).isEqualTo(REST);
        assertThat(counting.rowsRead() - before).isZero();
    }

    @Test
    void itRestsWhenItIsDoneAndNotBefore() {
        open();
        for (int i = 0; i < 1_000; i++) {
            put("due" + i, i % 3);
        }
        assertThat(shop.sweep.run()).isEqualTo(REST);
        shop.pass(Duration.ofSeconds(10));
        assertThat(shop.sweep.run()).isZero();
        int passes = 1;
        while (!shop.sweep.run().equals(REST)) {
            passes++;
        }
        assertThat(passes).isBetween(2, 10);
        assertThat(shop.itemRows()).isEmpty();
        assertThat(shop.entries()).isEmpty();
    }

    @Test
    void whatATransactionHasInHandIsMetAgain() {
        open();
        Item inHand = put("in-hand", 0);
        put("free", 0);
        shop.pass(Duration.ofSeconds(1));
        try (var _ = shop.claims.take(List.of(Rows.item(shop.table(), inHand)))) {
            assertThat(shop.sweep.sweep().deleted()).isEqualTo(1);
            assertThat(shop.sweep.run()).as("no hurry").isEqualTo(REST);
            assertThat(shop.get(inHand)).isPresent();
        }
        assertThat(shop.sweep.sweep().deleted()).isEqualTo(1);
    }

    @Test
    void whoIsRenewedBetweenTheLookAndTheDeleteStays() {
        open();
        put("renewed", 0);
        put("due", 0);
        shop.pass(Duration.ofSeconds(1));
        Due due = Due.at(shop.instant());
        Expiration late = Expiration.of(shop.items, shop.table(), shop.timeToLive(), shop.entries(), due);
        Item renewed = put("renewed", 100);

        var changes = shop.items.expire(late.deletes(), late);

        assertThat(changes.changes().stream().filter(change -> change.after().isEmpty()))
                .hasSize(1);
        assertThat(shop.get(renewed)).contains(renewed);
        shop.requireIndexToAgree();
    }

    @Test
    void anEntryThatIsNotItsItemsOwnIsRemovedAndHarmsNobody() {
        open();
        Item item = put("later", 100);
        Item none = shop.expiring("none", -50);
        Item other = shop.expiring("later", -50);
        plant(ExpiryRows.entry(shop.table(), shop.timeToLive(), none).orElseThrow());
        plant(ExpiryRows.entry(shop.table(), shop.timeToLive(), other).orElseThrow());
        assertThat(shop.entries()).hasSize(3);

        assertThat(shop.sweep.sweep().deleted()).isZero();

        assertThat(shop.get(item)).contains(item);
        shop.requireIndexToAgree();
    }

    @Test
    void ofTwoEntriesOfOneItemEachIsDealtWith() {
        open();
        Item item = put("due", 0);
        plant(ExpiryRows.entry(shop.table(), shop.timeToLive(), shop.expiring("due", -50))
                .orElseThrow());
        shop.pass(Duration.ofSeconds(1));
        assertThat(shop.sweep.sweep().deleted()).isEqualTo(1);
        assertThat(shop.sweep.sweep().deleted()).isZero();
        assertThat(shop.get(item)).isEmpty();
        assertThat(shop.entries()).isEmpty();
    }

    @Test
    void theLagIsThatOfTheMostOverdue() {
        open();
        assertThat(shop.sweep.lag()).isZero();
        put("a", 10);
        put("b", 20);
        shop.pass(Duration.ofSeconds(15));
        assertThat(shop.sweep.run()).isEqualTo(REST);
        assertThat(shop.sweep.lag()).isEqualTo(Duration.ofSeconds(5));
        assertThat(shop.sweep.run()).isEqualTo(REST);
        assertThat(shop.sweep.lag()).isZero();
    }

    @Test
    void whatIsOlderThanFiveYearsIsNotEvenRead() {
        open();
        Item ancient = put("ancient", -Duration.ofDays(365 * 6).toSeconds());
        var counting = (CountingStore) shop.store;
        long before = counting.rowsRead();
        assertThat(shop.sweep.sweep().deleted()).isZero();
        assertThat(counting.rowsRead()).isEqualTo(before);
        assertThat(shop.get(ancient)).isPresent();
        assertThat(shop.entries()).extracting(Row::key).hasSize(1);
    }
}
