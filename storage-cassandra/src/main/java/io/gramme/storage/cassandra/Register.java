package io.gramme.storage.cassandra;

import io.gramme.core.bytes.Bytes;
import java.nio.ByteBuffer;

/**
 * The row that makes a partition one unit of compare-and-set: every commit in the partition replaces it, on the
 * condition that it is unchanged since it was read.
 *
 * @param commits the ids of the last commits, 8 bytes each, the last one first; empty if there was none yet. Ids are
 *     never used twice, so neither is a value of this
 * @param stamp at least the highest version that any row of the partition ever had
 * @param held how many rows are held by transactions
 */
record Register(Bytes commits, long stamp, int held) {
    static final Register NONE = new Register(Bytes.EMPTY, 0, 0);

    /**
     * How many commits may follow one whose answer was lost before its fate can no longer be found out. Where two
     * servers want the same row, one may well make a dozen while the other finds out.
     */
    static final int REMEMBERED = 32;

    boolean isNew() {
        return commits.isEmpty();
    }

    Register after(long commit, long version, int newlyHeld) {
        int kept = Math.min(commits.length(), (REMEMBERED - 1) * Long.BYTES);
        var ids = ByteBuffer.allocate(Long.BYTES + kept).putLong(commit).put(commits.shared(), 0, kept);
        return new Register(Bytes.wrap(ids.array()), Math.max(stamp, version), held + newlyHeld);
    }

    boolean has(long commit) {
        var ids = ByteBuffer.wrap(commits.shared());
        while (ids.hasRemaining()) {
            if (ids.getLong() == commit) {
                return true;
            }
        }
        return false;
    }

    /** Whether every commit after that state is remembered here. */
    boolean remembersSince(Register before) {
        return before.isNew() ? commits.length() < REMEMBERED * Long.BYTES : has(before.commits.longAt(0));
    }

    boolean isSame(Register other) {
        return commits.equals(other.commits);
    }
}
