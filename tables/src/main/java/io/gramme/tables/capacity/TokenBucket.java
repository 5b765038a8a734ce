package io.gramme.tables.capacity;

/**
 * A token bucket: it fills at a rate, holds what the rate yields in some seconds, and is debited after the fact, so that
 * its level may fall below zero. In any period it yields no more than the rate times the period plus what it held, and
 * what one request takes beyond that is waited for by the next ones.
 *
 * <p>The arithmetic is exact: the level counts the parts of a token that a rate of one token a second yields in a
 * nanosecond.
 *
 * <p>Not safe for use by two threads at once: its owner guards it.
 */
final class TokenBucket implements Tokens {
    private static final long PARTS = 1_000_000_000;

    /** More tokens than any table consumes in five minutes; a level beyond it could overflow. */
    private static final long MOST = Long.MAX_VALUE / PARTS / 4;

    private long level;
    private long at;

    /** @param tokens in the bucket at {@code now} */
    TokenBucket(long tokens, long now) {
        this.level = Math.clamp(tokens, -MOST, MOST) * PARTS;
        this.at = now;
    }

    /** A bucket with half of the level: those of the two children of a partition have together what it had. */
    TokenBucket half() {
        var half = new TokenBucket(0, at);
        half.level = Math.floorDiv(level, 2);
        return half;
    }

    /** A bucket as it was stored. */
    static TokenBucket stored(long level, long filledAt) {
        var bucket = new TokenBucket(0, filledAt);
        bucket.level = level;
        return bucket;
    }

    /** In parts of a token. */
    long level() {
        return level;
    }

    /** The latest time that it has seen. */
    long filledAt() {
        return at;
    }

    @Override
    public boolean has(long pending, long rate, int seconds, long now) {
        fill(rate, seconds, now);
        return level > Math.min(pending, MOST) * PARTS;
    }

    @Override
    public void take(long tokens, long rate, int seconds, long now) {
        fill(rate, seconds, now);
        level = Math.clamp(level - Math.clamp(tokens, -MOST, MOST) * PARTS, -MOST * PARTS, MOST * PARTS);
    }

    @Override
    public long tokens(long rate, int seconds, long now) {
        fill(rate, seconds, now);
        return Math.floorDiv(level, PARTS);
    }

    /** A clock that stands still or steps back fills nothing. */
    private void fill(long rate, int seconds, long now) {
        long passed = now - at;
        if (passed <= 0) {
            return;
        }
        at = now;
        long most = Math.min(rate, MOST / Math.max(1, seconds)) * seconds * PARTS;
        if (level >= most) {
            // More than the limit is there after tokens were given back, or the rate was lowered: it is lost.
            level = most;
            return;
        }
        // Filling up from the lowest level takes longer than any period that could overflow.
        long missing = most - level;
        level = rate > 0 && passed >= missing / rate + 1 ? most : level + passed * rate;
    }
}
