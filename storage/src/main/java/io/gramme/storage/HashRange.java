package io.gramme.storage;

import java.util.Optional;

/**
 * The rows of one kind in those partitions of a tablespace whose hash lies in a range.
 *
 * @param kind the first sort byte of the rows wanted, as 0..255
 * @param from the lowest hash, unsigned, included
 * @param to the highest hash, unsigned, included
 * @param after resume after this row, whether it still exists or not
 */
public record HashRange(TablespaceId tablespace, int kind, long from, long to, Optional<RowKey> after) {
    /** The whole range of hashes. */
    public static HashRange whole(TablespaceId tablespace, int kind) {
        return new HashRange(tablespace, kind, 0, -1, Optional.empty());
    }

    /** The {@code segment}-th (from 0) of {@code total} ranges of equal width that cover all hashes. */
    public static HashRange segment(TablespaceId tablespace, int kind, int segment, int total) {
        long from = boundary(segment, total);
        long to = segment == total - 1 ? -1 : boundary(segment + 1, total) - 1;
        return new HashRange(tablespace, kind, from, to, Optional.empty());
    }

    public HashRange after(RowKey row) {
        return new HashRange(tablespace, kind, from, to, Optional.of(row));
    }

    public boolean contains(long hash) {
        return Long.compareUnsigned(from, hash) <= 0 && Long.compareUnsigned(hash, to) <= 0;
    }

    private static long boundary(int segment, int total) {
        // segment * 2^64 / total, in 128 bits.
        long high = segment;
        long quotientHigh = Long.divideUnsigned(high << 32, total);
        long remainder = Long.remainderUnsigned(high << 32, total);
        long quotientLow = Long.divideUnsigned(remainder << 32, total);
        return (quotientHigh << 32) + quotientLow;
    }
}
