package io.gramme.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A request prepared in advance. Its item is stamped before each sending, so that no two sendings write the same: a
 * server may rightly skip a write that does not change its item.
 *
 * @param stamps the offsets of the stamps
 */
@SuppressWarnings("ArrayRecordComponent") // Requests are never compared.
record Request(byte[] bytes, int[] stamps) {
    /** The placeholder of a stamp. */
    static final String STAMP = "########";

    private static final byte[] MARK = STAMP.getBytes(US_ASCII);

    static Request of(byte[] bytes) {
        return new Request(bytes, marks(bytes, MARK));
    }

    /** The offsets of a placeholder in these bytes. */
    static int[] marks(byte[] bytes, byte[] mark) {
        return IntStream.rangeClosed(0, bytes.length - mark.length)
                .filter(at -> Arrays.equals(bytes, at, at + mark.length, mark, 0, mark.length))
                .toArray();
    }

    /** The bytes to send; {@code number} makes them unique. */
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

    /** Writes a number over a placeholder: a letter for each four bits, so that no two numbers are equal as text. */
    static void write(byte[] bytes, int at, int number) {
        for (int i = 0; i < MARK.length; i++) {
            bytes[at + i] = (byte) ('a' + (number >>> (4 * i) & 15));
        }
    }
}
