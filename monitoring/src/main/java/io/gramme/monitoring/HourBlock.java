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

    /** The number under which its row is stored: {@link MetricRows} tells the rows of an hour apart by it. */
    private final long process;

    /** Encoded, because most buckets of a distribution have no values. */
    private final Map<Integer, Bytes> minutes = new TreeMap<>();

    HourBlock(long process) {
        this.process = process;
    }

    long process() {
        return process;
    }

    /** Adds values to those of a minute. */
    void add(int minuteOfHour, Summary values) {
        Bytes before = minutes.get(minuteOfHour);
        minutes.put(
                minuteOfHour, encoded(before == null ? values : decoded(before).plus(values)));
    }

    void forEach(BiConsumer<Integer, Summary> each) {
        minutes.forEach((minute, values) -> each.accept(minute, decoded(values)));
    }

    Bytes encoded() {
        int size = minutes.values().stream().mapToInt(one -> 1 + one.length()).sum();
        ByteBuffer out = ByteBuffer.allocate(1 + size);
        out.put((byte) VERSION);
        minutes.forEach((minute, values) -> {
            out.put(minute.byteValue());
            out.put(values.shared());
        });
        return Bytes.wrap(out.array());
    }

    private static Bytes encoded(Summary one) {
        ByteBuffer out = ByteBuffer.allocate((NUMBERS + 2 * one.buckets().length) * LONGEST_NUMBER);
        number(out, one.count());
        number(out, zigzag(one.sum()));
        number(out, zigzag(one.min()));
        number(out, one.max() - one.min());
        buckets(out, one.buckets());
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return Bytes.wrap(bytes);
    }

    private static Summary decoded(Bytes values) {
        return summary(ByteBuffer.wrap(values.shared()));
    }

    private static void buckets(ByteBuffer out, long[] buckets) {
        int filled = 0;
        for (long count : buckets) {
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
            each.accept(minute, summary(in));
        }
    }

    private static Summary summary(ByteBuffer in) {
        long count = number(in);
        long sum = unzigzag(number(in));
        long min = unzigzag(number(in));
        long max = min + number(in);
        return new Summary(count, sum, min, max, buckets(in));
    }

    private static long[] buckets(ByteBuffer in) {
        int filled = (int) number(in);
        if (filled == 0) {
            return Summary.NO_BUCKETS;
        }
        long[] buckets = new long[LogBuckets.COUNT];
        int at = 0;
        for (int i = 0; i < filled; i++) {
            at += (int) number(in);
            buckets[at] = number(in);
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
