package io.gramme.delivery.follow;

import io.gramme.tables.table.TableName;
import java.time.Duration;

/**
 * How far a log consumer is behind the writes of its table.
 *
 * @param consumer tells the consumers of one kind that a table may have apart
 * @param behind how long the oldest change has been waiting for delivery
 */
public record ConsumerLag(TableName table, String consumer, Duration behind) {}
