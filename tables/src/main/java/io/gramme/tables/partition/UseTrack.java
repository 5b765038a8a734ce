package io.gramme.tables.partition;

import io.gramme.tables.capacity.Units;
import org.jspecify.annotations.Nullable;

/**
 * What was consumed in each second of the last minute, from totals that only grow. Takes no memory to speak of while
 * nothing is consumed. Not safe for use by two threads at once: its owner guards it.
 */
final class UseTrack {
    static final int SECONDS = 60;
    private static final int TEN = 10;

    /** Totals since the process began; consumption in half units. */
    record Totals(long reads, long writes, long refusedReads, long refusedWrites) {
        static final Totals NONE = new Totals(0, 0, 0, 0);

        private Totals since(Totals earlier) {
            return new Totals(
                    Math.max(0, reads - earlier.reads),
                    Math.max(0, writes - earlier.writes),
                    Math.max(0, refusedReads - earlier.refusedReads),
                    Math.max(0, refusedWrites - earlier.refusedWrites));
        }

        private long[] figures() {
            return new long[] {reads, writes, refusedReads, refusedWrites};
        }
    }

    /** For each figure of {@link Totals} and each second, modulo a minute; absent while all are zero. */
    private int @Nullable [][] history;

    private Totals latest = Totals.NONE;
    private long second;
    private long active;

    /** @param second the last one before what is counted first */
    UseTrack(long second) {
        this.second = second;
        this.active = second - SECONDS;
    }

    /** Records the totals at the end of a second. If seconds were missed, they share the difference. */
    void tick(long now, Totals totals) {
        if (now <= second) {
            return;
        }
        Totals growth = totals.since(latest);
        latest = totals;
        if (!growth.equals(Totals.NONE)) {
            active = now;
        } else if (now - active >= SECONDS) {
            history = null;
        }
        if (active == now || history != null) {
            history = history == null ? new int[growth.figures().length][SECONDS] : history;
            int passed = (int) Math.min(SECONDS, now - second);
            for (int figure = 0; figure < history.length; figure++) {
                record(history[figure], now, passed, growth.figures()[figure]);
            }
        }
        second = now;
    }

    private static void record(int[] ofFigure, long now, int passed, long growth) {
        long rest = growth;
        for (int left = passed; left > 0; left--) {
            long part = rest / left;
            ofFigure[Math.floorMod(now - left + 1, SECONDS)] = (int) Math.min(Integer.MAX_VALUE, part);
            rest -= part;
        }
    }

    /** Whether nothing was consumed or refused in the last minute. */
    boolean isIdle() {
        return history == null;
    }

    Use use() {
        int[][] known = history;
        if (known == null) {
            return Use.NONE;
        }
        return new Use(
                new Rate(mean(known[0], 1), mean(known[1], 1)),
                new Rate(mean(known[0], TEN), mean(known[1], TEN)),
                new Rate(mean(known[0], SECONDS), mean(known[1], SECONDS)),
                sum(known[2], SECONDS),
                sum(known[3], SECONDS));
    }

    private double mean(int[] ofFigure, int seconds) {
        return Units.units(sum(ofFigure, seconds)) / seconds;
    }

    private long sum(int[] ofFigure, int seconds) {
        long sum = 0;
        for (int back = 0; back < seconds; back++) {
            sum += ofFigure[Math.floorMod(second - back, SECONDS)];
        }
        return sum;
    }
}
