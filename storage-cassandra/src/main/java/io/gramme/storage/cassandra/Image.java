package io.gramme.storage.cassandra;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Retained;
import io.gramme.storage.RowKey;
import java.time.Duration;
import java.util.Optional;

/**
 * The image of a row, as a row of kind {@link Partitions#IMAGE} in the same partition: its sort bytes are those of the
 * row, {@linkplain io.gramme.storage.engine.EscapedSort escaped}, and the version of the change. Cassandra deletes it
 * by itself.
 *
 * @param before empty if there was no such row
 * @param seconds how long it is kept
 */
record Image(RowKey key, Optional<Bytes> before, int seconds) {
    /** The longest that Cassandra keeps anything that it is to delete by itself. */
    private static final long LONGEST_SECONDS = Duration.ofDays(20 * 365).toSeconds();

    static Image of(Retained retained) {
        return new Image(retained.key(), retained.before(), seconds(retained.keep()));
    }

    /** Cassandra counts whole seconds, and begins within one. */
    static int seconds(Duration keep) {
        return (int) Math.clamp(keep.toSeconds() + 2, 1, LONGEST_SECONDS);
    }
}
