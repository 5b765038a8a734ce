package io.gramme.server.operation;

import io.gramme.api.ItemCollectionMetrics;
import io.gramme.api.ReturnItemCollectionMetrics;
import io.gramme.core.item.Item;
import io.gramme.core.key.KeyAttribute;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.ItemWrite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The item collection metrics in answers, if the request wants them and its table has local indexes. */
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

    /**
     * For each table with local indexes, the written item collections, each once; absent if there are none.
     *
     * @param names of the writes' tables, as the caller gave them
     */
    static Optional<Map<String, List<ItemCollectionMetrics>>> of(
            List<String> names,
            List<ItemWrite> writes,
            List<Change> changes,
            Optional<ReturnItemCollectionMetrics> asked) {
        var metrics = new LinkedHashMap<String, Map<Item, ItemCollectionMetrics>>();
        for (int i = 0; i < changes.size(); i++) {
            String name = names.get(i);
            of(changes.get(i), writes.get(i).key(), asked)
                    .ifPresent(shown -> metrics.computeIfAbsent(name, _ -> new LinkedHashMap<>())
                            .put(shown.itemCollectionKey().orElseThrow(), shown));
        }
        if (metrics.isEmpty()) {
            return Optional.empty();
        }
        var listed = new LinkedHashMap<String, List<ItemCollectionMetrics>>();
        metrics.forEach((name, collections) -> listed.put(name, List.copyOf(collections.values())));
        return Optional.of(listed);
    }
}
