package io.gramme.transfer.format;

import io.gramme.core.item.Item;
import java.util.Optional;

/**
 * What became of one item in the window of an incremental export.
 *
 * @param keys of the item
 * @param before the item just before the window; absent if it was inserted in it, or if the view has no old images
 * @param after the item at the end of the window; absent if it was deleted in it
 * @param writeTimestampMicros of the last write in the window, microseconds since 1970
 */
public record ItemChange(Item keys, Optional<Item> before, Optional<Item> after, long writeTimestampMicros) {}
