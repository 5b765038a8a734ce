package io.gramme.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A request made beforehand. What it writes is stamped before it is sent, so that no two sendings of it write the same: a
 * server may rightly do nothing about an item that is replaced by itself.
 *
 * @param stamps where the stamps are in it
 */
@SuppressWarnings("ArrayRecordComponent") // Requests are never compared.
record Request(byte[] bytes, int[] stamps) {
    /** Stands wherever a stamp belongs. */
    static final String STAMP = "########";

    private static final byte[] MARK = STAMP.getBytes(US_ASCII);

    static Request of(byte[] bytes) {
        return new Request(bytes, marks(bytes, MARK));
    }

    /** Where a mark is in these bytes. */
    static int[] marks(byte[] bytes, byte[] mark) {
        return IntStream.rangeClosed(0, bytes.length - mark.length)
                .filter(at -> Arrays.equals(bytes, at, at + mark.length, mark, 0, mark.length))
                .toArray();
    }

    /** The bytes to send; {@code number} makes them like no others. */
    byte[] stamped(int number) {
        if (stamps.length == 0) {
            return bytes;
        }
        byte[] stamped = bytes.clone();
        for (int stamp : stamps) {
            write(stamped, stamp, number);
        }
        return stamped;
    }

    /** Writes a number over a mark: a letter for each four bits, so that no two numbers are written alike. */
    static void write(byte[] bytes, int at, int number) {
        for (int i = 0; i < MARK.length; i++) {
            bytes[at + i] = (byte) ('a' + (number >>> (4 * i) & 15));
        }
    }
}
