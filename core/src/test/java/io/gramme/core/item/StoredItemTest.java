package io.gramme.core.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.StoredItem.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredItemTest {
    private static final Item ITEM = Item.of(Map.of(
            "id", new Value.S("a"),
            "list", new Value.L(List.of(new Value.B(Bytes.of(0)), Value.Bool.TRUE))));
    private static final Origin IRELAND = new Origin("eu-west-1", 1_796_000_000_000_123L);

    @Test
    void anItemWithoutOriginIsStoredAsInFormat1() {
        assertThat(StoredItem.of(ITEM).encode()).isEqualTo(ItemCodec.encode(ITEM));
    }

    @Test
    void anItemOfFormat1IsReadAsAnItemWithoutOrigin() {
        assertThat(StoredItem.decode(ItemCodec.encode(ITEM))).isEqualTo(StoredItem.of(ITEM));
    }

    @Test
    void anOriginIsKeptBesideItsItem() {
        StoredItem stored = StoredItem.decode(StoredItem.of(ITEM).from(IRELAND).encode());
        assertThat(stored.origin()).contains(IRELAND);
        assertThat(stored.item()).contains(ITEM);
    }

    @Test
    void anItemBehindAnOriginIsMeasuredWithoutIt() {
        Item item = StoredItem.item(StoredItem.of(ITEM).from(IRELAND).encode()).orElseThrow();
        assertThat(ItemSize.of(item)).isEqualTo(ItemSize.of(ITEM));
    }

    @Test
    void aTombstoneShowsNoItem() {
        assertThat(StoredItem.item(StoredItem.tombstone(Optional.empty()).encode()))
                .isEmpty();
        assertThat(StoredItem.tombstone(Optional.empty()).encode()).isEqualTo(Bytes.of(StoredItem.TOMBSTONE));
    }

    @Test
    void aTombstoneKeepsItsOrigin() {
        StoredItem deleted = StoredItem.tombstone(Optional.of(IRELAND));
        assertThat(StoredItem.decode(deleted.encode())).isEqualTo(deleted);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x03, 0x04, 0x07, 0x08, 0x09, 0x80, 0xff})
    void flagsThatMeanNothingAreRefused(int flags) {
        assertThatThrownBy(() -> StoredItem.decode(Bytes.of(flags)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("flags=" + flags);
    }
}
