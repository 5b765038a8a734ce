package io.gramme.tables.ttl;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.index.Expiry.Due;
import io.gramme.core.item.Item;
import io.gramme.storage.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Items that are gone before their writer can have wanted that. */
class SoonExpiryTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String ORDERS = "arn:aws:dynamodb:us-east-1:000000000000:table/orders";

    private final Shop shop = new Shop(MemoryStore::new);

    private int soon(Duration after) {
        shop.pass(after);
        var expiration =
                Expiration.of(shop.items, shop.table(), shop.timeToLive(), shop.entries(), Due.at(shop.instant()));
        return shop.items.expire(expiration.deletes(), expiration).soon();
    }

    private Item put(String partition, long seconds) {
        Item item = shop.expiring(partition, seconds);
        assertThat(shop.put(item).after()).contains(item);
        return item;
    }

    @Test
    void anItemThatExpiresWithinAMinuteOfBeingWrittenIsCounted() {
        shop.create();
        shop.expire(true, "expires");
        put("in the past", -100);
        put("at once", 0);
        put("in a minute", 59);
        put("later", 61);
        assertThat(soon(Duration.ofSeconds(70))).isEqualTo(3);
        assertThat(shop.itemRows()).isEmpty();
    }

    @Test
    void anItemThatWasThereBeforeTheTableHadATimeToLiveIsJudgedByWhenItWasWritten() {
        shop.create();
        put("long ago", 3_600);
        put("too soon", 30);
        shop.pass(Duration.ofHours(2));
        shop.expire(true, "expires");
        assertThat(soon(Duration.ofSeconds(1))).isEqualTo(1);
    }

    @Test
    void anItemThatStaysIsNotCounted() {
        shop.create();
        shop.expire(true, "expires");
        put("renewed", 10);
        var entries = shop.entries();
        put("renewed", 1_000);
        shop.pass(Duration.ofSeconds(20));
        var expiration = Expiration.of(shop.items, shop.table(), shop.timeToLive(), entries, Due.at(shop.instant()));
        assertThat(shop.items.expire(expiration.deletes(), expiration).soon()).isZero();
    }

    @Test
    void theLogNamesEachTableOnceAnHour() {
        var log = new SoonExpiryLog();
        assertThat(log.line(ORDERS, "expires", NOON))
                .contains("Items expire within a minute of being written, and are deleted; check that their"
                        + " time to live is in seconds since 1970: table=" + ORDERS + " attribute=expires");
        assertThat(log.line(ORDERS, "expires", NOON.plusSeconds(3_599))).isEmpty();
        assertThat(log.line(ORDERS + "2", "expires", NOON.plusSeconds(3_599))).isPresent();
        assertThat(log.line(ORDERS, "expires", NOON.plusSeconds(3_600))).isPresent();
    }
}
