package io.gramme.tables.stream;

import io.gramme.core.error.StreamErrors;
import io.gramme.storage.LogPosition;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A position in a shard from which a client reads on. Clients hold it as text, in which only the ARN at the beginning
 * is readable.
 *
 * @param after the last position that has been read
 * @param made when it was issued: it is valid for a quarter of an hour
 */
public record ShardIterator(String streamArn, int shard, LogPosition after, Instant made) {
    static final Duration VALID = Duration.ofMinutes(15);

    private static final int BYTES = Integer.BYTES + Long.BYTES + Integer.BYTES + Long.BYTES;

    public String encode() {
        var bytes = ByteBuffer.allocate(BYTES)
                .putInt(shard)
                .putLong(after.version())
                .putInt(after.index())
                .putLong(made.toEpochMilli());
        return streamArn + "|1|" + Base64.getEncoder().encodeToString(bytes.array());
    }

    public static ShardIterator decode(String text) {
        int end = text.indexOf("|1|");
        if (end < 0 || !StreamArn.isWellFormed(text.substring(0, end))) {
            throw StreamErrors.invalidIterator();
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text.substring(end + 3)));
            if (bytes.remaining() != BYTES) {
                throw StreamErrors.invalidIterator();
            }
            return new ShardIterator(
                    text.substring(0, end),
                    bytes.getInt(),
                    new LogPosition(bytes.getLong(), bytes.getInt()),
                    Instant.ofEpochMilli(bytes.getLong()));
        } catch (IllegalArgumentException _) {
            throw StreamErrors.invalidIterator();
        }
    }

    boolean hasExpired(Instant now) {
        return made.plus(VALID).isBefore(now);
    }
}
