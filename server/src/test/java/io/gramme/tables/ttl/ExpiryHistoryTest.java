package io.gramme.tables.ttl;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.index.Expiry.Due;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import io.gramme.storage.Row;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.testkit.Fault;
import io.gramme.storage.testkit.FaultyStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is written, enabled, disabled and swept: the index by times of expiry says of the items what they are, and a
 * sweep leaves those that are due to go, and no others, gone. Rerun a failure by its seed.
 */
@Tag("slow")
class ExpiryHistoryTest {
    private static final int STEPS = 2_000;
    private static final int AUDITED_EVERY = 40;

    private RandomGenerator random = RandomGenerator.getDefault();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theIndexIsWhatTheItemsAre(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        RandomGenerator faults = RandomGeneratorFactory.of("L64X128MixRandom").create(-seed);
        // A transition that is run again must decide the same.
        var shop = new Shop(clock ->
                new FaultyStore(new MemoryStore(clock), () -> faults.nextBoolean() ? Fault.RERUN : Fault.NONE));
        shop.create();
        shop.expire(true, "a");
        boolean enabled = true;
        String attribute = "a";
        for (int i = 0; i < STEPS; i++) {
            shop.pass(Duration.ofSeconds(random.nextInt(30)));
            if (random.nextInt(100) == 0) {
                shop.pass(Duration.ofHours(1));
                enabled = !enabled;
                attribute = enabled && random.nextBoolean() ? "b" : attribute;
                shop.expire(enabled, attribute);
            } else if (random.nextInt(20) == 0) {
                sweep(shop);
            } else {
                write(shop);
            }
            if (i % AUDITED_EVERY == 0) {
                shop.requireIndexToAgree();
            }
        }
        shop.requireIndexToAgree();
    }

    private void write(Shop shop) {
        Item key = Shop.key("p" + random.nextInt(20), random.nextInt(5));
        String a = time(shop);
        String b = time(shop);
        var change = shop.edit(
                key,
                switch (random.nextInt(6)) {
                    case 0 -> _ -> Optional.empty();
                    case 1 -> before -> before.map(ExpiryHistoryTest::withAWord);
                    case 2, 3 -> before -> before.map(item -> Shop.expiring(item, "b", b));
                    default -> _ -> Optional.of(Shop.expiring(Shop.expiring(key, "a", a), "b", b));
                });
        assertThat(change.table().name()).isEqualTo("baskets");
    }

    private static Item withAWord(Item item) {
        var attributes = new LinkedHashMap<>(item.attributes());
        attributes.put("a", new Value.S("soon"));
        return Item.of(attributes);
    }

    private String time(Shop shop) {
        return switch (random.nextInt(10)) {
            case 0 -> "-1";
            case 1 -> "1E30";
            case 2 -> "1000000000";
            case 3 -> (shop.second() + random.nextInt(400) - 100) + ".5";
            default -> Long.toString(shop.second() + random.nextInt(400) - 100);
        };
    }

    private static void sweep(Shop shop) {
        long due = due(shop);
        long before = shop.itemRows().size();
        long expected = shop.timeToLive().isEnabled() ? due : 0;
        assertThat(shop.sweep.sweep().deleted()).isEqualTo(expected);
        assertThat(shop.itemRows()).hasSize((int) (before - expected));
    }

    private static long due(Shop shop) {
        Due now = Due.at(shop.instant());
        return shop.itemRows().stream()
                .map(Row::value)
                .map(ItemCodec::decode)
                .filter(item -> now.contains(shop.timeToLive().expiry().of(item)))
                .count();
    }
}
