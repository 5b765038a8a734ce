package io.gramme.storage;

import io.gramme.core.bytes.Bytes;
import java.time.Duration;
import java.util.Optional;

/**
 * The image of a row before a transaction changed it, for {@link RowHistory}. The caller supplies it, because an engine
 * does not read every row that it writes.
 *
 * @param key of a row that the same transaction writes
 * @param before the value that it replaces; empty if there was no such row
 * @param keep how long the image is needed at least; an engine may delete it by itself after that, or wait for
 *     {@link RowHistory#forget}
 */
public record Retained(RowKey key, Optional<Bytes> before, Duration keep) {}
