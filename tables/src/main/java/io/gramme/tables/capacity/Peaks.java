package io.gramme.tables.capacity;

/**
 * The highest consumption of a second in the last half hour: an on-demand table serves twice that at once (developer
 * guide). The second that has not ended does not count: it would raise what is served while it is being served. Not safe for use by two threads at once: its owner guards it.
 */
final class Peaks {
    private static final long SECOND = 1_000_000_000;
    private static final int SECONDS_IN_MINUTE = 60;
    private static final int MINUTES = 30;

    private final int[] ofMinute = new int[MINUTES];
    /** The highest of all minutes. */
    private int highest;

    private long second;
    private long consumed;

    /** The second up to which minutes that have ended are cleared. */
    private long minute;

    Peaks(long now) {
        this.second = Math.floorDiv(now, SECOND);
        this.minute = Math.floorDiv(second, SECONDS_IN_MINUTE);
    }

    void add(long halves, long now) {
        advance(now);
        consumed += halves;
    }

    /** The half units of the second with the highest consumption. */
    long highest(long now) {
        advance(now);
        return highest;
    }

    private void advance(long now) {
        long current = Math.floorDiv(now, SECOND);
        if (current <= second) {
            return;
        }
        int index = Math.floorMod(minute, MINUTES);
        ofMinute[index] = (int) Math.min(Integer.MAX_VALUE, Math.max(ofMinute[index], consumed));
        second = current;
        consumed = 0;
        long latest = Math.floorDiv(current, SECONDS_IN_MINUTE);
        for (long next = Math.max(minute + 1, latest - MINUTES + 1); next <= latest; next++) {
            ofMinute[Math.floorMod(next, MINUTES)] = 0;
        }
        minute = latest;
        highest = 0;
        for (int peak : ofMinute) {
            highest = Math.max(highest, peak);
        }
    }
}
