package io.gramme.core.error;

import io.gramme.core.item.Item;
import java.util.Optional;

/**
 * The reason for which one action cancelled its transaction, or {@code None}.
 *
 * @param code {@code None} if the action did not
 * @param item the stored item, where the action asked to see it if its condition failed
 */
public record CancellationReason(String code, Optional<String> message, Optional<Item> item) {
    static final CancellationReason NONE = new CancellationReason("None", Optional.empty(), Optional.empty());
}
