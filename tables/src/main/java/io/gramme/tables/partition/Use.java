package io.gramme.tables.partition;

/**
 * What a table, a global index or a partition has lately consumed, and been refused.
 *
 * @param second the last whole second
 * @param tenSeconds the mean of the last ten seconds
 * @param minute the mean of the last minute
 * @param refusedReads requests for which there was no capacity in the last minute, each item of a batch by itself
 */
public record Use(Rate second, Rate tenSeconds, Rate minute, long refusedReads, long refusedWrites) {
    public static final Use NONE = new Use(Rate.NONE, Rate.NONE, Rate.NONE, 0, 0);

    Use plus(Use other) {
        return new Use(
                second.plus(other.second),
                tenSeconds.plus(other.tenSeconds),
                minute.plus(other.minute),
                refusedReads + other.refusedReads,
                refusedWrites + other.refusedWrites);
    }

    boolean isNone() {
        return minute.isNone() && refusedReads == 0 && refusedWrites == 0;
    }
}
