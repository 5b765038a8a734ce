package io.gramme.monitoring;

import io.gramme.core.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The minutes of one hour of a series, as one row stores them: some ten bytes for each minute, and two for each bucket
 * of a distribution that has values.
 *
 * <p>Format: the version; for each minute its number in the hour, then as variable-length numbers the count, the sum,
 * the minimum, the distance to the maximum, the number of buckets with values, and of each the distance to the one
 * before, and its count. Numbers that can be negative are zigzag-encoded.
 */
final class HourBlock {
    static final int MINUTES = 60;

    private static final int VERSION = 1;
    private static final int PAYLOAD_BITS = 7;
    private static final int MORE = 1 << PAYLOAD_BITS;
    private static final int LONGEST_NUMBER = 10;
    private static final int NUMBERS = 6;

    private final Map<Integer, Summary> minutes = new TreeMap<>();

    /** Adds values to those of a minute. */
    void add(int minuteOfHour, Summary values) {
        minutes.merge(minuteOfHour, values, Summary::plus);
    }

    void forEach(BiConsumer<Integer, Summary> each) {
        minutes.forEach(each);
    }

    Bytes encoded() {
        int largest = minutes.values().stream()
                .mapToInt(one -> (NUMBERS + 2 * one.buckets().length) * LONGEST_NUMBER)
                .sum();
        ByteBuffer out = ByteBuffer.allocate(1 + minutes.size() + largest);
        out.put((byte) VERSION);
        minutes.forEach((minute, one) -> {
            out.put(minute.byteValue());
            number(out, one.count());
            number(out, zigzag(one.sum()));
            number(out, zigzag(one.min()));
            number(out, one.max() - one.min());
            buckets(out, one.buckets());
        });
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return Bytes.wrap(bytes);
    }

    private static void buckets(ByteBuffer out, int[] buckets) {
        int filled = 0;
        for (int count : buckets) {
            filled += count > 0 ? 1 : 0;
        }
        number(out, filled);
        int last = 0;
        for (int i = 0; i < buckets.length; i++) {
            if (buckets[i] > 0) {
                number(out, i - last);
                number(out, buckets[i]);
                last = i;
            }
        }
    }

    /** Passes the minutes of a stored block to {@code each}. A block of a later version has none. */
    static void decode(Bytes stored, BiConsumer<Integer, Summary> each) {
        ByteBuffer in = ByteBuffer.wrap(stored.shared());
        if (in.get() != VERSION) {
            return;
        }
        while (in.hasRemaining()) {
            int minute = in.get();
            long count = number(in);
            long sum = unzigzag(number(in));
            long min = unzigzag(number(in));
            long max = min + number(in);
            each.accept(minute, new Summary(count, sum, min, max, buckets(in)));
        }
    }

    private static int[] buckets(ByteBuffer in) {
        int filled = (int) number(in);
        if (filled == 0) {
            return Summary.NO_BUCKETS;
        }
        int[] buckets = new int[LogBuckets.COUNT];
        int at = 0;
        for (int i = 0; i < filled; i++) {
            at += (int) number(in);
            buckets[at] = (int) number(in);
        }
        return buckets;
    }

    private static void number(ByteBuffer out, long number) {
        long rest = number;
        while ((rest & -MORE) != 0) {
            out.put((byte) ((rest & (MORE - 1)) | MORE));
            rest >>>= PAYLOAD_BITS;
        }
        out.put((byte) rest);
    }

    private static long number(ByteBuffer in) {
        long number = 0;
        int shift = 0;
        while (true) {
            byte next = in.get();
            number |= (long) (next & (MORE - 1)) << shift;
            if (next >= 0) {
                return number;
            }
            shift += PAYLOAD_BITS;
        }
    }

    private static long zigzag(long number) {
        return (number << 1) ^ (number >> (Long.SIZE - 1));
    }

    private static long unzigzag(long number) {
        return (number >>> 1) ^ -(number & 1);
    }
}
