package io.gramme.tables.partition;

import io.gramme.tables.table.Partition;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * A day in the life of a table on demand, in a time of its own: a load that rises in the day and again in the evening, of
 * which few keys have most; from 11:00 to 12:30 one key that everyone reads; from 15:00 to 16:00 a sale of twelve things
 * whose keys lie close together. The same requests go to a table whose partitions are split and to one with four
 * partitions for ever.
 */
final class UnevenDay {
    static final int POINTS = 288;
    private static final int POINTS_IN_HOUR = 12;
    private static final int SECONDS_IN_POINT = 300;
    private static final double HOUR = 3_600;
    private static final int POPULAR = 24;
    private static final double OF_POPULAR = 0.3;
    private static final double SKEW = 0.7;

    /** Parts of all hashes, each of which gets the same from the keys that are not popular. */
    private static final int PARTS = 16;

    private static final int PART_BITS = 60;

    private static final int THINGS = 12;

    private final SplittableRandom random;
    private final long[] popular = new long[POPULAR];
    private final double[] popularity = new double[POPULAR];
    private final long[] things = new long[THINGS];
    private final long celebrity;

    private final HeatedTable split = new HeatedTable();
    private final HeatedTable fixed = new HeatedTable().withoutSplits();

    /** Means of five minutes each; demand and what is served in read units a second. */
    final double[] demand = new double[POINTS];

    final double[] servedSplit = new double[POINTS];
    final double[] servedFixed = new double[POINTS];
    final double[] partitions = new double[POINTS];
    final double[] warm = new double[POINTS];
    final double[] hottestSplit = new double[POINTS];
    final double[] hottestFixed = new double[POINTS];

    UnevenDay(long seed) {
        this.random = new SplittableRandom(seed);
        double sum = 0;
        for (int i = 0; i < POPULAR; i++) {
            popular[i] = random.nextLong();
            popularity[i] = 1 / StrictMath.pow(i + 1.0, SKEW);
            sum += popularity[i];
        }
        for (int i = 0; i < POPULAR; i++) {
            popularity[i] *= OF_POPULAR / sum;
        }
        long shelf = random.nextLong() & -1L << 58;
        for (int i = 0; i < THINGS; i++) {
            things[i] = shelf | random.nextLong() >>> 6;
        }
        celebrity = random.nextLong();
    }

    /** Lives through a part of the day. */
    UnevenDay live(double fromHour, double toHour) {
        for (int point = (int) (fromHour * POINTS_IN_HOUR); point < (int) (toHour * POINTS_IN_HOUR); point++) {
            for (int second = 0; second < SECONDS_IN_POINT; second++) {
                second(point, (point * SECONDS_IN_POINT + second) / HOUR);
            }
            demand[point] /= SECONDS_IN_POINT;
            servedSplit[point] /= SECONDS_IN_POINT;
            servedFixed[point] /= SECONDS_IN_POINT;
            partitions[point] = split.open().size();
            warm[point] = split.table().capacity().warm().readUnits();
            hottestSplit[point] = hottest(split);
            hottestFixed[point] = hottest(fixed);
        }
        return this;
    }

    private void second(int point, double hour) {
        double units = usual(hour);
        for (int i = 0; i < POPULAR; i++) {
            read(point, popular[i], (int) (units * popularity[i]));
        }
        for (long part = 0; part < PARTS; part++) {
            read(point, (part << PART_BITS) | (random.nextLong() >>> (Long.SIZE - PART_BITS)), (int)
                    (units * (1 - OF_POPULAR) / PARTS));
        }
        if (hour >= 11 && hour < 12.5) {
            read(point, celebrity, 2_600);
        }
        if (hour >= 15 && hour < 16) {
            for (long thing : things) {
                read(point, thing, 500);
            }
        }
        split.pass(Duration.ofSeconds(1), () -> {});
        fixed.pass(Duration.ofSeconds(1), () -> {});
    }

    private void read(int point, long key, int units) {
        demand[point] += units;
        servedSplit[point] += split.read(key, units);
        servedFixed[point] += fixed.read(key, units);
    }

    /** Units a second at this hour, without the two events. */
    private static double usual(double hour) {
        double day = hour > 6 && hour < 22 ? StrictMath.sin(Math.PI * (hour - 6) / 16) : 0;
        double evening = (hour - 20.5) / 1.1;
        return 1_500 + 6_000 * day + 14_000 * StrictMath.exp(-evening * evening);
    }

    /** The use of the partition that is used most, as a percentage of what a partition serves. */
    private static double hottest(HeatedTable table) {
        TableHeat heat = table.known();
        return table.open().stream()
                .map(heat::of)
                .mapToDouble(one -> 100 * one.use().minute().ofPartition())
                .max()
                .orElse(0);
    }

    /** Whether the key that everyone reads has a partition of its own. */
    boolean isCelebrityAlone() {
        Partition own = split.at(celebrity);
        return own.first() == own.last();
    }

    static double sum(double[] values, double fromHour, double toHour) {
        double sum = 0;
        for (int point = (int) (fromHour * POINTS_IN_HOUR); point < (int) (toHour * POINTS_IN_HOUR); point++) {
            sum += values[point];
        }
        return sum;
    }
}
