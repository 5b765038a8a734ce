package io.gramme.server.operation;

import io.gramme.api.ItemCollectionMetrics;
import io.gramme.api.ReturnItemCollectionMetrics;
import io.gramme.core.item.Item;
import io.gramme.core.key.KeyAttribute;
import io.gramme.server.item.Change;
import java.util.List;
import java.util.Optional;

/** How item collection metrics are shown, as far as a request asked for them and its table has local indexes. */
final class CollectionMetrics {
    private static final double BYTES_PER_GB = 1L << 30;

    private CollectionMetrics() {}

    static Optional<ItemCollectionMetrics> of(Change change, Item key, Optional<ReturnItemCollectionMetrics> asked) {
        boolean wanted = asked.orElse(ReturnItemCollectionMetrics.NONE) == ReturnItemCollectionMetrics.SIZE;
        if (!wanted || change.collectionBytes().isEmpty()) {
            return Optional.empty();
        }
        List<String> partition = change.table().key().partition().stream()
                .map(KeyAttribute::name)
                .toList();
        double low = Math.floor(change.collectionBytes().getAsLong() / BYTES_PER_GB);
        return Optional.of(ItemCollectionMetrics.builder()
                .itemCollectionKey(key.only(partition))
                .sizeEstimateRangeGB(List.of(low, low + 1))
                .build());
    }
}
