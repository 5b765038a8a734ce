package io.gramme.core.error;

import io.gramme.core.item.Item;
import java.util.Optional;

/**
 * Why one action of a transaction stood in its way, or that it did not.
 *
 * @param code {@code None} if it did not
 * @param item the stored item, where a failed condition was asked to show it
 */
public record CancellationReason(String code, Optional<String> message, Optional<Item> item) {
    static final CancellationReason NONE = new CancellationReason("None", Optional.empty(), Optional.empty());
}
